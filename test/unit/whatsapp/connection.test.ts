import { Backoff, endingOf, type Reaction, reactionTo } from '../../../core/whatsapp';
import { createRandom } from '../../contract/simulators/kit';
import { Bench, type Linked } from '../../whatsapp-server/support/bench';

const boom = (statusCode: number, message = 'Connection Failure', data?: unknown) => Object.assign(new Error(message), { output: { statusCode }, data });
const after = (statusCode: number, message?: string, data?: unknown): Reaction => reactionTo(endingOf(boom(statusCode, message, data)), 'linked');

const rest = (state: string, putAside = false) => ({ kind: 'rest', state, putAside, forSeconds: null });

const ROWS: readonly (readonly [number, unknown])[] = [
	[401, rest('logged_out', true)],
	[402, rest('banned')],
	[403, rest('logged_out', true)],
	[405, { kind: 'renewVersion' }],
	[406, rest('banned')],
	[408, { kind: 'retry', leastMs: 0, alertAfter: null }],
	[409, rest('stopped')],
	[411, rest('stopped')],
	[415, rest('stopped')],
	[418, rest('stopped')],
	[428, { kind: 'retry', leastMs: 0, alertAfter: null }],
	[440, { kind: 'checkLease' }],
	[500, { kind: 'retry', leastMs: 0, alertAfter: 5 }],
	[503, { kind: 'retry', leastMs: 10_000, alertAfter: null }],
	[515, { kind: 'restart' }],
	[999, { kind: 'retry', leastMs: 0, alertAfter: 5 }],
];

describe('the reaction to the end of a connection', () => {
	it.each(ROWS)('with code %i is the one of the table', (code, reaction) => expect(after(code)).toEqual(reaction));

	it('knows when a temporary ban ends, if the server said it', () => {
		expect(after(402, undefined, { reason: '402', code: '101', expire: '3600' })).toEqual({ ...rest('banned'), forSeconds: 3600 });
		expect(after(402, undefined, { expire: 'soon' })).toEqual(rest('banned'));
	});

	it('takes a QR code that nobody scanned for no fault of the network, and a refused half of a link for no logout', () => {
		expect(after(408, 'QR refs attempts ended')).toEqual(rest('needs_pairing'));
		expect(reactionTo(endingOf(boom(401)), 'unfinished')).toEqual(rest('needs_pairing'));
		expect(reactionTo(endingOf(boom(401)), 'new')).toEqual(rest('needs_pairing'));
		expect(reactionTo(endingOf(boom(405)), 'new')).toEqual({ kind: 'renewVersion' });
	});

	it.each([undefined, null, 'text', 7, {}, new Error('x'), { output: { statusCode: 'many' } }])('is to try again when it is told by %p', (error) => {
		expect(reactionTo(endingOf(error), 'linked')).toMatchObject({ kind: 'retry', alertAfter: 5 });
	});
});

describe('the wait before the next attempt', () => {
	it('is anything up to a bound that doubles to five minutes, and never the end', () => {
		const longest = new Backoff(() => 0.999_999);
		expect(Array.from({ length: 8 }, () => Math.ceil(longest.next() / 1000))).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
		for (let attempt = 0; attempt < 5000; attempt += 1) expect(longest.next()).toBeLessThanOrEqual(300_000);
		expect(new Backoff(() => 0).next()).toBe(0);
	});

	it('is spread over all of it', () => {
		const random = createRandom(1);
		const waits = Array.from({ length: 1000 }, () => new Backoff(() => random.integer(0, 999) / 1000).next());
		for (const from of [0, 1000, 2000, 3000, 4000]) expect(waits.filter((wait) => wait >= from && wait < from + 1000).length).toBeGreaterThan(150);
	});

	it('is not shorter than a busy server asks for', () => {
		expect(new Backoff(() => 0).next(10_000)).toBe(10_000);
		expect(new Backoff(() => 0.5).next(10_000)).toBe(10_000);
	});

	it('begins anew after a minute that was good', () => {
		const backoff = new Backoff(() => 0.999_999);
		for (let attempt = 0; attempt < 5; attempt += 1) backoff.next();
		backoff.wasOpen(59_000);
		expect(backoff.attempts).toBe(5);
		backoff.wasOpen(60_000);
		expect(backoff.attempts).toBe(0);
		expect(Math.ceil(backoff.next() / 1000)).toBe(5);
	});
});

describe('what the client really says', () => {
	const bench = Bench.ofTests();
	let linked: Linked;
	beforeAll(async () => {
		linked = await bench.linked('79990000501');
		await linked.client.stop();
	});

	/** The reaction to the next ending of the client. */
	async function next(): Promise<Reaction> {
		const { client } = linked;
		const ended = client.endings.length;
		client.start();
		await client.ending(ended);
		return reactionTo(endingOf(client.states.at(-1)?.lastDisconnect?.error), 'linked');
	}

	it.each(ROWS)('leads from a refused login %i to the row of the table', async (reason, reaction) => {
		linked.salon.refuseLogins({ reason, times: 1 });
		expect(await next()).toEqual(reaction);
	});

	it('tells the end of a ban, and a code nobody scanned', async () => {
		linked.salon.refuseLogins({ reason: 402, attrs: { code: '101', expire: '7200' }, times: 1 });
		expect(await next()).toEqual({ ...rest('banned'), forSeconds: 7200 });
		const client = bench.client(undefined, { qrTimeout: 20 }).start();
		await client.ending();
		expect(reactionTo(endingOf(client.states.at(-1)?.lastDisconnect?.error), 'new')).toEqual(rest('needs_pairing'));
	});
});
