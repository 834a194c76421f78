import type { Appointment, Outcome } from '../../../core/booking';
import { cut, failing, replaced } from '../../contract/simulators/kit';
import { furnish } from '../../contract/simulators/easyweek';
import { createEasyweekCrm } from '../../../core/crm/easyweek';
import { type Branch, type BranchOptions, DAY, on, openBranch, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

const NOON = on('12:00');
const WINDOW = { from: on('00:00'), to: on('23:59') };

describe('visits of a location', () => {
	let branch: Branch;
	const open = async (options: BranchOptions = {}): Promise<Branch> => (branch = await openBranch(options));
	afterEach(() => branch.close());
	const wish = (more: object = {}) => ({ clientId: branch.clientId, serviceIds: [branch.serviceId('cut')], staffId: branch.staffId('Anna'), start: NOON, ...more });
	const both = () => [branch.serviceId('cut'), branch.serviceId('color')];
	const book = (more: object = {}, key = 'k1'): Promise<Outcome<Appointment>> => branch.crm.createAppointment(wish(more), key);
	const booking = () => {
		const last = [...branch.sim.state.bookings.values()].at(-1);
		if (last === undefined) throw new Error('no booking');
		return last;
	};
	const sent = (path: RegExp) => branch.sim.requests.find('POST', path);

	it('keeps the tag of the operation in the notes and out of the comment', async () => {
		await open();
		expect(valueOf(await book({ comment: 'у окна' }))).toMatchObject({ comment: 'у окна', guestName: null });
		expect(booking().comment).toMatch(/^у окна\n\[aia-[0-9a-f]{20}\]$/);
		expect(booking().comment).not.toContain('k1');
	});

	it('keeps the guest apart from the client', async () => {
		await open();
		valueOf(await book());
		expect(valueOf(await book({ staffId: branch.staffId('Maria'), guestName: 'Миша', comment: 'первый раз' }, 'k2'))).toMatchObject({ guestName: 'Миша', comment: 'первый раз' });
		expect(reasonOf(await book({ staffId: branch.staffId('Maria'), start: on('12:30') }, 'k3'))).toBe('self_overlap');
		valueOf(await book({ start: on('15:00'), guestName: 'Миша' }, 'k4'));
		expect(valueOf(await book({ staffId: branch.staffId('Maria'), start: on('15:00') }, 'k5')).guestName).toBeNull();
	});

	it('finds the visit of a key again after the front desk has moved or cancelled it', async () => {
		await open();
		const visit = valueOf(await book());
		branch.sim.desk.move(visit.id, on('18:00'));
		expect(valueOf(await book())).toMatchObject({ id: visit.id, start: on('18:00') });
		branch.sim.desk.cancel(visit.id);
		expect(valueOf(await book())).toMatchObject({ id: visit.id, status: 'cancelled' });
		expect(branch.sim.state.bookings.size).toBe(1);
	});

	it.each([cut('done'), failing(500, 'done')])('finds a visit of several services after $name', async (fault) => {
		await open();
		branch.sim.faults.add(fault, { method: 'POST', path: /\/cart$/ });
		const visit = valueOf(await book({ serviceIds: both() }));
		expect(visit).toMatchObject({ id: booking().uuid, serviceIds: both(), end: on('14:30') });
		expect(sent(/\/cart$/)).toHaveLength(1);
	});

	it('says nothing it does not know of a visit of several services', async () => {
		await open();
		branch.sim.faults.add(cut('none'), { method: 'POST', path: /\/cart$/ });
		expect(await book({ serviceIds: both() })).toEqual({ kind: 'unknown', operation: 'k1' });
		expect(sent(/\/cart$/)).toHaveLength(1);
	});

	it('takes its own visit by its place where the vendor has lost the notes', async () => {
		await open();
		branch.sim.faults.add(cut('done'), { method: 'POST', path: /\/bookings$/ });
		branch.sim.faults.add(replaced('no notes', (right) => ({ ...right, body: right.body.replace(/"public_notes":"[^"]*"/, '"public_notes":null') })), { method: 'GET', path: /\/bookings\/./, times: Infinity });
		expect(valueOf(await book())).toMatchObject({ id: booking().uuid, comment: null });
	});

	it('does not take the visit of another operation for its own', async () => {
		const other = { uuid: '' };
		await open({
			wrap: (port) => ({
				exchange: async (request) => {
					if (request.method !== 'POST') return port.exchange(request);
					const foreign = { ...request, body: request.body?.replace(/aia-[0-9a-f]{20}/, `aia-${'0'.repeat(20)}`) };
					await port.exchange(foreign);
					other.uuid = booking().uuid;
					return { kind: 'failed', cause: 'reset', sent: true };
				},
			}),
		});
		expect(await book()).toEqual({ kind: 'unknown', operation: 'k1' });
		expect(branch.live().map(({ uuid }) => uuid)).toEqual([other.uuid]);
	});

	it('claims no visit that the vendor gave to another person, another time or another client', async () => {
		const twists: readonly ((text: string) => string)[] = [
			(text) => text.replace(branch.staffId('Anna'), branch.staffId('Maria')),
			(text) => text.replace('T09:00:00Z', 'T12:00:00Z'),
			(text) => text.replace('+79161234501', '+79161234502'),
		];
		for (const twist of twists) {
			await open({ wrap: (port) => ({ exchange: (request) => port.exchange(request.body === undefined ? request : { ...request, body: twist(request.body) }) }) });
			expect(await book()).toEqual({ kind: 'unknown', operation: 'k1' });
			expect(branch.live()).toHaveLength(1);
			await branch.close();
		}
	});

	it('tells an offered time that is refused from a taken one', async () => {
		await open({ simulator: { switches: { conflictStatus: '422' } } });
		const refusal = JSON.stringify({ message: 'The given data was invalid.', errors: { reserved_on: ['No.'] } });
		branch.sim.faults.add({ name: 'refused', apply: async () => ({ status: 422, headers: { 'content-type': 'application/json' }, body: refusal }) }, { method: 'POST', path: /\/bookings$/ });
		expect(reasonOf(await book())).toBe('invalid_request');
		valueOf(await book({ clientId: branch.card('Соседка', '+79161234502') }, 'k2'));
		expect(reasonOf(await book({}, 'k3'))).toBe('slot_taken');
	});

	it('offers several services only where every minute is free, also off the grid', async () => {
		await open({ simulator: { salon: { zone: 'Europe/Moscow', stepMinutes: 30, hours: { from: '10:00', to: '13:00' }, services: [{ name: 'cut', minutes: 45, price: 100 }, { name: 'color', minutes: 60, price: 200 }], staff: [{ name: 'Anna', services: ['cut', 'color'] }] } } });
		const starts = async (): Promise<string[]> => valueOf(await branch.crm.slots({ serviceIds: both(), from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));
		expect(await starts()).toEqual(['10:00', '10:30', '11:00']);
		valueOf(await book({ start: on('12:00') }));
		expect(await starts()).toEqual(['10:00']);
		expect(valueOf(await book({ serviceIds: both(), start: on('10:00') }, 'k2'))).toMatchObject({ end: on('11:45') });
	});

	it('asks the vendor about several services with the same words in both shapes of its slots', async () => {
		for (const slotShape of ['A', 'B'] as const) {
			await open({ simulator: { switches: { slotShape } } });
			const slots = valueOf(await branch.crm.slots({ serviceIds: [branch.serviceId('color')], from: DAY, to: DAY }));
			expect(slots[0]).toEqual({ start: on('10:00'), end: on('11:30'), staffId: branch.staffId('Anna'), serviceIds: [branch.serviceId('color')], price: { min: 450_000, max: 450_000, currency: 'RUB' } });
			await branch.close();
		}
		await open();
	});

	it('keeps the locations of a workspace apart', async () => {
		await open();
		const plan = { zone: 'Europe/Moscow', stepMinutes: 30, hours: { from: '10:00', to: '19:00' }, services: [{ name: 'cut', minutes: 60, price: 200_000 }], staff: [{ name: 'Rita', services: ['cut'] }] };
		const south = furnish(branch.sim.state, plan, 'South');
		const line = { uuid: branch.sim.state.uuid(), service: branch.serviceId('cut'), staffer: south.staff.get('Rita') ?? '', price: 1, minutes: 60, start: Date.parse(NOON) };
		const ids = branch.sim.state.ids();
		branch.sim.state.bookings.set(ids.uuid, { ...ids, location: south.location, customer: branch.clientId, createdAt: 0, comment: '', lines: [line], canceled: false, completed: false, paid: 0, cancelReason: null, internalNotes: '' });
		expect(valueOf(await branch.crm.appointments({ ...WINDOW, clientId: branch.clientId }))).toEqual([]);
		expect(reasonOf(await branch.crm.appointment(ids.uuid))).toBe('not_found');
		expect(reasonOf(await branch.crm.cancelAppointment(ids.uuid, 'k2'))).toBe('not_found');
		expect(valueOf(await branch.crm.staff()).map(({ name }) => name)).toEqual(['Anna', 'Maria']);
		expect(valueOf(await book()).staffId).toBe(branch.staffId('Anna'));
	});

	it('keeps only the visits of the client it asked for, whatever the filter was taken for', async () => {
		await open();
		const visit = valueOf(await book());
		valueOf(await book({ clientId: branch.card('Соседка', '+79161234502'), start: on('15:00') }, 'k2'));
		const { sim } = branch;
		const mine = () => branch.crm.appointments({ ...WINDOW, clientId: branch.clientId });
		expect(valueOf(await mine()).map(({ id }) => id)).toEqual([visit.id]);
		const everybody = valueOf(await branch.crm.appointments(WINDOW));
		expect(everybody).toHaveLength(2);
		const rows = JSON.stringify({
			data: [...sim.state.bookings.values()].map(({ uuid, lines }) => ({ uuid, location_uuid: sim.ids.location, start_time: new Date(lines[0]?.start ?? 0).toISOString(), end_time: new Date((lines[0]?.start ?? 0) + 3_600_000).toISOString(), is_canceled: false, is_completed: false })),
			meta: { current_page: 1, last_page: 1, per_page: 100, total: 2 },
		});
		sim.faults.add(replaced('no filter', (right) => ({ ...right, body: rows })), { method: 'GET', path: /\/bookings$/, times: Infinity });
		expect(valueOf(await mine()).map(({ id }) => id)).toEqual([visit.id]);
	});

	it('is no empty answer when a listed visit is not shown', async () => {
		await open();
		valueOf(await book());
		branch.sim.faults.add({ name: 'gone', apply: async () => ({ status: 404, headers: { 'content-type': 'application/json' }, body: '{"message":"x"}' }) }, { method: 'GET', path: /\/bookings\/./, times: Infinity });
		expect((await branch.crm.appointments({ ...WINDOW, clientId: branch.clientId })).kind).toBe('unavailable');
	});

	it('shows a visit whose person has left, and one whose service is no longer there, and counts them', async () => {
		await open();
		const visit = valueOf(await book());
		branch.sim.state.staffers.delete(branch.staffId('Anna'));
		const color = branch.sim.state.services.get(branch.serviceId('color'));
		if (color === undefined) throw new Error('no service');
		branch.sim.state.services.set(color.uuid, { ...color, name: 'dye' });
		booking().lines = booking().lines.map((line) => ({ ...line, service: branch.serviceId('color') }));
		expect(valueOf(await branch.crm.appointment(visit.id))).toMatchObject({ id: visit.id, staffId: branch.staffId('Anna'), serviceIds: [] });
		branch.sim.clock.advance(600_000);
		expect(valueOf(await branch.crm.appointment(visit.id))).toMatchObject({ staffId: '', serviceIds: [branch.serviceId('color')] });
		expect([...new Set(branch.unknownValues)].sort()).toEqual(['booking.ordered_services', 'booking.staffer']);
	});

	it('takes a visit that has taken place for one, and no localized status for anything', async () => {
		await open();
		const visit = valueOf(await book());
		branch.sim.desk.complete(visit.id, 200_000);
		expect(valueOf(await branch.crm.appointment(visit.id)).status).toBe('arrived');
		expect(reasonOf(await branch.crm.cancelAppointment(visit.id, 'k2'))).toBe('too_late_to_change');
		booking().completed = false;
		branch.sim.faults.add(replaced('status', (right) => ({ ...right, body: right.body.replace('"type":"new"', '"type":"no_show"') })), { method: 'GET', path: /\/bookings\/./ });
		expect(valueOf(await branch.crm.appointment(visit.id)).status).toBe('booked');
		expect(branch.unknownValues).toContain('booking.status');
	});

	it('says already cancelled when somebody was faster and the vendor refuses', async () => {
		const raced = { id: '' };
		await open({
			simulator: { switches: { cancelTwice: 'refused' } },
			wrap: (port) => ({
				exchange: (request) => {
					if (request.method === 'PUT') branch.sim.desk.cancel(raced.id);
					return port.exchange(request);
				},
			}),
		});
		raced.id = valueOf(await book()).id;
		expect(reasonOf(await branch.crm.cancelAppointment(raced.id, 'k2'))).toBe('already_cancelled');
	});

	it('sends a reason the vendor knows and a note for the staff', async () => {
		await open();
		const visit = valueOf(await book());
		valueOf(await branch.crm.cancelAppointment(visit.id, 'k2'));
		expect(booking()).toMatchObject({ canceled: true, cancelReason: 'customer_request', internalNotes: expect.stringContaining('aia-') as string });
	});

	it('refuses a card without a usable phone before it books', async () => {
		await open();
		expect(reasonOf(await book({ clientId: branch.card('Анна', '12') }))).toBe('client_invalid');
		expect(reasonOf(await book({ clientId: branch.card(' ', '+79161110000') }))).toBe('name_missing');
		expect(sent(/bookings/)).toEqual([]);
	});

	it('names what the operator has to do about a location, a zone and settings', async () => {
		await open();
		const parts = { transport: {} as never, clock: () => NOON };
		expect(() => createEasyweekCrm({ ...parts, locationId: 'Mitte' })).toThrow(/uuid/);
		expect(() => createEasyweekCrm({ ...parts, locationId: branch.sim.ids.location, settings: { bookingHorizonDays: -1 } })).toThrow(/bookingHorizonDays/);
		branch.sim.faults.add(replaced('no zone', (right) => ({ ...right, body: right.body.replaceAll('Europe/Moscow', 'Nowhere/Here') })), { path: /\/locations$/, times: 1 });
		expect(await branch.crm.company()).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('zone') as string });
		branch.sim.state.locations.delete(branch.sim.ids.location);
		expect(reasonOf(await branch.crm.company())).toBe('not_found');
	});

	it('sends one who wants a move to the page of the visit, else to a person', async () => {
		for (const [manageLink, handoff] of [['present', { kind: 'link', url: expect.stringMatching(/^https:\/\/eyw\.me\//) as string }], ['absent', { kind: 'human' }]] as const) {
			await open({ simulator: { switches: { manageLink } } });
			const visit = valueOf(await book());
			const told = await branch.crm.rescheduleAppointment(visit.id, { start: on('16:00') }, 'k2');
			expect(told).toMatchObject({ kind: 'refused', reason: 'unsupported', handoff });
			expect(booking().lines[0]?.start).toBe(Date.parse(NOON));
			await branch.close();
		}
	});
});
