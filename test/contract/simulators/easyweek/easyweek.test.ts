import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cut, positionsOf, throttled } from '../kit';
import { closeAll, dataOf, DAY, wish, workspace, type Ask, type Told } from './bench';
import { EASYWEEK_SWITCHES, type EasyweekSimulator, furnish, startEasyweek } from './index';

afterEach(closeAll);

describe('sign-in, envelope and limit (confirmed; ping and workspace: one live source)', () => {
	it('needs key and Workspace header, and a plan with the API', async () => {
		const { sim, ask } = await workspace();
		expect((await ask('GET', '/ping')).body).toEqual({ ping: 'pong', version: 'v12.32.3' });
		expect((await ask('GET', '/workspace', undefined, { workspace: '' })).status).toBe(400);
		expect((await ask('GET', '/workspace', undefined, { authorization: 'Bearer secret_other' })).status).toBe(401);
		expect((await ask('GET', '/workspace', undefined, { authorization: sim.key })).status).toBe(401);
		expect((await ask('GET', '/workspace', undefined, { workspace: 'other' })).status).toBe(403);
		sim.state.workspace.apiAllowed = false;
		expect((await ask('GET', '/workspace')).status).toBe(403);
		sim.guard.revoke(sim.key);
		expect((await ask('GET', '/workspace')).status).toBe(401);
	});

	it('refuses the 61st request of a minute and says how long to wait', async () => {
		const { sim, ask } = await workspace({ limits: true });
		for (let index = 0; index < 60; index += 1) expect((await ask('GET', '/ping')).status).toBe(200);
		sim.clock.advance(10_000);
		const refused = await ask('GET', '/ping');
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '50']);
		sim.switches.retryAfter = 'absent';
		expect((await ask('GET', '/ping')).headers.get('retry-after')).toBeNull();
		sim.clock.advance(50_000);
		expect((await ask('GET', '/ping')).status).toBe(200);
	});

	it('pages with links and meta, 15 by default and 100 at most', async () => {
		const { sim, ask } = await workspace();
		for (let index = 0; index < 120; index += 1) await ask('POST', '/customers', { first_name: 'Guest', phone: `+4917000${String(10_000 + index)}` });
		expect((await ask('GET', '/customers')).body.meta).toEqual({ current_page: 1, last_page: 8, per_page: 15, total: 120 });
		const page = await ask('GET', '/customers?per_page=500');
		expect(dataOf(page)).toHaveLength(100);
		const { next } = page.body.links as { readonly next: string };
		const last = await ask('GET', next.split('/api/public/v2')[1] ?? '');
		expect(dataOf(last)).toHaveLength(20);
		expect((last.body.links as { readonly next: string | null }).next).toBeNull();
		expect(sim.requests.find('GET', /customers/)).toHaveLength(3);
	});

	it('answers 404 for an unknown uuid, an unknown path and a wrong verb alike', async () => {
		const { ask } = await workspace();
		const asked = await Promise.all([ask('GET', '/bookings/none'), ask('GET', '/nothing'), ask('POST', '/bookings/none/set-booking-cancel'), ask('DELETE', '/bookings/none')]);
		expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
	});
});

