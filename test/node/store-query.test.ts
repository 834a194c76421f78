jest.mock('../../core/store/limiter', () => ({ ...jest.requireActual<object>('../../core/store/limiter'), createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, failure, nodeType, output, run, succeeded } from './support/harness';
import { displayed, withDefaults } from './support/strict-context';
import { closeBranches, storeCredentialOf, syncBench, type SyncBench } from './support/sync-bench';
import { describeEngines } from '../support/engines';
import { client as cardOf, createCrmDouble } from '../unit/sync/double';
import { createSync } from '../../core/sync';
import type { Store } from '../../core/store';
import type { IDataObject, INodeParameters, IRun } from 'n8n-workflow';

jest.setTimeout(60_000);

const EVERYTHING_BUT_THE_DATE: NonNullable<Extract<Parameters<typeof jest.useFakeTimers>[0], { readonly doNotFake?: unknown }>['doNotFake']> = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'];

afterAll(async () => {
	await closeBranches();
	await closeNodes();
});

describe('Store Query', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		let ours: SyncBench;
		const query = (parameters: INodeParameters, items: readonly IDataObject[] = [{}], onError?: 'continueRegularOutput'): Promise<IRun> => {
			const credentials = { aiAdminStoreApi: storeCredentialOf(engine.config) };
			return run({ nodes: [{ name: 'Query', type: 'storeQuery', parameters: { salonId: 'lavender', ...parameters }, credentials: chosenCredentials(credentials), ...(onError === undefined ? {} : { onError }) }], credentials, items });
		};
		const many = async (resource: string, filters: INodeParameters = {}, more: INodeParameters = {}): Promise<readonly IDataObject[]> => succeeded(await query({ resource, operation: 'getAll', filters, returnAll: true, ...more }), 'Query');
		const idsOf = (items: readonly IDataObject[]): unknown[] => items.map(({ id }) => id);

		beforeAll(async () => {
			store = await engine.open();
			ours = await syncBench({ salonId: 'lavender', store: engine.config, past: { clients: 620, visits: 80 } });
			const theirs = await syncBench({ brand: 'altegio', salonId: 'mint', store: engine.config, past: { clients: 5, visits: 6, sales: 2 } });
			succeeded(await ours.sync(), 'Sync');
			succeeded(await theirs.sync(), 'Sync');
		});

		it('gives typed records, a page at a time, each once', async () => {
			const all = await many('client');
			expect(all).toHaveLength(620);
			expect(new Set(idsOf(all)).size).toBe(620);
			expect(all[0]).toMatchObject({ id: expect.any(String) as string, name: expect.any(String) as string, phone: expect.stringMatching(/^\+7926/) as string, totalSpent: expect.any(Number) as number, moneyMismatch: false, deletedAt: null });
			expect(Object.keys(all[0] ?? {}).filter((key) => key.includes('_') || key === 'tenant' || key === 'extra')).toEqual([]);
			const pages = [await many('client', {}, { returnAll: false, limit: 4 }), await many('client', { skip: 4 }, { returnAll: false, limit: 4 })].flat();
			expect(idsOf(pages)).toEqual(idsOf(all).slice(0, 8));
		});

		it('finds clients by name, phone and segment', async () => {
			const all = await many('client');
			const some = all[7];
			expect(idsOf(await many('client', { phone: String(some?.phone).replace('+7', '8') }))).toEqual([some?.id]);
			expect(await many('client', { phone: String(some?.phone).replace('+7', '8'), phoneCountry: 'RU' })).toHaveLength(1);
			const named = await many('client', { search: 'АЛЕНА' });
			expect(idsOf(named)).toEqual(idsOf(all.filter(({ name }) => name === 'Алёна')));
			expect(named.length).toBeGreaterThan(0);
			expect(await many('client', { search: '%' })).toEqual([]);
			const rich = await many('client', { totalSpentFrom: 4000 });
			expect(idsOf(rich)).toEqual(idsOf(all.filter(({ totalSpent }) => Number(totalSpent) >= 400_000)));
			expect(rich.length).toBeGreaterThan(0);
			const seldom = await many('client', { visitsCountTo: 0 });
			expect(idsOf(seldom)).toEqual(idsOf(all.filter(({ visitsCount }) => visitsCount === 0)));
			const day = String(all.find(({ lastVisitOn }) => lastVisitOn !== null)?.lastVisitOn);
			expect(idsOf(await many('client', { lastVisitTo: day }))).toEqual(idsOf(all.filter(({ lastVisitOn }) => lastVisitOn !== null && String(lastVisitOn) <= day)));
		});

		// The copy keeps yen whole and dinars in thousandths. Mutant: a hundred for every currency.
		it.each([
			['JPY', 1500, 1500],
			['KWD', 1500.505, 1_500_505],
			['EUR', 1500.5, 150_050],
		])('finds clients by money as the copy keeps it in %s', async (currency, amount, totalSpent) => {
			const salonId = `money-${currency}`;
			const double = createCrmDouble();
			double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency, extra: {} });
			for (const [id, spent] of [['1', totalSpent - 1], ['2', totalSpent], ['3', totalSpent + 1]] as const) double.put('clients', cardOf(id, { totalSpent: spent }));
			await createSync({ store, crm: double.crm, reader: double.reader, tenant: salonId }).run({ kind: 'full' });
			expect(idsOf(await many('client', { totalSpentFrom: amount }, { salonId }))).toEqual(['2', '3']);
			expect(idsOf(await many('client', { totalSpentTo: amount }, { salonId }))).toEqual(['1', '2']);
			expect(idsOf(await many('client', { totalSpentFrom: String(amount), totalSpentTo: amount }, { salonId }))).toEqual(['2']);
		});

		it('reads money where the company was not copied yet', async () => {
			const double = createCrmDouble();
			double.put('clients', cardOf('1', { totalSpent: 150_000 }));
			await createSync({ store, crm: double.crm, reader: double.reader, tenant: 'no-company' }).run({ kind: 'full', streams: ['clients'] });
			expect(idsOf(await many('client', { totalSpentFrom: 1500, totalSpentTo: 1500 }, { salonId: 'no-company' }))).toEqual(['1']);
		});

		// Half past midnight of Monday in Moscow, and Sunday evening in UTC. Mutant: the day of UTC.
		it('makes the report of this week by the calendar of the branch', async () => {
			jest.useFakeTimers({ now: Date.parse('2026-11-22T21:30:00.000Z'), doNotFake: EVERYTHING_BUT_THE_DATE });
			try {
				const [report] = succeeded(await query({ resource: 'report', operation: 'weekly' }), 'Query');
				expect(report).toMatchObject({ from: '2026-11-23', to: '2026-11-29' });
				const [named] = succeeded(await query({ resource: 'report', operation: 'weekly', weekOf: '2026-11-22' }), 'Query');
				expect(named).toMatchObject({ from: '2026-11-16', to: '2026-11-22' });
			} finally {
				jest.useRealTimers();
			}
		});

		it('finds birthdays of any year, over the new year too', async () => {
			const [first, second, third] = idsOf(await many('client')).map(String);
			const set = (id: string | undefined, birthday: string) =>
				store.write((trx) => trx.updateTable('sync_client').set({ birthday }).where('tenant', '=', 'lavender').where('id', '=', id ?? '').execute());
			await Promise.all([set(first, '1990-12-30'), set(second, '01-02'), set(third, '1985-06-15')]);
			expect(idsOf(await many('client', { birthdayFrom: '12-25', birthdayTo: '01-05' }))).toEqual([first, second]);
			expect(idsOf(await many('client', { birthdayFrom: '06-01', birthdayTo: '06-30' }))).toEqual([third]);
			expect(failure(await query({ resource: 'client', operation: 'getAll', filters: { birthdayFrom: '30.12' } })).message).toBe('A birthday is not month and day');
		});

		it('finds visits and sales by time, client, person and status; days are those of the salon', async () => {
			const visits = await many('visit');
			expect(visits.length).toBeGreaterThan(50);
			expect(visits.map(({ start }) => String(start))).toEqual(visits.map(({ start }) => String(start)).sort());
			const [some] = visits;
			const ofOne = await many('visit', { clientId: String(some?.clientId) });
			expect(new Set(ofOne.map(({ clientId }) => clientId))).toEqual(new Set([some?.clientId]));
			expect(idsOf(await many('visit', { status: 'no_show' }))).toEqual(idsOf(visits.filter(({ status }) => status === 'no_show')));
			expect(some?.lines).toMatchObject([{ title: 'Стрижка', amount: 1 }]);
			const [from, to] = [String(visits[10]?.start), String(visits[20]?.start)];
			expect(idsOf(await many('visit', { from, to }))).toEqual(idsOf(visits.filter(({ start }) => String(start) >= from && String(start) < to)));
			// ten in Moscow is seven in the zone of the store
			const wall = new Date(Date.parse(from) + 3 * 3_600_000).toISOString().slice(0, 19);
			expect(idsOf(await many('visit', { from: wall, to }))).toEqual(idsOf(await many('visit', { from, to })));
			expect(await many('goodsSale', { clientId: 'nobody' })).toEqual([]);
			expect((await many('goodsSale')).length).toBe(12);
			const deleted = await many('visit', { deleted: true });
			expect(deleted.length).toBeGreaterThan(0);
			expect(deleted.every(({ deletedAt }) => deletedAt !== null)).toBe(true);
		});

		it('gives services, staff, schedules, runs and what could not be read', async () => {
			expect(await many('service')).toMatchObject([{ title: 'Стрижка', priceMin: expect.any(Number) as number, active: true }]);
			expect(await many('staff', { active: true })).toMatchObject([{ name: 'Anna' }]);
			expect(await many('staff', { active: false })).toEqual([]);
			const days = await many('schedule', { staffId: ours.salon.staffId('Anna') });
			expect(days[0]).toMatchObject({ staffId: ours.salon.staffId('Anna'), date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, hours: expect.any(Array) as unknown });
			const runs = await many('syncRun');
			expect(runs).toHaveLength(7);
			const [latest] = runs;
			expect(succeeded(await query({ resource: 'syncRun', operation: 'get', recordId: String(latest?.runId) }), 'Query')).toHaveLength(7);
			await store.write((trx) => trx.insertInto('sync_reject').values({ tenant: 'lavender', stream: 'clients', id: '5', reason: 'phone', first_at: '2026-01-01T00:00:00.000Z', last_at: '2026-01-01T00:00:00.000Z' }).execute());
			expect(await many('rejectedRecord', { stream: 'clients' })).toEqual([{ stream: 'clients', id: '5', reason: 'phone', firstAt: '2026-01-01T00:00:00.000Z', lastAt: '2026-01-01T00:00:00.000Z' }]);
			expect(await many('rejectedRecord', { stream: 'visits' })).toEqual([]);
		});

		it('never shows a record of another salon', async () => {
			const [theirs] = await many('client', {}, { salonId: 'mint' });
			expect(await many('client', {}, { salonId: 'mint' })).toHaveLength(5);
			const here = new Set(idsOf(await many('visit')));
			const there = await many('visit', {}, { salonId: 'mint' });
			expect(there.length).toBeGreaterThan(0);
			const phones = (await many('client')).map(({ phone }) => phone);
			expect(here.size).toBeGreaterThan(0);
			// simulators number alike, phones too: the name of the salon is all that keeps them apart
			const error = failure(await query({ resource: 'client', operation: 'get', recordId: String(theirs?.id), salonId: 'nobody' }));
			expect({ message: error.message, phones: phones.length }).toEqual({ message: 'The record is not in the copy', phones: 620 });
			expect(await many('rejectedRecord', {}, { salonId: 'mint' })).toEqual([]);
			expect(await many('syncRun', {}, { salonId: 'nobody' })).toEqual([]);
		});

		it('links every item to its own, and goes on past one that has none', async () => {
			const [a, b] = idsOf(await many('client')).map(String);
			const result = await query({ resource: 'client', operation: 'get', recordId: '={{ $json.id }}' }, [{ id: a }, { id: 'none' }, { id: b }], 'continueRegularOutput');
			expect(output(result, 'Query').map(({ json, pairedItem }) => [json.id ?? json.error, pairedItem])).toEqual([[a, { item: 0 }], ['The record is not in the copy', { item: 1 }], [b, { item: 2 }]]);
		});

		it.each([
			['client', { phone: '12' }, '"Phone" is not a phone'],
			['client', { totalSpentFrom: -1 }, 'An amount is not valid'],
			['client', { totalSpentTo: 'much' }, 'An amount is not valid'],
			['client', { visitsCountFrom: 1.5 }, '"visitsCount From" is not valid'],
			['client', { lastVisitFrom: 'soon' }, '"lastVisit From" is not a date'],
			['visit', { from: 'soon' }, '"From" is not a date and time'],
			['visit', { skip: -1 }, '"Skip" is not valid'],
		])('refuses a filter of %s that cannot be: %j', async (resource, filters, message) => {
			expect(failure(await query({ resource, operation: 'getAll', filters: filters as INodeParameters })).message).toBe(message);
		});
	});

	it('writes nothing: no operation of its panel changes a record', async () => {
		const type = await nodeType('storeQuery');
		const { parameters } = withDefaults(type, {});
		expect(parameters).toMatchObject({ resource: 'client', operation: 'getAll', salonId: 'demo' });
		const operations = type.description.properties.filter(({ name }) => name === 'operation').flatMap(({ options }) => (options ?? []).map((option) => ('value' in option ? option.value : '')));
		expect(new Set(operations)).toEqual(new Set(['get', 'getAll', 'weekly']));
		expect(displayed(type, withDefaults(type, { resource: 'syncRun', operation: 'get' })).map(({ name }) => name)).toContain('recordId');
	});
});
