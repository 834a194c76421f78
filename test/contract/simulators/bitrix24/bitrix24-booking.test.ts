import { ask, refusalOf, resultOf } from './bench';
import { type Bitrix24Options, type Bitrix24Simulator, type FurnishedSalon, furnish, startBitrix24 } from './index';
import type { Fields } from './parameters';

let simulator: Bitrix24Simulator;
let salon: FurnishedSalon;
const start = async (switches: Bitrix24Options['switches'] = {}): Promise<void> => {
	simulator = await startBitrix24({ switches });
	salon = furnish(simulator.state, { services: [{ name: 'Стрижка', price: 2500 }], staff: ['Анна', 'Мария'], hours: { from: 540, to: 1080 }, stepMinutes: 60 });
};
afterEach(async () => simulator.close());

/** 10 August 2026, 11:00 in Moscow. */
const ELEVEN = 1_786_348_800;
const period = (from = ELEVEN, minutes = 60): Fields => ({ from: { timestamp: from, timezone: 'Europe/Moscow' }, to: { timestamp: from + minutes * 60, timezone: 'Europe/Moscow' } });
const anna = (): number => salon.resources.get('Анна')?.id ?? 0;
const annaUser = (): number => salon.users.get('Анна')?.id ?? 0;
const book = async (from = ELEVEN, resourceIds = [anna()]): Promise<number> => (await resultOf<{ id: number }>(simulator, 'booking.v1.booking.add', { fields: { resourceIds, name: 'Стрижка', datePeriod: period(from) } })).id;

