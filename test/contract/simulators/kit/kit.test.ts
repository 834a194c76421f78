import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	createClock, createFaultScript, createRandom, createRequestLog, createWebhookSender, cut, emptyBody, empty, errorIn200, failing, type Fault, gate, hang, html, htmlPage, huge,
	isoOf, json, late, leakyBucket, momentOf, positionsOf, replaced, route, type SimServer, type SimServerParts, slidingWindows, startServer, switchesOf, throttled, truncated, withHeaders,
} from '.';

const START = '2026-11-20T09:00:00Z';

/** A server whose only data is a counter of writes. */
async function counter(changes: Partial<SimServerParts> = {}) {
	const clock = createClock(START);
	const faults = createFaultScript();
	const log = createRequestLog(['phone']);
	let writes = 0;
	const server = await startServer({
		clock,
		faults,
		log,
		routes: [
			route('POST', '/writes', () => json(201, { writes: (writes += 1) })),
			route('GET', '/writes/{id}', ({ params }) => json(200, { id: params.id, writes })),
		],
		voice: {
			throttled: (seconds) => withHeaders(json(429, { error: 'slow down' }), seconds === undefined ? {} : { 'retry-after': String(seconds) }),
			failed: (status) => json(status, { error: 'failed' }),
			errorIn200: () => json(200, { success: false }),
			noPath: () => json(404, { error: 'no path' }),
			noMethod: () => json(405, { error: 'no method' }),
		},
		...changes,
	});
	return { server, clock, faults, log, writes: () => writes };
}

let running: SimServer | null = null;
afterEach(async () => {
	await running?.close();
	running = null;
});

async function open(changes: Partial<SimServerParts> = {}) {
	const made = await counter(changes);
	running = made.server;
	const post = (signal?: AbortSignal): Promise<Response> => fetch(`${made.server.url}/writes`, { method: 'POST', body: '{"name":"Вера"}', signal });
	return { ...made, post };
}

it('routes with decoded parameters and tells a wrong path from a wrong method', async () => {
	const { server } = await open();
	expect(await (await fetch(`${server.url}/writes/a%2Fb/`)).json()).toEqual({ id: 'a/b', writes: 0 });
	expect((await fetch(`${server.url}/reads`)).status).toBe(404);
	expect((await fetch(`${server.url}/writes/1`, { method: 'DELETE' })).status).toBe(405);
});

it.each<[Fault, number, string, number]>([
	[throttled(), 429, '{"error":"slow down"}', 0],
	[failing(503), 503, '{"error":"failed"}', 0],
	[failing(502, 'done'), 502, '{"error":"failed"}', 1],
	[errorIn200(), 200, '{"success":false}', 0],
	[htmlPage(200, 'done'), 200, html(200, 'Service temporarily unavailable').body, 1],
	[emptyBody(204, 'done'), 204, '', 1],
	[truncated(), 201, '{"writ', 1],
	[replaced('nothing', () => empty(200)), 200, '', 1],
	[late(5), 201, '{"writes":1}', 1],
])('answers by script, with or without the effect: %j', async (fault, status, body, effects) => {
	const { faults, post, writes, log } = await open();
	faults.add(fault);
	const answer = await post();
	expect({ status: answer.status, body: await answer.text(), effects: writes() }).toEqual({ status, body, effects });
	expect(log.all).toMatchObject([{ status, fault: fault.name }]);
	expect(faults.spent()).toBe(true);
	expect((await post()).status).toBe(201);
});

it.each(['none', 'done'] as const)('cuts and hangs with effect %s', async (effect) => {
	const { faults, post, writes } = await open();
	faults.add(cut(effect));
	await expect(post()).rejects.toThrow('fetch failed');
	expect(writes()).toBe(effect === 'done' ? 1 : 0);
	faults.add(hang(effect));
	await expect(post(AbortSignal.timeout(100))).rejects.toThrow('timeout');
	expect(writes()).toBe(effect === 'done' ? 2 : 0);
});

it('gives an answer of 3 MB, and Retry-After when asked', async () => {
	const { faults, post } = await open();
	faults.add(huge());
	expect((await (await post()).text()).length).toBeGreaterThan(3_000_000);
	faults.add(throttled(7));
	expect((await post()).headers.get('retry-after')).toBe('7');
});

it('meets only the requests a rule names, as often as it says, after those it skips', async () => {
	const { faults, post, server } = await open();
	faults.add(failing(500), { method: 'POST', path: /^\/writes$/, skip: 1, times: 2 });
	const statuses = [await post(), await fetch(`${server.url}/writes/1`), await post(), await post(), await post()].map(({ status }) => status);
	expect(statuses).toEqual([201, 200, 500, 500, 201]);
	faults.add(failing(500), { method: 'DELETE' });
	expect(faults.spent()).toBe(false);
});

it('orders two racing requests by gates', async () => {
	const { faults, post, writes } = await open();
	const held = gate('none');
	faults.add(held.fault);
	const first = post();
	await held.reached;
	expect(await (await post()).json()).toEqual({ writes: 1 });
	held.open();
	expect(await (await first).json()).toEqual({ writes: 2 });
	expect(writes()).toBe(2);
});

