import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vendorFixtures } from '../node/support/fixtures';
import type { VendorBench } from '../node/support/vendor-fixture';
import { VENDORS } from '../../nodes/shared/vendors';
import { client, reachable, talkUntilBooked } from './support/client';
import { startN8n, type N8n } from './support/n8n';
import { endings } from './support/template';

const ASSISTANT = join(__dirname, 'workflows', 'webhook-assistant.json');
/** A name that no member of staff has. */
const FACTS = { service: 'Стрижка', contact: 'Борис' };
const FIRST = 'Здравствуйте, хочу на стрижку завтра в 3';

interface Workflow {
	name: string;
	nodes: { name: string; type: string; parameters: Record<string, unknown>; credentials?: object }[];
}

/** n8n publishes and polls in the background: asks again until it is so, or as long as told. */
async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean, seconds = 20): Promise<T> {
	for (let attempt = 0; ; attempt++) {
		const value = await read();
		if (isSo(value) || attempt >= seconds * 5) return value;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

describe('the demo dialogue through a real n8n', () => {
	let n8n: N8n;
	const benches: VendorBench[] = [];

	beforeAll(async () => {
		n8n = await startN8n();
	});

	afterAll(async () => {
		await n8n?.stop();
		await Promise.all(benches.map((bench) => bench.close()));
	});

	/** Stores the credentials of a bench; the choice of them as nodes hold it. */
	async function credentialsIn({ credentials }: VendorBench): Promise<Record<string, { id: string; name: string }>> {
		const chosen: Record<string, { id: string; name: string }> = {};
		for (const [type, data] of Object.entries(credentials)) {
			const name = `${type} ${randomUUID()}`;
			chosen[type] = { id: (await n8n.rest.createCredential({ name, type, data })).id, name };
		}
		return chosen;
	}

	/** The assistant of the other tests with another CRM: only the node's parameters and its credential change. */
	async function publishAssistant(bench: VendorBench, crm: string): Promise<string> {
		const workflow = JSON.parse(await readFile(ASSISTANT, 'utf8')) as Workflow;
		const path = `vendor-${randomUUID()}`;
		for (const node of workflow.nodes) {
			if (node.type === 'n8n-nodes-base.webhook') node.parameters = { ...node.parameters, path };
			if (!node.type.endsWith('.bookingCrm')) continue;
			node.parameters = { crm, salonId: crm, ...bench.settings };
			node.credentials = await credentialsIn(bench);
		}
		await n8n.rest.publish(await n8n.rest.importWorkflow({ ...workflow, name: `Assistant on ${crm}` }));
		const address = `${n8n.url}/webhook/${path}`;
		await reachable(address);
		return address;
	}

	it.each(vendorFixtures())('passes on $node by changing only node and credential', async ({ start }) => {
		const bench = await start();
		benches.push(bench);
		const vendor = VENDORS.find(({ signIns }) => signIns.some(({ credential }) => credential in bench.credentials));
		const address = await publishAssistant(bench, vendor?.value ?? '');
		const person = client(address, `guest of ${vendor?.value}`, '+79161234567');
		const { texts } = await talkUntilBooked((text) => person.say(text), FIRST, FACTS);
		const isBooked = bench.unsupported?.includes('appointment create') !== true;
		expect({ texts, isBooked: /записаны/.test(texts.at(-1) ?? '') }).toMatchObject({ isBooked });
	});

	/** A published workflow of YCLIENTS Booking Trigger alone, on a branch of its own. */
	async function publishTrigger(parameters: object) {
		const found = vendorFixtures().find(({ node }) => node === 'yclientsBooking');
		const bench = await found?.start();
		if (bench === undefined) throw new Error('YCLIENTS has no fixture');
		benches.push(bench);
		const trigger = {
			name: 'Changes', type: 'n8n-nodes-ai-admin.yclientsBookingTrigger', typeVersion: 1, position: [0, 0], id: randomUUID(), webhookId: randomUUID(),
			parameters: { ...bench.settings, events: ['appointment'], ...parameters }, credentials: await credentialsIn(bench),
		};
		const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'all' };
		const stored = await n8n.rest.importWorkflow({ name: 'Changes', nodes: [trigger], connections: {}, settings });
		await n8n.rest.publish(stored);
		const hooks = async (): Promise<readonly string[]> => {
			const { baseUrl, partnerToken, userToken } = bench.credentials.aiAdminYclientsApi ?? {};
			const { value } = bench.settings.branchId as { value: string };
			const headers = { accept: 'application/vnd.yclients.v2+json', authorization: `Bearer ${String(partnerToken)}, User ${String(userToken)}` };
			const answer = (await (await fetch(`${String(baseUrl)}/hooks_settings/${value}`, { headers })).json()) as { data: { urls: string[] } };
			return answer.data.urls;
		};
		return { bench, stored, hooks };
	}

	it('runs the workflow of YCLIENTS Booking Trigger once when a visit is booked, and takes its address away again', async () => {
		const { bench, stored, hooks } = await publishTrigger({});
		expect(await until(hooks, ({ length }) => length > 0)).toEqual([expect.stringMatching(/\/webhook\/.*\?secret=[0-9a-f]{32}$/)]);

		const person = client(await publishAssistant(bench, 'yclients'), 'guest of the trigger', '+79161234568');
		await talkUntilBooked((text) => person.say(text), FIRST, FACTS);
		expect(await endings(n8n, stored.id).reach(1)).toBe('success');

		const [address = ''] = await hooks();
		const forged = await fetch(address.replace(/secret=.*/, 'secret=guessed'), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
		expect(forged.status).toBe(401);
		expect(await n8n.rest.executions({ workflowId: stored.id })).toHaveLength(1);
		await n8n.rest.unpublish(stored.id);
		expect(await until(hooks, ({ length }) => length === 0)).toEqual([]);
	});

	it('finds the visit without an address when it polls', async () => {
		const { bench, stored, hooks } = await publishTrigger({ mode: 'poll', pollTimes: { item: [{ mode: 'everyMinute' }] } });
		const person = client(await publishAssistant(bench, 'yclients'), 'guest of the poll', '+79161234569');
		await talkUntilBooked((text) => person.say(text), FIRST, FACTS);
		const runs = await until(() => n8n.rest.executions({ workflowId: stored.id }), (list) => list.some(({ status }) => status === 'success'), 90);
		expect({ runs: runs.map(({ status }) => status), hooks: await hooks() }).toEqual({ runs: ['success'], hooks: [] });
		await n8n.rest.unpublish(stored.id);
	});
});
