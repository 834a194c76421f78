import { chosenCredentials, closeNodes, executionData, loadPackage, PACKAGE } from './support/harness';
import { storeCredentialOf } from './support/sync-bench';
import { describeEngines } from '../support/engines';
import { client, createCrmDouble, fill, visit, type CrmDouble } from '../unit/sync/double';
import type { Store, StoreConfig } from '../../core/store';
import { createSync, type Sync } from '../../core/sync';
import { TriggerContext } from 'n8n-core';
import { NodeHelpers, Workflow, type IDataObject, type INode, type INodeExecutionData, type INodeParameters, type INodeType, type IRun, type ITriggerResponse } from 'n8n-workflow';

interface Emitted {
	readonly items: readonly IDataObject[];
	readonly key: string;
	/** The run of the batch ends. */
	finish(): void;
}

/** What n8n knows of all its executions: a second one with the same key is not run. */
type Executions = Map<string, Emitted>;

interface Published {
	/** Runs that were started, in their order. */
	readonly emitted: Emitted[];
	readonly failures: string[];
	tick(): void;
	close(): Promise<void>;
}

interface Setup {
	readonly config: StoreConfig;
	readonly parameters?: INodeParameters;
	readonly executions?: Executions;
	/** Runs end at once. */
	readonly atOnce?: boolean;
	readonly mode?: 'manual' | 'trigger';
	readonly workflowId?: string;
}

async function context({ config, parameters = {}, executions = new Map(), atOnce = true, mode = 'trigger', workflowId = 'workflow' }: Setup) {
	const credentials = { aiAdminStoreApi: storeCredentialOf(config) };
	const type: INodeType = NodeHelpers.getVersionedNodeType((await loadPackage()).getNode('crmChangesTrigger').type);
	const node: INode = { id: 'node', name: 'Changes', type: `${PACKAGE}.crmChangesTrigger`, typeVersion: 1, position: [0, 0], parameters: { salonId: 'lavender', ...parameters }, credentials: chosenCredentials(credentials) };
	const workflow = new Workflow({ id: workflowId, nodes: [node], connections: {}, active: true, nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) } });
	const data = executionData({ nodes: [{ name: 'Changes', type: 'crmChangesTrigger' }], credentials }, [node]);
	const emitted: Emitted[] = [];
	const failures: string[] = [];
	const crons: (() => void)[] = [];
	const emit = (items: INodeExecutionData[][], _response?: unknown, done?: { resolve(run: IRun): void }, key = ''): void => {
		if (executions.has(key) && key !== '') return void done?.resolve(undefined as never);
		const one = { items: items.flat().map(({ json }) => json), key, finish: () => void done?.resolve({} as IRun) };
		executions.set(key, one);
		emitted.push(one);
		if (atOnce) one.finish();
	};
	const functions = new TriggerContext(workflow, node, data, mode, 'activate', emit as never, undefined, (error) => void failures.push(error.message), { registerCron: (_cron, onTick) => void crons.push(() => onTick(new Date())) });
	const response = (await type.trigger?.call(functions)) as ITriggerResponse;
	return { emitted, failures, response, tick: () => crons.forEach((cron) => cron()) };
}

