jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { closeNodes, loadPackage } from './support/harness';
import { triggerBench, type Received, type TriggerBench } from './support/trigger-bench';
import { chosen } from './support/walking';
import { TRIGGER } from '../../nodes/Bitrix24BookingTrigger/trigger';
import type { Bitrix24Account } from '../../nodes/Bitrix24Booking/vendor';
import { bindEvents, boundEvents, hookSignalOf, unbindEvents } from '../../core/crm/bitrix24/office';
import { createBitrix24Transport, signedPort } from '../../core/crm/bitrix24';
import { createAxiosPort } from '../../core/crm/http';
import { ok } from '../../core/booking';
import { type Bitrix24Simulator, CONTACT, DEAL, furnish, type FurnishedSalon, startBitrix24 } from '../contract/simulators/bitrix24';
import { addItem } from '../contract/simulators/bitrix24/items';
import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

const SECRET = 'a long secret of mine';
const SHOWN_BY_PORTAL = '51856fefc120afa4b628cc82d3935cce';

interface World {
	readonly sim: Bitrix24Simulator;
	readonly salon: FurnishedSalon;
	bench(parameters?: INodeParameters, applicationToken?: string): Promise<TriggerBench>;
	/** A booking of the client by the front desk; its id. */
	book(): string;
}

const open: Bitrix24Simulator[] = [];

async function world(switches: Parameters<typeof startBitrix24>[0] = {}): Promise<World> {
	const sim = await startBitrix24({ start: new Date().toISOString(), running: true, plan: 'on-premise', ...switches });
	open.push(sim);
	// portals of two tests number their bookings alike
	const workflowId = `published ${open.length}`;
	const salon = furnish(sim.state, { services: [{ name: 'cut', price: 2000 }], staff: ['Anna'], hours: { from: 540, to: 1260 }, stepMinutes: 30 });
	const client = addItem(sim.state, CONTACT, { name: 'Вера' }, 1);
	sim.events.addOutgoing('http://127.0.0.1:9/hook', ['ONBOOKINGADD', 'ONCRMDEALADD', 'ONCRMDEALDELETE', 'ONCRMCONTACTUPDATE'], SHOWN_BY_PORTAL);
	return {
		sim,
		salon,
		bench: (parameters = {}, applicationToken = '') =>
			triggerBench({
				node: 'bitrix24BookingTrigger',
				parameters: { authentication: 'webhook', visitsAre: 'booking', pipelineId: chosen(''), salonPlan: '{}', registration: 'manual', secret: SECRET, ...parameters },
				credentials: { aiAdminBitrix24Api: { webhookUrl: sim.webhookUrl, applicationToken } },
				workflowId,
			}),
		book() {
			const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
			const made = sim.state.bookByHand(salon.resources.get('Anna')?.id ?? 0, `${day}T12:00:00`, `${day}T13:00:00`);
			made.clients = [{ id: client.id, type: { module: 'crm', code: 'CONTACT' } }];
			return String(made.id);
		},
	};
}

/** The last delivery of the portal, as n8n hands over a form. */
async function lastForm({ sim }: World): Promise<Record<string, string>> {
	await sim.events.sender.flush();
	return Object.fromEntries(new URLSearchParams(sim.events.sender.deliveries.at(-1)?.call.body ?? ''));
}

// the first of all tests would wait for the whole package
beforeAll(() => loadPackage(), 60_000);

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