it('logs no body value and no masked query value', async () => {
	const { post, server, log } = await open();
	await post();
	await fetch(`${server.url}/writes/1?phone=%2B79160000001&page=2`);
	expect(log.all).toMatchObject([{ bodyKeys: ['name'] }, { query: { phone: '***', page: '2' } }]);
	expect(JSON.stringify(log.all)).not.toMatch(/Вера|7916/);
	expect(log.find('GET', /^\/writes/)).toHaveLength(1);
});

it('fails at close when a handler threw, so that a broken simulator is no fault by script', async () => {
	const { server } = await counter({ routes: [route('GET', '/', () => { throw new Error('a bug'); })] });
	expect((await fetch(server.url)).status).toBe(599);
	await expect(server.close()).rejects.toThrow('a bug');
});

it('keeps sliding windows exactly by the virtual clock, per key', async () => {
	const clock = createClock(START);
	const limit = slidingWindows(clock, [{ requests: 2, milliseconds: 1000 }, { requests: 3, milliseconds: 60_000 }]);
	const ask = (key = 'a'): boolean => limit(key).allowed;
	expect([ask(), ask(), ask(), ask('b')]).toEqual([true, true, false, true]);
	expect(limit('a').retryAfterMs).toBe(1000);
	await clock.sleep(1000);
	expect([ask(), ask()]).toEqual([true, false]);
	expect(limit('a').retryAfterMs).toBe(59_000);
	clock.advance(58_999);
	expect(ask()).toBe(false);
	clock.advance(1);
	expect(ask()).toBe(true);
	clock.set('2026-11-20T08:00:00Z');
	expect([ask(), ask(), ask()]).toEqual([true, true, false]);
});

it('empties a leaky bucket at its rate', () => {
	const clock = createClock(START);
	const limit = leakyBucket(clock, 2, 3);
	expect([1, 2, 3, 4].map(() => limit('portal').allowed)).toEqual([true, true, true, false]);
	expect(limit('portal').retryAfterMs).toBe(500);
	clock.advance(500);
	expect([limit('portal').allowed, limit('portal').allowed]).toEqual([true, false]);
});

it('refuses in the vendor voice when a limit is over, and says so in the log', async () => {
	const clock = createClock(START);
	const { post, log } = await open({ clock, limit: slidingWindows(clock, [{ requests: 1, milliseconds: 1000 }]) });
	expect([(await post()).status, (await post()).status]).toEqual([201, 429]);
	clock.advance(1000);
	expect((await post()).status).toBe(201);
	expect(log.all.map(({ limited }) => limited)).toEqual([false, true, false]);
});

it('runs the same with the same seed', () => {
	const draw = (seed: number): string => createRandom(seed).hex(32);
	expect(draw(7)).toBe(draw(7));
	expect(draw(7)).not.toBe(draw(8));
	expect(new Set(Array.from({ length: 200 }, (_, seed) => createRandom(seed).integer(1, 3)))).toEqual(new Set([1, 2, 3]));
});

it('walks every position of every switch once', () => {
	const board = { style: ['a', 'b', 'c'], zone: ['x', 'y'] } as const;
	expect(switchesOf(board, { zone: 'y' })).toEqual({ style: 'a', zone: 'y' });
	expect(positionsOf(board).map(({ name }) => name)).toEqual(['defaults', 'style=b', 'style=c', 'zone=y']);
});

it('reads wall clocks of zones, gaps and doubled hours', () => {
	expect(isoOf(Date.parse('2026-11-20T09:00:00Z'), 'Europe/Moscow')).toBe('2026-11-20T12:00:00+03:00');
	expect(isoOf(Date.parse('2026-07-20T09:00:00Z'), 'America/St_Johns', false)).toBe('2026-07-20T06:30:00-0230');
	expect(momentOf('2026-03-29T02:30:00', 'Europe/Berlin')).toBeNull();
	expect(momentOf('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'));
	expect(momentOf('2026-03-29T03:00:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:00:00Z'));
});

it('sends webhooks once, twice, never, or last first, and again while a vendor retries', async () => {
	const seen: string[] = [];
	let status = 200;
	const target = createServer((message, response) => {
		let body = '';
		message.on('data', (chunk: Buffer) => (body += chunk.toString()));
		message.on('end', () => {
			seen.push(body);
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
	const sender = createWebhookSender(2);
	const send = (body: string): void => sender.send({ url, headers: {}, body });
	send('1');
	sender.faults.copies = 2;
	send('2');
	sender.faults.copies = 0;
	send('lost');
	sender.faults.copies = 1;
	sender.faults.reversed = true;
	send('3');
	send('4');
	await sender.flush();
	expect(seen).toEqual(['1', '2', '2', '4', '3']);
	await sender.replay(0);
	status = 500;
	sender.faults.reversed = false;
	send('5');
	await sender.flush();
	expect(seen.slice(5)).toEqual(['1', '5', '5']);
	expect(sender.deliveries.at(-1)?.status).toBe(500);
	await new Promise((resolve) => target.close(resolve));
	send('6');
	await sender.flush();
	expect(sender.deliveries.at(-1)?.status).toBe(0);
});
