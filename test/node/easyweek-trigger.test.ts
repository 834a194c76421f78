jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { closeNodes, nodeType } from './support/harness';
import { triggerBench, type Received, type TriggerBench } from './support/trigger-bench';
import { chosen } from './support/walking';
import { failing } from '../contract/simulators/kit';
import { EASYWEEK_EVENTS, type EasyweekEvent, type EasyweekSimulator, furnish, startEasyweek } from '../contract/simulators/easyweek';
import { addCustomer } from '../contract/simulators/easyweek/customers';
import type { INodeParameters } from 'n8n-workflow';

const SECRET = 'a long secret of mine';
const SALON = { zone: 'Europe/Moscow', stepMinutes: 30, hours: { from: '09:00', to: '21:00' }, services: [{ name: 'cut', minutes: 60, price: 200_000 }], staff: [{ name: 'Anna', services: ['cut'] }] };

interface World {
	readonly sim: EasyweekSimulator;
	bench(parameters?: INodeParameters, workflowId?: string): Promise<TriggerBench>;
	/** A booking as somebody at the desk makes it; its id. */
	book(location?: string): string;
	/** What the vendor has sent last, with the query of the address it was sent to. */
	last(): Promise<{ readonly query: Record<string, string>; readonly body: unknown }>;
}

const open: EasyweekSimulator[] = [];

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

async function world(): Promise<World> {
	// ids of their own: what one has let through another must not know
	const sim = await startEasyweek({ seed: open.length + 1, now: new Date().toISOString(), running: true, limits: false, country: 'RU', currency: 'RUB', salon: SALON });
	open.push(sim);
	const { uuid: customer } = addCustomer(sim.state, { firstName: 'Вера', lastName: '', phone: '+79161234501', email: null });
	// nothing listens there: what is sent is handed over by the test
	for (const event of EASYWEEK_EVENTS) sim.hooks.set(event, `http://127.0.0.1:9/hook?secret=${encodeURIComponent(SECRET)}&event=${event}`);
	const credentials = { aiAdminEasyweekApi: { apiKey: sim.key, workspace: sim.workspace, baseUrl: sim.baseUrl } };
	let booked = 0;
	return {
		sim,
		bench: (parameters = {}, workflowId) => triggerBench({ node: 'easyweekBookingTrigger', parameters: { locationId: chosen(sim.ids.location), secret: SECRET, ...parameters }, credentials, workflowId }),
		book(location = sim.ids.location) {
			const start = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 86_400_000 + (booked += 1) * 3_600_000;
			const line = { uuid: sim.state.uuid(), service: sim.ids.services.get('cut') ?? '', staffer: sim.ids.staff.get('Anna') ?? '', price: 200_000, minutes: 60, start };
			const ids = sim.state.ids();
			sim.state.bookings.set(ids.uuid, { ...ids, location, customer, createdAt: Date.now(), comment: '', lines: [line], canceled: false, completed: false, paid: 0, cancelReason: null, internalNotes: '' });
			fire(sim, 'booking-created', ids.uuid);
			return ids.uuid;
		},
		async last() {
			await sim.hooks.sender.flush();
			const sent = sim.hooks.sender.deliveries.at(-1)?.call;
			const url = new URL(sent?.url ?? 'http://127.0.0.1');
			for (const event of EASYWEEK_EVENTS) sim.hooks.resume(event);
			return { query: Object.fromEntries(url.searchParams), body: JSON.parse(sent?.body ?? '{}') as unknown };
		},
	};
}

function fire(sim: EasyweekSimulator, event: EasyweekEvent, id: string): void {
	const booking = sim.state.bookings.get(id);
	if (booking === undefined) throw new Error('no booking');
	sim.hooks.fire(event, booking);
}

const deliverLast = async (here: World, trigger: TriggerBench): Promise<Received> => trigger.deliver(await here.last());