describe('Bitrix24 online booking', () => {
	it('[confirmed] lists resources, and types under the same singular key; a schedule is a template', async () => {
		await start();
		expect(await resultOf(simulator, 'booking.v1.resource.list', { filter: { name: 'Анна' } })).toMatchObject({ resource: [{ id: anna(), name: 'Анна', isMain: 'Y' }] });
		expect(await resultOf(simulator, 'booking.v1.resourceType.list')).toMatchObject({ resource: [{ code: 'expert' }, { code: 'equipment' }] });
		const before = await resultOf(simulator, 'booking.v1.resource.slots.list', { resourceId: anna() });
		expect(before).toMatchObject({ slots: [{ from: 540, to: 1080, timezone: 'Europe/Moscow', slotSize: 60 }] });
		await book();
		expect(await resultOf(simulator, 'booking.v1.resource.slots.list', { resourceId: anna() })).toEqual(before);
		expect(await refusalOf(simulator, 'booking.v1.resource.slots.list', { resourceId: 999 })).toEqual([400, 1009]);
	});

	it.each([['resourceId', 'resourceID'], ['resourceID', 'resourceId']] as const)('[two editions] takes %s where the portal does, and not %s', async (taken, other) => {
		await start({ slotsParameter: taken });
		expect(await resultOf(simulator, 'booking.v1.resource.slots.list', { [taken]: anna() })).toMatchObject({ slots: [{ from: 540 }] });
		expect(await refusalOf(simulator, 'booking.v1.resource.slots.list', { [other]: anna() })).toEqual([400, 100]);
	});

	it('[confirmed] books, shows no client in the object, finds by window and client, moves and deletes without a trace', async () => {
		await start();
		const id = await book();
		expect(await resultOf(simulator, 'booking.v1.booking.client.set', { bookingId: id, clients: [{ id: 275, type: { module: 'crm', code: 'CONTACT' } }] })).toBe(true);
		await resultOf(simulator, 'booking.v1.booking.externalData.set', { bookingId: id, externalData: [{ moduleId: 'crm', entityTypeId: 'DEAL', value: '342' }] });
		const listed = await resultOf<{ booking: Fields[] }>(simulator, 'booking.v1.booking.list', { filter: { within: { dateFrom: ELEVEN + 1800, dateTo: ELEVEN + 7200 } } });
		expect(listed.booking).toEqual([{ id, name: 'Стрижка', description: null, resourceIds: [anna()], datePeriod: period() }]);
		for (const [dateFrom, dateTo] of [[ELEVEN - 3600, ELEVEN], [ELEVEN + 3600, ELEVEN + 7200]]) {
			expect(await resultOf(simulator, 'booking.v1.booking.list', { filter: { within: { dateFrom, dateTo } } })).toEqual({ booking: [] });
		}
		const mine = { filter: { client: { entities: [{ module: 'crm', code: 'CONTACT', id: 275 }] } } };
		expect(await resultOf(simulator, 'booking.v1.booking.list', mine)).toMatchObject({ booking: [{ id }] });
		expect(await refusalOf(simulator, 'booking.v1.booking.list', { filter: { client: { entities: [{ id: 275 }] } } })).toEqual([400, 100]);
		await resultOf(simulator, 'booking.v1.booking.update', { id, fields: { datePeriod: period(ELEVEN + 7200) } });
		expect(await resultOf(simulator, 'booking.v1.booking.list', { filter: { within: { dateFrom: ELEVEN, dateTo: ELEVEN + 3600 } } })).toEqual({ booking: [] });
		expect(await resultOf(simulator, 'booking.v1.booking.client.list', { bookingId: id })).toEqual({ bookingClient: [{ id: 275, type: { module: 'crm', code: 'CONTACT' } }] });
		expect(await resultOf(simulator, 'booking.v1.booking.delete', { id })).toBe(true);
		expect(await refusalOf(simulator, 'booking.v1.booking.delete', { id })).toEqual([400, 1019]);
		expect(await refusalOf(simulator, 'booking.v1.booking.client.list', { bookingId: id })).toEqual([400, 1021]);
	});

	it('[confirmed] refuses with numbers: 1018 resource, 422 period, 0 field, 100 parameter; flat dates are wrong', async () => {
		await start();
		const add = (fields: Fields): Promise<unknown> => refusalOf(simulator, 'booking.v1.booking.add', { fields });
		expect(await add({ resourceIds: [999], datePeriod: period() })).toEqual([400, 1018]);
		expect(await add({ resourceIds: [], datePeriod: period() })).toEqual([400, 1018]);
		expect(await add({ resourceIds: [anna()], datePeriod: period(ELEVEN, -60) })).toEqual([400, 422]);
		expect(await add({ resourceIds: [anna()], dateFrom: ELEVEN, dateTo: ELEVEN + 3600 })).toEqual([400, 0]);
		expect(await refusalOf(simulator, 'booking.v1.booking.add', { resourceId: anna() })).toEqual([400, 100]);
		expect(simulator.state.bookings.size).toBe(0);
	});

	it.each([['accepted', 2], ['refused', 1]] as const)('[not established] overlapping bookings are %s', async (overlappingBookings, left) => {
		await start({ overlappingBookings });
		await book();
		await ask(simulator, 'booking.v1.booking.add', { fields: { resourceIds: [anna()], datePeriod: period(ELEVEN + 1800) } });
		expect(simulator.state.bookings.size).toBe(left);
		await book(ELEVEN + 3600);
		await book(ELEVEN, [salon.resources.get('Мария')?.id ?? 0]);
		expect(simulator.state.bookings.size).toBe(left + 2);
	});

	it.each([['start', [50, 10]], ['ignored', [50, 50]]] as const)('[one source] lists are paged: start is %s', async (bookingPaging, sizes) => {
		await start({ bookingPaging });
		for (let index = 0; index < 60; index += 1) simulator.state.bookByHand(anna(), '2026-08-10T11:00:00', '2026-08-10T12:00:00');
		const pages = await Promise.all([0, 50].map((from) => resultOf<{ booking: unknown[] }>(simulator, 'booking.v1.booking.list', { start: from })));
		expect(pages.map(({ booking }) => booking.length)).toEqual(sizes);
	});

	it.each([
		['missing', { isExisting: false, isAvailable: false }, [404, 'ERROR_METHOD_NOT_FOUND']],
		['off', { isExisting: true, isAvailable: false }, [403, 'ACCESS_DENIED']],
	] as const)('[confirmed] says that the module is %s', async (bookingModule, probe, refusal) => {
		await start({ bookingModule });
		expect(await resultOf(simulator, 'method.get', { name: 'booking.v1.booking.list' })).toEqual(probe);
		expect(await refusalOf(simulator, 'booking.v1.resource.list')).toEqual(refusal);
	});

	it('[one source] the filter by id, the code of a booking that is gone and the types of clients, in their other positions', async () => {
		await start({ bookingIdFilter: 'ignored', goneBooking: '1021', clientTypes: 'empty until used' });
		const [first] = [await book(), await book(ELEVEN + 3600)];
		expect((await resultOf<{ booking: unknown[] }>(simulator, 'booking.v1.booking.list', { filter: { id: first } })).booking).toHaveLength(2);
		expect(await refusalOf(simulator, 'booking.v1.booking.delete', { id: 999 })).toEqual([400, 1021]);
		expect(await resultOf(simulator, 'booking.v1.clienttype.list')).toEqual({ clientType: [] });
	});
});

