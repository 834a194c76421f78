import { EventEmitter, once } from 'node:events';
import { endingOf, reactionTo, type Watchdog, watchSocket } from '../../../core/whatsapp';
import { TEMPO } from '../../../core/whatsapp/session';
import { Bench } from '../../whatsapp-server/support/bench';
import type { TestClient } from '../../whatsapp-server/support/client';

const QUICK = { connectMs: 400, silenceMs: 1500, tickMs: 50 };
/** The client alone would take more than half a minute; a busy machine takes a few seconds. */
const SOON_MS = 10_000;

jest.setTimeout(60_000);

describe('the watchdog of a connection', () => {
	const bench = Bench.ofTests();
	afterEach(() => bench.server.refuseUpgrades(null));

	/** Milliseconds until the client reports its end. */
	async function endsWithin(client: TestClient, after: number): Promise<number> {
		const began = performance.now();
		await client.ending(after, 2 * SOON_MS);
		const { lastDisconnect } = client.states.at(-1) ?? {};
		expect(reactionTo(endingOf(lastDisconnect?.error), 'linked')).toMatchObject({ kind: 'retry' });
		return performance.now() - began;
	}

	it('ends a half-open link soon after it fell silent', async () => {
		const { client, device } = await bench.linked('79990000601', { keepAliveIntervalMs: 300 });
		const link = await device.ready();
		const dog = watchSocket(client.socket, QUICK);
		link.halfOpen();
		const took = await endsWithin(client, 1);
		expect(took).toBeGreaterThan(1000);
		expect(took).toBeLessThan(SOON_MS);
		dog.stop();
	});

	it('asks a silent link for a sign of life, and keeps one that answers', async () => {
		const { client, device } = await bench.linked('79990000603', { keepAliveIntervalMs: 60_000 });
		const link = await device.ready();
		// so much more than between two answers, that a busy machine is no silence
		const [askMs, silenceMs] = [300, 4_000];
		const dog = watchSocket(client.socket, { ...QUICK, silenceMs, askMs });
		// longer than a silent link lives: nothing but answers comes
		for (let answers = 0; answers * askMs <= 2 * silenceMs; answers += 1) await once(client.socket.ws, 'frame');
		expect(client.socket.ws.isOpen).toBe(true);
		link.halfOpen();
		expect(await endsWithin(client, 1)).toBeLessThan(SOON_MS);
		dog.stop();
	});

	it('does not wait for the answer to a close', async () => {
		const { client, device } = await bench.linked('79990000602');
		(await device.ready()).halfOpen();
		const dog = watchSocket(client.socket, { ...QUICK, silenceMs: 60_000 });
		const ended = client.socket.end(new Error('closed by us'));
		expect(await endsWithin(client, 1)).toBeLessThan(SOON_MS);
		await ended;
		dog.stop();
	});

	it('ends a connection that is refused, and one that is never answered', async () => {
		for (const way of [503, 'silence'] as const) {
			bench.server.refuseUpgrades(way);
			const client = bench.client(undefined, { connectTimeoutMs: 20_000 }).start();
			const dog = watchSocket(client.socket, QUICK);
			expect(await endsWithin(client, 0)).toBeLessThan(SOON_MS);
			dog.stop();
		}
	});
});

describe('the times of the product', () => {
	const dogs: Watchdog[] = [];
	/** A link as the watchdog sees it, on a clock of the test. */
	function watched() {
		const terminate = jest.fn();
		const sendNode = jest.fn(() => Promise.resolve());
		const ws = Object.assign(new EventEmitter(), { isClosed: false, isClosing: false, isConnecting: false, socket: { terminate } });
		const dog = watchSocket({ ws, sendNode, generateMessageTag: () => 'ask-1' } as never, { connectMs: TEMPO.connect + TEMPO.watch, silenceMs: TEMPO.silence, askMs: TEMPO.keepAlive, tickMs: TEMPO.watch }, Date.now);
		dogs.push(dog);
		return { ws, dog, terminate, sendNode };
	}
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => {
		// all links share a timer, which is of the clock of its test
		for (const dog of dogs.splice(0)) dog.stop();
		jest.useRealTimers();
	});

	it('end a link that fell silent within 40 seconds, and one that answers the last request for a sign of life stays', () => {
		const { ws, terminate } = watched();
		for (let minute = 0; minute < 10; minute += 1) {
			jest.advanceTimersByTime(TEMPO.keepAlive);
			ws.emit('frame', {});
		}
		jest.advanceTimersByTime(TEMPO.keepAlive + 5_000);
		expect(terminate).not.toHaveBeenCalled();
		jest.advanceTimersByTime(40_000 - TEMPO.keepAlive - 5_000);
		expect(terminate).toHaveBeenCalled();
	});

	it('ask a link once for each silence, and none that talks or has not shaken hands yet', () => {
		const { ws, sendNode } = watched();
		ws.emit('open');
		jest.advanceTimersByTime(TEMPO.keepAlive + TEMPO.watch);
		ws.emit('frame', new Uint8Array(3));
		jest.advanceTimersByTime(TEMPO.keepAlive + TEMPO.watch);
		expect(sendNode).not.toHaveBeenCalled();
		for (let second = 0; second < 60; second += 1) {
			jest.advanceTimersByTime(1_000);
			ws.emit('frame', { tag: 'message' });
		}
		expect(sendNode).not.toHaveBeenCalled();
		jest.advanceTimersByTime(TEMPO.keepAlive + 10_000);
		expect(sendNode.mock.calls).toEqual([[{ tag: 'iq', attrs: { id: 'ask-1', to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' }, content: [{ tag: 'ping', attrs: {} }] }]]);
		ws.emit('frame', { tag: 'iq' });
		jest.advanceTimersByTime(TEMPO.keepAlive + 10_000);
		expect(sendNode).toHaveBeenCalledTimes(2);
	});

	it('end a connection that is never made soon after the client would have, and let an ended or unwatched one be', () => {
		const { ws, terminate } = watched();
		ws.isConnecting = true;
		jest.advanceTimersByTime(TEMPO.connect);
		expect(terminate).not.toHaveBeenCalled();
		jest.advanceTimersByTime(3 * TEMPO.watch);
		expect(terminate).toHaveBeenCalledTimes(2);
		ws.isClosed = true;
		jest.advanceTimersByTime(60_000);
		expect(terminate).toHaveBeenCalledTimes(2);
		const other = watched();
		other.dog.stop();
		jest.advanceTimersByTime(120_000);
		expect(other.terminate).not.toHaveBeenCalled();
	});
});
