import type { StreamReport } from '../../../core/sync';
import { describeEngines } from '../../support/engines';
import { HOUR } from './bench';
import { T0, visit } from './double';
import { at, DAY, id, PAGE_MS, slowBench, type SlowOptions, stale, TICK_MS } from './slow-bench';
import { Killed, killable } from './state';

jest.setTimeout(120_000);

describe('a tick that does not fit into its time', () => {
	describeEngines((dialect, engine) => {
		/** Twelve visits of the next month, all but the last of which are edited without a mark. */
		async function around(options: Partial<SlowOptions> = {}): Promise<ReturnType<typeof slowBench>> {
			const slow = slowBench(await engine.open(), { window: 'starts', ...options });
			for (let index = 0; index < 12; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(2 * index + 1), changedAt: undefined }));
			slow.bench.pageMs = 1000;
			await slow.run();
			for (let index = 0; index < 12; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(2 * index + 1), changedAt: undefined, comment: 'x' }));
			slow.bench.pageMs = PAGE_MS;
			slow.bench.asked.length = 0;
			return slow;
		}

		it('is gone on with by the next one, the near future first', async () => {
			const slow = await around();
			const before = (await slow.state()).changed_to ?? '';
			const began = slow.bench.now;
			expect((await slow.run()).status).toBe('stopped');
			expect(stale(await slow.rows())).toEqual([5, 6, 7, 8, 9, 10, 11].map(id));
			expect((await slow.state()).changed_to).toBe(before);
			let runs = 1;
			for (; (await slow.run()).status !== 'done' && runs < 30; runs += 1) expect((await slow.state()).changed_to).toBe(before);
			expect(runs).toBeLessThan(6);
			expect(runs).toBeGreaterThan(1);
			expect(stale(await slow.rows())).toEqual([]);
			// what was changed since the first of these ticks is still to be read
			expect((await slow.state()).changed_to).toBe(new Date(began - 30_000).toISOString());
		});

		it('comes to every page, and to an end, where the vendor passes over the bounds', async () => {
			const slow = await around({ ignores: true, sure: true });
			for (let runs = 0; runs < 5; runs += 1) expect((await slow.run()).status).toBe('stopped');
			expect(stale(await slow.rows())).toEqual([]);
			let runs = 5;
			while ((await slow.run()).status !== 'done' && runs < 400) runs += 1;
			expect(runs).toBeLessThan(400);
			// a reading that was gone on with proves nothing, whatever the vendor says of its pages
			expect(slow.bench.asked.filter(({ window: { ids } }) => ids !== undefined)).toEqual([]);
			expect((await slow.rows()).filter(({ deleted_at: gone, missing_since: since }) => gone !== null || since !== null)).toEqual([]);
		});

		it('begins no slice again that went through, and reads as one what fits again', async () => {
			const slow = await around();
			await slow.run();
			slow.bench.asked.length = 0;
			for (let runs = 0; runs < 40 && (await slow.run()).status !== 'done'; runs += 1);
			const froms = slow.bench.asked.map(({ window: { from = '' } }) => from);
			expect(froms).toEqual([...froms].sort());
			// a run ends in the middle of a slice, which is then read from its beginning
			expect(slow.bench.asked.length).toBeLessThan(12 + 8);
			slow.bench.pageMs = 1000;
			await slow.run();
			slow.bench.asked.length = 0;
			await slow.run();
			expect(slow.bench.asked.filter(({ page }) => page === 1).length).toBe(1);
		});

		it('finds by two such rounds what is gone, and nothing else', async () => {
			const slow = await around();
			slow.bench.visits.delete(id(8));
			// one that moved out of the slice it was in
			slow.bench.visits.set(id(1), visit(id(1), '1', { start: at(20.5), changedAt: undefined, comment: 'x' }));
			for (let round = 0; round < 2; round += 1) {
				let runs = 0;
				while ((await slow.run()).status !== 'done' && runs < 30) runs += 1;
				expect((await slow.rows()).find((row) => row.id === id(8))).toMatchObject(round === 0 ? { deleted_at: null, missing_since: expect.any(String) } : { deleted_at: expect.any(String) });
			}
			expect((await slow.rows()).filter(({ deleted_at: gone, missing_since: since }) => gone !== null || since !== null).map((row) => row.id)).toEqual([id(8)]);
		});

		it('ends, killed at any step of the run that ends a slice, as one that was not', async () => {
			const store = await engine.open();
			const play = async (at?: number): Promise<{ readonly rows: unknown; readonly steps: number }> => {
				const slow = await around();
				slow.bench.visits.delete(id(3));
				await slow.run();
				const process = killable(store, at);
				await slow.run({}, TICK_MS, process.store).catch((error: unknown) => {
					if (!(error instanceof Killed)) throw error;
					// its lease runs out
					slow.bench.now += HOUR;
				});
				for (let runs = 0; runs < 30 && (await slow.run()).status !== 'done'; runs += 1);
				return { rows: (await slow.rows()).map(({ missing_since: since, ...row }) => ({ ...row, missing: since !== null })), steps: process.steps };
			};
			const clean = await play();
			expect(clean.rows).toContainEqual(expect.objectContaining({ id: id(3), missing: true, deleted_at: null }));
			for (let step = 1; step < clean.steps; step += dialect === 'sqlite' ? 2 : 40) expect({ step, rows: (await play(step)).rows }).toEqual({ step, rows: clean.rows });
		});

		it('counts what is missing over all slices together', async () => {
			const slow = slowBench(await engine.open(), { window: 'starts', pageSize: 10 });
			for (let index = 0; index < 120; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(0.2 * index + 0.5), changedAt: undefined }));
			slow.bench.pageMs = 1000;
			await slow.run();
			// ten of each week: no week by itself would raise the alarm
			for (let index = 0; index < 120; index += 3) slow.bench.visits.delete(id(index));
			slow.bench.pageMs = PAGE_MS;
			for (let round = 0; round < 3; round += 1) {
				let last: StreamReport | null = null;
				for (let runs = 0; last?.status !== 'done' && runs < 30; runs += 1) last = await slow.run();
				expect(last).toMatchObject({ status: 'done', message: expect.stringContaining('nothing was deleted') });
			}
			expect((await slow.rows()).filter(({ deleted_at: gone }) => gone !== null).length).toBeLessThanOrEqual(20);
			expect((await slow.state()).last_error).toBe('many_missing');
		});

		it('reads a long backlog of changes in slices, and moves its bound when all of it is read', async () => {
			const slow = slowBench(await engine.open(), { window: 'changes', counts: true });
			for (let index = 0; index < 30; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { changedAt: at(-20) }));
			slow.bench.pageMs = 1000;
			await slow.run();
			const before = (await slow.state()).changed_to;
			slow.bench.pageMs = PAGE_MS;
			// nobody ran it for a month
			for (let index = 0; index < 30; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { changedAt: at(index + 1), comment: 'x' }));
			slow.bench.now = T0 + 31 * DAY;
			const began = slow.bench.now;
			expect((await slow.run()).status).toBe('stopped');
			expect((await slow.state()).changed_to).toBe(before);
			let runs = 1;
			for (; (await slow.run()).status !== 'done' && runs < 40; runs += 1) expect((await slow.state()).changed_to).toBe(before);
			expect(runs).toBeLessThan(20);
			expect(stale(await slow.rows())).toEqual([]);
			expect((await slow.state()).changed_to).toBe(new Date(began - 30_000).toISOString());
			slow.bench.asked.length = 0;
			await slow.run();
			await slow.run();
			expect(slow.bench.asked.length).toBe(2);
		});
	});
});
