jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { closeNodes } from './support/harness';
import { triggerBench, type Received, type TriggerBench } from './support/trigger-bench';
import { chosen } from './support/walking';
import { addSalon, startYclients, type SimulatedSalon, type VendorSimulator } from '../contract/simulators/yclients';
import { failing } from '../contract/simulators/kit';
import { createYclientsCrm, createYclientsTransport, signingHeaders } from '../../core/crm/yclients';
import { createAxiosPort } from '../../core/crm/http';
import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

const OTHERS = 'http://127.0.0.1:9/other';

interface World {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	readonly bench: (parameters?: INodeParameters, workflowId?: string) => Promise<TriggerBench>;
	/** Books a visit as somebody else would; its id. */
	book(days: number): Promise<string>;
	/** The trigger's address at the vendor. */
	address(): URL;
}

const open: VendorSimulator[] = [];
/** Simulators number alike: what one has passed must not stop another. */
let worlds = 0;

async function world(switches: Parameters<typeof startYclients>[0] = {}): Promise<World> {
	const sim = await startYclients({ now: new Date().toISOString(), running: true, ...switches });
	open.push(sim);
	const salon = addSalon(sim, {
		zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 0, bookingHorizonDays: 60, changeNoticeMinutes: 0, stepMinutes: 30,
		services: [{ name: 'cut', minutes: 60, price: 200_000 }], hours: { from: '09:00', to: '21:00' }, staff: [{ name: 'Anna', services: ['cut'] }],
	});
	const { company } = salon;
	company.hooks = { urls: [OTHERS], active: true, on: new Set(['client']) };
	const client = sim.state.addClient(company.id, { name: 'Вера', phone: '79161234501' }, sim.clock.now());
	const partnerToken = [...sim.state.partnerTokens][0] ?? '';
	const credentials = { aiAdminYclientsApi: { partnerToken, signIn: 'token', userToken: salon.user.token, baseUrl: sim.url } };
	const crm = createYclientsCrm({
		companyId: String(company.id),
		clock: () => new Date().toISOString(),
		transport: createYclientsTransport({ port: createAxiosPort(axios.create()), limiter: { take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }, baseUrl: sim.url, headers: signingHeaders({ partnerToken, userToken: salon.user.token }) }),
	});
	let booked = 0;
	const ownWorkflow = `published-${++worlds}`;
	return {
		sim,
		salon,
		bench: (parameters = {}, workflowId = ownWorkflow) => triggerBench({ node: 'yclientsBookingTrigger', parameters: { branchId: chosen(String(company.id)), ...parameters }, credentials, workflowId }),
		async book(days) {
			const date = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
			const slots = await crm.slots({ serviceIds: [salon.serviceId('cut')], from: date, to: date });
			const [slot] = slots.kind === 'ok' ? slots.value : [];
			const made = await crm.createAppointment({ clientId: String(client.id), serviceIds: [salon.serviceId('cut')], staffId: salon.staffId('Anna'), start: slot?.start ?? '' }, `visit ${++booked}`);
			if (made.kind !== 'ok') throw new Error(`not booked: ${JSON.stringify(made)}`);
			return made.value.id;
		},
		address: () => new URL(company.hooks.urls.find((url) => url !== OTHERS) ?? ''),
	};
}

/** Hands over what the vendor has sent last to the trigger. */
async function deliverLast({ sim }: World, bench: TriggerBench, query: Record<string, string>): Promise<Received> {
	await sim.webhooks.flush();
	const sent = sim.webhooks.deliveries.filter(({ call }) => !call.url.startsWith(OTHERS)).at(-1);
	return bench.deliver({ query, body: JSON.parse(sent?.call.body ?? '{}') as unknown });
}

const secretOf = (address: URL): Record<string, string> => ({ secret: address.searchParams.get('secret') ?? '' });

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

