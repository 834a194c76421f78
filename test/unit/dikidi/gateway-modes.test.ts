import type { Outcome } from '../../../core/booking';
import { GATEWAY_COMMANDS, signatureOf } from '../../../core/crm/dikidi';
import type { HttpRequest } from '../../../core/crm/http';
import type { DikidiSwitches } from '../../contract/simulators/dikidi';
import { reasonOf, valueOf } from '../../contract/support/bench';
import { type Company, type CompanyOptions, openCompany } from '../../contract/support/dikidi-company';
import { DAY, NOW, on, PHONE } from '../../contract/support/vendor-bench';

let company: Company;
afterEach(() => company.sim.close());

async function open(options: CompanyOptions = {}): Promise<Company> {
	company = await openCompany(options);
	return company;
}

const client = (): string => `${company.sim.state.addClient('Вера', PHONE).id}:${PHONE}`;
const wish = (clientId: string, more: object = {}) => ({ clientId, serviceIds: ['9001'], staffId: '501', start: on('12:00'), ...more });

describe('a gateway that does not do what it is asked', () => {
	const all = async (switches: Partial<DikidiSwitches>): Promise<readonly Outcome<unknown>[]> => {
		await open();
		const clientId = client();
		const visit = valueOf(await company.crm.createAppointment(wish(clientId, { start: on('15:00') }), 'standing'));
		Object.assign(company.sim.switches, switches);
		const { crm } = company;
		company.sim.clock.advance(700_000);
		const query = { serviceIds: ['9001'], from: DAY, to: DAY };
		return [await crm.company(), await crm.services(), await crm.slots(query), await crm.findClient(PHONE), await crm.appointments({ from: NOW, to: on('23:00') }), await crm.createAppointment(wish(clientId), 'k1'), await crm.rescheduleAppointment(visit.id, { start: on('17:00') }, 'k2'), await crm.cancelAppointment(visit.id, 'k3')];
	};

	it.each(['501', '404'] as const)('is refused as unsupported, %s', async (unsupportedStatus) => {
		const told = await all({ gateway: 'unsupported', unsupportedStatus });
		expect(told.map(reasonOf)).toEqual(told.map(() => 'unsupported'));
	});

	it('hands the client over to the page for a booking, and to a person for a change', async () => {
		await open();
		const visit = valueOf(await company.crm.createAppointment(wish(client()), 'k0'));
		for (const command of ['booking.create', 'booking.cancel', 'booking.reschedule']) company.sim.gateway.supported.delete(command);
		expect(await company.crm.createAppointment(wish(visit.clientId, { start: on('15:00') }), 'k1')).toMatchObject({ reason: 'unsupported', handoff: { kind: 'link', url: company.sim.links.byId } });
		expect(await company.crm.cancelAppointment(visit.id, 'k2')).toMatchObject({ reason: 'unsupported', handoff: { kind: 'human' } });
		expect(await company.crm.rescheduleAppointment(visit.id, { start: on('17:00') }, 'k3')).toMatchObject({ reason: 'unsupported', handoff: { kind: 'human' } });
	});

	it('is down: reads are unavailable, never empty', async () => {
		const told = await all({ gateway: 'down' });
		expect(told.map(({ kind }) => kind)).toEqual(told.map(() => 'unavailable'));
	});

	it.each(['ok', 'json', 'ok_true'] as const)('only receives: reads are unavailable and no visit is claimed (%s)', async (plainBody) => {
		const told = await all({ gateway: 'plain-200', plainBody });
		expect(told.map(({ kind }) => kind)).toEqual(told.map(() => 'unavailable'));
		expect(told[2]).toMatchObject({ cause: expect.stringContaining('received the command') as string });
	});

	it.each(['ok', 'json', 'ok_true'] as const)('only receives bookings: nobody is told that they are booked (%s)', async (plainBody) => {
		await open({ wrap: (port) => ({ exchange: (request) => {
			company.sim.switches.gateway = /booking\.(create|cancel|reschedule)$/.test(request.url) ? 'plain-200' : 'sync';
			return port.exchange(request);
		} }) });
		company.sim.switches.plainBody = plainBody;
		expect(await company.crm.createAppointment(wish(client()), 'k1')).toEqual({ kind: 'unknown', operation: 'k1' });
		expect(company.sim.state.bookings.size).toBe(0);
	});

	it('answers later: the effect is unknown until it is seen', async () => {
		await open();
		const clientId = client();
		company.sim.switches.gateway = 'async';
		expect(await company.crm.createAppointment(wish(clientId), 'k1')).toEqual({ kind: 'unknown', operation: 'k1' });
		expect(await company.crm.createAppointment(wish(clientId), 'k1')).toEqual({ kind: 'unknown', operation: 'k1' });
		await company.sim.gateway.finish();
		expect(company.sim.state.bookings.size).toBe(1);
		company.sim.switches.gateway = 'sync';
		const [visit] = valueOf(await company.crm.appointments({ clientId, from: NOW, to: on('23:00') }));
		expect(visit).toMatchObject({ start: on('12:00'), staffId: '501' });
	});

	it('finds every time taken', async () => {
		await open();
		const clientId = client();
		const visit = valueOf(await company.crm.createAppointment(wish(clientId), 'k0'));
		company.sim.switches.gateway = 'slot-taken';
		expect(reasonOf(await company.crm.createAppointment(wish(clientId, { start: on('15:00') }), 'k1'))).toBe('slot_taken');
		expect(reasonOf(await company.crm.rescheduleAppointment(visit.id, { start: on('17:00') }, 'k2'))).toBe('slot_taken');
		expect(company.sim.state.bookings.size).toBe(1);
	});

	it('answers for another company, another zone or another currency', async () => {
		for (const [field, value, reason] of [['id', '7', 'not_allowed'], ['zone', 'Asia/Omsk', 'invalid_request'], ['currency', 'KZT', 'invalid_request']] as const) {
			await open();
			Object.assign(company.sim.state.company, { [field]: value });
			expect(reasonOf(await company.crm.company())).toBe(reason);
			if (field !== 'currency') await company.sim.close();
		}
	});
});

