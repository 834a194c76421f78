import { Bench, type Linked } from './support/bench';
import { MemoryAuth } from './support/memory-auth';

const bench = Bench.ofTests();
let numbers = 0;

const nextNumber = (): string => `7999000${String((numbers += 1) + 200).padStart(4, '0')}`;
const link = async (options = {}): Promise<Linked> => await bench.linked(nextNumber(), options);

describe('a login', () => {
	it('finds its account again, without a new link, and needs no new keys', async () => {
		const linked = await link();
		await linked.client.stop();
		const keys = linked.device.preKeys.length;
		await bench.reconnect(linked);
		await linked.device.ready();
		expect(linked.device.logins).toBe(2);
		expect(linked.device.preKeys).toHaveLength(keys);
	});

	it.each([401, 402, 403, 405, 406, 408, 409, 411, 415, 418, 428, 429, 440, 500, 503])('refused by failure %i ends with that code', async (reason) => {
		const linked = await link();
		linked.salon.refuseLogins({ reason, attrs: { location: 'test' }, times: 1 });
		const before = linked.client.endings.length;
		linked.client.start();
		expect(await linked.client.ending(before)).toEqual({ code: reason, message: 'Connection Failure' });
		await bench.reconnect(linked);
	});

	it('is told until when it is banned', async () => {
		const linked = await link();
		linked.salon.refuseLogins({ reason: 402, attrs: { code: '101', expire: '3600' }, times: 1 });
		const before = linked.client.endings.length;
		linked.client.start();
		await linked.client.ending(before);
		const { lastDisconnect } = linked.client.states.at(-1) ?? {};
		expect((lastDisconnect?.error as { data?: unknown }).data).toMatchObject({ reason: '402', code: '101', expire: '3600' });
	});

	it('refused without a reason ends by 500', async () => {
		const linked = await link();
		linked.salon.refuseLogins({ reason: null, times: 1 });
		const before = linked.client.endings.length;
		linked.client.start();
		expect(await linked.client.ending(before)).toMatchObject({ code: 500 });
	});

	it('of an unknown client ends by 401, and so does one after the device was taken off', async () => {
		const linked = await link();
		const stolen = new MemoryAuth();
		stolen.creds = linked.client.auth.creds;
		linked.salon.devices.clear();
		const client = bench.client(stolen).start();
		expect(await client.ending()).toMatchObject({ code: 401 });
	});

	it('of an old version ends by 405, and a newer version gets in', async () => {
		const linked = await link();
		bench.server.requireRevision(2_000_000_000);
		const before = linked.client.endings.length;
		linked.client.start();
		expect(await linked.client.ending(before)).toMatchObject({ code: 405 });
		const newer = bench.client(linked.client.auth, { version: [2, 3000, 2_000_000_000] }).start();
		await newer.open();
		bench.server.requireRevision(0);
		expect(await (await fetch(bench.server.versionUrl)).text()).toMatch(/"client_revision":\d+/);
	});

	it('throws the connection before it out by 440', async () => {
		const { client } = await link();
		const ended = client.endings.length;
		const sibling = bench.client(client.auth).start();
		await sibling.open();
		expect(await client.ending(ended)).toMatchObject({ code: 440 });
	});
});

describe('a stream error', () => {
	it.each([401, 403, 405, 408, 411, 428, 440, 500, 503, 515])('%i ends with that code', async (code) => {
		const { client, device } = await link();
		const ended = client.endings.length;
		(await device.ready()).streamError(code);
		expect(await client.ending(ended)).toMatchObject({ code });
	});

	it('that only names a reason ends by 500', async () => {
		const { client, device } = await link();
		(await device.ready()).streamFault('xml-not-well-formed');
		expect(await client.ending(1)).toMatchObject({ code: 500, message: 'Stream Errored (xml-not-well-formed)' });
	});

	it('of a device taken off by the owner ends by 401, and the next login fails too', async () => {
		const { client, salon } = await link();
		salon.unlink(1);
		expect(await client.ending(1)).toEqual({ code: 401, message: 'Stream Errored (conflict)' });
		client.start();
		expect(await client.ending(2)).toMatchObject({ code: 401 });
	});
});

