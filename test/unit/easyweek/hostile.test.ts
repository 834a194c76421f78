import { type Fault, replaced } from '../../contract/simulators/kit';
import { type Branch, type BranchOptions, DAY, on, openBranch, PHONE, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

const WINDOW = { from: on('00:00'), to: on('23:59') };
const OTHER = '00000000-0000-4000-8000-000000000000';

/** An answer with this JSON in the place of its own. */
const told = (value: unknown, status = 200): Fault => ({ name: 'told', apply: async () => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }) });
/** The right answer with one text in it changed. */
const changed = (from: RegExp | string, to: string): Fault => replaced('changed', (right) => ({ ...right, body: right.body.replaceAll(from, to) }));
const page = (data: readonly unknown[], more: object = {}): unknown => ({ data, links: { next: null }, meta: { current_page: 1, last_page: 1, per_page: 100, total: data.length, ...more } });

describe('answers that are not what was asked for', () => {
	let branch: Branch;
	const open = async (options: BranchOptions = {}): Promise<Branch> => (branch = await openBranch(options));
	afterEach(() => branch.close());
	const spoil = (fault: Fault, path: RegExp, method = 'GET'): void => branch.sim.faults.add(fault, { method, path, times: Infinity });
	const book = (more: object = {}, key = 'k1') =>
		branch.crm.createAppointment({ clientId: branch.clientId, serviceIds: [branch.serviceId('cut')], staffId: branch.staffId('Anna'), start: on('12:00'), ...more }, key);
	const slots = () => branch.crm.slots({ serviceIds: [branch.serviceId('cut')], staffId: branch.staffId('Anna'), from: DAY, to: DAY });

	it('do not make everybody the client of a phone', async () => {
		await open();
		spoil(told(page([...branch.sim.state.customers.values()].map(({ uuid, phone }) => ({ uuid, first_name: 'x', last_name: '', phone })).concat({ uuid: OTHER, first_name: 'y', last_name: '', phone: '+79990001122' }))), /\/customers$/);
		expect(valueOf(await branch.crm.findClient(PHONE)).map(({ id }) => id)).toEqual([branch.clientId]);
		expect(valueOf(await branch.crm.findClient('+79161239999'))).toEqual([]);
	});

	it('do not make one card or booking another', async () => {
		await open();
		const visit = valueOf(await book());
		spoil(changed(branch.clientId, OTHER), /\/customers\/./);
		expect((await book({ start: on('16:00') }, 'k2')).kind).toBe('unavailable');
		branch.sim.faults.clear();
		spoil(changed(visit.id, OTHER), /\/bookings\/./);
		expect((await branch.crm.appointment(visit.id)).kind).toBe('unavailable');
		expect((await branch.crm.cancelAppointment(visit.id, 'k3')).kind).toBe('unavailable');
		for await (const one of branch.crm.stream('visits', {})) expect(one.kind).toBe('unavailable');
		expect(branch.live()).toHaveLength(1);
	});

	it('do not end a list before its end', async () => {
		await open();
		for (const [what, answer] of [['fewer than counted', page([], { total: 0, last_page: 3 })], ['another page', page([{ uuid: OTHER }], { current_page: 2, last_page: 2, total: 1 })], ['no count', { data: [] }]] as const) {
			branch.sim.faults.clear();
			branch.clock.advance(600_000);
			spoil(told(answer), /\/customers$/);
			expect({ what, kind: (await branch.crm.findClient(PHONE)).kind }).toEqual({ what, kind: 'unavailable' });
			for await (const one of branch.crm.stream('clients', {})) expect({ what, kind: one.kind }).toEqual({ what, kind: 'unavailable' });
		}
	});

	it('do not move visits into the window', async () => {
		await open();
		const visit = valueOf(await book());
		valueOf(await book({ start: on('16:00') }, 'k2'));
		expect(valueOf(await branch.crm.appointments({ clientId: branch.clientId, from: on('12:00'), to: on('16:00') })).map(({ id }) => id)).toEqual([visit.id]);
		expect(valueOf(await branch.crm.appointments({ clientId: branch.clientId, from: on('12:01'), to: on('16:00') }))).toEqual([]);
	});

	it('are not asked for by an id that cannot be one', async () => {
		await open();
		branch.sim.requests.clear();
		for (const ids of [{ clientId: 'no-such-client' }, { staffId: '../..' }]) expect(valueOf(await branch.crm.appointments({ ...WINDOW, ...ids }))).toEqual([]);
		expect(branch.sim.requests.all).toEqual([]);
		for (const id of ['x', '../customers', '']) expect(reasonOf(await branch.crm.cancelAppointment(id, 'k'))).toBe('not_found');
		expect(branch.sim.requests.find('GET', /bookings/)).toEqual([]);
	});

	it('do not make free times of what is none', async () => {
		await open();
		const day = (...starts: readonly object[]): unknown => ({ data: { dates: [{ date: DAY, slots: starts }] } });
		const offered = async (answer: unknown): Promise<unknown> => {
			branch.sim.faults.clear();
			branch.clock.advance(600_000);
			spoil(told(answer), /time-slots$/);
			const outcome = await slots();
			return outcome.kind === 'ok' ? outcome.value.map(({ start, end }) => [start, end]) : outcome.kind;
		};
		const noon = { start: on('12:00'), end: on('13:00') };
		expect(await offered(day(noon))).toEqual([[on('12:00'), on('13:00')]]);
		expect(await offered(day({ ...noon, quantity: 0 }))).toEqual([]);
		expect(await offered(day({ start: `${DAY}T12:00:30+03:00` }))).toEqual([]);
		expect(await offered(day({ ...noon, end: on('11:00') }))).toEqual([[on('12:00'), on('13:00')]]);
		expect(await offered(day({ ...noon, end: `2027${DAY.slice(4)}T12:00:00+03:00` }))).toEqual([[on('12:00'), on('13:00')]]);
		expect(await offered(day({ start: '2026-11-25T12:00:00+03:00' }))).toEqual([]);
		expect(await offered(day({ start: '2026-02-31T12:00:00+03:00' }))).toBe('unavailable');
		expect(await offered(day({ start: `${DAY}T12:00:00` }))).toBe('unavailable');
		expect(await offered({ dates: [{ date: DAY }] })).toBe('unavailable');
		expect(await offered({ dates: [{ date: DAY, intervals: [{ start_formatted: '9:30', end_formatted: '37800' }] }] })).toEqual([[on('09:30'), on('10:30')]]);
		expect(await offered({ dates: [{ date: DAY, intervals: [{ start_formatted: '25:00' }] }] })).toBe('unavailable');
	});

	it('are asked for one day more than is wanted, for whether the last one counts is not told', async () => {
		await open();
		valueOf(await slots());
		expect(branch.sim.requests.find('GET', /time-slots$/)[0]?.query).toMatchObject({ range_start: DAY, range_end: '2026-11-25' });
	});

	it('do not tell a refused time as free, nor a taken one as refused', async () => {
		await open();
		spoil(told({ message: 'Conflict' }, 409), /\/bookings$/, 'POST');
		expect(reasonOf(await book())).toBe('slot_taken');
	});

	it('say nothing when a time is refused and nothing can be read after it', async () => {
		await open({
			wrap: (port) => {
				let isBlind = false;
				return {
					exchange: async (request) => {
						if (isBlind) return { kind: 'failed', cause: 'reset', sent: true };
						isBlind = request.method === 'POST';
						return port.exchange(request);
					},
				};
			},
		});
		spoil(told({ message: 'Conflict' }, 409), /\/bookings$/, 'POST');
		expect(await book()).toEqual({ kind: 'unknown', operation: 'k1' });
	});

	it('do not make an old visit of the client the new one', async () => {
		await open();
		const line = { uuid: branch.sim.state.uuid(), service: branch.serviceId('cut'), staffer: branch.staffId('Anna'), price: 1, minutes: 60, start: Date.parse(on('12:00')) };
		const ids = branch.sim.state.ids();
		branch.sim.state.bookings.set(ids.uuid, { ...ids, location: branch.sim.ids.location, customer: branch.clientId, createdAt: 0, comment: '', lines: [line], canceled: false, completed: false, paid: 0, cancelReason: null, internalNotes: '' });
		spoil(told({ dates: [{ date: DAY, intervals: [{ start_formatted: '12:00' }] }] }), /time-slots$/);
		spoil(told({ message: 'x' }, 500), /\/bookings$/, 'POST');
		expect(await book({ guestName: 'Миша' })).toEqual({ kind: 'unknown', operation: 'k1' });
	});

	it('do not make working hours of none', async () => {
		await open();
		spoil(changed(/"opening_hours":\{.*?\}\]\}\}/g, '"opening_hours":null'), /\/locations$/);
		expect(valueOf(await branch.crm.company()).workingHours).toEqual({});
		expect(reasonOf(await book({ start: on('08:00') }))).toBe('slot_taken');
	});

	it('read hours day by day, and count what they do not understand', async () => {
		await open();
		const days = { mon: [{ from: '10:00', to: '14:00' }, { from: '15:00', to: '24:00' }], tue: [{ from: '10', to: '19:00' }], wed: 'closed', sun: [], someday: [{ from: '10:00', to: '14:00' }] };
		spoil(changed(/"opening_hours":\{.*?\}\]\}\}/g, `"opening_hours":${JSON.stringify({ days })}`), /\/locations$/);
		expect(valueOf(await branch.crm.company()).workingHours).toEqual({ 1: days.mon });
		expect(new Set(branch.unknownValues)).toEqual(new Set(['location.opening_hours']));
	});

	it('do not book a service whose length is not told, nor tell a price that only begins somewhere', async () => {
		await open();
		spoil(changed(/"duration":\{[^}]*\}/g, '"duration":{"value":1,"label":"fortnights"}'), /\/services$/);
		const [cut] = valueOf(await branch.crm.services());
		expect(cut).toMatchObject({ bookableOnline: false, durationMinutes: 0, price: { min: 200_000 } });
		expect(branch.unknownValues).toContain('service.duration');
		expect(reasonOf(await book())).toBe('service_inactive');
		branch.sim.faults.clear();
		branch.sim.clock.advance(600_000);
		spoil(changed('"starting_at":false', '"starting_at":true'), /\/services$/);
		expect(valueOf(await branch.crm.services())[0]).toMatchObject({ bookableOnline: true, price: null });
		expect(valueOf(await slots())[0]?.price).toBeNull();
		branch.sim.faults.clear();
		branch.sim.clock.advance(600_000);
		spoil(changed('"price":200000', '"price":0'), /\/services$/);
		expect(valueOf(await branch.crm.services())[0]?.price).toBeNull();
	});

	it('do not make a card of a change that was not kept, and an unsent card is only unavailable', async () => {
		await open({ settings: { changesClients: true }, wrap: (port) => ({ exchange: async (request) => (request.method === 'POST' ? { kind: 'failed', cause: 'refused', sent: false } : port.exchange(request)) }) });
		spoil(told({ data: {} }), /\/customers\/./, 'PUT');
		expect((await branch.crm.updateClient(branch.clientId, { name: 'Вероника' })).kind).toBe('unknown');
		expect((await branch.crm.createClient({ name: 'Анна', phone: '+79161110000' })).kind).toBe('unavailable');
		expect((await book()).kind).toBe('unavailable');
	});

	it('do not send the client to an address of the API', async () => {
		await open({ simulator: { switches: { manageLink: 'present' } } });
		const visit = valueOf(await book());
		for (const link of ['https://my.easyweek.io/api/public/v2/bookings/1', 'http://eyw.me/r/1', 'https://', 'javascript:alert(1)']) {
			branch.sim.faults.clear();
			spoil(changed(/https:\/\/eyw\.me\/[^"]*/g, link), /\/bookings\/./);
			expect(await branch.crm.rescheduleAppointment(visit.id, { start: on('16:00') }, 'k2')).toMatchObject({ reason: 'unsupported', handoff: { kind: 'human' } });
		}
	});
});
