jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import type { INodeParameters } from 'n8n-workflow';
import { type FamilyOptions, type FamilySimulator, startAmocrm } from '../contract/simulators/amocrm';
import { credentialOf, settingsOf, startOffice } from './support/amocrm-office';
import { closeNodes } from './support/harness';
import { triggerBench, type Received, type TriggerBench } from './support/trigger-bench';

const OTHERS = 'http://127.0.0.1:9/other';
const open: FamilySimulator[] = [];
let worlds = 0;

interface World {
	readonly sim: FamilySimulator;
	readonly bench: (parameters?: INodeParameters) => Promise<TriggerBench>;
	/** A visit that people of the salon put in; its id. */
	book(): string;
	/** The trigger's address at the vendor. */
	address(): URL;
}

async function world(options: FamilyOptions = {}): Promise<World> {
	const sim = await startOffice(startAmocrm, options);
	open.push(sim);
	const { ids, state } = sim;
	state.webhooks.push({ id: 1, destination: OTHERS, settings: ['add_lead'], sort: 1, disabled: false, created_at: 0, updated_at: 0 });
	const contact = state.putContact('Вера', '+79161234501');
	const credentials = { aiAdminAmocrmApi: credentialOf(sim) };
	const workflowId = `published-${(worlds += 1)}`;
	return {
		sim,
		bench: (parameters = {}) => triggerBench({ node: 'amocrmBookingTrigger', parameters: { ...settingsOf(sim), ...parameters }, credentials, workflowId }),
		book() {
			const values = new Map([[ids.fields.start, [{ value: state.now() + 86_400 }]], [ids.fields.duration, [{ value: '60' }]], [ids.fields.specialist, [{ value: 'Anna', enum_id: ids.staff.get('Anna') }]]]);
			const lead = state.putLead({ name: 'Визит', pipeline_id: ids.pipeline, status_id: ids.statusNew, values, contacts: [{ id: contact.id, is_main: true }] });
			sim.journal.added('lead', [lead]);
			return String(lead.id);
		},
		address: () => new URL(state.webhooks.find(({ destination }) => destination !== OTHERS)?.destination ?? ''),
	};
}

const secretOf = (address: URL): Record<string, string> => ({ secret: address.searchParams.get('secret') ?? '' });

/** Hands over what the vendor has sent last, as n8n reads the form. */
async function deliverLast({ sim }: World, bench: TriggerBench, query: Record<string, string>): Promise<Received> {
	await sim.hooks.flush();
	const sent = sim.hooks.sender.deliveries.filter(({ call }) => !call.url.startsWith(OTHERS)).at(-1);
	return bench.deliver({ query, body: Object.fromEntries(new URLSearchParams(sent?.call.body ?? '')) });
}

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

describe('the webhook of amoCRM Booking Trigger', () => {
	it('adds its address when published, once, and takes away nothing but it', async () => {
		const here = await world();
		const trigger = await here.bench({ events: ['appointment', 'client'] });
		await trigger.publish();
		await trigger.publish();
		expect(here.sim.state.webhooks).toHaveLength(2);
		expect(here.sim.state.webhooks[1]?.settings).toEqual(expect.arrayContaining(['add_lead', 'status_lead', 'update_contact']));
		await trigger.unpublish();
		expect(here.sim.state.webhooks.map(({ destination }) => destination)).toEqual([OTHERS]);
	});

	it('is added again after the CRM gave up on it, also where a known address is refused', async () => {
		const here = await world({ switches: { sameDestination: 'refused' } });
		const trigger = await here.bench();
		await trigger.publish();
		Object.assign(here.sim.state.webhooks[1] ?? {}, { disabled: true });
		await trigger.publish();
		expect(here.sim.state.webhooks.map(({ disabled }) => disabled)).toEqual([false, false]);
	});

	it('gives the visit as it is now, not as the delivery says, and once', async () => {
		const here = await world();
		const trigger = await here.bench({ events: ['appointment', 'lead'] });
		await trigger.publish();
		const id = here.book();
		const received = await deliverLast(here, trigger, secretOf(here.address()));
		expect(received.status).toBe(200);
		expect(received.items).toHaveLength(2);
		expect(received.items).toEqual(expect.arrayContaining([expect.objectContaining({ event: 'appointment', change: 'create', id, record: expect.objectContaining({ id, status: 'booked' }) as object })]));
		expect((await deliverLast(here, trigger, secretOf(here.address()))).items).toBeNull();
	});

	it.each([[{}], [{ secret: 'f'.repeat(32) }]])('answers 401 without its secret and asks the vendor nothing: %j', async (query) => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		here.book();
		await here.sim.hooks.flush();
		const asked = here.sim.requests.all.length;
		expect(await deliverLast(here, trigger, query)).toEqual({ status: 401, items: null });
		expect(here.sim.requests.all).toHaveLength(asked);
	});

	it('hears nothing of another account, of junk, or of leads that are no visits', async () => {
		const here = await world();
		const trigger = await here.bench({ events: ['appointment'] });
		await trigger.publish();
		const query = secretOf(here.address());
		const row = (more: Record<string, string>) => ({ 'leads[add][0][id]': '5', 'leads[add][0][pipeline_id]': String(here.sim.ids.pipeline), 'account[subdomain]': 'salon', ...more });
		for (const body of [row({ 'account[subdomain]': 'stranger' }), row({ 'leads[add][0][pipeline_id]': '1' }), row({ 'leads[add][0][id]': '../5' }), { '__proto__[x]': '1', 'account[subdomain]': 'salon' }, 'x', null, []]) {
			expect(await trigger.deliver({ query, body: body as Record<string, unknown> })).toEqual({ status: 200, items: null });
		}
	});

	it('says what to do where the plan has no webhooks', async () => {
		const here = await world({ switches: { webhookPlan: 'missing' } });
		await expect((await here.bench()).publish()).rejects.toMatchObject({ description: expect.stringMatching(/By Hand|Polling/) as string });
	});
});

describe('the polling of amoCRM Booking Trigger', () => {
	it('finds visits that changed, each once', async () => {
		const here = await world();
		const trigger = await here.bench({ mode: 'poll', events: ['appointment'] });
		expect(await trigger.poll()).toBeNull();
		const id = here.book();
		expect(await trigger.poll()).toMatchObject([{ event: 'appointment', id, record: { id } }]);
		expect(await trigger.poll()).toBeNull();
	});
});