describe('the webhook of Bitrix24 Booking Trigger', () => {
	const deliver = async (here: World, trigger: TriggerBench, query: Record<string, string> = { secret: SECRET }): Promise<Received> => trigger.deliver({ query, body: await lastForm(here) });

	it.each(['data', 'fields'] as const)('reads a booking back by its number alone (id in %s)', async (bookingEventId) => {
		const here = await world({ switches: { bookingEventId } });
		const trigger = await here.bench();
		await trigger.publish();
		const id = here.book();
		const received = await deliver(here, trigger);
		expect(received.items).toMatchObject([{ event: 'appointment', change: 'create', id, problem: null, record: { id, status: 'booked', clientId: expect.any(String) as string } }]);
		expect(await deliver(here, trigger)).toEqual({ status: 200, items: null });
	});

	it.each<Record<string, string>>([{}, { secret: 'another secret of his' }, { secret: SECRET.slice(0, -1) }])('answers 401 to %j and asks the portal nothing', async (query) => {
		const here = await world();
		const trigger = await here.bench();
		await trigger.publish();
		here.book();
		const asked = here.sim.requests.all.length;
		expect(await deliver(here, trigger, query)).toEqual({ status: 401, items: null });
		expect(here.sim.requests.all).toHaveLength(asked);
	});

	it('believes the portal’s own token instead of a secret, where the credential knows it', async () => {
		const here = await world();
		const trigger = await here.bench({}, SHOWN_BY_PORTAL);
		await trigger.publish();
		here.book();
		expect((await deliver(here, trigger, {})).items).toHaveLength(1);
		const other = await here.bench({}, `${SHOWN_BY_PORTAL.slice(0, -1)}0`);
		expect((await deliver(here, other)).status).toBe(401);
		expect((await trigger.deliver({ query: { secret: SECRET }, body: { event: 'ONBOOKINGADD', data: { ID: '1' } } })).status).toBe(401);
	});

	it('tells a deal that is gone, and takes none of what was not chosen or is no delivery', async () => {
		const here = await world();
		const trigger = await here.bench({ events: ['deal'] });
		await trigger.publish();
		const body = { event: 'ONCRMDEALDELETE', data: { FIELDS: { ID: '777' } }, ts: '1', auth: {} };
		expect((await trigger.deliver({ query: { secret: SECRET }, body })).items).toMatchObject([{ event: 'deal', change: 'delete', id: '777', record: null }]);
		here.book();
		expect(await deliver(here, trigger)).toEqual({ status: 200, items: null });
		for (const junk of ['text', null, [], { event: 5 }, { event: 'ONCRMDEALADD' }, { event: 'ONCRMDEALADD', data: { FIELDS: { ID: '../1' } } }, { 'data[__proto__][ID]': '1', event: 'ONCRMDEALADD' }]) {
			expect(await trigger.deliver({ query: { secret: SECRET }, body: junk })).toEqual({ status: 200, items: null });
		}
	});

	it('says what to do when a webhook cannot bind events', async () => {
		const here = await world();
		await expect((await here.bench({ registration: 'automatic' })).publish()).rejects.toMatchObject({ description: expect.stringMatching(/By Hand/) as string });
	});
});

describe('a visit that is a deal', () => {
	it('is told as one, and a deal of another pipeline as none', async () => {
		const account = (appointment: string) =>
			({ areDeals: true, crm: { appointment: async () => (appointment === 'found' ? ok({ id: '5' }) : { kind: 'refused', reason: 'not_found', message: '' }) }, office: { transport: { read: async () => ok({ id: '5' }) } } }) as unknown as Bitrix24Account;
		const body = { event: 'ONCRMDEALADD', data: { FIELDS: { ID: '5' } }, ts: '1' };
		const signals = TRIGGER.signalsOf(account('found'), { body, query: {}, headers: {}, raw: null });
		expect(signals.map(({ event }) => event)).toEqual(['deal', 'appointment']);
		expect(new Set(signals.map(({ key }) => key)).size).toBe(2);
		const [, visit] = signals;
		if (visit === undefined) throw new Error('no visit');
		expect((await TRIGGER.read(account('found'), visit)).kind).toBe('ok');
		expect(await TRIGGER.read(account('none'), visit)).toMatchObject({ kind: 'refused', reason: 'unsupported' });
	});
});

describe('events an application binds', () => {
	it('are bound once, and taken away without those of others', async () => {
		const { sim } = await world();
		const token = sim.access.issueTokens(sim.application, 1).accessToken;
		const port = signedPort(createAxiosPort(axios.create()), { current: async () => ok(token), renewed: async () => ok(token) });
		const office = { transport: createBitrix24Transport({ port, limiter: { take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }, baseUrl: `${sim.url}/rest/` }) };
		const [mine, others] = ['https://n8n.example/webhook/a?secret=s', 'https://other.example/hook'];
		await bindEvents(office, others, ['ONCRMDEALADD']);
		for (let times = 0; times < 2; times += 1) expect((await bindEvents(office, mine, ['ONCRMDEALADD', 'ONBOOKINGADD'])).kind).toBe('ok');
		expect(sim.events.bindingsOf(sim.application.clientId)).toHaveLength(3);
		expect(await boundEvents(office, mine)).toEqual(ok(['ONCRMDEALADD', 'ONBOOKINGADD']));
		expect((await unbindEvents(office, mine)).kind).toBe('ok');
		expect(sim.events.bindingsOf(sim.application.clientId).map(({ handler }) => handler)).toEqual([others]);
		expect(sim.state.itemsOf(DEAL).size).toBe(0);
	});

	it('tell two changes of a record apart, and one that comes twice not', () => {
		const told = (ts: string, event = 'ONCRMDEALUPDATE') => hookSignalOf({ event, data: { FIELDS: { ID: 342 } }, ts })?.key;
		expect(told('1')).toBe(told('1'));
		expect(new Set([told('1'), told('2'), told('1', 'ONCRMDEALDELETE')]).size).toBe(3);
	});
});
