import { type StreamName, type StreamWindow, unavailable } from '../../../core/booking';
import { createSync, type StreamReport, type SyncKind } from '../../../core/sync';
import { eraseCopied } from '../../../core/store/sync';
import { valueOf } from '../../contract/support/bench';
import { describeEngines, type TestEngine } from '../../support/engines';
import { HOUR } from './bench';
import { client, COMPANY, createCrmDouble, type CrmDouble, fill, T0, visit } from './double';

const DAY = 24 * HOUR;
const at = (days: number): string => new Date(T0 + days * DAY).toISOString();
const ahead = (id: string, days: number): ReturnType<typeof visit> => visit(id, '1', { start: at(days), end: at(days + 0.05), status: 'booked', changedAt: undefined });

/** A vendor that tells no changes: a window is one of starts, and records can be asked for by their ids. */
function startsDouble(): CrmDouble {
	const double = createCrmDouble({ pageSize: 50 });
	fill(double);
	const stream = double.crm.stream;
	const within = (name: string, data: object, from: string | undefined, to: string | undefined): boolean => name !== 'visits' || !('start' in data) || ((from === undefined || String(data.start) >= from) && (to === undefined || String(data.start) < to));
	return {
		...double,
		reader: { ...double.reader, windows: { ...double.reader.windows, clients: 'whole', visits: 'starts' }, clientsById: false, checks: ['clients', 'visits'] },
		crm: {
			...double.crm,
			company: async () => ({ kind: 'ok', value: { ...COMPANY, bookingHorizonDays: 30 } }),
			async *stream(name, { from, to, ...rest }) {
				for await (const page of stream(name, name === 'visits' ? rest : { from, to, ...rest })) {
					yield page.kind === 'ok' ? { kind: 'ok', value: { ...page.value, records: page.value.records.filter(({ data }) => within(name, data, from, to)), total: null } } : page;
				}
			},
		},
	};
}

let tenants = 0;

async function bench(engine: TestEngine): Promise<{ readonly double: CrmDouble; run(kind: SyncKind): Promise<Readonly<Record<string, StreamReport>>>; row(id: string): Promise<Record<string, unknown> | undefined>; readonly tenant: string; readonly store: Awaited<ReturnType<TestEngine['open']>> }> {
	const store = await engine.open();
	const double = startsDouble();
	const tenant = `checks ${(tenants += 1)}`;
	let now = T0;
	return {
		double, store, tenant,
		async run(kind) {
			const { streams } = valueOf(await createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => now }).run({ kind, streams: ['clients', 'visits'] }));
			now += HOUR;
			return Object.fromEntries(streams.map((report) => [report.stream, report]));
		},
		row: (id) => store.db.selectFrom('sync_visit').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst(),
	};
}

jest.setTimeout(60_000);

