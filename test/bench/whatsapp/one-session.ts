import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type StoreConfig } from '../../../core/store';
import { createOutboxDesk, createTurnFeed, type SessionKey } from '../../../core/whatsapp';
import { storeSignals, TEST_URL_VARIABLE } from '../../../core/whatsapp/session';
import { ServiceCore } from '../../../core/whatsapp/session/core';
import { type Figure, percentiles } from '../machine';
import type { BenchServer } from './server-calls';

const PAIRS = 15;
const MESSAGES = 100;
const DEAD_LINKS = 3;
const WARM_UP = 5;
const LOOK_MS = 1;
const PATIENCE_MS = 120_000;
/** Debounce off, and nothing that holds a message back on purpose. */
const UNHINDERED = { everyMs: 0, burst: 1000 };
const SETTINGS = { quietMs: 0, typing: false, markRead: false, perChat: UNHINDERED, perSession: UNHINDERED, perCompany: UNHINDERED, newChatsPerDay: 10_000 };
const ANNA = '79165550001';

const now = (): number => performance.timeOrigin + performance.now();
const numberOf = (place: number): string => String(79_970_000_000 + place);

async function until<T>(find: () => T | null | undefined | false | Promise<T | null | undefined | false>, what: string): Promise<T> {
	for (const end = now() + PATIENCE_MS; ; await pause(LOOK_MS)) {
		const found = await find();
		if (found !== null && found !== undefined && found !== false) return found;
		if (now() > end) throw new Error(`${what}: not in time`);
	}
}

/** How fast one session is: the product in this process, the server in another. */
export async function benchOne(config: StoreConfig, server: BenchServer): Promise<readonly Figure[]> {
	process.env[TEST_URL_VARIABLE] = await server.url();
	const store = await openStore(config, { keys: ['bench'] });
	const signals = storeSignals(store);
	const core = new ServiceCore(store, {}, Promise.resolve());
	const keyOf = (place: number): SessionKey => ({ tenant: 'bench', session: `one ${place}` });
	const open = async (place: number) => await until(() => core.manager.owner(keyOf(place))?.socket, 'it is open');

	async function pair(place: number): Promise<number> {
		await core.ensure(keyOf(place), SETTINGS);
		await until(() => core.manager.owner(keyOf(place))?.state === 'needs_pairing', 'it can be linked');
		await core.command(keyOf(place), { kind: 'pairQr' });
		const qr = await until(async () => (await core.pairing(keyOf(place)))?.qr, 'a QR code');
		const scanned = server.scan(numberOf(place), qr);
		await open(place);
		const took = now() - (await scanned);
		await server.settled(numberOf(place));
		return took;
	}

	async function reconnect(place: number): Promise<number> {
		const owner = core.manager.owner(keyOf(place));
		const before = owner?.connects ?? 0;
		const began = now();
		owner?.restart();
		await until(() => owner?.connects === before + 1 && owner.socket, 'it is open again');
		const took = now() - began;
		await server.settled(numberOf(place));
		return took;
	}

	const feed = createTurnFeed(store, { ...keyOf(0), signals, clock: Date.now });
	async function receive(place: number): Promise<number> {
		const text = `message ${place}`;
		let tell: () => void = () => undefined;
		const off = feed.onTurns(() => tell());
		const written = server.write(ANNA, numberOf(0), text);
		for (;;) {
			const told = new Promise<void>((resolve) => (tell = resolve));
			const [turn] = await feed.next(1);
			if (turn?.text === text) {
				const took = now() - (await written);
				off();
				await feed.done(turn.turnId);
				return took;
			}
			await told;
		}
	}

	const desk = createOutboxDesk(store, { ...keyOf(0), signals });
	const anna = await server.lid(ANNA);
	async function send(place: number): Promise<number> {
		const began = now();
		const queued = await desk.enqueue({ to: anna, content: { kind: 'text', text: `answer ${place}` }, idemKey: `answer ${place}`, isAnswer: true });
		if (queued.kind !== 'queued') throw new Error(queued.sentence);
		const status = await desk.wait(queued.id, PATIENCE_MS);
		if (status?.state === undefined || ['failed', 'unknown'].includes(status.state)) throw new Error(`it was not sent: ${status?.state ?? 'gone'}`);
		return now() - began;
	}

	async function deadLink(place: number): Promise<number> {
		const owner = core.manager.owner(keyOf(place));
		const at = await server.halfOpen(numberOf(place));
		await until(() => owner?.socket === null, 'it is noticed');
		return now() - at;
	}

	try {
		const pairs = await inTurn(PAIRS, pair);
		const reconnects = await inTurn(PAIRS, reconnect);
		await inTurn(WARM_UP, async (place) => await receive(-place));
		const received = await inTurn(MESSAGES, receive);
		await inTurn(WARM_UP, async (place) => await send(-place - 1));
		const sent = await inTurn(MESSAGES, send);
		await server.shown(ANNA, `answer ${MESSAGES - 1}`);
		const deaf = Math.max(...(await Promise.all(Array.from({ length: DEAD_LINKS }, async (_, place) => await deadLink(place + 1)))));
		const method = 'p50, SQLite, the product in one process and the server in another, debounce and limits off';
		return [
			timed('pair, scan to open', pairs, 600, `${method}; ${PAIRS} accounts one after the other, 812 pre-keys each, restart included`),
			timed('reconnect, order to open', reconnects, 150, `${method}; closing the socket before included`),
			timed('receive, writing on the phone to the turn read from the store', received, 15, `${method}; encryption on the phone included`),
			timed('send, order to the ack read from the store', sent, 30, method),
			{ name: 'dead link, silence to its end', value: `${(deaf / 1000).toFixed(1)} s`, goal: '<= 40 s', met: deaf <= 40_000, method: `the longest of ${DEAD_LINKS} half-open links, the product's own times` },
		];
	} finally {
		await core.shutdown();
		await store.close();
	}
}

async function inTurn(times: number, work: (place: number) => Promise<number>): Promise<readonly number[]> {
	const took: number[] = [];
	for (let place = 0; place < times; place += 1) took.push(await work(place));
	return took;
}

function timed(name: string, times: readonly number[], goalMs: number, method: string): Figure {
	const { p50, p95 } = percentiles(times);
	return { name, value: `${p50.toFixed(1)} ms (p95 ${p95.toFixed(0)} ms)`, goal: `<= ${goalMs} ms`, met: p50 <= goalMs, method };
}