describe('catalogue and slots (confirmed; two shapes of slots, the sources differ)', () => {
	it('gives minor units, lengths with a label, and a zone as object or string', async () => {
		const { sim, ask } = await workspace();
		const [service] = dataOf(await ask('GET', `/locations/${sim.ids.location}/services`));
		expect(service).toMatchObject({ price: 4500, currency: 'EUR', duration: { value: 60, label: 'minutes', iso_8601: 'PT1H' }, category: { name: 'Hair' } });
		sim.switches.durationLabel = 'hours';
		expect(dataOf(await ask('GET', `/locations/${sim.ids.location}/services`)).map(({ duration }) => duration)).toEqual([
			{ value: 1, label: 'hours', iso_8601: 'PT1H' },
			{ value: 90, label: 'minutes', iso_8601: 'PT1H30M' },
		]);
		expect(dataOf(await ask('GET', '/locations'))[0]?.timezone).toMatchObject({ name: 'Europe/Berlin', offset: '+01:00' });
		sim.switches.timezoneShape = 'string';
		expect(dataOf(await ask('GET', '/locations'))[0]?.timezone).toBe('Europe/Berlin');
	});

	const slots = async (ask: Ask, { ids }: EasyweekSimulator, more = ''): Promise<Told> =>
		ask('GET', `/locations/${ids.location}/time-slots?service_uuid=${ids.services.get('cut')}&range_start=${DAY}&range_end=${DAY}${more}`);

	it('offers what hours and people leave, for one person or for anybody', async () => {
		const { sim, ask } = await workspace();
		await ask('POST', '/bookings', wish(sim));
		const anybody = dataOf<{ readonly dates: readonly { readonly slots: readonly { readonly start: string; readonly quantity: number }[] }[] }>(await slots(ask, sim));
		const ten = anybody.dates[0]?.slots.find(({ start }) => start === `${DAY}T10:00:00+01:00`);
		expect(ten).toMatchObject({ end: `${DAY}T11:00:00+01:00`, price: 4500, quantity: 1 });
		expect(anybody.dates[0]?.slots.at(-1)?.start).toBe(`${DAY}T18:00:00+01:00`);
		const anna = dataOf<typeof anybody>(await slots(ask, sim, `&staffer_uuid=${sim.ids.staff.get('Anna')}`));
		expect(anna.dates[0]?.slots.map(({ start }) => start)).not.toContain(`${DAY}T10:00:00+01:00`);
		const color = await ask('GET', `/locations/${sim.ids.location}/time-slots?service_uuid=${sim.ids.services.get('color')}&staffer_uuid=${sim.ids.staff.get('Maria')}&range_start=${DAY}&range_end=${DAY}`);
		expect(dataOf<typeof anybody>(color).dates).toEqual([]);
		sim.switches.emptyDays = 'empty';
		expect(dataOf<typeof anybody>(await slots(ask, sim, `&staffer_uuid=${sim.ids.staff.get('Anna')}`)).dates).toHaveLength(1);
	});

	it('has a second shape whose end is no clock time', async () => {
		const { sim, ask } = await workspace({ switches: { slotShape: 'B' } });
		expect((await slots(ask, sim)).body).toMatchObject({ dates: [{ date: DAY, intervals: expect.arrayContaining([{ start_formatted: '10:00', end_formatted: '39600' }]) }] });
	});

	it('cuts the past, refuses more than three months and unreadable days', async () => {
		const { sim, ask } = await workspace({ now: `${DAY}T17:30:00+01:00` });
		const { dates } = dataOf<{ readonly dates: readonly { readonly slots: readonly { readonly start: string }[] }[] }>(await slots(ask, sim));
		expect(dates[0]?.slots.map(({ start }) => start)).toEqual([`${DAY}T18:00:00+01:00`]);
		const range = (from: string, to: string): string => `/locations/${sim.ids.location}/time-slots?service_uuid=${sim.ids.services.get('cut')}&range_start=${from}&range_end=${to}`;
		expect((await ask('GET', range('2026-11-24', '2027-03-24'))).status).toBe(422);
		expect((await ask('GET', range('24.11.2026', '2026-11-25'))).status).toBe(422);
	});

	it('skips the hour a clock change leaves out', async () => {
		const night = { zone: 'Europe/Berlin', stepMinutes: 30, hours: { from: '00:00', to: '06:00' }, services: [{ name: 'cut', minutes: 60, price: 1 }], staff: [{ name: 'Anna', services: ['cut'] }] };
		const { sim, ask } = await workspace({ salon: night, now: '2026-03-25T09:00:00+01:00' });
		const told = await ask('GET', `/locations/${sim.ids.location}/time-slots?service_uuid=${sim.ids.services.get('cut')}&range_start=2026-03-29&range_end=2026-03-29`);
		const { dates } = dataOf<{ readonly dates: readonly { readonly slots: readonly { readonly start: string }[] }[] }>(told);
		expect(dates[0]?.slots.slice(3, 5).map(({ start }) => start.slice(11))).toEqual(['01:30:00+01:00', '03:00:00+02:00']);
	});
});

