import { endingOf, reactionTo, watchSocket } from '../../../core/whatsapp';
import { Bench } from '../../whatsapp-server/support/bench';
import type { TestClient } from '../../whatsapp-server/support/client';

const QUICK = { connectMs: 400, silenceMs: 1500, tickMs: 50 };

describe('the watchdog of a connection', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await Bench.start();
	});
	afterAll(async () => await bench.close());
	afterEach(() => bench.server.refuseUpgrades(null));

	/** Milliseconds until the client reports its end. */
	async function endsWithin(client: TestClient, after: number): Promise<number> {
		const began = performance.now();
		await client.ending(after, 5000);
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
		expect(took).toBeLessThan(3000);
		dog.stop();
	});

	it('does not wait for the answer to a close', async () => {
		const { client, device } = await bench.linked('79990000602');
		(await device.ready()).halfOpen();
		const dog = watchSocket(client.socket, { ...QUICK, silenceMs: 60_000 });
		const ended = client.socket.end(new Error('closed by us'));
		expect(await endsWithin(client, 1)).toBeLessThan(1000);
		await ended;
		dog.stop();
	});

	it('ends a connection that is refused, and one that is never answered', async () => {
		for (const way of [503, 'silence'] as const) {
			bench.server.refuseUpgrades(way);
			const client = bench.client(undefined, { connectTimeoutMs: 20_000 }).start();
			const dog = watchSocket(client.socket, QUICK);
			expect(await endsWithin(client, 0)).toBeLessThan(2000);
			dog.stop();
		}
	});

	it('leaves a link alone that is slow but alive, and any link once it is stopped', async () => {
		const { client, device } = await bench.linked('79990000603', { keepAliveIntervalMs: 300 });
		const dog = watchSocket(client.socket, { ...QUICK, silenceMs: 900 });
		(await device.ready()).slow({ latencyMs: 200 });
		await expect(client.ending(1, 2000)).rejects.toThrow('not within');
		dog.stop();
		(await device.ready()).halfOpen();
		await expect(client.ending(1, 1500)).rejects.toThrow('not within');
	});
});
