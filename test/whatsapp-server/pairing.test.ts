import type { Stanza } from '.';
import { Bench } from './support/bench';

const bench = Bench.ofTests();

/** A client that shows a code for the number, as soon as it may. */
async function clientWithCode(number: string, browser: [string, string, string] = ['Windows', 'Chrome', '10.0.22631']) {
	const client = bench.client(undefined, { browser }).start();
	await client.qr();
	return { client, code: await client.socket.requestPairingCode(number) };
}

describe('by QR code', () => {
	it('links a client whose code the phone scans, and restarts it', async () => {
		const salon = bench.server.phone('79990000001', { name: 'Salon', business: 'Hair and Co' });
		const client = bench.client().start();
		const qr = await client.qr();
		expect(qr).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#2@[0-9a-f]{40},/);
		const device = await bench.server.scan(salon, qr);
		expect(await client.ending()).toMatchObject({ code: 515 });
		expect(client.states.some(({ isNewLogin }) => isNewLogin)).toBe(true);
		client.start();
		await client.open();
		expect(client.socket.user).toMatchObject({ id: '79990000001:1@s.whatsapp.net', lid: `${salon.lid}:1@lid`, name: 'Hair and Co' });
		await device.ready();
		expect(device.preKeys.length).toBeGreaterThan(800);
	});

	it('shows the next code when one has run out, and any of them can be scanned', async () => {
		const client = bench.client(undefined, { qrTimeout: 40 }).start();
		const second = await client.qr(1);
		expect(second).not.toBe(await client.qr());
		await bench.server.scan(bench.server.phone('79990000002'), second);
		expect(await client.ending()).toMatchObject({ code: 515 });
	});

	it('gives up by 408 when nobody scans the last code, which is no network fault', async () => {
		const client = bench.client(undefined, { qrTimeout: 20 }).start();
		expect(await client.ending()).toEqual({ code: 408, message: 'QR refs attempts ended' });
		expect(client.states.filter(({ qr }) => qr !== undefined)).toHaveLength(6);
		await expect(bench.server.scan(bench.server.phone('79990000003'), await client.qr())).rejects.toThrow('not valid any more');
	});

	it('ends by 500 when the phone does not know the secret of the code', async () => {
		const client = bench.client().start();
		const scan = bench.server.scan(bench.server.phone('79990000004'), await client.qr(), { forgesSecret: true });
		await expect(scan).rejects.toThrow('left without signing');
		expect(await client.ending()).toEqual({ code: 500, message: 'Invalid account signature' });
	});

	it('stays open without a word when the account asks for a passkey', async () => {
		const salon = bench.server.phone('79990000005');
		salon.requiresPasskey = true;
		const client = bench.client().start();
		const qr = await client.qr();
		const asked = new Promise<void>((resolve) => client.socket.ws.on('CB:notification,type:passkey_prologue_request', () => resolve()));
		await expect(bench.server.scan(salon, qr)).rejects.toThrow('passkey');
		await asked;
		expect(client.socket.ws.isOpen).toBe(true);
		expect(client.endings).toEqual([]);
	});

	it('links a second client to the same phone as its second device', async () => {
		const { salon } = await bench.linked('79990000006');
		const other = bench.client().start();
		const device = await bench.server.scan(salon, await other.qr());
		await other.ending();
		other.start();
		await other.open();
		expect(device.index).toBe(2);
		expect(other.socket.user?.id).toBe('79990000006:2@s.whatsapp.net');
	});
});

describe('by code', () => {
	it('links a client whose code is typed into the phone', async () => {
		const salon = bench.server.phone('79990000011', { name: 'Salon' });
		const { client, code } = await clientWithCode('79990000011');
		expect(code).toMatch(/^[0-9A-Z]{8}$/);
		const device = await bench.server.enterCode(salon, code);
		expect(await client.ending()).toMatchObject({ code: 515 });
		client.start();
		await client.open();
		await device.ready();
		const anna = bench.server.phone('79161110011');
		expect((await client.message(await anna.write(salon, 'by code'))).message.message?.conversation).toBe('by code');
	});

	it('refuses a client whose name is not a known browser; the client itself says nothing', async () => {
		const client = bench.client(undefined, { browser: ['Acme', 'Chrome', '1.0'] }).start();
		await client.qr();
		const refusal = new Promise<Stanza>((resolve) => client.socket.ws.on('CB:iq,type:error', resolve));
		await expect(client.socket.requestPairingCode('79990000012')).resolves.toHaveLength(8);
		expect((await refusal).content).toMatchObject([{ tag: 'error', attrs: { code: '400', text: 'bad-request' } }]);
		expect(client.endings).toEqual([]);
	});

	it('does not link by a mistyped code', async () => {
		const salon = bench.server.phone('79990000013');
		const { code } = await clientWithCode('79990000013');
		const mistyped = `${code.slice(0, 7)}${code.endsWith('2') ? '3' : '2'}`;
		await expect(bench.server.enterCode(salon, mistyped)).rejects.toThrow('not the one the client shows');
		expect(salon.devices.size).toBe(0);
	});

	it('looks like a logout when the client restarts before the code was typed', async () => {
		const { client } = await clientWithCode('79990000014');
		await client.stop();
		client.start();
		expect(await client.ending(1)).toMatchObject({ code: 401 });
	});
});

describe('history', () => {
	it('comes with the first login only: chats, names and the table from LIDs to numbers', async () => {
		const salon = bench.server.phone('79990000021');
		const anna = bench.server.phone('79161110021', { name: 'Anna', sharesNumber: false });
		await anna.write(salon, 'written long before');
		const linked = await bench.linked('79990000021');
		const { client } = linked;
		const [first] = client.events.filter(({ name }) => name === 'messaging-history.set');
		expect(first?.payload).toMatchObject({ chats: [{ id: anna.lidJid }], messages: [{ message: { conversation: 'written long before' } }] });
		await client.until(() => (client.events.filter(({ name }) => name === 'messaging-history.set').length >= 3 ? true : undefined), 'all parts');
		expect(await client.socket.signalRepository.lidMapping.getPNForLID(anna.lidJid)).toBe('79161110021:0@s.whatsapp.net');
		await client.stop();
		const before = client.events.length;
		await bench.reconnect(linked);
		await client.message(await anna.write(salon, 'after the second login'));
		expect(client.events.slice(before).map(({ name }) => name)).not.toContain('messaging-history.set');
	});
});