describe('the end of a connection', () => {
	it('comes as 411 to an account without linked devices, and as 428 when the stream ends', async () => {
		const downgraded = await link();
		(await downgraded.device.ready()).downgrade();
		expect(await downgraded.client.ending(1)).toMatchObject({ code: 411 });
		const ended = await link();
		(await ended.device.ready()).endStream();
		expect(await ended.client.ending(1)).toEqual({ code: 428, message: 'Connection Terminated by Server' });
	});

	it('is 428 with and without a goodbye', async () => {
		for (const way of ['drop', 'close'] as const) {
			const { client, device } = await link();
			(await device.ready())[way]();
			expect(await client.ending(1)).toMatchObject({ code: 428 });
		}
	});

	it('is 408 where nobody listens, and the client gets in when the server is up again', async () => {
		const { client } = await link();
		await bench.server.goDown();
		await client.ending(1);
		client.start();
		expect(await client.ending(2)).toMatchObject({ code: 408 });
		await bench.server.goUp();
		client.start();
		await client.open(2);
	});

	it('never comes when the connection is refused by an HTTP status: only the event of the socket tells it', async () => {
		const client = bench.client(undefined, { connectTimeoutMs: 200 });
		bench.server.refuseUpgrades(503);
		client.start();
		const status = await new Promise((resolve) => client.socket.ws.on('unexpected-response', (_request, response: { statusCode: number }) => resolve(response.statusCode)));
		bench.server.refuseUpgrades(null);
		expect(status).toBe(503);
		await expect(client.ending(0, 600)).rejects.toThrow('not within');
		expect(client.socket.ws.isConnecting).toBe(true);
	});

	it('removes the device when the client logs out', async () => {
		const { client, salon } = await link();
		await client.socket.logout();
		expect(await client.ending(1)).toMatchObject({ code: 401 });
		await bench.server.journal.until({ tag: 'iq', child: 'remove-companion-device' });
		expect(salon.devices.size).toBe(0);
	});
});

describe('a link that is no good', () => {
	it('is noticed by the client as 408 when it stalls, and when nothing is even read', async () => {
		const stalled = await link({ keepAliveIntervalMs: 500 });
		const dead = await link({ keepAliveIntervalMs: 500 });
		const began = performance.now();
		(await stalled.device.ready()).stall();
		(await dead.device.ready()).halfOpen();
		// nobody answers the close on a dead link: the product's watchdog ends it as this one does
		const watchdog = setInterval(() => {
			if (dead.client.socket.ws.isClosing) (dead.client.socket.ws as unknown as { socket: { terminate(): void } | null }).socket?.terminate();
		}, 50);
		expect(await stalled.client.ending(1)).toMatchObject({ code: 408, message: 'Connection was lost' });
		expect(await dead.client.ending(1)).toMatchObject({ code: 408, message: 'Connection was lost' });
		clearInterval(watchdog);
		expect(performance.now() - began).toBeGreaterThan(5000);
	}, 20_000);

	it('loses what is said on a stalled link, though the client hears no error', async () => {
		const { client, device } = await link();
		const anna = bench.server.phone('79163330001');
		await client.send(anna.lidJid, { text: 'before' });
		const live = await device.ready();
		live.stall();
		await client.socket.sendMessage(anna.lidJid, { text: 'into the void' });
		await live.loses(1);
		live.recover();
		await client.send(anna.lidJid, { text: 'after' });
		await anna.screen.text('after');
		expect(anna.screen.texts).toEqual(['before', 'after']);
	});

	it('reads on a half-open link what was said meanwhile, once it recovers', async () => {
		const { client, device } = await link();
		const anna = bench.server.phone('79163330002');
		await client.send(anna.lidJid, { text: 'before' });
		const live = await device.ready();
		live.halfOpen();
		await client.socket.sendMessage(anna.lidJid, { text: 'in the cable' });
		live.recover();
		await anna.screen.text('in the cable');
	});

	it('is slow when told so, and waits for a stanza that is kept', async () => {
		const { client, salon, device } = await link();
		const anna = bench.server.phone('79163330003');
		const live = await device.ready();
		live.slow({ latencyMs: 120 });
		const began = performance.now();
		await client.message(await anna.write(salon, 'slow'));
		expect(performance.now() - began).toBeGreaterThan(115);
		live.slow();
		const release = live.hold();
		const id = await anna.write(salon, 'kept');
		await live.flushed();
		expect(client.upserts.some(({ message }) => message.key.id === id)).toBe(false);
		release();
		await client.message(id);
	});

	it('carries the routing information the server gave', async () => {
		const linked = await link();
		const info = Buffer.from('08020801', 'hex');
		(await linked.device.ready()).route(info);
		await linked.client.until(() => (linked.client.auth.creds.includes('routingInfo') ? true : undefined), 'the information is kept');
		await linked.client.stop();
		await bench.reconnect(linked);
		expect((await linked.device.ready()).routingInfo).toEqual(info);
	});
});

