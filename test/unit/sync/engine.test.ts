import { unavailable } from '../../../core/booking';
import { createChangeFeed } from '../../../core/sync';
import { describeEngines } from '../../support/engines';
import { benchesOf, HOUR, type SyncBench } from './bench';
import { client, edit, sale, T0 } from './double';
import { stateOf } from './state';

jest.setTimeout(60_000);

describe('the sync', () => {
	describeEngines((_dialect, engine) => {
		const open = benchesOf(engine);

		it('copies everything with its sums, and calls none of it a change', async () => {
			const bench = await open();
			expect(await bench.run()).toMatchObject({ clients: { status: 'done', inserted: 5 }, visits: { inserted: 5 }, goods: { inserted: 5 }, services: { inserted: 2 }, staff: { inserted: 1 }, company: { inserted: 1 }, schedules: { inserted: 2 } });
			expect(await bench.client('1')).toMatchObject({ total_spent: 100_000, services_amount: 50_000, goods_sold: 50_000, goods_difference: 50_000, goods_amount: 50_000, money_mismatch: 0, last_services: expect.stringContaining('Стрижка'), name_key: 'клиент 1' });
			expect(await bench.changes()).toEqual([]);
		});

		it('changes nothing the second time', async () => {
			const bench = await open();
			await bench.run();
			const before = await stateOf(bench.store, bench.tenant);
			const again = await bench.run();
			expect(Object.values(again).map(({ inserted, updated, deleted }) => inserted + updated + deleted)).toEqual([0, 0, 0, 0, 0, 0, 0]);
			expect(await stateOf(bench.store, bench.tenant)).toEqual(before);
		});

		it('tells each real change once, and sums both owners of a visit that moved', async () => {
			const bench = await open();
			await bench.run();
			edit(bench.double);
			await bench.run();
			expect([...(await bench.changes())].sort()).toEqual(['client 2 updated', 'client 6 created', 'goods g6 created', 'schedule s1:2026-11-26 deleted', 'visit v1 updated', 'visit v3 deleted', 'visit v6 created']);
			expect(await bench.client('1')).toMatchObject({ services_amount: 0 });
			expect(await bench.client('2')).toMatchObject({ services_amount: 100_000, goods_sold: 170_000, goods_amount: 150_000, money_mismatch: 1 });
			expect(await bench.client('3')).toMatchObject({ services_amount: 0 });
		});

		it('deletes what two whole readings missed, softly and once', async () => {
			const bench = await open();
			await bench.run();
			bench.double.remove('clients', '5');
			await bench.run();
			expect(await bench.client('5')).toMatchObject({ deleted_at: null, missing_since: expect.any(String) });
			await bench.run();
			expect(await bench.client('5')).toMatchObject({ deleted_at: expect.any(String), name: 'Клиент 5' });
			await bench.run();
			expect(await bench.changes()).toEqual(['client 5 deleted']);
			bench.double.put('clients', client('5'));
			await bench.run();
			expect(await bench.client('5')).toMatchObject({ deleted_at: null, missing_since: null });
		});

		it.each<readonly [string, (bench: SyncBench) => void]>([
			['many are missing at once', ({ double }) => [...Array(40).keys()].forEach((index) => double.remove('clients', `1${index + 10}`))],
			['a page did not come', ({ double }) => (double.remove('clients', '5'), void (double.beforePage = (name, page) => (name === 'clients' && page === 2 ? unavailable('down') : undefined)))],
		])('deletes nothing when %s', async (_why, spoil) => {
			const bench = await open({ pageSize: 50 });
			for (let index = 10; index < 110; index += 1) bench.double.put('clients', client(`1${index}`));
			await bench.run();
			spoil(bench);
			for (let again = 0; again < 3; again += 1) await bench.run();
			const gone = await bench.store.db.selectFrom('sync_client').select('id').where('tenant', '=', bench.tenant).where(({ or, eb }) => or([eb('deleted_at', 'is not', null), eb('missing_since', 'is not', null)])).execute();
			expect(gone).toEqual([]);
		});

		it('deletes many that two readings missed when the salon says so, and never a list that came empty', async () => {
			const bench = await open({ pageSize: 50 });
			const gone = async (): Promise<number> => (await bench.store.db.selectFrom('sync_client').select('id').where('tenant', '=', bench.tenant).where('deleted_at', 'is not', null).execute()).length;
			for (let index = 10; index < 110; index += 1) bench.double.put('clients', client(`1${index}`));
			await bench.run();
			for (let index = 10; index < 50; index += 1) bench.double.remove('clients', `1${index}`);
			await bench.run({ acceptsMissing: true });
			expect(await gone()).toBe(0);
			await bench.run({ acceptsMissing: true });
			expect(await gone()).toBe(40);
			for (const { id } of await bench.store.db.selectFrom('sync_client').select('id').where('tenant', '=', bench.tenant).where('deleted_at', 'is', null).execute()) bench.double.remove('clients', id);
			for (let again = 0; again < 3; again += 1) await bench.run({ acceptsMissing: true });
			expect(await gone()).toBe(40);
		});

		it('deletes nothing by a reading that is not exact', async () => {
			const bench = await open({ counts: false });
			await bench.run();
			bench.double.remove('clients', '5');
			for (let again = 0; again < 3; again += 1) await bench.run();
			expect(await bench.client('5')).toMatchObject({ deleted_at: null, missing_since: null });
		});

		it('reads only what has changed, with the totals of whoever it concerns, and ends as a full run', async () => {
			const [bench, whole] = [await open(), await open()];
			for (const one of [bench, whole]) {
				await one.run();
				one.now = T0 + 12 * HOUR + 60_000;
				edit(one.double);
				one.double.put('clients', client('5'));
			}
			bench.double.asked.length = 0;
			await bench.run({ kind: 'incremental' });
			const asked = bench.double.asked.filter(({ name }) => name === 'clients').map(({ window }) => window);
			expect(asked).toEqual([{ from: new Date(T0 - 30_000 - 600_000).toISOString(), lane: 'incremental' }, { ids: ['1', '2', '3', '6'], lane: 'incremental' }]);
			await whole.run();
			expect(await stateOf(bench.store, bench.tenant)).toEqual(await stateOf(whole.store, whole.tenant));
		});

		it('never moves its bound back, whatever the clock does', async () => {
			const bench = await open();
			await bench.run();
			const bound = async (): Promise<unknown> => (await bench.sync.book.streams()).map(({ changed_to: to }) => to);
			const before = await bound();
			bench.now = T0 - 24 * HOUR;
			await bench.run({ kind: 'incremental', streams: ['clients', 'visits', 'goods'] });
			expect(await bound()).toEqual(before);
		});

		it('leaves what is ours, and what the CRM does not tell', async () => {
			const bench = await open();
			await bench.run();
			await bench.store.write((trx) => trx.updateTable('sync_client').set({ note: 'любит кофе', name_forms: '{"dat":"Анне"}', opted_out_at: 'x' }).where('tenant', '=', bench.tenant).where('id', '=', '1').execute());
			bench.double.put('clients', client('1', { name: '', phone: undefined, totalSpent: 0, visitsCount: undefined }));
			bench.double.remove('visits', 'v1');
			await bench.run();
			expect(await bench.client('1')).toMatchObject({ note: 'любит кофе', name_forms: '{"dat":"Анне"}', opted_out_at: 'x', name: 'Клиент 1', phone: '+79160000001', total_spent: 0, visits_count: 1, last_services: expect.stringContaining('Стрижка') });
			// visits add up to more than the CRM says it sold
			expect(await bench.client('1')).toMatchObject({ goods_difference: -50_000, goods_amount: 0, money_mismatch: 1 });
		});

		it('fills the past window by window, the latest first, and goes on where it stopped', async () => {
			const bench = await open();
			bench.double.asked.length = 0;
			const since = new Date(T0 - 70 * 24 * HOUR).toISOString();
			expect(await bench.run({ kind: 'backfill', since, streams: ['visits', 'staff'] })).toMatchObject({ visits: { status: 'done', inserted: 5 }, staff: { status: 'unsupported' } });
			const windows = bench.double.asked.map(({ window: { from = '', to = '', lane } }) => [Math.round((Date.parse(from) - T0) / HOUR / 24), Math.round((Date.parse(to) - T0) / HOUR / 24), lane]);
			expect(windows).toEqual([[-30, 0, 'backfill'], [-60, -30, 'backfill'], [-70, -60, 'backfill']]);
			bench.double.asked.length = 0;
			await bench.run({ kind: 'backfill', since, streams: ['visits'] });
			expect(bench.double.asked).toEqual([]);
		});

		it('hands each change to a reader once, in order', async () => {
			const bench = await open();
			const feed = createChangeFeed(bench.store, bench.tenant);
			await bench.run();
			expect(await feed.next('trigger', 10)).toEqual([]);
			edit(bench.double);
			await bench.run();
			const first = await feed.next('trigger', 3);
			expect(first.map(({ seq }) => seq)).toEqual([1, 2, 3]);
			expect(await feed.next('trigger', 3)).toEqual(first);
			await feed.confirm('trigger', 3);
			await feed.confirm('trigger', 1);
			const rest = await feed.next('trigger', 100);
			expect(rest.map(({ seq }) => seq)).toEqual([4, 5, 6, 7]);
			await feed.confirm('trigger', 7);
			expect(await feed.next('trigger', 100)).toEqual([]);
			expect(await feed.forget('2099-01-01')).toBe(7);
		});

		it('takes a sale back', async () => {
			const bench = await open();
			bench.double.put('goods', sale('g9', '1', { amount: -1, cost: -50_000 }));
			await bench.run();
			expect(await bench.client('1')).toMatchObject({ goods_sold: 0, money_mismatch: 1 });
		});
	});
});
