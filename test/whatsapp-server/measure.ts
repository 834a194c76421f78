/**
 * What a process with many clients costs, and how fast they are: `node -r ./test/support/register.js test/whatsapp-server/measure.ts [sessions]`.
 * Server and clients share the process, so every figure holds the cost of both.
 */
import { Bench, type Linked } from './support/bench';

const SESSIONS = Number(process.argv[2] ?? 50);
const PARALLEL = 10;
const SAMPLES = 100;

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

function percentile(times: readonly number[], share: number): string {
	const sorted = [...times].sort((a, b) => a - b);
	return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)} ms`;
}

const report = (what: string, times: readonly number[]): void => console.log(`${what}: p50 ${percentile(times, 0.5)}, p95 ${percentile(times, 0.95)}, n ${times.length}`);

async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/** Runs `work` for every item, so many at once. */
async function each<T>(items: readonly T[], parallel: number, work: (item: T) => Promise<void>): Promise<void> {
	const left = [...items];
	await Promise.all(
		Array.from({ length: parallel }, async () => {
			for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
		}),
	);
}

function memory(when: string): number {
	globalThis.gc?.();
	const { rss, heapUsed } = process.memoryUsage();
	console.log(`${when}: RSS ${megabytes(rss)}, heap ${megabytes(heapUsed)}`);
	return rss;
}

async function idleCpu(milliseconds: number): Promise<string> {
	const before = process.cpuUsage();
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
	const { user, system } = process.cpuUsage(before);
	return `${((user + system) / 10 / milliseconds).toFixed(1)} %`;
}

async function one(bench: Bench): Promise<void> {
	const pairs: number[] = [];
	const reconnects: number[] = [];
	let linked: Linked | null = null;
	for (let turn = 0; turn < 15; turn += 1) {
		const salon = bench.server.phone(String(79_980_000_000 + turn));
		const client = bench.client().start();
		const qr = await client.qr();
		pairs.push(
			await timed(async () => {
				await bench.server.scan(salon, qr);
				await client.ending();
				client.start();
				await client.open();
			}),
		);
		const { device } = salon;
		await device.ready();
		await client.until(() => (client.events.some(({ name }) => name === 'messaging-history.set') ? true : undefined), 'the history');
		await device.mailbox.empty();
		linked = { salon, client, device };
		await client.stop();
		const again = linked;
		reconnects.push(await timed(async () => await bench.reconnect(again)));
	}
	report('pair, scan to open', pairs);
	report('reconnect, start to open', reconnects);
	if (linked === null) return;
	const { salon, client } = linked;
	const anna = bench.server.phone('79165550001');
	await client.message(await anna.write(salon, 'first'));
	await client.send(anna.lidJid, { text: 'first' });
	const received: number[] = [];
	const sent: number[] = [];
	for (let turn = 0; turn < SAMPLES; turn += 1) {
		received.push(await timed(async () => await client.message(await anna.write(salon, `message ${turn}`))));
		sent.push(await timed(async () => await client.send(anna.lidJid, { text: `answer ${turn}` })));
	}
	report('receive, write on the phone to event', received);
	report('send, call to ack', sent);
}

async function many(bench: Bench): Promise<void> {
	const before = memory('before');
	const all: Linked[] = [];
	const pairs: number[] = [];
	const numbers = Array.from({ length: SESSIONS }, (_, place) => String(79_970_000_000 + place));
	const pairing = await timed(async () => await each(numbers, PARALLEL, async (number) => void pairs.push(await timed(async () => void all.push(await bench.linked(number))))));
	report(`${SESSIONS} pairs, ${PARALLEL} in parallel, with history`, pairs);
	console.log(`all paired in ${(pairing / 1000).toFixed(1)} s`);
	const after = memory('paired');
	console.log(`per session ${((after - before) / SESSIONS / 2 ** 20).toFixed(2)} MB`);
	console.log(`idle CPU over 20 s: ${await idleCpu(20_000)}`);
	bench.server.links.forEach((link) => link.drop());
	// the first end was the restart after pairing
	await Promise.all(all.map(({ client }) => client.ending(1)));
	const back = await timed(async () => await each(all, PARALLEL, async (linked) => await bench.reconnect(linked)));
	console.log(`all reconnected in ${(back / 1000).toFixed(1)} s, ${PARALLEL} in parallel`);
	memory('reconnected');
}

async function main(): Promise<void> {
	const bench = await Bench.start();
	bench.server.journal.enabled = false;
	await one(bench);
	await many(bench);
	console.log(`faults of the server: ${bench.server.errors.length}`);
	await bench.close();
}

void main();
