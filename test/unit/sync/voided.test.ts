import { ok, type StreamName, type StreamWindow } from '../../../core/booking';
import { createSync } from '../../../core/sync';
import { valueOf } from '../../contract/support/bench';
import { describeEngines } from '../../support/engines';
import { benchesOf, HOUR, type SyncBench } from './bench';
import { noVisit, sale, T0, visit } from './double';
import { stateOf } from './state';

jest.setTimeout(60_000);

const now = ({ now: ms }: SyncBench): string => new Date(ms).toISOString();
const row = async ({ store, tenant }: SyncBench, id: string): Promise<Record<string, unknown> | undefined> => store.db.selectFrom('sync_visit').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
const live = async ({ store, tenant }: SyncBench): Promise<number> => (await store.db.selectFrom('sync_visit').select('id').where('tenant', '=', tenant).where('deleted_at', 'is', null).execute()).length;

describe('a record that is no visit any more', () => {
	describeEngines((_dialect, engine) => {
		const open = benchesOf(engine);

		it.each(['full', 'incremental', 'backfill'] as const)('is deleted, softly and once, with what it came to: %s', async (kind) => {
			const bench = await open();
			await bench.run();
			bench.double.put('visits', noVisit('v1', { changedAt: now(bench) }));
			bench.now += HOUR;
			expect((await bench.run({ kind, streams: ['visits'] })).visits).toMatchObject({ status: 'done', message: null, deleted: 1, inserted: 0, updated: 0 });
			expect(await row(bench, 'v1')).toMatchObject({ deleted_at: expect.any(String), missing_since: null, revision: 2, client_id: '1', services_amount: 50_000 });
			expect(await bench.client('1')).toMatchObject({ services_amount: 0 });
			expect(await bench.changes()).toEqual(['visit v1 deleted']);
			const before = await stateOf(bench.store, bench.tenant);
			expect((await bench.run({ kind, streams: ['visits'] })).visits).toMatchObject({ deleted: 0, updated: 0 });
			expect(await stateOf(bench.store, bench.tenant)).toEqual(before);
		});

		it('has the totals of its client read again by a tick', async () => {
			const bench = await open();
			await bench.run();
			bench.double.put('visits', noVisit('v1', { changedAt: now(bench) }));
			bench.double.asked.length = 0;
			await bench.run({ kind: 'incremental' });
			expect(bench.double.asked.filter(({ name }) => name === 'clients').map(({ window }) => window.ids)).toEqual([undefined, ['1']]);
		});

		it('comes back as a visit when it is one again, and stays as it is when it was deleted before', async () => {
			const bench = await open();
			bench.double.put('visits', visit('v2', '2', { deleted: true }));
			await bench.run();
			const before = await row(bench, 'v2');
			for (const id of ['v1', 'v2', 'v9']) bench.double.put('visits', noVisit(id, { changedAt: now(bench) }));
			await bench.run();
			expect(await row(bench, 'v2')).toEqual(before);
			expect(await row(bench, 'v9')).toBeUndefined();
			bench.double.put('visits', visit('v1', '3', { changedAt: now(bench) }));
			await bench.run();
			expect(await row(bench, 'v1')).toMatchObject({ deleted_at: null, client_id: '3' });
			expect(await bench.changes()).toEqual(['visit v1 deleted', 'visit v1 updated']);
		});

		it('is what the newest word says, whichever comes last', async () => {
			const bench = await open();
			await bench.run();
			const at = (hours: number): string => new Date(T0 + hours * HOUR).toISOString();
			bench.double.put('visits', visit('v1', '1', { comment: 'новее', changedAt: at(-1) }));
			await bench.run();
			bench.double.put('visits', noVisit('v1', { changedAt: at(-2) }));
			await bench.run();
			expect(await row(bench, 'v1')).toMatchObject({ deleted_at: null, comment: 'новее' });
			bench.double.put('visits', noVisit('v1', { changedAt: at(0) }));
			await bench.run();
			bench.double.put('visits', visit('v1', '1', { changedAt: at(-1) }));
			await bench.run();
			expect(await row(bench, 'v1')).toMatchObject({ deleted_at: expect.any(String) });
		});

		it('is the later of two words of one reading, also of the first', async () => {
			const bench = await open();
			const crm = {
				...bench.double.crm,
				stream: async function* (name: StreamName, window: StreamWindow) {
					if (name !== 'visits') return yield* bench.double.crm.stream(name, window);
					const page = (rows: readonly ReturnType<typeof visit>[], cursor: string | null) => ok({ records: rows.map((one) => ({ id: one.id, data: one as unknown as Record<string, unknown> })), cursor, exact: false, total: null });
					yield page([visit('v1', '1', { changedAt: undefined }), noVisit('v2', { changedAt: undefined })], '2');
					yield page([noVisit('v1', { changedAt: undefined }), visit('v2', '2', { changedAt: undefined })], null);
				},
			};
			for (const batchRows of [1, 100]) {
				const tenant = `${bench.tenant} ${batchRows}`;
				valueOf(await createSync({ store: bench.store, crm, reader: bench.double.reader, tenant, clock: () => bench.now, batchRows }).run({ kind: 'full' }));
				const rows = await bench.store.db.selectFrom('sync_visit').select(['id', 'deleted_at']).where('tenant', '=', tenant).orderBy('id').execute();
				expect(rows).toEqual([{ id: 'v1', deleted_at: expect.any(String) }, { id: 'v2', deleted_at: null }]);
				expect(await bench.store.db.selectFrom('outbox_change').select('id').where('tenant', '=', tenant).execute()).toEqual([]);
			}
		});

		it('takes its sale along where it is one of goods, and forgets that it could not be read', async () => {
			const bench = await open();
			await bench.run();
			bench.double.put('goods', { ...sale('g1', '1', { changedAt: now(bench) }), bad: true } as never);
			await bench.run();
			bench.double.put('goods', { ...sale('g1', '1', { changedAt: now(bench) }), none: true } as never);
			await bench.run();
			expect(await bench.client('1')).toMatchObject({ goods_sold: 0 });
			expect(await bench.changes()).toEqual(['goods g1 deleted']);
			expect(await bench.store.db.selectFrom('sync_reject').select('id').where('tenant', '=', bench.tenant).execute()).toEqual([]);
		});

		it.each(['full', 'incremental'] as const)('is never many at once: %s', async (kind) => {
			const bench = await open({ pageSize: 30 });
			for (let index = 100; index < 800; index += 1) bench.double.put('visits', visit(`v${index}`, '1'));
			await bench.run();
			// the credential may see the clients of visits no longer
			for (const one of bench.double.rows.get('visits')?.values() ?? []) bench.double.put('visits', noVisit(one.id, { changedAt: now(bench) }));
			const all = await live(bench);
			expect((await bench.run({ kind, streams: ['visits'] })).visits).toMatchObject({ status: 'done', deleted: 0, message: expect.stringContaining('rights') });
			expect(await live(bench)).toBe(all);
			expect((await bench.sync.book.streams()).find(({ stream }) => stream === 'visits')?.last_error).toBe('many_missing');
			// some of many are no fault
			for (const one of bench.double.rows.get('visits')?.values() ?? []) if (!/^v10/.test(one.id)) bench.double.put('visits', visit(one.id, '1', { changedAt: now(bench) }));
			expect((await bench.run({ kind: 'full', streams: ['visits'] })).visits).toMatchObject({ message: null, deleted: 10 });
		});

		it('is never many at once, however small the pages', async () => {
			const bench = await open({ pageSize: 8 });
			for (let index = 100; index < 195; index += 1) bench.double.put('visits', visit(`v${index}`, '1'));
			await bench.run();
			for (const one of bench.double.rows.get('visits')?.values() ?? []) bench.double.put('visits', noVisit(one.id, { changedAt: now(bench) }));
			expect((await bench.run({ kind: 'incremental', streams: ['visits'] })).visits).toMatchObject({ deleted: 16, message: expect.stringContaining('rights') });
			expect(await live(bench)).toBe(84);
		});
	});
});