describe('a vendor that tells no changes', () => {
	describeEngines((_dialect, engine) => {
		it('loses a visit of the window after two readings, keeps one that has moved out of it, and leaves the past alone', async () => {
			const { double, run, row } = await bench(engine);
			for (const id of ['a', 'b', 'c']) double.put('visits', ahead(id, 2));
			await run('full');
			double.remove('visits', 'a');
			double.put('visits', ahead('b', 200));
			double.remove('visits', 'v1');
			await run('incremental');
			expect(await row('a')).toMatchObject({ deleted_at: null, missing_since: expect.any(String) });
			expect(await row('b')).toMatchObject({ deleted_at: null, missing_since: null, start_at: at(200) });
			expect((await run('incremental')).visits).toMatchObject({ status: 'done', deleted: 1 });
			expect(await row('a')).toMatchObject({ deleted_at: expect.any(String) });
			expect(await row('v1')).toMatchObject({ deleted_at: null, missing_since: null });
			double.put('visits', ahead('a', 2));
			await run('incremental');
			expect(await row('a')).toMatchObject({ deleted_at: null, missing_since: null });
		});

		it.each(['the question by ids fails', 'many are missing at once'])('loses nothing when %s', async (why) => {
			const { double, run, row } = await bench(engine);
			for (let index = 0; index < 30; index += 1) double.put('visits', ahead(`a${index}`, 2));
			await run('full');
			const gone = why === 'many are missing at once' ? 30 : 1;
			for (let index = 0; index < gone; index += 1) double.remove('visits', `a${index}`);
			const stream = double.crm.stream;
			if (gone === 1) Object.assign(double.crm, { stream: (name: 'visits', window: { ids?: readonly string[] }) => (window.ids === undefined ? stream(name, window) : failing()) });
			for (let again = 0; again < 3; again += 1) await run('incremental');
			expect(await row('a0')).toMatchObject({ deleted_at: null });
		});

		it('looks once more for a card by its id before it is gone', async () => {
			const { double, run, store, tenant } = await bench(engine);
			await run('full');
			const stream = double.crm.stream;
			let isHidden = true;
			// the list has lost the card, the card itself is there
			Object.assign(double.crm, {
				async *stream(name: 'clients', window: { ids?: readonly string[] }) {
					for await (const page of stream(name, window)) yield page.kind === 'ok' && name === 'clients' && window.ids === undefined && isHidden ? { ...page, value: { ...page.value, records: page.value.records.filter(({ id }) => id !== '5'), total: null } } : page;
				},
			});
			const card = (): Promise<unknown> => store.db.selectFrom('sync_client').select(['deleted_at', 'missing_since']).where('tenant', '=', tenant).where('id', '=', '5').executeTakeFirst();
			for (let again = 0; again < 3; again += 1) await run('full');
			expect(await card()).toMatchObject({ deleted_at: null });
			isHidden = false;
			double.remove('clients', '5');
			await run('full');
			await run('full');
			expect(await card()).toMatchObject({ deleted_at: expect.any(String) });
		});

		it.each(['clients', 'visits'] as const)('takes no answer by ids that is not exact for a word about one that is gone: %s', async (list) => {
			const { double, run, store, tenant } = await bench(engine);
			for (const id of ['a', 'b']) double.put('visits', ahead(id, 2));
			await run('full');
			const stream = double.crm.stream;
			const hidden = list === 'clients' ? '5' : 'a';
			let isIgnored = true;
			// the vendor passes over the ids and gives a page of everybody, which the adapter says is not exact
			Object.assign(double.crm, {
				async *stream(name: StreamName, window: StreamWindow) {
					const isAsked = name === list && window.ids !== undefined;
					for await (const page of stream(name, window)) {
						if (page.kind !== 'ok' || name !== list || (isAsked && !isIgnored)) yield page;
						else yield { ...page, value: { ...page.value, records: isAsked ? [] : page.value.records.filter(({ id }) => id !== hidden), total: null, exact: !isAsked } };
					}
				},
			});
			const row = (): Promise<unknown> => store.db.selectFrom(`sync_${list === 'clients' ? 'client' : 'visit'}`).select(['deleted_at', 'missing_since']).where('tenant', '=', tenant).where('id', '=', hidden).executeTakeFirst();
			for (let again = 0; again < 4; again += 1) await run(list === 'clients' ? 'full' : 'incremental');
			expect(await row()).toMatchObject({ deleted_at: null });
			// an exact answer is one
			isIgnored = false;
			double.remove(list, hidden);
			for (let again = 0; again < 2; again += 1) await run(list === 'clients' ? 'full' : 'incremental');
			expect(await row()).toMatchObject({ deleted_at: expect.any(String) });
		});

		it('keeps the visits of a merged card under the one that survived', async () => {
			const { double, run, store, tenant } = await bench(engine);
			await run('full');
			double.remove('clients', '1');
			double.put('visits', visit('v1', '2', { changedAt: undefined }));
			await run('full');
			await run('full');
			const sums = await store.db.selectFrom('sync_client').select(['id', 'services_amount', 'deleted_at']).where('tenant', '=', tenant).where('id', 'in', ['1', '2']).orderBy('id').execute();
			expect(sums).toEqual([{ id: '1', services_amount: 0, deleted_at: expect.any(String) }, { id: '2', services_amount: 100_000, deleted_at: null }]);
		});
	});
});

async function* failing(): AsyncGenerator<ReturnType<typeof unavailable>> {
	yield unavailable('down');
}

describe('a client whose data were erased', () => {
	describeEngines((_dialect, engine) => {
		it('stays nobody whatever is read again, with the sums, until a visit is made anew', async () => {
			const { double, run, store, tenant } = await bench(engine);
			double.put('visits', visit('v1', '1', { comment: 'аллергия', changedAt: undefined, extra: { note: 'x' } }));
			await run('full');
			expect(await store.write((trx) => eraseCopied(trx, tenant, { phone: '+79160000001' }, at(0.1)))).toMatchObject({ sync_client: 1, sync_visit: 1 });
			const card = (): Promise<Record<string, unknown> | undefined> => store.db.selectFrom('sync_client').selectAll().where('tenant', '=', tenant).where('id', '=', '1').executeTakeFirst();
			double.put('clients', client('1', { name: 'Клиент 1 опять', email: 'a@b.c', birthday: '1990-01-01', totalSpent: 170_000, extra: { own: 1 } }));
			for (let again = 0; again < 2; again += 1) await run('full');
			expect(await card()).toMatchObject({ name: null, name_key: null, phone: null, email: null, birthday: null, extra: '{}', total_spent: 170_000, services_amount: 50_000 });
			expect(await store.db.selectFrom('sync_visit').select(['comment', 'extra']).where('tenant', '=', tenant).where('id', '=', 'v1').execute()).toEqual([{ comment: '', extra: '{}' }]);
			double.put('visits', visit('v9', '1', { createdAt: at(0.5), comment: 'снова', changedAt: undefined }));
			await run('full');
			await run('full');
			expect(await card()).toMatchObject({ name: 'Клиент 1 опять', phone: '+79160000001' });
		});
	});
});