describe('a gateway that does a part', () => {
	const ticked = (...commands: readonly (typeof GATEWAY_COMMANDS)[number][]): CompanyOptions => ({ settings: { commands: [...commands] } });

	it('does nothing by default, and sends nothing', async () => {
		await open({ settings: { commands: undefined } });
		const { crm, sim } = company;
		expect(crm.capabilities).toMatchObject({ createClient: false, reschedule: false, cancel: false, atomicBooking: false, idempotentWrites: false, streams: [] });
		const told = [await crm.services(), await crm.slots({ serviceIds: ['9001'], from: DAY, to: DAY }), await crm.availableDates({ serviceIds: ['9001'], from: DAY, to: DAY }), await crm.findClient(PHONE), await crm.createClient({ name: 'Вера', phone: PHONE }), await crm.updateClient(`1:${PHONE}`, { name: 'В' }), await crm.appointments({ from: NOW, to: NOW }), await crm.appointment('1'), await crm.createAppointment(wish(`1:${PHONE}`), 'k'), await crm.rescheduleAppointment('1', { start: on('12:00') }, 'k'), await crm.cancelAppointment('1', 'k'), await crm.findByOperation('k')];
		expect(told.map(reasonOf)).toEqual(told.map(() => 'unsupported'));
		expect(valueOf(await crm.company())).toMatchObject({ id: '100500', zone: 'Europe/Moscow' });
		for await (const page of crm.stream('visits', {})) expect(reasonOf(page)).toBe('unsupported');
		expect(sim.requests.all).toEqual([]);
	});

	it('says which commands an operation needs', async () => {
		await open(ticked('services.list', 'staff.list', 'booking.create'));
		expect(await company.crm.createAppointment(wish(`1:${PHONE}`), 'k')).toMatchObject({ message: expect.stringContaining('slots.list, client.find, booking.list') as string, handoff: { kind: 'link' } });
		expect(company.crm.capabilities.atomicBooking).toBe(false);
	});

	it('lists free days where it lists no times', async () => {
		await open(ticked('services.list', 'staff.list', 'dates.list'));
		const { crm, sim } = company;
		const query = { serviceIds: ['9001'], staffId: '501', from: '2026-11-19', to: '2026-11-22' };
		expect(valueOf(await crm.availableDates(query))).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
		expect(valueOf(await crm.availableDates({ ...query, from: '2026-11-01', to: '2026-11-10' }))).toEqual([]);
		expect(reasonOf(await crm.slots(query))).toBe('unsupported');
		sim.switches.gateway = 'plain-200';
		expect((await crm.availableDates(query)).kind).toBe('unavailable');
	});

	it('books by a price list set by hand', async () => {
		const services = [{ id: '9001', title: 'Стрижка', durationMinutes: 60, price: 150_000 }];
		const staff = [{ id: '501', name: 'Анна', serviceIds: ['9001'] }];
		await open({ settings: { commands: ['slots.list', 'client.find', 'client.create', 'booking.create', 'booking.list'], services, staff } });
		expect(valueOf(await company.crm.services())).toMatchObject([{ title: 'Стрижка', price: { min: 150_000 } }]);
		const made = valueOf(await company.crm.createClient({ name: 'Вера', phone: PHONE }));
		const visit = valueOf(await company.crm.createAppointment(wish(made.id), 'k'));
		expect([...company.sim.state.bookings.keys()]).toEqual([visit.id]);
		expect(company.crm.capabilities).toMatchObject({ createClient: true, atomicBooking: true, cancel: false });
	});

	it('streams what it lists, with fields it does not know', async () => {
		await open({ wrap: (port) => ({ exchange: async (request) => {
			const told = await port.exchange(request);
			return told.kind === 'failed' ? told : { ...told, body: Buffer.from(Buffer.from(told.body).toString('utf8').replace('"services":[{', '"services":[{"colour":"red",')) };
		} }) });
		for await (const page of company.crm.stream('services', {})) expect(valueOf(page).records[0]).toMatchObject({ id: '9001', data: { colour: 'red' } });
		for await (const page of company.crm.stream('visits', { cursor: 'page 2' })) expect(reasonOf(page)).toBe('invalid_request');
		for await (const page of company.crm.stream('goods', {})) expect(reasonOf(page)).toBe('unsupported');
	});
});

