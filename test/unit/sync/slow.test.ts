import { refused } from '../../../core/booking';
import { describeEngines } from '../../support/engines';
import { at, DAY, id, MINUTE, slowBench } from './slow-bench';
import { visit } from './double';

jest.setTimeout(120_000);

describe('a copy that takes long', () => {
	describeEngines((_dialect, engine) => {
		it('ends, though it takes more than six hours', async () => {
			const slow = slowBench(await engine.open(), { window: 'starts' });
			for (let index = 0; index < 200; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(-20), changedAt: undefined }));
			let runs = 0;
			while ((await slow.run()).status !== 'done' && runs < 100) runs += 1;
			expect(runs).toBeLessThan(60);
			expect(await slow.state()).toMatchObject({ full_at: at(0), window_id: null });
			expect((await slow.rows()).length).toBe(200);
		});

		it('ends though each run has time for one page', async () => {
			const slow = slowBench(await engine.open(), { window: 'starts' });
			slow.bench.pageMs = 11 * MINUTE;
			for (let index = 0; index < 10; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(-20), changedAt: undefined }));
			let runs = 0;
			while ((await slow.run()).status !== 'done' && runs < 40) runs += 1;
			expect(runs).toBeLessThan(12);
		});

		it('ends though the count moves in every run, and though records go between all of them', async () => {
			for (const moves of ['grows', 'shrinks'] as const) {
				const slow = slowBench(await engine.open(), { window: 'starts', counts: true });
				for (let index = 0; index < 40; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(-20), changedAt: undefined }));
				let runs = 0;
				for (; (await slow.run({ kind: 'full' })).status !== 'done' && runs < 80; runs += 1) {
					if (moves === 'grows') slow.bench.visits.set(id(900 + runs), visit(id(900 + runs), '1', { start: at(-20), changedAt: undefined }));
					else slow.bench.visits.delete([...slow.bench.visits.keys()][0] ?? '');
				}
				expect({ moves, ends: runs < 60 }).toEqual({ moves, ends: true });
				expect((await slow.state()).full_at).not.toBeNull();
			}
		});

		it('reads a list to its end night after night, deletes nothing by what it began long ago, and then reads it anew', async () => {
			const slow = slowBench(await engine.open(), { window: 'changes', sure: true });
			for (let index = 0; index < 12; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { changedAt: at(-20) }));
			Object.assign(slow.reader, { checks: [] });
			await slow.run({ kind: 'full', stopAt: Infinity });
			slow.bench.visits.delete(id(0));
			await slow.run({ kind: 'full', stopAt: Infinity });
			const first = async (): Promise<unknown> => (await slow.rows()).find((row) => row.id === id(0));
			expect(await first()).toMatchObject({ deleted_at: null, missing_since: expect.any(String) });
			const before = (await slow.state()).full_at;
			slow.bench.now += MINUTE;
			expect((await slow.run({ kind: 'full' }, DAY)).status).toBe('stopped');
			// it is there again, behind the back of a reading that takes three nights
			slow.bench.visits.set(id(0), visit(id(0), '1', { changedAt: at(-20) }));
			expect((await slow.run({ kind: 'full' }, DAY)).status).toBe('stopped');
			slow.bench.asked.length = 0;
			expect(await slow.run({ kind: 'full' }, DAY)).toMatchObject({ status: 'stopped', deleted: 0 });
			expect((await slow.state()).full_at).not.toBe(before);
			expect(await first()).toMatchObject({ deleted_at: null });
			// what is ordered now is read now
			expect(slow.bench.asked.map(({ page }) => page)).toEqual([9, 10, 11, 12, 1]);
			for (let runs = 0; runs < 40 && (await slow.run({ kind: 'full' })).status !== 'done'; runs += 1);
			expect(await first()).toMatchObject({ deleted_at: null, missing_since: null });
		});

		it.each(['full', 'incremental'] as const)('begins anew with a cursor that the vendor refuses: %s', async (kind) => {
			const slow = slowBench(await engine.open(), { window: 'starts', ignores: true });
			for (let index = 0; index < 12; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { start: at(1), changedAt: undefined }));
			await slow.run({ stopAt: Infinity });
			for (let runs = 0; runs < 40 && ((await slow.run({ kind })).status !== 'stopped' || !slow.bench.asked.some(({ window }) => window.cursor !== undefined)); runs += 1);
			const stream = slow.crm.stream;
			let refusals = 0;
			Object.assign(slow.crm, {
				async *stream(...[name, window]: Parameters<typeof stream>) {
					// cursors of before an update of the package
					if (window.cursor !== undefined && refusals === 0) yield ((refusals += 1), refused('invalid_request', 'No such cursor.'));
					else yield* stream(name, window);
				},
			});
			expect((await slow.run({ kind })).status).toBe('refused');
			slow.bench.asked.length = 0;
			await slow.run({ kind });
			expect(slow.bench.asked[0]?.window.cursor).toBeUndefined();
		});

		it('marks nothing as missing that came to the copy while it was read', async () => {
			const slow = slowBench(await engine.open(), { window: 'changes', sure: true });
			for (let index = 1; index < 8; index += 1) slow.bench.visits.set(id(index), visit(id(index), '1', { changedAt: at(-20) }));
			await slow.run({ kind: 'full', stopAt: Infinity });
			expect((await slow.run({ kind: 'full' })).status).toBe('stopped');
			slow.bench.visits.set('aaa', visit('aaa', '1', { changedAt: new Date(slow.bench.now).toISOString() }));
			slow.bench.now += MINUTE;
			expect((await slow.run()).inserted).toBe(1);
			// the page that is asked for once more tells that the list moved, but for one that went meanwhile
			slow.bench.visits.delete('aaa');
			expect((await slow.run({ kind: 'full' })).status).toBe('done');
			expect((await slow.rows()).find((row) => row.id === 'aaa')).toMatchObject({ missing_since: null, deleted_at: null });
		});
	});
});
