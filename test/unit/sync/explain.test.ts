import type { Store } from '../../../core/store';
import { bindSource, boundSource, createCopyQuery, resetStreams, sourceOf } from '../../../core/store/sync';
import { createChangeFeed, createSync } from '../../../core/sync';
import { describeEngines } from '../../support/engines';
import { plansOf, scansIn } from '../../support/plans';
import { createCrmDouble, edit, fill, noVisit, T0 } from './double';

const OURS = /\b(sync_|outbox_)/;
/** Of a book that holds one row a stream or a month of runs, or that is swept whole on purpose: nothing else may be read from end to end. */
const SMALL = /sync_stream|sync_run|sync_source|outbox_reader|outbox_head/;

/** Everything the engine says to the database while a branch lives through all that the sync does. */
async function live(store: Store): Promise<void> {
	const double = createCrmDouble({ pageSize: 2 });
	let now = T0;
	const sync = createSync({ store, crm: double.crm, reader: double.reader, tenant: 'plans', clock: () => now });
	const feed = createChangeFeed(store, 'plans');
	await feed.next('reader', 10);
	fill(double);
	for (const step of ['full', 'edit', 'full', 'full', 'incremental', 'backfill'] as const) {
		if (step === 'edit') {
			edit(double);
			double.put('visits', noVisit('v4', { changedAt: new Date(now).toISOString() }));
		}
		else await sync.run({ kind: step });
		now += 3_600_000;
	}
	double.put('clients', { ...double.rows.get('clients')?.get('1'), id: '99', bad: true } as never);
	await sync.run({ kind: 'full' });
	await feed.confirm('reader', (await feed.next('reader', 10)).at(-1)?.seq ?? 0);
	await feed.forget('2000-01-01');
	await sync.book.latest(10);
	await sync.book.streams();
	await ask(store);
}

/** Every question that a node asks the copy, with each of its filters alone. */
async function ask(store: Store): Promise<void> {
	const query = createCopyQuery(store, 'plans');
	const page = { limit: 2, skip: 1 };
	const [range, days, moments] = [{ from: 1, to: 2 }, { from: '2026-01-01', to: '2026-12-31' }, { from: '2026-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' }];
	const clients = [{}, { search: 'а' }, { phone: '+79160000001' }, { totalSpent: range }, { visitsCount: range }, { firstVisit: days }, { lastVisit: days }, { birthday: { from: '01-01' } }, { blocked: true }, { blocked: false }, { moneyMismatch: true }, { hasPhone: true }, { deleted: true }];
	for (const filter of clients) await query.clients(filter, page);
	for (const filter of [{}, moments, { clientId: '1' }, { staffId: 's1' }, { status: 'arrived' as const }, { deleted: true }]) await query.visits(filter, page);
	for (const filter of [{}, moments, { clientId: '1' }, { staffId: 's1' }]) await query.goods(filter, page);
	for (const filter of [{}, days, { staffId: 's1' }]) await query.schedules(filter, page);
	for (const filter of [{}, { active: true }]) await Promise.all([query.services(filter, page), query.staff(filter, page)]);
	for (const filter of [{}, { stream: 'clients' as const }, { status: 'done' }, { runId: 'none' }]) await query.runs(filter, page);
	for (const filter of [{}, { stream: 'clients' as const }]) await query.rejects(filter, page);
	for (const entity of ['company', 'service', 'staff', 'client', 'visit', 'goods', 'schedule'] as const) await Promise.all([query.byIds(entity, ['1', '2']), query.missing(entity)]);
	// the second statement of a long list goes on after the first
	await query.clients({}, { limit: Number.POSITIVE_INFINITY });
	await Promise.all([query.zone(), query.rejectsByStream(), boundSource(store, 'plans')]);
	const feed = createChangeFeed(store, 'plans');
	await Promise.all([feed.latest(2), feed.after(1, 2), feed.head()]);
	await feed.sending('reader', 1_000_000);
	await feed.next('reader', 2);
	await bindSource(store, 'plans', sourceOf('yclients', '1'), '2026-01-01T00:00:00.000Z');
	await resetStreams(store, 'plans', ['clients']);
}

jest.setTimeout(120_000);

describe('no statement of the sync reads a table from end to end', () => {
	describeEngines((dialect, engine) => {
		it(dialect, async () => {
			const plans = await plansOf(engine, OURS, live);
			expect(new Set(plans.map(({ sql }) => sql)).size).toBeGreaterThan(50);
			expect(scansIn(plans, SMALL)).toEqual([]);
			if (dialect === 'postgres') return;
			// what is asked for by ids is found by them, not among all of the branch
			expect(plans.filter(({ sql, line }) => /"id" in \(/.test(sql) && /\(tenant=\?\)$/.test(line))).toEqual([]);
			// an index of the whole branch would do too, and read all its visits for every client
			const visits = plans.filter(({ sql, line }) => sql.startsWith('update "sync_client" set "services_amount"') && /^SEARCH v /.test(line)).map(({ line }) => line);
			expect(new Set(visits)).toEqual(new Set(['SEARCH v USING INDEX sync_visit_client (tenant=? AND client_id=?)']));
		});
	});
});