describe('the webhook of YCLIENTS Booking Trigger', () => {
	it('adds its address with a secret when published, once, and takes away nothing but it', async () => {
		const { salon: { company }, bench, address } = await world();
		const trigger = await bench({ events: ['appointment', 'staff'] });
		await trigger.publish();
		await trigger.publish();
		expect(company.hooks.urls).toHaveLength(2);
		expect(address().pathname).toMatch(/webhook/);
		expect(secretOf(address()).secret).toMatch(/^[0-9a-f]{32}$/);
		expect([...company.hooks.on].sort()).toEqual(['client', 'master', 'record']);
		await trigger.unpublish();
		expect(company.hooks.urls).toEqual([OTHERS]);
	});

	it('gives the record as it is now, not as the delivery says', async () => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		const id = await here.book(2);
		const record = here.sim.state.records.get(Number(id));
		const received = await deliverLast(here, trigger, secretOf(here.address()));
		expect(received.status).toBe(200);
		expect(received.items).toMatchObject([{ event: 'appointment', change: 'create', id, problem: null, record: { id, status: 'booked', staffId: String(record?.staffId) } }]);
	});

	it.each([
		['none', {}],
		['another', { secret: 'f'.repeat(32) }],
		['a part of it', { secret: 'cut' }],
	])('answers 401 to %s as secret, asks the vendor nothing and starts no run', async (what, given) => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		const id = await here.book(3);
		const { secret = '' } = secretOf(here.address());
		const asked = here.sim.requests.all.length;
		const received = await deliverLast(here, trigger, what === 'a part of it' ? { secret: secret.slice(0, 31) } : given);
		expect(received).toEqual({ status: 401, items: null });
		expect(here.sim.requests.all.length).toBe(asked);
		expect(id).not.toBe('');
	});

	it('lets a delivery that comes again through once, also many at one moment, and another change of the record too', async () => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		const id = await here.book(2);
		const key = secretOf(here.address());
		const burst = await Promise.all(Array.from({ length: 20 }, () => deliverLast(here, trigger, key)));
		expect(burst.map(({ status }) => status)).toEqual(Array(20).fill(200));
		expect(burst.filter(({ items }) => items !== null)).toHaveLength(1);
		here.sim.state.changed(here.salon.company.id, 'record', Number(id), 'delete');
		expect((await deliverLast(here, trigger, key)).items).toHaveLength(1);
		const second = await here.bench({}, 'another-workflow');
		await second.publish();
		expect((await deliverLast(here, second, secretOf(new URL(here.salon.company.hooks.urls.at(-1) ?? '')))).items).toHaveLength(1);
	});

	it('runs for an event that a test in the editor has had', async () => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		const body = { company_id: here.salon.company.id, resource: 'record', resource_id: Number(await here.book(2)), status: 'create', data: {} };
		const query = secretOf(here.address());
		expect((await trigger.deliver({ query, body, isTest: true })).items).toHaveLength(1);
		expect((await trigger.deliver({ query, body })).items).toHaveLength(1);
	});

	it('takes no delivery of another branch, of no event that was chosen, and none that is no delivery', async () => {
		const here = await world();
		const trigger = await here.bench({ events: ['staff'] });
		await trigger.publish();
		await here.book(2);
		const key = secretOf(here.address());
		expect(await deliverLast(here, trigger, key)).toEqual({ status: 200, items: null });
		const foreign = { company_id: 1, resource: 'staff', resource_id: 5, status: 'update', data: {} };
		for (const body of [foreign, 'text', null, [], { company_id: 'x' }]) expect(await trigger.deliver({ query: key, body })).toEqual({ status: 200, items: null });
	});

	it('hands on an event whose record cannot be read, and says so', async () => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		const id = await here.book(2);
		here.sim.faults.add(failing(503), { path: /\/record\//, times: Infinity });
		const { items } = await deliverLast(here, trigger, secretOf(here.address()));
		expect(items).toMatchObject([{ id, record: null, problem: expect.stringMatching(/later/) as string }]);
	});

	it('says what to do when the account cannot set webhooks, and then takes the secret of the operator', async () => {
		const here = await world({ switches: { hooksSettings: '404' } });
		await expect((await here.bench()).publish()).rejects.toMatchObject({ description: expect.stringMatching(/By Hand.*Polling/) as string });
		await expect((await here.bench({ registration: 'manual', secret: 'short' })).publish()).rejects.toMatchObject({ message: expect.stringMatching(/too short/) as string });
		const byHand = await here.bench({ registration: 'manual', secret: 'a long secret of mine' });
		await byHand.publish();
		const body = { company_id: here.salon.company.id, resource: 'record', resource_id: Number(await here.book(2)), status: 'create', data: {} };
		expect((await byHand.deliver({ query: { secret: 'a long secret of his' }, body })).status).toBe(401);
		expect((await byHand.deliver({ query: { secret: 'a long secret of mine' }, body })).items).toHaveLength(1);
	});
});

describe('polling', () => {
	it('begins with what changes after it was published, finds each change once, and loses none to a failing CRM', async () => {
		const here = await world();
		const trigger = await here.bench({ mode: 'poll', events: ['appointment'] });
		await trigger.publish();
		expect(here.salon.company.hooks.urls).toEqual([OTHERS]);
		expect(await trigger.poll()).toBeNull();
		const id = await here.book(4);
		here.sim.faults.add(failing(503), { path: /\/records\//, times: 50 });
		await expect(trigger.poll()).rejects.toMatchObject({ message: 'The CRM is not available' });
		here.sim.faults.clear();
		expect(await trigger.poll()).toMatchObject([{ event: 'appointment', id, record: { id } }]);
		expect(await trigger.poll()).toBeNull();
	});

	it('stays where it was while a record cannot be read: says so when it is the first, and goes on from there when it is a later one', async () => {
		const here = await world();
		const trigger = await here.bench({ mode: 'poll', events: ['appointment'] });
		await trigger.poll();
		const before = trigger.cursor();
		const ids = [await here.book(4), await here.book(5)].sort();
		here.sim.faults.add(failing(503), { path: /\/record\//, times: 6 });
		await expect(trigger.poll()).rejects.toMatchObject({ message: 'The CRM is not available' });
		here.sim.faults.clear();
		here.sim.faults.add(failing(503), { path: /\/record\//, skip: 1, times: 6 });
		const first = await trigger.poll();
		expect({ given: first?.length, cursor: trigger.cursor() }).toEqual({ given: 1, cursor: before });
		here.sim.faults.clear();
		const second = await trigger.poll();
		expect([...(first ?? []), ...(second ?? [])].map(({ id }) => id).sort()).toEqual(ids);
		expect(trigger.cursor()).not.toBe(before);
	});

	it('refuses an event that only a webhook tells', async () => {
		const here = await world();
		const trigger = await here.bench({ mode: 'poll', events: ['staff'] });
		await trigger.poll();
		await expect(trigger.poll()).rejects.toMatchObject({ message: 'The event "staff" cannot be polled' });
	});
});