describe('a request', () => {
	it('can go wrong: refused, late, not heard, or the end of the link', async () => {
		const { client, device } = await link({ defaultQueryTimeoutMs: 400 });
		const { faults } = bench.server;
		faults.add({ tag: 'iq', attrs: { xmlns: 'usync' } }, { kind: 'error', code: 429 });
		await expect(client.socket.onWhatsApp('79161110001')).rejects.toThrow('rate-overlimit');
		faults.add({ tag: 'iq', attrs: { xmlns: 'usync' } }, { kind: 'late', milliseconds: 150 });
		const began = performance.now();
		await client.socket.onWhatsApp('79161110001');
		expect(performance.now() - began).toBeGreaterThan(145);
		faults.add({ tag: 'iq', attrs: { xmlns: 'usync' } }, { kind: 'swallow' });
		await expect(client.socket.onWhatsApp('79161110001')).resolves.toBeUndefined();
		faults.add({ tag: 'iq', attrs: { xmlns: 'usync' } }, { kind: 'drop' });
		// the code of the websocket, not an error
		await expect(client.socket.onWhatsApp('79161110001')).rejects.toBe(1006);
		expect(faults.spent()).toBe(true);
		expect(await client.ending(1)).toMatchObject({ code: 428 });
		expect(device.link).toBeNull();
	});
});

describe('a backlog', () => {
	it('comes as append, in order and once, and is forgotten when the client confirmed it', async () => {
		const linked = await link();
		const { salon, client, device } = linked;
		await client.stop();
		const anna = bench.server.phone('79163330011');
		const ids: string[] = [];
		for (let place = 0; place < 20; place += 1) ids.push(await anna.write(salon, `while down ${place}`));
		expect(device.mailbox.waiting).toEqual(ids);
		await bench.reconnect(linked);
		await Promise.all(ids.map((id) => client.message(id)));
		const came = client.upserts.filter(({ message }) => ids.includes(message.key.id ?? ''));
		expect(came.map(({ message }) => message.key.id)).toEqual(ids);
		expect(new Set(came.map(({ type }) => type))).toEqual(new Set(['append']));
		await anna.sending.marked(ids.at(-1) ?? '', 'inactive');
		expect(device.mailbox.waiting).toEqual([]);
	});

	it('comes again as long as it was not confirmed', async () => {
		const linked = await link();
		const { salon, client, device } = linked;
		const anna = bench.server.phone('79163330012');
		(await device.ready()).stall();
		const id = await anna.write(salon, 'nobody was there');
		await client.stop();
		await bench.reconnect(linked);
		expect((await client.message(id)).type).toBe('append');
	});

	it('stays in the client\'s memory while its end is held back', async () => {
		const linked = await link();
		const { salon, client, device } = linked;
		await client.stop();
		const anna = bench.server.phone('79163330013');
		const id = await anna.write(salon, 'kept in a buffer');
		device.mailbox.holdsOfflineEnd = true;
		await bench.reconnect(linked);
		await anna.sending.marked(id, 'inactive');
		expect(client.upserts.some(({ message }) => message.key.id === id)).toBe(false);
		device.mailbox.holdsOfflineEnd = false;
		client.socket.ev.flush();
		await client.message(id);
	});
});
