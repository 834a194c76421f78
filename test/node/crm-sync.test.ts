jest.mock('../../core/store/limiter', () => ({ ...jest.requireActual<object>('../../core/store/limiter'), createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { closeNodes, failure, json, output, run, succeeded } from './support/harness';
import { closeBranches, PLAIN, syncBench, type SyncBench } from './support/sync-bench';
import { chosen } from './support/walking';
import { failing, gate } from '../contract/simulators/kit';
import { addSalon } from '../contract/simulators/yclients';
import { describeEngines } from '../support/engines';
import type { Store } from '../../core/store';
import { createRequire } from 'node:module';
import type { IDataObject } from 'n8n-workflow';

const CLIENTS = /\/clients\/search/;
const RECORDS = /\/records\//;

interface Item extends IDataObject {
	status: string;
	streams: IDataObject[];
	requests: number;
}

const one = (items: readonly IDataObject[]): Item => items[0] as Item;
const changedIn = ({ inserted, updated, deleted }: IDataObject): number => Number(inserted) + Number(updated) + Number(deleted);
const statusOf = async ({ sync }: SyncBench): Promise<readonly IDataObject[]> => succeeded(await sync({ operation: 'status' }), 'Sync');

/** Somebody changes a card in the CRM. */
function rename({ sim }: SyncBench, index: number, name: string): string {
	const client = [...sim.state.clients.values()][index];
	if (client === undefined) throw new TypeError('No such client');
	Object.assign(client, { name, changedAt: sim.clock.now() });
	sim.state.version += 1;
	return String(client.id);
}

jest.setTimeout(180_000);

afterEach(() => jest.restoreAllMocks());

afterAll(async () => {
	await closeBranches();
	await closeNodes();
});

describe('CRM Sync', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		beforeAll(async () => {
			store = await engine.open();
		});
		const count = async (tenant: string): Promise<number> => (await store.db.selectFrom('sync_client').select('id').where('tenant', '=', tenant).where('deleted_at', 'is', null).execute()).length;

		it('copies a branch, and the second run changes nothing', async () => {
			const bench = await syncBench({ salonId: 'copied', store: engine.config });
			const first = one(succeeded(await bench.sync(), 'Sync'));
			expect(first).toMatchObject({ salonId: 'copied', crm: 'yclients', operation: 'syncNow', kind: 'incremental', status: 'done', message: null });
			expect(Object.fromEntries(first.streams.map(({ stream, rows }) => [stream, rows]))).toMatchObject({ company: 1, services: 1, staff: 1, clients: 30, visits: 60, goods: 12 });
			expect(first.requests).toBe(bench.sim.requests.all.length);
			expect(await count('copied')).toBe(30);
			const second = one(succeeded(await bench.sync({ kind: 'full' }), 'Sync'));
			expect({ status: second.status, changed: changedIn(second), unchanged: Number(second.unchanged) > 100 }).toEqual({ status: 'done', changed: 0, unchanged: true });
		});

		it('copies two CRMs at once, each into its own salon', async () => {
			const [ours, theirs] = await Promise.all([syncBench({ salonId: 'moscow', store: engine.config }), syncBench({ brand: 'altegio', salonId: 'berlin', store: engine.config, past: { clients: 7, visits: 9, sales: 2 } })]);
			const [a, b] = await Promise.all([ours.sync(), theirs.sync()]);
			expect([one(succeeded(a, 'Sync')).status, one(succeeded(b, 'Sync')).status]).toEqual(['done', 'done']);
			expect([await count('moscow'), await count('berlin')]).toEqual([30, 7]);
		});

		it('keeps one account in a salon, whatever the credential is', async () => {
			const bench = await syncBench({ salonId: 'bound', store: engine.config });
			succeeded(await bench.sync(), 'Sync');
			const other = await syncBench({ brand: 'altegio', salonId: 'bound', store: engine.config });
			const error = failure(await other.sync());
			expect(error).toMatchObject({ message: 'The salon "bound" is the copy of another CRM account', description: expect.stringMatching(/yclients.*another Salon ID/) as string });
			expect(await count('bound')).toBe(30);
			// a credential made anew, for another user of the same branch
			const again = one(succeeded(await bench.sync({}, { nodes: [{ name: 'Sync', type: 'crmSync', parameters: { crm: 'yclients', branchId: String(bench.salon.company.id), salonId: 'bound' }, credentials: { aiAdminYclientsApi: { id: 'made anew', name: 'anew' }, aiAdminStoreApi: { id: 'store', name: 'store' } } }] }), 'Sync'));
			expect({ status: again.status, changed: changedIn(again) }).toEqual({ status: 'done', changed: 0 });
		});

		it('tells branches of one vendor apart by their company', async () => {
			const bench = await syncBench({ salonId: 'branch', store: engine.config });
			succeeded(await bench.sync({ entities: ['company'] }), 'Sync');
			const second = addSalon(bench.sim, { ...PLAIN, staff: [] });
			bench.salon.user.companies.add(second.company.id);
			expect(failure(await bench.sync({ branchId: chosen(String(second.company.id)) })).message).toBe('The salon "branch" is the copy of another CRM account');
		});

		it('frees a Salon ID that was bound by mistake, with all its rows, but not over what the salon has noted', async () => {
			const bench = await syncBench({ salonId: 'freed', store: engine.config });
			succeeded(await bench.sync(), 'Sync');
			const other = await syncBench({ brand: 'altegio', salonId: 'freed', store: engine.config, past: { clients: 7, visits: 9, sales: 2 } });
			const free = { operation: 'resetCursor', confirmation: 'freed', freeSalonId: true };
			const optOut = (at: string | null) => store.write((trx) => trx.updateTable('sync_client').set({ opted_out_at: at }).where('tenant', '=', 'freed').execute());
			await optOut('2026-01-01T00:00:00.000Z');
			expect(failure(await bench.sync(free)).message).toBe('The salon has notes, consents or opt-outs of 30 clients');
			expect(await count('freed')).toBe(30);
			await optOut(null);
			expect(succeeded(await bench.sync(free), 'Sync')).toMatchObject([{ salonId: 'freed', freed: true }]);
			expect(await count('freed')).toBe(0);
			expect(one(succeeded(await other.sync(), 'Sync'))).toMatchObject({ status: 'done', crm: 'altegio' });
			expect(await count('freed')).toBe(7);
		});

		it('reads a list anew after a reset, however fresh it was', async () => {
			const bench = await syncBench({ salonId: 'stale', store: engine.config });
			const night = { kind: 'full', entities: ['services'], options: { skipFreshHours: 20 } };
			succeeded(await bench.sync(night), 'Sync');
			expect(one(succeeded(await bench.sync(night), 'Sync')).rows).toBe(0);
			succeeded(await bench.sync({ operation: 'resetCursor', confirmation: 'stale', entities: ['services'] }), 'Sync');
			expect(one(succeeded(await bench.sync(night), 'Sync')).rows).toBe(1);
		});

		it('puts what has really changed into the item when asked for', async () => {
			const bench = await syncBench({ salonId: 'changes', store: engine.config });
			succeeded(await bench.sync({ options: { maxChanges: 50 } }), 'Sync');
			const ids = [rename(bench, 1, 'Вера'), rename(bench, 2, 'Надежда')];
			const item = one(succeeded(await bench.sync({ kind: 'full', entities: ['clients'], options: { maxChanges: 1 } }), 'Sync'));
			expect(item).toMatchObject({ updated: 2, moreChanges: true, changes: [{ entity: 'client', kind: 'updated', salonId: 'changes', record: { name: expect.stringMatching(/Вера|Надежда/) as string } }] });
			expect(ids).toContain(((item.changes as IDataObject[])[0] as IDataObject).id);
		});

		it('ends at its time limit between two pages, and the next run goes on', async () => {
			const bench = await syncBench({ salonId: 'limited', store: engine.config, past: { clients: 450 } });
			const held = gate('done');
			bench.sim.faults.add(held.fault, { path: CLIENTS });
			const now = jest.spyOn(Date, 'now');
			const running = bench.sync({ entities: ['clients'], options: { timeLimitMinutes: 2 } });
			await held.reached;
			now.mockImplementation(() => Math.round(performance.timeOrigin + performance.now()) + 121_000);
			held.open();
			const first = one(succeeded(await running, 'Sync'));
			expect(first).toMatchObject({ status: 'stopped', message: expect.stringMatching(/goes on/) as string, streams: [{ stream: 'clients', status: 'stopped', rows: 200 }] });
			now.mockRestore();
			const second = one(succeeded(await bench.sync({ entities: ['clients'], kind: 'full' }), 'Sync'));
			expect({ status: second.status, clients: await count('limited') }).toEqual({ status: 'done', clients: 450 });
		});

		it('ends before the execution timeout of the workflow', async () => {
			const bench = await syncBench({ salonId: 'timed', store: engine.config, past: { clients: 450 } });
			const held = gate('done');
			bench.sim.faults.add(held.fault, { path: CLIENTS });
			const now = jest.spyOn(Date, 'now');
			const running = bench.sync({ entities: ['clients'] }, { settings: { executionTimeout: 100 } });
			await held.reached;
			now.mockImplementation(() => Math.round(performance.timeOrigin + performance.now()) + 81_000);
			held.open();
			expect(one(succeeded(await running, 'Sync')).status).toBe('stopped');
		});

		it('ends at the next page when the execution is cancelled', async () => {
			const bench = await syncBench({ salonId: 'cancelled', store: engine.config, past: { clients: 850 } });
			const held = gate('done');
			bench.sim.faults.add(held.fault, { path: CLIENTS });
			let cancel: () => void = () => undefined;
			const running = bench.sync({ entities: ['clients'] }, { cancelled: new Promise<void>((resolve) => (cancel = resolve)) });
			await held.reached;
			cancel();
			await running;
			held.open();
			// the node ends after the execution did: its book says so
			const book = async () => (await store.db.selectFrom('sync_run').select(['status', 'rows_in']).where('tenant', '=', 'cancelled').execute())[0];
			while ((await book())?.status === 'running') await new Promise((resolve) => setImmediate(resolve));
			expect(await book()).toMatchObject({ status: 'stopped' });
			expect(await count('cancelled')).toBeLessThan(850);
		});

		it('says busy and no error while another run reads, and the status shows that run', async () => {
			const bench = await syncBench({ salonId: 'busy', store: engine.config });
			succeeded(await bench.sync({ entities: ['company'] }), 'Sync');
			const held = gate('done');
			bench.sim.faults.add(held.fault, { path: RECORDS });
			const running = bench.sync({ entities: ['visits'] });
			await held.reached;
			const second = one(succeeded(await bench.sync({ entities: ['visits'] }), 'Sync'));
			expect(second).toMatchObject({ status: 'busy', streams: [{ stream: 'visits', status: 'busy' }] });
			const [summary, ...streams] = await statusOf(bench);
			expect(summary).toMatchObject({ type: 'summary', crm: 'yclients', running: ['visits'] });
			expect(streams.find(({ stream }) => stream === 'visits')).toMatchObject({ state: 'reading', reading: { kind: 'incremental' } });
			const reset = succeeded(await bench.sync({ operation: 'resetCursor', confirmation: 'busy', entities: ['visits', 'company'] }), 'Sync');
			expect(reset).toEqual([{ salonId: 'busy', reset: ['company'], busy: ['visits'] }]);
			held.open();
			expect(one(succeeded(await running, 'Sync')).status).toBe('done');
			expect((await statusOf(bench))[0]).toMatchObject({ running: [], lastRuns: [{ status: 'done' }, { status: 'done' }] });
		});

		it('names the lists that could not be read, keeps what was, and gives the item where it may go on', async () => {
			const bench = await syncBench({ salonId: 'failing', store: engine.config });
			bench.sim.faults.add(failing(503), { path: CLIENTS, times: Infinity });
			const error = failure(await bench.sync());
			expect(error).toMatchObject({ message: '1 of 7 lists of YCLIENTS could not be read', description: expect.stringMatching(/^clients: .*goes on where it stopped/) as string });
			const continued = output(await bench.sync({}, { onError: 'continueRegularOutput' }), 'Sync');
			expect(continued).toMatchObject([{ json: { error: error.message, details: { status: 'failed', crm: 'yclients' } }, pairedItem: { item: 0 } }]);
			const routed = await bench.sync({}, { onError: 'continueErrorOutput' });
			expect(json(routed, 'Sync', 0)).toEqual([]);
			expect(json(routed, 'Sync', 1)).toMatchObject([{ error: error.message, details: { status: 'failed', streams: expect.any(Array) as unknown } }]);
			const [, ...streams] = await statusOf(bench);
			expect(streams.find(({ stream }) => stream === 'clients')).toMatchObject({ state: 'failed', lagMinutes: null });
			expect(streams.find(({ stream }) => stream === 'visits')).toMatchObject({ state: 'copied', lagMinutes: expect.any(Number) as number });
			bench.sim.faults.clear();
			expect(one(succeeded(await bench.sync(), 'Sync')).status).toBe('done');
			expect(await count('failing')).toBe(30);
		});

		it('finds what is gone with a second pass at once, and reads everything again after a reset', async () => {
			const bench = await syncBench({ salonId: 'gone', store: engine.config });
			succeeded(await bench.sync(), 'Sync');
			const [first] = [...bench.sim.state.clients.values()];
			bench.sim.state.clients.delete(first?.id ?? 0);
			bench.sim.state.version += 1;
			const item = one(succeeded(await bench.sync({ operation: 'reconcile', entities: ['clients'], options: { maxChanges: 10 } }), 'Sync'));
			expect(item).toMatchObject({ operation: 'reconcile', deleted: 1, changes: [{ entity: 'client', kind: 'deleted', id: String(first?.id) }] });
			expect(await count('gone')).toBe(29);
			const wrong = failure(await bench.sync({ operation: 'resetCursor', confirmation: 'yes' }));
			expect(wrong.message).toBe('The confirmation is not the Salon ID');
			expect(succeeded(await bench.sync({ operation: 'resetCursor', confirmation: 'gone', entities: ['clients'] }), 'Sync')).toEqual([{ salonId: 'gone', reset: ['clients'], busy: [] }]);
			rename(bench, 3, 'После сброса');
			const again = one(succeeded(await bench.sync({ entities: ['clients'], options: { maxChanges: 10 } }), 'Sync'));
			expect(again).toMatchObject({ rows: 29, updated: 1, changes: [{ kind: 'updated', record: { name: 'После сброса' } }] });
		});

		it('fills in the past month by month', async () => {
			const bench = await syncBench({ salonId: 'past', store: engine.config });
			const since = new Date(Date.now() - 40 * 86_400_000).toISOString();
			const item = one(succeeded(await bench.sync({ operation: 'backfill', since, entities: ['visits', 'company'] }), 'Sync'));
			expect(item.streams).toMatchObject([{ stream: 'company', status: 'unsupported' }, { stream: 'visits', status: 'done' }]);
			const future = failure(await bench.sync({ operation: 'backfill', since: new Date(Date.now() + 86_400_000).toISOString() }));
			expect(future.message).toBe('"Since" is in the future');
		});

		it('writes no name, phone or comment into the log', async () => {
			const lines: string[] = [];
			const note = (...args: unknown[]): void => void lines.push(JSON.stringify(args));
			// n8n-core has copies of its own of both
			const core = createRequire(require.resolve('n8n-core'));
			const load = <T extends object>(name: string): T => jest.requireActual<T>(core.resolve(name));
			const [{ Container }, { Logger }] = [load<{ Container: { get(type: unknown): unknown; set(type: unknown, value: unknown): void } }>('@n8n/di'), load<{ Logger: unknown }>('@n8n/backend-common')];
			const logger = Container.get(Logger);
			const noting: object = { info: note, warn: note, error: note, debug: note, scoped: () => noting };
			Container.set(Logger, noting);
			const bench = await syncBench({ salonId: 'logged', store: engine.config });
			const result = await bench.sync().finally(() => Container.set(Logger, logger));
			expect(one(succeeded(result, 'Sync')).status).toBe('done');
			expect(lines.filter((line) => line.includes('CRM Sync')).length).toBeGreaterThan(5);
			expect(lines.filter((line) => /7926|Анна|Шампунь/.test(line))).toEqual([]);
		});
	});

	it('refuses a CRM that nobody knows', async () => {
		const error = failure(await run({ nodes: [{ name: 'Sync', type: 'crmSync', parameters: { crm: 'nobody', salonId: 'demo' } }] }));
		expect(error.message).toBe('The CRM is not known');
	});
});
