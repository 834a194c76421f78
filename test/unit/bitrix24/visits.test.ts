import { cut, failing } from '../../contract/simulators/kit';
import { type Desk, type DeskOptions, DAY, on, openDesk, reasonOf, valueOf } from '../../contract/support/bitrix24-portal';

const NOON = on('12:00');

describe('bookings of a portal with their deals', () => {
	let desk: Desk;
	const open = async (options: DeskOptions = {}): Promise<void> => void (desk = await openDesk(options));
	afterEach(() => desk.close());
	const wish = (more: object = {}) => ({ clientId: desk.clientId, serviceIds: [desk.serviceId('cut')], staffId: desk.staffId('Anna'), start: NOON, ...more });
	const book = (more: object = {}, key = 'key-1') => desk.crm.createAppointment(wish(more), key);
	const booking = () => [...desk.sim.state.bookings.values()].at(-1);
	const stages = () => desk.deals().map(({ stageId }) => String(stageId).split(':')[1]);
	const window = { from: on('00:00'), to: on('23:59') };
	const list = async (query: object = {}) => valueOf(await desk.crm.appointments({ ...window, ...query }));

	it('binds client, deal and lines, and tells them back', async () => {
		await open();
		const visit = valueOf(await book({ comment: 'у окна', guestName: 'Миша' }));
		expect(visit).toMatchObject({ start: NOON, end: on('13:00'), comment: 'у окна', guestName: 'Миша', status: 'booked', price: { min: 200_000, currency: 'RUB' } });
		expect(booking()).toMatchObject({ clients: [{ id: Number(desk.clientId), type: { module: 'crm', code: 'CONTACT' } }], external: [{ moduleId: 'crm', entityTypeId: 'DEAL', value: String(desk.deals()[0]?.id) }], from: { timezone: 'Europe/Moscow' } });
		expect(desk.deals()).toMatchObject([{ contactIds: [Number(desk.clientId)], opportunity: 2000, isManualOpportunity: 'Y' }]);
		expect(desk.sim.state.productRows).toMatchObject([{ productId: Number(desk.serviceId('cut')), price: 2000 }]);
		expect(await list({ clientId: desk.clientId })).toEqual([visit]);
		expect(valueOf(await desk.crm.appointment(visit.id))).toEqual(visit);
	});

	it.each([
		['arrived', 'WON', 'arrived'],
		['missed', 'NOSHOW', 'no_show'],
		['confirmed', 'CONFIRMED', 'confirmed'],
		// nobody deleted the booking: its time is still taken
		['lost without the booking', 'LOSE', 'booked'],
	])('tells from the stage of the deal that a visit was %s', async (_what, code, status) => {
		await open();
		const visit = valueOf(await book());
		Object.assign(desk.deals()[0] ?? {}, { stageId: `C${desk.salon.pipeline.id}:${code}` });
		expect((await list()).map((one) => [one.id, one.status])).toEqual([[visit.id, status]]);
	});

	it('remembers a cancelled visit by its deal: the booking leaves nothing behind', async () => {
		await open();
		const visit = valueOf(await book());
		valueOf(await desk.crm.cancelAppointment(visit.id, 'key-2'));
		expect(desk.sim.state.bookings.size).toBe(0);
		expect(stages()).toEqual(['LOSE']);
		expect(await list()).toEqual([]);
		expect(await list({ includeCancelled: true })).toMatchObject([{ ...visit, status: 'cancelled', version: expect.any(String) as string }]);
		expect(valueOf(await desk.crm.appointment(visit.id)).status).toBe('cancelled');
		expect(reasonOf(await desk.crm.rescheduleAppointment(visit.id, { start: on('15:00') }, 'key-3'))).toBe('already_cancelled');
	});

	it('books no second visit for a key whose visit was cancelled', async () => {
		await open();
		const visit = valueOf(await book());
		valueOf(await desk.crm.cancelAppointment(visit.id, 'key-2'));
		expect(reasonOf(await book())).toBe('already_cancelled');
		expect(desk.live()).toEqual([]);
	});

	it('works without deals: a cancelled visit is then not known', async () => {
		await open({ settings: (settings) => (settings.mode === 'booking' ? { ...settings, deals: undefined } : settings) });
		const visit = valueOf(await book());
		expect(visit).toMatchObject({ price: null, status: 'booked' });
		expect(valueOf(await desk.crm.cancelAppointment(visit.id, 'key-2')).status).toBe('cancelled');
		expect(reasonOf(await desk.crm.cancelAppointment(visit.id, 'key-3'))).toBe('not_found');
	});

	it.each([cut('done'), cut('none'), failing(500, 'done'), failing(500, 'none')])('ends with one booking and one deal when the deal meets $name', async (fault) => {
		await open();
		desk.sim.faults.add(fault, { path: /crm\.item\.add$/ });
		const first = await book();
		expect(['ok', 'unknown']).toContain(first.kind);
		expect(first.kind === 'unknown').toBe(fault.name.endsWith('none'));
		const visit = valueOf(await book());
		expect(desk.live().map(({ id }) => id)).toEqual([visit.id]);
		expect(stages()).toEqual(['NEW']);
		expect(booking()?.clients).toHaveLength(1);
	});

	it.each([cut('done'), cut('none'), failing(500, 'done')])('binds the client though the links meet $name', async (fault) => {
		await open();
		// the first batch reads what stands there after the booking
		desk.sim.faults.add(fault, { path: /batch$/, skip: 2 });
		valueOf(await book());
		expect(desk.sim.faults.spent()).toBe(true);
		expect(booking()).toMatchObject({ clients: [{ id: Number(desk.clientId) }], external: [{ entityTypeId: 'DEAL' }] });
		expect(stages()).toEqual(['NEW']);
	});

	it.each(['crm.item.add', 'booking.v1.booking.client.set', 'crm.item.productrow.set'])('takes the booking back when %s is refused, and says why', async (method) => {
		await open();
		desk.sim.refuse(method, 400, 'CRM_FIELD_ERROR_REQUIRED');
		expect(reasonOf(await book())).toBe('invalid_request');
		expect(desk.live()).toEqual([]);
		expect(stages()).not.toContain('NEW');
		expect(desk.sim.state.bookings.size).toBe(0);
		// once it is mended, the same key books
		expect(valueOf(await book()).status).toBe('booked');
		expect(stages().filter((stage) => stage === 'NEW')).toHaveLength(1);
	});

	it.each([cut('done'), cut('none'), failing(500, 'done'), failing(500, 'none')])('cancels when the deal meets $name, and says nothing it does not know', async (fault) => {
		await open();
		const visit = valueOf(await book());
		desk.sim.faults.add(fault, { path: /crm\.item\.update$/ });
		const told = await desk.crm.cancelAppointment(visit.id, 'key-2');
		expect(desk.sim.faults.spent()).toBe(true);
		expect(told.kind).toBe(fault.name.endsWith('done') ? 'ok' : 'unknown');
		expect(desk.live()).toHaveLength(told.kind === 'ok' ? 0 : 1);
		if (told.kind !== 'ok') expect(valueOf(await desk.crm.cancelAppointment(visit.id, 'key-2')).status).toBe('cancelled');
		expect(stages()).toEqual(['LOSE']);
	});

	it('puts the deal back when the booking may not be deleted', async () => {
		await open();
		const visit = valueOf(await book());
		desk.sim.refuse('booking.v1.booking.delete', 403, 'ACCESS_DENIED');
		expect(reasonOf(await desk.crm.cancelAppointment(visit.id, 'key-2'))).toBe('not_allowed');
		expect(stages()).toEqual(['NEW']);
		expect(desk.live()).toHaveLength(1);
	});

	it('moves the deal’s words with the visit, and keeps the other resources of a booking', async () => {
		await open();
		const room = desk.sim.state.addResource('Кабинет');
		const visit = valueOf(await book());
		Object.assign(booking() ?? {}, { resourceIds: [Number(desk.staffId('Anna')), room.id] });
		const moved = valueOf(await desk.crm.rescheduleAppointment(visit.id, { start: on('16:00'), staffId: desk.staffId('Maria') }, 'key-2'));
		expect(moved).toMatchObject({ start: on('16:00'), staffId: desk.staffId('Maria') });
		expect(booking()?.resourceIds).toEqual([Number(desk.staffId('Maria')), room.id]);
		valueOf(await desk.crm.cancelAppointment(visit.id, 'key-3'));
		expect(await list({ includeCancelled: true })).toMatchObject([{ start: on('16:00'), staffId: desk.staffId('Maria') }]);
	});

	it('counts what the desk booked by hand as taken, and as nobody’s visit', async () => {
		await open();
		desk.sim.state.bookByHand(Number(desk.staffId('Anna')), `${DAY}T12:30:00`, `${DAY}T13:00:00`);
		expect(reasonOf(await book())).toBe('slot_taken');
		expect(await list()).toEqual([]);
		expect(reasonOf(await desk.crm.cancelAppointment(String(booking()?.id), 'key-2'))).toBe('not_found');
	});

	it('reads a client’s visit that the desk made, without a word of ours in it', async () => {
		await open();
		const made = desk.sim.state.bookByHand(Number(desk.staffId('Anna')), `${DAY}T12:00:00`, `${DAY}T13:00:00`);
		made.clients = [{ id: Number(desk.clientId), type: { module: 'crm', code: 'CONTACT' } }];
		made.description = 'просила тишины [aia-x]';
		const [visit] = await list({ clientId: desk.clientId });
		expect(visit).toMatchObject({ id: String(made.id), serviceIds: [], comment: 'просила тишины [aia-x]', guestName: null });
		expect(reasonOf(await book({ start: on('12:30'), staffId: desk.staffId('Maria') }))).toBe('self_overlap');
		expect(valueOf(await desk.crm.rescheduleAppointment(String(made.id), { start: on('17:00') }, 'key-2')).start).toBe(on('17:00'));
	});

	it.each(['start', 'ignored'] as const)('sees every booking of a crowded day, paging %s', async (bookingPaging) => {
		await open({ portal: { switches: { bookingPaging } } });
		const chairs = Array.from({ length: 7 }, (_, index) => desk.sim.state.addResource(`Кресло ${index}`));
		for (const { id } of chairs) for (let hour = 10; hour < 20; hour += 1) desk.sim.state.bookByHand(id, `${DAY}T${hour}:00:00`, `${DAY}T${hour}:50:00`);
		const anna = Number(desk.staffId('Anna'));
		for (let hour = 10; hour < 20; hour += 1) desk.sim.state.bookByHand(anna, `${DAY}T${hour}:00:00`, `${DAY}T${hour}:50:00`);
		expect(valueOf(await desk.crm.slots({ serviceIds: [desk.serviceId('cut')], staffId: String(anna), from: DAY, to: DAY }))).toEqual([]);
		const pages: number[] = [];
		for await (const page of desk.crm.stream('visits', { from: on('00:00'), to: on('23:00') })) pages.push(valueOf(page).records.length);
		expect(pages).toEqual([50, 30]);
	});

	it('does not believe bookings of a window the portal did not understand', async () => {
		await open({ wrap: (port) => ({ exchange: (request) => port.exchange({ ...request, body: request.body?.replace('"within"', '"around"') }) }) });
		desk.sim.state.bookByHand(Number(desk.staffId('Anna')), '2027-03-01T12:00:00', '2027-03-01T13:00:00');
		expect((await desk.crm.appointments({ ...window, clientId: desk.clientId })).kind).toBe('ok');
		expect((await desk.crm.appointments({ from: on('10:00'), to: on('12:00') })).kind).toBe('unavailable');
		expect((await book()).kind).toBe('unavailable');
	});

	it('does nothing again that is done when a key comes again', async () => {
		await open();
		valueOf(await book());
		// as if somebody at the desk had taken the link away
		Object.assign(booking() ?? {}, { external: [] });
		desk.sim.requests.clear();
		valueOf(await book());
		expect(booking()?.external).toEqual([]);
		expect(desk.sim.requests.find('POST', /(add|update|delete)$/)).toEqual([]);
	});

	it('says which setting is wrong before it books', async () => {
		await open({ settings: (settings) => (settings.mode === 'booking' && settings.deals !== undefined ? { ...settings, deals: { ...settings.deals, fields: { start: 'UF_CRM_NO_SUCH' } } } : settings) });
		expect(await book()).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('UF_CRM_NO_SUCH') as string });
		expect(desk.live()).toEqual([]);
	});
});