describe('customers (find: one live source; create: one source; update: unknown, off)', () => {
	it('finds by the exact phone, and nobody when the plus is not encoded', async () => {
		const { ask } = await workspace();
		await ask('POST', '/customers', { first_name: 'Anna', phone: '+491700000001' });
		expect(dataOf(await ask('GET', '/customers?phone=%2B491700000001'))).toMatchObject([{ first_name: 'Anna', middle_name: null }]);
		expect(dataOf(await ask('GET', '/customers?phone=+491700000001'))).toEqual([]);
		expect(dataOf(await ask('GET', '/customers?phone=%2B49170000000'))).toEqual([]);
	});

	it('keeps a phone to one card, and updates only where the switch has it', async () => {
		const { sim, ask } = await workspace();
		const card = { first_name: 'Anna', phone: '+491700000001' };
		const made = dataOf<{ readonly uuid: string }>(await ask('POST', '/customers', card));
		expect((await ask('POST', '/customers', card)).body).toMatchObject({ errors: { phone: ['The phone has already been taken.'] } });
		expect((await ask('PUT', `/customers/${made.uuid}`, { first_name: 'Olga' })).status).toBe(404);
		sim.switches.customerUpdate = '200';
		expect(dataOf(await ask('PUT', `/customers/${made.uuid}`, { first_name: 'Olga' }))).toMatchObject({ first_name: 'Olga', phone: card.phone });
		sim.switches.customerTaken = '409';
		expect((await ask('POST', '/customers', card)).status).toBe(409);
	});
});