describe('EasyWeek Booking Trigger', () => {
	it('cannot poll, and says so by offering no other mode', async () => {
		const { description, poll } = await nodeType('easyweekBookingTrigger');
		expect(poll).toBeUndefined();
		expect(description.properties.find(({ name }) => name === 'mode')).toMatchObject({ type: 'hidden', default: 'webhook' });
		expect(description.properties.some(({ name }) => name === 'pollTimes')).toBe(false);
	});

	it('is published only with a secret, since its address is added by hand', async () => {
		const here = await world();
		for (const secret of ['', 'short']) await expect((await here.bench({ secret })).publish()).rejects.toMatchObject({ message: expect.stringMatching(/missing or too short/) as string });
		await expect((await here.bench()).publish()).resolves.toBeUndefined();
		await expect((await here.bench()).unpublish()).resolves.toBeUndefined();
		expect(here.sim.requests.all).toEqual([]);
	});

	it('gives the visit as it is now, with the change the address names', async () => {
		const here = await world();
		const trigger = await here.bench();
		const id = here.book();
		expect(await deliverLast(here, trigger)).toMatchObject({ status: 200, items: [{ event: 'appointment', change: 'create', id, problem: null, record: { id, status: 'booked', staffId: here.sim.ids.staff.get('Anna') } }] });
		here.sim.desk.move(id, new Date(Date.now() + 5 * 86_400_000).toISOString());
		expect((await deliverLast(here, trigger)).items).toMatchObject([{ change: 'update', id }]);
		here.sim.desk.cancel(id);
		expect((await deliverLast(here, trigger)).items).toMatchObject([{ change: 'delete', id, record: { status: 'cancelled' } }]);
		fire(here.sim, 'booking-updated', id);
		const { query, body } = await here.last();
		expect((await trigger.deliver({ query: { secret: query.secret ?? '' }, body })).items).toMatchObject([{ change: 'update', id }]);
	});

	it.each([['none', {}], ['another', { secret: 'another long secret' }], ['a part of it', { secret: SECRET.slice(0, -1) }]])('answers 401 to %s as secret, asks the vendor nothing and starts no run', async (_what, query) => {
		const here = await world();
		const trigger = await here.bench();
		here.book();
		const { body } = await here.last();
		expect(await trigger.deliver({ query, body })).toEqual({ status: 401, items: null });
		expect(here.sim.requests.all).toEqual([]);
	});

	it('lets a delivery that comes again through once, also many at one moment, and once for each workflow', async () => {
		const here = await world();
		const trigger = await here.bench();
		const id = here.book();
		const delivery = await here.last();
		const burst = await Promise.all(Array.from({ length: 20 }, () => trigger.deliver(delivery)));
		expect(burst.map(({ status }) => status)).toEqual(Array(20).fill(200));
		expect(burst.filter(({ items }) => items !== null)).toHaveLength(1);
		here.sim.desk.complete(id, 200_000);
		expect((await deliverLast(here, trigger)).items).toMatchObject([{ record: { status: 'arrived' } }]);
		const second = await here.bench({}, 'another-workflow');
		expect((await second.deliver(delivery)).items).toHaveLength(1);
	});

	it('answers 200 to deliveries of another location and to what is none, and starts no run', async () => {
		const here = await world();
		const trigger = await here.bench();
		here.book(furnish(here.sim.state, SALON, 'South').location);
		expect(await deliverLast(here, trigger)).toEqual({ status: 200, items: null });
		for (const body of ['text', null, [], {}, { uid: 7012345, location_uuid: here.sim.ids.location }]) expect(await trigger.deliver({ query: { secret: SECRET, event: 'booking-created' }, body })).toEqual({ status: 200, items: null });
		expect(here.sim.requests.all).toEqual([]);
	});

	it('hands on a visit that cannot be read, and says so', async () => {
		const here = await world();
		const trigger = await here.bench();
		const id = here.book();
		here.sim.faults.add(failing(503), { path: /\/bookings\//, times: Infinity });
		expect((await deliverLast(here, trigger)).items).toMatchObject([{ id, record: null, problem: expect.stringMatching(/later/) as string }]);
	});
});
