import { unavailable } from '../../../core/booking';
import { resetStreams } from '../../../core/store/sync';
import { describeEngines } from '../../support/engines';
import { benchesOf, type SyncBench } from './bench';
import { T0, visit } from './double';

jest.setTimeout(60_000);

const VISITS = { streams: ['visits'] } as const;
const TICK = { kind: 'incremental', ...VISITS } as const;
const error = async ({ sync }: SyncBench): Promise<unknown> => (await sync.book.streams()).find(({ stream }) => stream === 'visits')?.last_error;

describe('the alarm that too much is missing', () => {
	describeEngines((_dialect, engine) => {
		const open = benchesOf(engine);

		/** A branch that a whole reading has found many visits missing of. */
		async function alarmed(options: Parameters<typeof open>[0] = {}): Promise<SyncBench> {
			const bench = await open({ pageSize: 50, ...options });
			for (let index = 0; index < 100; index += 1) bench.double.put('visits', visit(`x${index}`, '1'));
			await bench.run(VISITS);
			for (let index = 0; index < 60; index += 1) bench.double.remove('visits', `x${index}`);
			expect((await bench.run(VISITS)).visits).toMatchObject({ status: 'done', message: expect.stringContaining('nothing was deleted') });
			return bench;
		}

		it('outlasts ticks, backfills and a CRM that is down, which is told meanwhile', async () => {
			const bench = await alarmed();
			for (const order of [TICK, TICK, { kind: 'backfill', since: new Date(T0 - 86_400_000).toISOString(), ...VISITS } as const]) {
				expect((await bench.run(order)).visits).toMatchObject({ status: 'done' });
				expect(await error(bench)).toBe('many_missing');
			}
			bench.double.beforePage = () => unavailable('down');
			await bench.run(TICK);
			expect(await error(bench)).toBe('failed');
			bench.double.beforePage = () => undefined;
			await bench.run(TICK);
			expect(await error(bench)).toBe('many_missing');
		});

		it.each<readonly [string, (bench: SyncBench) => Promise<unknown>]>([
			['a whole reading that shows them again', async (bench) => {
				for (let index = 0; index < 60; index += 1) bench.double.put('visits', visit(`x${index}`, '1'));
				await bench.run(VISITS);
			}],
			['Accept Missing', (bench) => bench.run({ ...VISITS, acceptsMissing: true })],
			['a reset', (bench) => resetStreams(bench.store, bench.tenant, ['visits'])],
		])('ends with %s', async (_why, end) => {
			const bench = await alarmed();
			await end(bench);
			expect((await bench.sync.book.streams())[0]).toMatchObject({ last_error: null, guarded_since: null });
			// after a reset a tick reads the list whole
			for (let index = 0; index < 60; index += 1) bench.double.put('visits', visit(`x${index}`, '1'));
			await bench.run(TICK);
			expect(await error(bench)).toBeNull();
		});

		it('does not end with a whole reading that proves nothing, but with one that shows what was missing', async () => {
			const bench = await alarmed();
			let isBack = false;
			const stream = bench.double.crm.stream;
			Object.assign(bench.double.crm, {
				async *stream(...[name, window]: Parameters<typeof stream>) {
					for await (const page of stream(name, window)) yield page.kind === 'ok' ? { ...page, value: { ...page.value, exact: false, total: null } } : page;
				},
			});
			for (; ; isBack = true) {
				await bench.run(VISITS);
				expect(await error(bench)).toBe(isBack ? null : 'many_missing');
				if (isBack) break;
				for (let index = 0; index < 60; index += 1) bench.double.put('visits', visit(`x${index}`, '1'));
			}
		});

		it('is given by a tick that finds too much missing around now', async () => {
			const bench = await open({ pageSize: 50 });
			Object.assign(bench.double.reader, { checks: ['visits'], windows: { ...bench.double.reader.windows, visits: 'starts' } });
			const start = new Date(T0 + 2 * 86_400_000).toISOString();
			const stream = bench.double.crm.stream;
			Object.assign(bench.double.crm, { stream: (...[name, { from: _from, to: _to, ...rest }]: Parameters<typeof stream>) => stream(name, rest) });
			for (let index = 0; index < 40; index += 1) bench.double.put('visits', visit(`x${index}`, '1', { start }));
			await bench.run(VISITS);
			for (let index = 0; index < 30; index += 1) bench.double.remove('visits', `x${index}`);
			for (let again = 0; again < 2; again += 1) {
				expect((await bench.run(TICK)).visits).toMatchObject({ status: 'done', deleted: 0, message: expect.stringContaining('nothing was deleted') });
				expect(await error(bench)).toBe('many_missing');
			}
			// the salon says that they are gone: two readings make it so
			expect((await bench.run({ ...TICK, acceptsMissing: true })).visits).toMatchObject({ status: 'done', message: null, deleted: 0 });
			expect((await bench.run({ ...TICK, acceptsMissing: true })).visits).toMatchObject({ status: 'done', message: null, deleted: 30 });
			await bench.run({ ...VISITS, acceptsMissing: true });
			expect(await error(bench)).toBeNull();
		});
	});
});