describe('bookings (create: confirmed; read, list, cancel, cart: live sources; conflict 409: one source)', () => {
	it('books, matches the customer by phone, and names neither person nor catalogue service', async () => {
		const { sim, ask } = await workspace();
		const made = await ask('POST', '/bookings', wish(sim));
		await ask('POST', '/bookings', wish(sim, { reserved_on: `${DAY}T12:00:00Z`, customer_first_name: 'Other' }));
		expect(made.status).toBe(201);
		const booking = dataOf<{ readonly uuid: string; readonly ordered_services: readonly { readonly uuid: string }[] }>(made);
		expect(booking).toMatchObject({ start_time: `${DAY}T09:00:00Z`, end_time: `${DAY}T10:00:00Z`, is_canceled: false, public_notes: 'via chat', order: { total: 4500 }, customer: { phone: '+491700000001' } });
		expect(booking.ordered_services[0]?.uuid).not.toBe(sim.ids.services.get('cut'));
		expect(JSON.stringify(booking)).not.toContain(sim.ids.staff.get('Anna'));
		expect(sim.state.customers.size).toBe(1);
		const mine = dataOf(await ask('GET', `/bookings?staffer_uuid=${sim.ids.staff.get('Anna')}`));
		expect(mine.map((row) => Object.keys(row).sort())[0]).toEqual(['end_time', 'is_canceled', 'is_completed', 'location_uuid', 'start_time', 'uuid']);
		expect(dataOf(await ask('GET', `/bookings?staffer_uuid=${sim.ids.staff.get('Maria')}`))).toEqual([]);
	});

	it('takes a slot once for many who want it', async () => {
		const { sim, ask } = await workspace();
		const phones = Array.from({ length: 10 }, (_, index) => `+49170000001${index}`);
		const told = await Promise.all(phones.map((phone) => ask('POST', '/bookings', wish(sim, { customer_phone: phone }))));
		expect(told.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
		expect(sim.state.customers.size).toBe(1);
		sim.switches.conflictStatus = '422';
		expect((await ask('POST', '/bookings', wish(sim))).body).toMatchObject({ errors: { reserved_on: [expect.stringContaining('time slot')] } });
	});

	it('keeps the people of one location out of another', async () => {
		const { sim, ask } = await workspace();
		const plan = { zone: 'Europe/Lisbon', stepMinutes: 30, hours: { from: '10:00', to: '19:00' }, services: [{ name: 'cut', minutes: 60, price: 4500 }], staff: [{ name: 'Rita', services: ['cut'] }] };
		const lisbon = furnish(sim.state, plan, 'Studio South');
		expect(dataOf(await ask('GET', '/locations')).map(({ name }) => name)).toEqual(['Studio North – Mitte', 'Studio South']);
		expect((await ask('POST', '/bookings', wish(sim, { location_uuid: lisbon.location }))).status).toBe(422);
		expect((await ask('POST', '/bookings', wish(sim, { location_uuid: lisbon.location, staffer_uuid: lisbon.staff.get('Rita'), reserved_on: `${DAY}T10:00:00Z` }))).status).toBe(201);
		expect(dataOf(await ask('GET', `/bookings?location_uuid=${sim.ids.location}`))).toEqual([]);
	});

	it('picks somebody free when nobody is named', async () => {
		const { sim, ask } = await workspace();
		const anyone = wish(sim, { staffer_uuid: undefined });
		const told = await Promise.all([1, 2, 3].map(() => ask('POST', '/bookings', anyone)));
		expect(told.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
	});

	it('refuses hours, grid, past and people who cannot with 422 and the field', async () => {
		const { sim, ask } = await workspace();
		const errorOf = async (more: object): Promise<unknown> => Object.keys((await ask('POST', '/bookings', wish(sim, more))).body.errors ?? {});
		expect(await errorOf({ reserved_on: `${DAY}T18:30:00Z` })).toEqual(['reserved_on']);
		expect(await errorOf({ reserved_on: `${DAY}T09:10:00Z` })).toEqual(['reserved_on']);
		expect(await errorOf({ reserved_on: '2026-11-19T09:00:00Z' })).toEqual(['reserved_on']);
		expect(await errorOf({ reserved_on: 'tomorrow' })).toEqual(['reserved_on']);
		expect(await errorOf({ service_uuid: sim.ids.services.get('color'), staffer_uuid: sim.ids.staff.get('Maria') })).toEqual(['staffer_uuid']);
		expect(await errorOf({ customer_phone: '0170' })).toEqual(['customer_phone']);
		expect(sim.state.bookings.size).toBe(0);
	});

	it('reads a time without zone as UTC, or refuses it', async () => {
		const { sim, ask } = await workspace();
		expect(dataOf(await ask('POST', '/bookings', wish(sim, { reserved_on: `${DAY}T10:00:00` })))).toMatchObject({ start_time: `${DAY}T10:00:00Z` });
		sim.switches.zonelessBooking = 'refused';
		expect((await ask('POST', '/bookings', wish(sim, { reserved_on: `${DAY}T12:00:00` }))).status).toBe(422);
	});

	it('books several services in a row as one booking', async () => {
		const { sim, ask } = await workspace({ switches: { zonelessCart: 'location' } });
		const anna = sim.ids.staff.get('Anna');
		const services = ['cut', 'color'].map((name) => ({ service_uuid: sim.ids.services.get(name), staffer_uuid: anna }));
		const cart = { location_uuid: sim.ids.location, customer_phone: '+491700000001', customer_first_name: 'Anna', items: [{ datetime_start: `${DAY}T10:00:00`, services }] };
		expect(dataOf(await ask('POST', '/bookings/cart', cart))).toMatchObject({ start_time: `${DAY}T09:00:00Z`, end_time: `${DAY}T11:30:00Z`, order: { total: 13_500 } });
		const late = { ...cart, items: [{ datetime_start: `${DAY}T17:00:00`, services }] };
		expect((await ask('POST', '/bookings/cart', late)).status).toBe(422);
	});

	it('lists by start time, cancelled ones too, and cancels with a known reason', async () => {
		const { sim, ask } = await workspace();
		const { uuid } = dataOf<{ readonly uuid: string }>(await ask('POST', '/bookings', wish(sim)));
		expect((await ask('PUT', `/bookings/${uuid}/status/cancel`, { cancel_reason: 'no idea' })).status).toBe(422);
		const cancel = async (): Promise<number> => (await ask('PUT', `/bookings/${uuid}/status/cancel`, { cancel_reason: 'customer_request' })).status;
		expect(await cancel()).toBe(200);
		expect(await cancel()).toBe(200);
		sim.switches.cancelTwice = 'refused';
		expect(await cancel()).toBe(422);
		expect(dataOf(await ask('GET', `/bookings?reserved_on_from=${DAY}&reserved_on_to=${DAY}`))).toMatchObject([{ uuid, is_canceled: true }]);
		expect(dataOf(await ask('GET', '/bookings?reserved_on_from=2026-11-25'))).toEqual([]);
		expect((await ask('GET', '/bookings?reserved_on_from=soon')).status).toBe(422);
		expect((await ask('POST', '/bookings', wish(sim))).status).toBe(201);
	});

	it('hides orders from a query with a staffer, and shows what was paid', async () => {
		const { sim, ask } = await workspace();
		const { uuid } = dataOf<{ readonly uuid: string }>(await ask('POST', '/bookings', wish(sim)));
		sim.desk.complete(uuid, 4500);
		const customer = [...sim.state.customers.keys()][0];
		expect(dataOf(await ask('GET', `/orders?customer_uuid=${customer}`))).toMatchObject([{ total: 4500, amount_paid: 4500 }]);
		expect(dataOf(await ask('GET', `/orders?customer_uuid=${customer}&staffer_uuid=${sim.ids.staff.get('Anna')}`))).toEqual([]);
		expect((await ask('GET', '/orders?created_at_from=2026-11-20T00:00:00Z')).status).toBe(422);
	});

	it('loses answers by script: one booking without an answer, none without an effect', async () => {
		const { sim, ask } = await workspace();
		sim.faults.add(cut('none'), { method: 'POST' });
		sim.faults.add(cut('done'), { method: 'POST' });
		await expect(ask('POST', '/bookings', wish(sim))).rejects.toThrow();
		expect(sim.state.bookings.size).toBe(0);
		await expect(ask('POST', '/bookings', wish(sim))).rejects.toThrow();
		expect(sim.state.bookings.size).toBe(1);
		sim.faults.add(throttled(7));
		const refused = await ask('GET', '/ping');
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
	});
});

describe('webhooks (one source, production captures)', () => {
	it('posts a flat body without the event’s name, three times, then switches itself off until resumed', async () => {
		const { sim, ask } = await workspace();
		let status = 200;
		const bodies: Record<string, unknown>[] = [];
		const server = createServer((request, response) => {
			let text = '';
			request.on('data', (chunk: Buffer) => (text += chunk.toString()));
			request.on('end', () => {
				bodies.push(JSON.parse(text) as Record<string, unknown>);
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
			sim.hooks.set('booking-created', `${url}?event=booking-created`);
			sim.hooks.set('booking-rescheduled', `${url}?event=booking-rescheduled`);
			const { uuid } = dataOf<{ readonly uuid: string }>(await ask('POST', '/bookings', wish(sim)));
			await sim.hooks.sender.flush();
			expect(bodies[0]).toMatchObject({ uid: uuid, id: expect.any(Number), booking_date_start: `${DAY}T09:00:00+0000`, booking_date_start_tz: `${DAY} 10:00:00`, booking_price: '45.00', booking_price_int: 4500 });
			expect(bodies[0]).toHaveProperty(['booking_attributes.booking_comment'], 'via chat');
			expect(JSON.stringify(bodies[0])).not.toContain('booking-created');
			status = 500;
			sim.desk.move(uuid, `${DAY}T12:00:00Z`);
			await sim.hooks.sender.flush();
			expect([bodies.length, sim.hooks.isDisabled('booking-rescheduled'), sim.hooks.isDisabled('booking-created')]).toEqual([4, true, false]);
			sim.desk.move(uuid, `${DAY}T13:00:00Z`);
			await sim.hooks.sender.flush();
			expect(bodies).toHaveLength(4);
			status = 200;
			sim.hooks.resume('booking-rescheduled');
			sim.desk.move(uuid, `${DAY}T14:00:00Z`);
			await sim.hooks.sender.flush();
			expect(bodies.at(-1)).toMatchObject({ booking_date_start: `${DAY}T14:00:00+0000` });
		} finally {
			await new Promise((resolve) => server.close(resolve));
		}
	});
});

it('is the same workspace for the same seed, and starts in every position of every switch', async () => {
	const build = async (options: Parameters<typeof startEasyweek>[0]): Promise<unknown> => {
		const { sim, ask } = await workspace(options);
		expect((await ask('POST', '/bookings', wish(sim))).status).toBeLessThan(300);
		return sim.ids;
	};
	expect(await build({ seed: 7 })).toEqual(await build({ seed: 7 }));
	for (const { changes } of positionsOf(EASYWEEK_SWITCHES)) await build({ switches: changes });
});