async function publish(setup: Setup): Promise<Published> {
	const { emitted, failures, response, tick } = await context(setup);
	return { emitted, failures, tick, close: async () => response.closeFunction?.() };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const idsOf = ({ emitted }: Published): unknown[] => emitted.flatMap(({ items }) => items.map(({ entity, id, kind }) => `${String(entity)} ${String(id)} ${String(kind)}`));

jest.setTimeout(30_000);
afterAll(closeNodes);

describe('CRM Changes Trigger', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		let salons = 0;

		/** A salon that was copied once, and its CRM. */
		async function salon(): Promise<{ readonly tenant: string; readonly double: CrmDouble; change(...ids: string[]): Promise<void>; readonly sync: Sync; confirmed(): Promise<number>; head(): Promise<number> }> {
			store ??= await engine.open();
			const tenant = `salon-${(salons += 1)}`;
			const double = createCrmDouble();
			let now = Date.parse('2026-11-20T00:00:00.000Z');
			const sync = createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => now });
			fill(double);
			await sync.run({ kind: 'full' });
			let names = 0;
			const seq = async (table: 'outbox_reader' | 'outbox_head'): Promise<number> => (await store.db.selectFrom(table).select('seq').where('tenant', '=', tenant).executeTakeFirst())?.seq ?? 0;
			return {
				tenant, double, sync,
				async change(...ids) {
					now += 3_600_000;
					for (const id of ids) double.put('clients', client(id, { name: `Имя ${(names += 1)}`, changedAt: new Date(now).toISOString() }));
					await sync.run({ kind: 'full', streams: ['clients', 'visits'] });
				},
				confirmed: () => seq('outbox_reader'),
				head: () => seq('outbox_head'),
			};
		}
		const caughtUp = ({ confirmed, head }: Awaited<ReturnType<typeof salon>>) => async (): Promise<boolean> => (await confirmed()) === (await head());

		it('starts a run for each real change once, with the record as it is now', async () => {
			const here = await salon();
			const trigger = await publish({ config: engine.config, parameters: { salonId: here.tenant } });
			trigger.tick();
			await here.change('2', '7');
			trigger.tick();
			await until(caughtUp(here));
			const { items } = trigger.emitted[0] ?? {};
			expect(items).toEqual([
				expect.objectContaining({ key: `${here.tenant}:1`, seq: 1, salonId: here.tenant, entity: 'client', id: '2', kind: 'updated', record: expect.objectContaining({ id: '2', name: 'Имя 1', totalSpent: 100_000 }) as unknown }),
				expect.objectContaining({ key: `${here.tenant}:2`, id: '7', kind: 'created' }),
			]);
			await here.change();
			trigger.tick();
			await until(caughtUp(here));
			expect(idsOf(trigger)).toEqual(['client 2 updated', 'client 7 created']);
			await trigger.close();
		});

		it('hears only of what was chosen, and passes over the rest', async () => {
			const here = await salon();
			const visits = await publish({ config: engine.config, parameters: { salonId: here.tenant, entities: ['visit'], kinds: ['created'] } });
			const updates = await publish({ config: engine.config, parameters: { salonId: here.tenant, entities: ['client'], kinds: ['updated'] }, workflowId: 'another' });
			here.double.put('visits', visit('v9', '1', { changedAt: '2026-11-20T00:30:00.000Z' }));
			await here.change('1', '8');
			for (const trigger of [visits, updates]) trigger.tick();
			await until(() => visits.emitted.length > 0 && updates.emitted.length > 0);
			expect([idsOf(visits), idsOf(updates)]).toEqual([['visit v9 created'], ['client 1 updated']]);
			await Promise.all([visits.close(), updates.close()]);
		});

		it('goes on after the workflow was taken down and published again', async () => {
			const here = await salon();
			const setup = { config: engine.config, parameters: { salonId: here.tenant } };
			const first = await publish(setup);
			await here.change('1');
			first.tick();
			await until(caughtUp(here));
			await first.close();
			await here.change('2');
			first.tick();
			const second = await publish(setup);
			second.tick();
			await until(caughtUp(here));
			expect([idsOf(first), idsOf(second)]).toEqual([['client 1 updated'], ['client 2 updated']]);
			await second.close();
		});

		it('offers the same batch under the same key after a crash, also when more has changed since', async () => {
			const here = await salon();
			const executions: Executions = new Map();
			const setup = { config: engine.config, parameters: { salonId: here.tenant }, executions };
			const dying = await publish({ ...setup, atOnce: false });
			await here.change('1', '2');
			dying.tick();
			await until(() => dying.emitted.length === 1);
			// the process dies here: the run is there, the cursor is not
			await dying.close();
			await here.change('3');
			const next = await publish(setup);
			next.tick();
			await until(caughtUp(here));
			expect([idsOf(dying), idsOf(next)]).toEqual([['client 1 updated', 'client 2 updated'], ['client 3 updated']]);
			expect(executions.size).toBe(2);
			await next.close();
		});

		it('hands over again what n8n does not remember: once at least, with keys that tell', async () => {
			const here = await salon();
			const setup = { config: engine.config, parameters: { salonId: here.tenant } };
			const dying = await publish({ ...setup, atOnce: false });
			await here.change('1');
			dying.tick();
			await until(() => dying.emitted.length === 1);
			await dying.close();
			const next = await publish(setup);
			next.tick();
			await until(caughtUp(here));
			expect(next.emitted.map(({ items, key }) => [items.map((item) => item.key), key])).toEqual(dying.emitted.map(({ items, key }) => [items.map((item) => item.key), key]));
			await next.close();
		});

		it('starts one run after another, each of so many changes at most', async () => {
			const here = await salon();
			const trigger = await publish({ config: engine.config, parameters: { salonId: here.tenant, options: { maxItems: 2 } }, atOnce: false });
			await here.change('1', '2', '3', '4', '5');
			trigger.tick();
			await until(() => trigger.emitted.length === 1);
			trigger.tick();
			expect(trigger.emitted).toHaveLength(1);
			for (let done = 1; done <= 3; done += 1) {
				await until(() => trigger.emitted.length === done);
				trigger.emitted[done - 1]?.finish();
			}
			await until(caughtUp(here));
			expect(trigger.emitted.map(({ items }) => items.length)).toEqual([2, 2, 1]);
			await trigger.close();
		});

		it('shows the newest change in the editor and leaves it to the published workflow', async () => {
			const here = await salon();
			const published = await publish({ config: engine.config, parameters: { salonId: here.tenant } });
			const empty = await context({ config: engine.config, parameters: { salonId: here.tenant }, mode: 'manual' });
			await expect(empty.response.manualTriggerFunction?.()).rejects.toThrow('There is no change to show yet');
			await here.change('1', '2');
			const manual = await context({ config: engine.config, parameters: { salonId: here.tenant }, mode: 'manual' });
			await manual.response.manualTriggerFunction?.();
			expect(manual.emitted.map(({ items }) => items.map(({ id }) => id))).toEqual([['2']]);
			published.tick();
			await until(caughtUp(here));
			expect(idsOf(published)).toEqual(['client 1 updated', 'client 2 updated']);
			await published.close();
		});
	});

	it.each([
		[{ entities: [] }, 'No entity is chosen'],
		[{ kinds: ['made up'] }, 'No kind of change is chosen'],
		[{ salonId: 'a b' }, 'Salon ID is not valid'],
		[{ options: { maxItems: 0 } }, '"Changes per Run" is not valid'],
		[{ checkEvery: 'never' }, '"Check Every" is not known'],
	])('does not start with %j', async (parameters, message) => {
		await expect(context({ config: { engine: 'sqlite', path: '/tmp/not-opened.sqlite' }, parameters: parameters as INodeParameters })).rejects.toThrow(message);
	});
});
