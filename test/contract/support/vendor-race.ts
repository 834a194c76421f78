import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { reasonOf, valueOf } from './bench';
import { able, CAMPAIGN, CAMPAIGN_MS, on, type VendorBench, type VendorUnderTest } from './vendor-bench';
import type { ProcessRound } from './vendor-process';

const ROUNDS = Math.ceil(100 * CAMPAIGN);
const TIMES = ['10:00', '11:30', '14:00', '18:00'];

const timeOf = (round: number): string => on(TIMES[round % TIMES.length] ?? '10:00');

/** Two adapters in one process that want one time at once: exactly one visit every round. */
export function describeVendorRace(vendor: VendorUnderTest): void {
	const { name, writes } = vendor;
	able(vendor, writes.book !== undefined, 'a race for a time', () => {
		it(`${name} gives the time to one of two adapters, ${ROUNDS} rounds`, () =>
			withBench(vendor, async (bench) => {
				const other = bench.rival();
				const wins: [number, number] = [0, 0];
				for (let round = 0; round < ROUNDS; round += 1) {
					const wish = { serviceIds: [bench.serviceId], staffId: bench.staffId, start: timeOf(round) };
					const asks = [
						() => bench.crm.createAppointment({ ...wish, clientId: bench.clientId }, `one-${round}`),
						() => other.createAppointment({ ...wish, clientId: bench.rivalClientId }, `two-${round}`),
					];
					// whoever asks first mostly wins: they take turns
					if (round % 2 === 1) asks.reverse();
					const answers = await Promise.all(asks.map((ask) => ask()));
					await settle(vendor, bench, answers.map(reasonOf), round, wins);
				}
				process.stdout.write(`${name}, two adapters, who asked first to who asked second: ${wins.join(' to ')}\n`);
			}), CAMPAIGN_MS);
	});
}

/** The same between two processes. */
export function describeVendorProcesses(vendor: VendorUnderTest): void {
	const { name, rival } = vendor;
	able(vendor, rival !== undefined, 'a race of two processes', () => {
		it(`${name} gives the time to one of two processes, ${ROUNDS} rounds`, () =>
			withBench(vendor, async (bench) => {
				const children = [startRival(vendor, bench), startRival(vendor, bench)];
				await Promise.all(children.map(answerOf));
				const wins: [number, number] = [0, 0];
				const clients = [bench.clientId, bench.rivalClientId];
				for (let round = 0; round < ROUNDS; round += 1) {
					const answers = children.map(answerOf);
					children.forEach((child, index) => {
						const wish: ProcessRound = { serviceIds: [bench.serviceId], staffId: bench.staffId, start: timeOf(round), clientId: clients[index] ?? '', key: `${index}-${round}` };
						child.send(wish);
					});
					await settle(vendor, bench, await Promise.all(answers), round, wins);
				}
				for (const child of children) child.send('end');
				await Promise.all(children.map((child) => once(child, 'exit')));
				process.stdout.write(`${name}, two processes: ${wins.join(' to ')}\n`);
			}), CAMPAIGN_MS);
	});
}

async function withBench(vendor: VendorUnderTest, run: (bench: VendorBench) => Promise<void>): Promise<void> {
	const bench = await vendor.open();
	try {
		await run(bench);
	} finally {
		await bench.close();
	}
}

/** One won and one lost, the vendor holds one visit, and the time is free again for the next round. */
async function settle({ capabilities, losers = ['slot_taken'] }: VendorUnderTest, bench: VendorBench, answers: readonly unknown[], round: number, wins: [number, number]): Promise<void> {
	const winner = answers.indexOf('ok');
	expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
	expect(losers).toContain(answers[1 - winner]);
	expect(bench.live()).toHaveLength(1);
	wins[winner === 0 ? 0 : 1] += 1;
	if (capabilities.cancel) valueOf(await bench.crm.cancelAppointment(bench.live()[0]?.id ?? '', `end-${round}`));
	else bench.wipe(new Set());
	expect(bench.live()).toEqual([]);
}

function startRival({ rival }: VendorUnderTest, bench: VendorBench): ChildProcess {
	const order = JSON.stringify({ module: rival?.module, order: rival?.order(bench) });
	return fork(join(__dirname, 'vendor-process.ts'), [order], { execArgv: ['-r', join(__dirname, '..', '..', 'support', 'register.js')] });
}

/** The next message of a child; its end without one is an error. */
async function answerOf(child: ChildProcess): Promise<unknown> {
	const ended = new AbortController();
	const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => Promise.reject(new Error(`a rival ended with ${String(code)}`)));
	exit.catch(() => undefined);
	const [answer] = (await Promise.race([once(child, 'message'), exit])) as unknown[];
	ended.abort();
	return answer;
}
