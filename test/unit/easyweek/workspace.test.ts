import { workspace } from '../../../core/crm/easyweek';
import { cut, replaced } from '../../contract/simulators/kit';
import { type Branch, DAY, on, openBranch, PHONE, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

const ALL = Number.POSITIVE_INFINITY;

describe('a workspace past the booking port', () => {
	let branch: Branch;
	beforeEach(async () => {
		branch = await openBranch();
	});
	afterEach(() => branch.close());
	const here = (): workspace.Workspace => ({ transport: branch.transport, locationId: branch.sim.ids.location });
	const book = async (start: string, key: string) =>
		valueOf(await branch.crm.createAppointment({ clientId: branch.clientId, serviceIds: [branch.serviceId('cut')], staffId: branch.staffId('Anna'), start, comment: 'у окна' }, key));
	const idsOf = (rows: readonly workspace.Row[]): string[] => rows.map(({ uuid }) => uuid);

	it('lists everything or the first records, in pages', async () => {
		for (let index = 0; index < 149; index += 1) branch.card('Гость', `+7916200${String(1000 + index)}`);
		expect(valueOf(await workspace.customers(here(), ALL))).toHaveLength(150);
		branch.sim.requests.clear();
		expect(valueOf(await workspace.customers(here(), 7))).toHaveLength(7);
		expect(branch.sim.requests.all).toHaveLength(1);
		expect(valueOf(await workspace.services(here(), ALL)).map(workspace.serviceOf)).toMatchObject([{ name: 'cut', price: 200_000, durationMinutes: 60, category: 'Hair', isPriceFrom: false }, { name: 'color' }]);
		expect(valueOf(await workspace.staffers(here(), 1)).map(workspace.stafferOf)).toMatchObject([{ id: branch.staffId('Anna'), name: 'Anna', position: 'Stylist' }]);
		expect(valueOf(await workspace.categories(here(), ALL)).map(workspace.categoryOf)).toMatchObject([{ name: 'Hair', order: 1 }]);
	});

	it('is no list when one of its records comes twice and another never', async () => {
		for (let index = 0; index < 120; index += 1) branch.card('Гость', `+7916200${String(1000 + index)}`);
		branch.sim.faults.add(replaced('moved', (right) => ({ ...right, body: right.body.replace(/"uuid":"[^"]+"/, `"uuid":"${branch.clientId}"`) })), { path: /\/customers$/, skip: 1 });
		expect((await workspace.customers(here(), ALL)).kind).toBe('unavailable');
	});

	it.each(['object', 'string'] as const)('names locations with their zone, told as %s', async (timezoneShape) => {
		branch.sim.switches.timezoneShape = timezoneShape;
		expect(valueOf(await workspace.locations({ transport: branch.transport }, ALL)).map(workspace.locationOf)).toEqual([
			{ id: branch.sim.ids.location, name: 'Studio North – Mitte', zone: 'Europe/Moscow', address: 'Example str. 1', city: 'Berlin', postalCode: '10115', country: 'RU' },
		]);
	});

	it('lists bookings of a customer, a person and a window', async () => {
		const [noon, four] = [await book(on('12:00'), 'k1'), await book(on('16:00'), 'k2')];
		const list = async (whose: workspace.Whose, starts: workspace.Starts = {}, limit = ALL) => idsOf(valueOf(await workspace.bookings(here(), whose, starts, limit)));
		expect(await list({})).toEqual([noon.id, four.id]);
		expect(await list({}, {}, 1)).toEqual([noon.id]);
		expect(await list({}, { from: on('12:01') })).toEqual([four.id]);
		expect(await list({}, { from: on('12:00'), to: on('16:00') }, 5)).toEqual([noon.id]);
		expect(await list({ customerId: branch.clientId, staffId: branch.staffId('Anna') })).toEqual([noon.id, four.id]);
		expect(await list({ staffId: branch.staffId('Maria') })).toEqual([]);
		branch.sim.requests.clear();
		expect(await list({ customerId: 'nobody' })).toEqual([]);
		expect(branch.sim.requests.all).toEqual([]);
		expect(valueOf(await workspace.bookings(here(), {}, {}, 1)).map(workspace.bookingRowOf)).toEqual([{ id: noon.id, locationId: branch.sim.ids.location, start: `${DAY}T09:00:00Z`, end: `${DAY}T10:00:00Z`, isCanceled: false, isCompleted: false }]);
	});

	it('shows a booking and its order in few words, without the mark of the nodes', async () => {
		const { id } = await book(on('12:00'), 'k1');
		expect(workspace.bookingOf(valueOf(await workspace.record(here(), 'booking', id)))).toMatchObject({
			id, zone: 'Europe/Moscow', comment: 'у окна', customer: { id: branch.clientId, name: 'Вера', phone: PHONE }, services: [{ name: 'cut', price: 200_000, durationMinutes: 60 }], currency: 'RUB', total: 200_000, amountPaid: 0,
		});
		const [order] = valueOf(await workspace.orders(here(), { customerId: branch.clientId }, ALL));
		expect(workspace.orderOf(valueOf(await workspace.record(here(), 'order', order?.uuid ?? '')))).toMatchObject({ bookingId: id, customerId: branch.clientId, total: 200_000, amountPaid: 0, lines: [{ name: 'cut', quantity: 1, price: 200_000 }] });
		expect(valueOf(await workspace.orders(here(), { customerId: '00000000-0000-4000-8000-000000000000' }, ALL))).toEqual([]);
	});

	it('shows what it can of a record that is not as it should be', () => {
		const uuid = '00000000-0000-4000-8000-000000000000';
		expect(workspace.bookingOf({ uuid, customer: 'x', order: [], ordered_services: [{ name: 5 }], is_canceled: 'maybe' })).toMatchObject({ id: uuid, customer: null, services: [{ name: null }], total: null, isCanceled: false });
		expect(workspace.orderOf({ uuid, total: 'much', positions: [{ name: 'gel', quantity: 2, price: 50 }], tags: ['a'] })).toMatchObject({ id: uuid, total: null, lines: [{ name: 'gel', quantity: 2, price: 50 }] });
		expect(workspace.customerOf({ uuid, first_name: null, last_name: ' ' })).toMatchObject({ id: uuid, name: null });
	});

	it('refuses an id that is no uuid, or of no record', async () => {
		for (const id of ['7012345', '../workspace', '00000000-0000-4000-8000-000000000000']) expect(reasonOf(await workspace.record(here(), 'booking', id))).toBe('not_found');
		expect(branch.sim.requests.find('GET', /bookings/)).toHaveLength(1);
	});

	it('completes a booking once, and reads it back', async () => {
		const { id } = await book(on('12:00'), 'k1');
		const complete = (more: object = {}) => workspace.completeBooking(here(), id, { notes: 'ok', ...more });
		expect(reasonOf(await complete({ accountId: 'Cash desk' }))).toBe('invalid_request');
		branch.sim.faults.add(cut('none'), { method: 'PUT' });
		expect((await complete()).kind).toBe('unknown');
		branch.sim.faults.add(cut('done'), { method: 'PUT' });
		expect(valueOf(await complete({ paidAmount: 200_000 }))).toMatchObject({ is_completed: true, order: { amount_paid: 200_000 } });
		branch.sim.requests.clear();
		expect(valueOf(await complete({ paidAmount: 5 }))).toMatchObject({ order: { amount_paid: 200_000 } });
		expect(branch.sim.requests.find('PUT', /complete/)).toEqual([]);
		const other = await book(on('16:00'), 'k2');
		branch.sim.desk.cancel(other.id);
		expect(reasonOf(await workspace.completeBooking(here(), other.id, {}))).toBe('already_cancelled');
	});
});

describe('a delivery of a webhook', () => {
	const uid = 'b0000000-0000-4000-8000-000000000001';
	const body = { uid, location_uuid: '41b00000-0000-4000-8000-000000000001', id: 7012345, booking_status: 'New' };

	it('is a signal about a booking, the same for the same delivery', () => {
		const signal = workspace.hookSignalOf(body, 'booking-created');
		expect(signal).toMatchObject({ bookingId: uid, locationId: body.location_uuid, event: 'booking-created' });
		expect(workspace.hookSignalOf({ ...body }, 'booking-created')?.key).toBe(signal?.key);
		for (const other of [workspace.hookSignalOf({ ...body, booking_status: 'Canceled' }, 'booking-created'), workspace.hookSignalOf(body, 'booking-updated')]) expect(other?.key).not.toBe(signal?.key);
		expect(workspace.hookSignalOf(body, 'delete everything')?.event).toBeNull();
	});

	it('is none of anything else', () => {
		for (const other of [null, 'text', [], {}, { ...body, uid: 7012345 }, { uid }, { ...body, uid: '../bookings' }]) expect(workspace.hookSignalOf(other, undefined)).toBeNull();
	});
});