describe('Bitrix24 calendars', () => {
	const event = (): Fields => ({ type: 'user', ownerId: annaUser(), name: 'Стрижка', from: '2026-08-10T11:00:00+03:00', to: '2026-08-10T12:00:00+03:00', skip_time: 'N', auto_detect_section: 'Y' });

	it('[confirmed] accept overlaps, give ids and stamps as texts and dates as the portal shows them', async () => {
		await start();
		const ids = [await resultOf<number>(simulator, 'calendar.event.add', event()), await resultOf<number>(simulator, 'calendar.event.add', event())];
		const busy = await resultOf<Record<string, Fields[]>>(simulator, 'calendar.accessibility.get', { users: [annaUser()], from: '2026-08-10', to: '2026-08-10' });
		expect(busy[annaUser()]).toMatchObject(ids.map((id) => ({ ID: String(id), DATE_FROM: '10.08.2026 11:00:00', DATE_FROM_TS_UTC: String(ELEVEN), DT_SKIP_TIME: 'N', ACCESSIBILITY: 'busy' })));
		expect(await resultOf(simulator, 'calendar.event.delete', { id: ids[0] })).toBe(true);
		expect(await refusalOf(simulator, 'calendar.event.delete', { id: ids[0] })).toEqual([400, '']);
	});

	it('[confirmed] write dates with slashes where the portal does, and read a time without offset in the caller\'s zone', async () => {
		await start({ displayDates: 'slashed' });
		const admin = simulator.state.users.get(1);
		if (admin !== undefined) admin.zone = 'Asia/Yekaterinburg';
		await resultOf(simulator, 'calendar.event.add', { ...event(), from: '2026-08-10 13:00:00', to: '2026-08-10 14:00:00' });
		const [shown] = await resultOf<Fields[]>(simulator, 'calendar.event.get', { type: 'user', ownerId: annaUser() });
		expect(shown).toMatchObject({ DATE_FROM: '08/10/2026 11:00:00 am', DATE_FROM_TS_UTC: String(ELEVEN), UF_CRM_CAL_EVENT: false });
	});

	it('[confirmed] lose the people of a meeting that is changed without naming them; another owner is refused', async () => {
		await start();
		const id = await resultOf<number>(simulator, 'calendar.event.add', { ...event(), is_meeting: 'Y', attendees: [annaUser()] });
		await resultOf(simulator, 'calendar.event.update', { id, type: 'user', ownerId: annaUser(), is_meeting: 'Y', from: '2026-08-10T15:00:00+03:00', to: '2026-08-10T16:00:00+03:00' });
		expect(simulator.state.calendar.get(id)).toMatchObject({ attendees: [], fromSeconds: ELEVEN + 4 * 3600, name: 'Стрижка' });
		expect(await refusalOf(simulator, 'calendar.event.update', { id, type: 'user', ownerId: 1 })).toEqual([400, '']);
	});

	it.each([['expanded', 3], ['single', 1]] as const)('[to be tested] list weekly entries %s', async (recurringEvents, count) => {
		await start({ recurringEvents });
		simulator.state.busyByHand(annaUser(), '2026-08-10T11:00:00', '2026-08-10T12:00:00', { repeats: 2 });
		expect(await resultOf(simulator, 'calendar.event.get', { type: 'user', ownerId: annaUser() })).toHaveLength(count);
		const busy = await resultOf<Record<string, unknown[]>>(simulator, 'calendar.accessibility.get', { users: [annaUser()], from: '2026-08-01', to: '2026-08-31' });
		expect(busy[annaUser()]).toHaveLength(3);
	});

	it.each([['listed', [{ ACCESSIBILITY: 'absent', DT_SKIP_TIME: 'Y' }]], ['hidden', []]] as const)('[to be tested] days off of the absence chart are %s', async (absencesInAccessibility, expected) => {
		await start({ absencesInAccessibility });
		simulator.state.absences.push({ userId: annaUser(), from: '2026-08-10', to: '2026-08-12' });
		const busy = await resultOf<Record<string, Fields[]>>(simulator, 'calendar.accessibility.get', { users: [annaUser()], from: '2026-08-12', to: '2026-08-12' });
		expect(busy[annaUser()]).toMatchObject(expected);
		expect(busy[annaUser()]).toHaveLength(expected.length);
	});

	it.each([['hours', '9'], ['hours and minutes', '9.30']] as const)('[inferred] portal hours are %s', async (workTime, expected) => {
		await start({ workTime });
		expect(await resultOf(simulator, 'calendar.settings.get')).toMatchObject({ work_time_start: expected, week_holidays: ['SA', 'SU'], year_holidays: '1.01,2.01,7.01' });
	});
});
