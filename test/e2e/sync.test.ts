import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import type { StoredWorkflow } from '../../demo/lib/rest-client.mjs';
import { vendorFixtures } from '../node/support/fixtures';
import type { VendorBench } from '../node/support/vendor-fixture';
import { gate, late } from '../contract/simulators/kit';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';
import { altegioBranch, type Branch } from './support/sync-salon';
import { endOf, type Ended } from './support/template';
import { until } from './support/until';

type Item = Readonly<Record<string, unknown>>;

const BRANDS = { yclients: 'yclientsBooking', altegio: 'altegioBooking' } as const;
type Brand = keyof typeof BRANDS;
/** Clients of a branch that takes more pages than are asked for ahead in the time of an execution. */
const BIG = 3_050;

describe('CRM Sync in a real n8n', () => {
	let n8n: N8n;
	const benches: Partial<Record<Brand, VendorBench>> = {};
	const credentials: Record<string, { id: string; name: string }> = {};

	beforeAll(async () => {
		n8n = await startN8n();
		for (const [brand, name] of Object.entries(BRANDS) as [Brand, string][]) {
			const bench = await vendorFixtures().find(({ node }) => node === name)?.start();
			if (bench === undefined) throw new Error(`${name} has no fixture`);
			benches[brand] = bench;
			for (const [type, data] of Object.entries(bench.credentials)) {
				const title = `${type} ${randomUUID()}`;
				credentials[type] = { id: (await n8n.rest.createCredential({ name: title, type, data })).id, name: title };
			}
		}
	});

	afterAll(async () => {
		await n8n?.stop();
		await Promise.all(Object.values(benches).map((bench) => bench.close()));
	});

	const syncNode = (brand: Brand): object => ({
		id: randomUUID(), name: brand, type: 'n8n-nodes-ai-admin.crmSync', typeVersion: 1, position: [220, brand === 'yclients' ? 0 : 160], credentials,
		parameters: { crm: brand, salonId: brand, kind: 'full', ...benches[brand]?.settings },
	});

	/** A webhook that answers with what its last node gives: two CRMs, one after the other, in one workflow. */
	async function publishSync(): Promise<string> {
		const path = `sync-${randomUUID()}`;
		const webhook = { id: randomUUID(), webhookId: randomUUID(), name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', responseData: 'allEntries' } };
		const merge = { id: randomUUID(), name: 'Both', type: 'n8n-nodes-base.merge', typeVersion: 3, position: [440, 80], parameters: { mode: 'append' } };
		const link = (node: string, index = 0): object => ({ node, type: 'main', index });
		const connections = { Webhook: { main: [[link('yclients'), link('altegio')]] }, yclients: { main: [[link('Both')]] }, altegio: { main: [[link('Both', 1)]] } };
		const stored = await n8n.rest.importWorkflow({ name: 'Sync of two CRMs', nodes: [webhook, syncNode('yclients'), syncNode('altegio'), merge], connections, settings: { executionOrder: 'v1' } });
		await n8n.rest.publish(stored);
		return `${n8n.url}/webhook/${path}`;
	}

	async function publishTrigger(parameters: INodeParameters): Promise<string> {
		const trigger = { id: randomUUID(), name: 'Changes', type: 'n8n-nodes-ai-admin.crmChangesTrigger', typeVersion: 1, position: [0, 0], parameters };
		const stored = await n8n.rest.importWorkflow({ name: 'Changes', nodes: [trigger], connections: {}, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' } });
		await n8n.rest.publish(stored);
		return stored.id;
	}

	async function call(address: string): Promise<readonly Item[]> {
		const answer = await until(() => fetch(address, { method: 'POST' }), ({ status }) => status !== 404, 'the webhook');
		const text = await answer.text();
		if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
		return JSON.parse(text) as Item[];
	}

	it('copies two CRMs in one workflow; again it changes nothing; each change starts one run', async () => {
		const changes = await publishTrigger({ salonId: 'yclients', checkEvery: 'tenSeconds' });
		const address = await publishSync();
		const first = await call(address);
		expect(first.map(({ salonId, status, message }) => ({ salonId, status, message }))).toEqual([
			{ salonId: 'yclients', status: 'done', message: null },
			{ salonId: 'altegio', status: 'done', message: null },
		]);
		expect(first.every(({ inserted }) => Number(inserted) > 3)).toBe(true);

		const second = await call(address);
		expect(second.map(({ status, inserted, updated, deleted }) => ({ status, inserted, updated, deleted }))).toEqual(Array(2).fill({ status: 'done', inserted: 0, updated: 0, deleted: 0 }));

		await newClient('79161230000');
		expect((await call(address))[0]).toMatchObject({ salonId: 'yclients', status: 'done', inserted: 1 });
		await ended(changes, 1);
		// what was told is not told again: the next run has the next change alone
		await call(address);
		await newClient('79161230001');
		await call(address);
		const runs = await ended(changes, 2);
		expect(runs.map((run) => run.items('Changes').map(({ kind, record }) => [kind, (record as { phone: string }).phone]))).toEqual([[['created', '+79161230000']], [['created', '+79161230001']]]);
	}, 240_000);

	/** Somebody at the desk writes a new card. */
	async function newClient(phone: string): Promise<void> {
		const { baseUrl, partnerToken, userToken } = benches.yclients?.credentials.aiAdminYclientsApi ?? {};
		const { value: branch } = benches.yclients?.settings.branchId as { value: string };
		const headers = { 'content-type': 'application/json', accept: 'application/vnd.yclients.v2+json', authorization: `Bearer ${String(partnerToken)}, User ${String(userToken)}` };
		expect((await fetch(`${String(baseUrl)}/clients/${branch}`, { method: 'POST', headers, body: JSON.stringify({ name: 'Новый клиент', phone }) })).ok).toBe(true);
	}

	/** Waits for so many runs of a workflow, the first one first. */
	async function ended(workflowId: string, count: number): Promise<readonly Ended[]> {
		const list = await until(() => n8n.rest.executions({ workflowId }), (runs) => runs.filter(({ status }) => status === 'success').length >= count, `run ${count} of the trigger`);
		expect(list.map(({ status }) => status)).toEqual(Array(count).fill('success'));
		return Promise.all(list.reverse().map(({ id }) => endOf(n8n, id)));
	}

	describe('of a big branch', () => {
		const CLIENTS = /\/clients\/search/;
		const branches: Branch[] = [];
		afterAll(() => Promise.all(branches.map(({ sim }) => sim.close())));

		/** A branch with its own copy, and a workflow that reads it. */
		async function bigSalon(salonId: string, clients: number): Promise<{ readonly sim: Branch['sim']; start(): Promise<string>; book(): string[] }> {
			const branch = await altegioBranch(clients);
			branches.push(branch);
			const { parameters, credentials: data } = branch.panel;
			const chosen = Object.fromEntries(await Promise.all(Object.entries(data).map(async ([type, one]) => [type, await n8n.rest.createCredential({ name: `${salonId} ${type}`, type, data: one })])));
			const first = { id: randomUUID(), name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
			const sync = { id: randomUUID(), name: 'Sync', type: 'n8n-nodes-ai-admin.crmSync', typeVersion: 1, position: [220, 0], credentials: chosen, parameters: { ...parameters, salonId, kind: 'full', entities: ['clients'] } };
			const workflow: StoredWorkflow = await n8n.rest.importWorkflow({ name: salonId, nodes: [first, sync], connections: { Start: { main: [[{ node: 'Sync', type: 'main', index: 0 }]] } }, settings: { executionOrder: 'v1', executionTimeout: 12 } });
			return {
				sim: branch.sim,
				start: async () => ((await n8n.rest.run(workflow, 'Start')) as { executionId: string }).executionId,
				book() {
					const rows = salonRows(n8n.userFolder, salonId);
					const words = rows.statuses();
					rows.close();
					return words;
				},
			};
		}

		it('ends well before n8n would end the execution, and goes on in the next one', async () => {
			const { sim, start } = await bigSalon('slow', BIG);
			sim.faults.add(late(3_000), { path: CLIENTS, times: Infinity });
			const first = await endOf(n8n, await start());
			expect([first.status, first.items('Sync')[0]]).toMatchObject(['success', { status: 'stopped', message: expect.stringMatching(/goes on/) as string }]);
			const read = Number(first.items('Sync')[0]?.['rows']);
			expect(read).toBeGreaterThan(0);
			expect(read).toBeLessThan(BIG);
			sim.faults.clear();
			const second = await endOf(n8n, await start());
			expect(second.items('Sync')[0]).toMatchObject({ status: 'done' });
			// the last page is read once more to see whether the list stood still
			expect(Number(second.items('Sync')[0]?.['rows'])).toBeLessThanOrEqual(BIG - read + 200);
		});

		it('stops reading when the execution is stopped, and says so in its book', async () => {
			const { sim, start, book } = await bigSalon('stopped', 450);
			const held = gate('done');
			sim.faults.add(held.fault, { path: CLIENTS });
			const id = await start();
			await held.reached;
			await n8n.rest.request('POST', `/rest/executions/${id}/stop`);
			const asked = sim.requests.all.length;
			held.open();
			expect((await endOf(n8n, id)).status).toBe('canceled');
			expect(await until(book, ([last]) => last !== 'running', 'the run to end')).toMatchObject({ 0: 'stopped' });
			expect(sim.requests.all.length).toBe(asked);
			expect((await endOf(n8n, await start())).items('Sync')[0]).toMatchObject({ status: 'done' });
		});
	});
});
