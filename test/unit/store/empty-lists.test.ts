import { copiedClients, copiedVisits } from '../../../core/store/copied';
import { createOutreachBook } from '../../../core/store/outreach';
import type { Store } from '../../../core/store';
import { createCopyQuery, eraseCopied, upsertTold } from '../../../core/store/sync';
import { describeEngines } from '../../support/engines';

const AT = '2026-11-21T00:00:00.000Z';
const ENTITIES = ['company', 'service', 'staff', 'client', 'visit', 'goods', 'schedule'] as const;
const PAGES = [{ limit: 0 }, { limit: 1, skip: 5 }, { limit: Number.POSITIVE_INFINITY }] as const;

describe('nothing asked for', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		beforeAll(async () => {
			store = await engine.open();
			await store.write((trx) => trx.insertInto('sync_staff').values({ tenant: 'one', id: '1', name: 'Anna', active: 1, extra: '{}', revision: 1, first_seen_at: AT, updated_at: AT }).execute());
		}, 60_000);

		it('an empty list of values matches nothing, and without it all is left', async () => {
			const staff = store.db.selectFrom('sync_staff').select('id');
			expect(await staff.where('id', 'in', []).execute()).toEqual([]);
			expect(await staff.where('id', 'not in', []).execute()).toEqual([{ id: '1' }]);
			const { numUpdatedRows } = await store.write((trx) => trx.updateTable('sync_staff').set({ name: 'nobody' }).where('id', 'in', []).executeTakeFirstOrThrow());
			expect(Number(numUpdatedRows)).toBe(0);
		});

		it('of the copy is answered with nothing: no ids, no kinds, empty filters, pages of no rows and beyond the end', async () => {
			const query = createCopyQuery(store, 'one');
			for (const entity of ENTITIES) expect((await query.byIds(entity, [])).size).toBe(0);
			for (const page of PAGES) {
				const range = { totalSpent: {}, visitsCount: {}, firstVisit: {}, lastVisit: {}, birthday: {} };
				const lists = [query.clients(range, page), query.clients({ search: '' }, page), query.clients({ search: "%_\\'" }, page), query.visits({ clientId: '', staffId: '' }, page), query.goods({}, page), query.schedules({}, page), query.services({}, page), query.runs({}, page), query.rejects({}, page)];
				for (const list of lists) expect(await list).toEqual([]);
			}
			expect(await query.staff({}, { limit: 1 })).toHaveLength(1);
			expect(await copiedClients(store, 'one').byIds([])).toEqual([]);
			expect(await copiedClients(store, 'one').note('1', {})).toBe(false);
			expect(await copiedVisits(store, 'one').ofClients([])).toEqual([]);
			const book = createOutreachBook(store, { tenant: 'one', now: () => AT });
			expect((await book.toldSince(['1'], [], AT)).size).toBe(0);
			expect((await book.toldSince([], ['reminder'], AT)).size).toBe(0);
		});

		it('to be written is written as nothing', async () => {
			for (const entity of ENTITIES) expect(await store.write((trx) => upsertTold(trx, 'one', entity, [], AT))).toEqual([]);
			expect(await store.write((trx) => eraseCopied(trx, 'one', { clientIds: [] }, AT))).toMatchObject({ sync_client: 0 });
		});
	});
});