describe('a visit through the gateway', () => {
	it('keeps the guest and the comment, and counts a status nobody knows', async () => {
		await open();
		const clientId = client();
		const visit = valueOf(await company.crm.createAppointment(wish(clientId, { guestName: 'Миша', comment: 'у окна' }), 'k1'));
		expect(visit).toMatchObject({ guestName: 'Миша', comment: 'у окна', price: null, status: 'booked' });
		expect(reasonOf(await company.crm.createAppointment(wish(clientId, { staffId: '502', start: on('12:30') }), 'k2'))).toBe('ok');
		Object.assign(company.sim.state.bookings.get(visit.id) ?? {}, { status: 'dreaming' });
		expect(valueOf(await company.crm.appointment(visit.id)).status).toBe('booked');
		expect(company.unknownValues).toEqual(['booking.status']);
	});

	it('is not changed once it has taken place', async () => {
		await open();
		const visit = valueOf(await company.crm.createAppointment(wish(client()), 'k1'));
		for (const status of ['completed', 'no_show'] as const) {
			Object.assign(company.sim.state.bookings.get(visit.id) ?? {}, { status });
			expect(reasonOf(await company.crm.cancelAppointment(visit.id, 'k2'))).toBe('too_late_to_change');
		}
	});

	it('may be moved into its own time, and tells taken from closed', async () => {
		await open();
		const visit = valueOf(await company.crm.createAppointment(wish(client()), 'k1'));
		expect(valueOf(await company.crm.rescheduleAppointment(visit.id, { start: on('12:30') }, 'k2')).start).toBe(on('12:30'));
		expect(reasonOf(await company.crm.rescheduleAppointment(visit.id, { start: on('19:30') }, 'k3'))).toBe('outside_hours');
		company.sim.desk.book('Мария', '+79161234502', '9001', '501', on('15:00'));
		expect(reasonOf(await company.crm.rescheduleAppointment(visit.id, { start: on('15:30') }, 'k4'))).toBe('slot_taken');
	});

	it('belongs to the client by the phone where the gateway gives no ids', async () => {
		await open({ wrap: (port) => ({ exchange: async (request) => {
			const told = await port.exchange(request);
			return told.kind === 'failed' ? told : { ...told, body: Buffer.from(Buffer.from(told.body).toString('utf8').replace(/"client":\{"id":"\d+"/g, '"client":{"id":null')) };
		} }) });
		const clientId = client();
		const visit = valueOf(await company.crm.createAppointment(wish(clientId), 'k1'));
		expect(visit.clientId).toBe(clientId);
		expect(reasonOf(await company.crm.createAppointment(wish(clientId, { staffId: '502', start: on('12:30') }), 'k2'))).toBe('self_overlap');
		company.sim.desk.book('Мария', '+79161234502', '9001', '501', on('15:00'));
		expect(valueOf(await company.crm.appointments({ clientId, from: NOW, to: on('23:00') }))).toHaveLength(1);
	});

	it('is of no stranger when the gateway does not filter', async () => {
		await open({ wrap: (port) => ({ exchange: (request) => port.exchange(request.url.endsWith('booking.list') ? unfiltered(request) : request) }) });
		const clientId = client();
		company.sim.desk.book('Мария', '+79161234502', '9001', '501', on('12:00'));
		expect(valueOf(await company.crm.appointments({ clientId, from: NOW, to: on('23:00') }))).toEqual([]);
		expect(valueOf(await company.crm.appointments({ from: on('13:00'), to: on('14:00') }))).toEqual([]);
	});

	it('is asked for by no id that cannot be one', async () => {
		await open();
		for (const id of ['no-such-client', '', ':', `1:${PHONE}0000000`, '1:8916']) expect(reasonOf(await company.crm.updateClient(id, { name: 'Вера' }))).toBe('not_found');
		expect(company.sim.requests.all).toEqual([]);
	});
});

/** The same request without what narrows it, signed anew. */
function unfiltered(request: HttpRequest): HttpRequest {
	const body = JSON.stringify({ ...(JSON.parse(request.body ?? '{}') as object), payload: {} });
	const seconds = Number(request.headers['x-gateway-timestamp']);
	return { ...request, body, headers: { ...request.headers, 'x-gateway-signature': signatureOf(company.sim.secret, seconds, body) } };
}
