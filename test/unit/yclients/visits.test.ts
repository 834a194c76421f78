import { type Branch, type BranchOptions, DAY, openBranch, reasonOf, valueOf } from '../../contract/support/yclients-branch';

const NOON = `${DAY}T12:00:00+03:00`;

describe('visits of a branch', () => {
	let branch: Branch;
	const open = async (options: BranchOptions = {}): Promise<Branch> => (branch = await openBranch(options));
	afterEach(() => branch.close());
	const wish = (more: object = {}) => ({ clientId: branch.clientId, serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Anna'), start: NOON, ...more });
	const record = () => [...branch.sim.state.records.values()].at(-1);
	const times = async (query: object): Promise<string[]> =>
		valueOf(await branch.crm.slots({ serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Anna'), from: DAY, to: DAY, ...query })).map(({ start }) => start.slice(11, 16));

	it('books with the person’s own length', async () => {
		await open();
		branch.sim.state.services.get(Number(branch.salon.serviceId('cut')))?.staff.set(Number(branch.salon.staffId('Maria')), 5400);
		expect(valueOf(await branch.crm.createAppointment(wish({ staffId: branch.salon.staffId('Maria') }), 'k1'))).toMatchObject({ start: NOON, end: `${DAY}T13:30:00+03:00` });
		expect(record()?.seanceLength).toBe(5400);
	});

	it('sends the offered datetime back as it came, though its offset is wrong', async () => {
		await open({ simulator: { switches: { datetimeOffset: 'moscow', foreignOffset: 'honoured' } } });
		branch.salon.company.zone = 'Asia/Yekaterinburg';
		const start = `${DAY}T12:00:00+05:00`;
		expect(await times({})).toContain('12:00');
		expect(valueOf(await branch.crm.createAppointment(wish({ start }), 'k1'))).toMatchObject({ start });
		expect(record()?.start).toBe(Date.parse(start));
	});

	it('keeps the guest apart from the client, in the comment', async () => {
		await open();
		valueOf(await branch.crm.createAppointment(wish({ comment: 'у окна' }), 'k1'));
		const guest = valueOf(await branch.crm.createAppointment(wish({ staffId: branch.salon.staffId('Maria'), guestName: 'Миша', comment: 'первый раз' }), 'k2'));
		expect(guest).toMatchObject({ guestName: 'Миша', comment: 'первый раз' });
		expect(record()?.comment).toContain('Миша');
		expect(reasonOf(await branch.crm.createAppointment(wish({ staffId: branch.salon.staffId('Maria'), start: `${DAY}T12:30:00+03:00` }), 'k3'))).toBe('self_overlap');
	});

	it('is told of the black list, of a service switched off and of a branch that wants a code', async () => {
		await open();
		branch.salon.company.phoneConfirmation = true;
		expect(reasonOf(await branch.crm.createAppointment(wish(), 'k0'))).toMatch(/not_allowed|invalid_request/);
		branch.salon.company.phoneConfirmation = false;
		Object.assign(branch.sim.switches, { codePosition: 'meta' });
		branch.salon.block(branch.clientId);
		expect(reasonOf(await branch.crm.createAppointment(wish(), 'k1'))).toBe('client_blocked');
		expect(branch.live()).toEqual([]);
	});

	it.each(['online', 'journal'] as const)('moves with everything the record holds (%s)', async (route) => {
		await open({ settings: { route } });
		const visit = valueOf(await branch.crm.createAppointment(wish({ comment: 'у окна' }), 'k1'));
		const held = record();
		if (held === undefined) throw new Error('no record');
		Object.assign(held, { labels: ['7'], customFields: { color: 'red' }, customColor: 'f00', attendance: 2, seanceLength: 4500, smsRemainHours: 3 });
		held.services = held.services.map((line) => ({ ...line, cost: 1500, discount: 25 }));
		branch.sim.state.changed(branch.salon.company.id, 'record', held.id, 'update');
		const services = structuredClone(held.services);
		const apiId = held.apiId;
		const moved = valueOf(await branch.crm.rescheduleAppointment(visit.id, { start: `${DAY}T15:00:00+03:00` }, 'k2'));
		expect(moved).toMatchObject({ start: `${DAY}T15:00:00+03:00`, end: `${DAY}T16:15:00+03:00`, price: { min: 150_000 }, comment: 'у окна', status: 'confirmed' });
		expect(record()).toMatchObject({ labels: ['7'], customFields: { color: 'red' }, customColor: 'f00', attendance: 2, seanceLength: 4500, smsRemainHours: 3, services, apiId });
	});

	it('takes the other person’s length when a visit moves to them, and refuses one who cannot', async () => {
		await open();
		branch.sim.state.services.get(Number(branch.salon.serviceId('cut')))?.staff.set(Number(branch.salon.staffId('Maria')), 5400);
		const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		expect(valueOf(await branch.crm.rescheduleAppointment(visit.id, { start: NOON, staffId: branch.salon.staffId('Maria') }, 'k2'))).toMatchObject({ staffId: branch.salon.staffId('Maria'), end: `${DAY}T13:30:00+03:00` });
		const color = valueOf(await branch.crm.createAppointment(wish({ serviceIds: [branch.salon.serviceId('color')], start: `${DAY}T15:00:00+03:00` }), 'k3'));
		expect(reasonOf(await branch.crm.rescheduleAppointment(color.id, { start: `${DAY}T17:00:00+03:00`, staffId: branch.salon.staffId('Maria') }, 'k4'))).toBe('staff_unqualified');
	});

	it('tells taken time from time outside hours when a move is refused', async () => {
		await open();
		const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		expect(reasonOf(await branch.crm.rescheduleAppointment(visit.id, { start: `${DAY}T19:30:00+03:00` }, 'k2'))).toBe('outside_hours');
		expect(record()).toMatchObject({ start: Date.parse(NOON), deleted: false });
	});

	it.each(['online', 'journal'] as const)('offers the time a visit stands in when that visit is to be moved (%s)', async (route) => {
		await open({ settings: { route } });
		const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		expect(await times({})).not.toContain('12:30');
		expect(await times({ excludeAppointmentId: visit.id })).toEqual(expect.arrayContaining(['11:30', '12:00', '12:30', '13:00']));
		expect(await times({ excludeAppointmentId: '999' })).not.toContain('12:30');
	});

	it('does not change a visit that has taken place, nor where the branch forbids it', async () => {
		await open();
		const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		const held = record();
		if (held === undefined) throw new Error('no record');
		for (const attendance of [1, -1] as const) {
			held.attendance = attendance;
			expect(reasonOf(await branch.crm.cancelAppointment(visit.id, 'k2'))).toBe('too_late_to_change');
		}
		held.attendance = 0;
		branch.salon.company.allowChange = false;
		branch.sim.clock.advance(660_000);
		expect(reasonOf(await branch.crm.cancelAppointment(visit.id, 'k3'))).toBe('not_allowed');
		expect(held.deleted).toBe(false);
	});

	it('reads visits past blocked time, and keeps a mark nobody knows as a visit', async () => {
		await open();
		const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		const held = record();
		if (held === undefined) throw new Error('no record');
		branch.sim.state.addRecord({ ...held, clientId: null, services: [], start: held.start + 7_200_000, apiId: '' });
		branch.sim.state.addRecord({ ...held, clientId: null, services: [], start: held.start + 10_800_000, apiId: '' });
		Object.assign(held, { attendance: 17 });
		const window = { from: `${DAY}T00:00:00+03:00`, to: `${DAY}T23:59:00+03:00`, staffId: branch.salon.staffId('Anna') };
		expect(valueOf(await branch.crm.appointments(window)).map(({ id, status }) => ({ id, status }))).toEqual([{ id: visit.id, status: 'booked' }]);
		expect(branch.unknownValues).toEqual(['record.attendance']);
		expect(await times({})).not.toContain('14:00');
		expect(reasonOf(await branch.crm.cancelAppointment(String(held.id + 1), 'k2'))).toBe('not_found');
	});

	it.each(['text', 'unix'] as const)('lists free days over two months, also where the account knows no range, days as %s', async (bookDates) => {
		await open({ simulator: { switches: { bookDates } } });
		branch.sim.state.staff.get(Number(branch.salon.staffId('Anna')))?.days.set('2026-11-30', []);
		const dates = valueOf(await branch.crm.availableDates({ serviceIds: [branch.salon.serviceId('color')], from: '2026-11-27', to: '2026-12-03' }));
		expect(dates).toEqual(['2026-11-27', '2026-11-28', '2026-11-29', '2026-12-01', '2026-12-02', '2026-12-03']);
		const slots = valueOf(await branch.crm.slots({ serviceIds: [branch.salon.serviceId('color')], from: '2026-11-27', to: '2026-12-03' }));
		expect([...new Set(slots.map(({ start }) => start.slice(0, 10)))]).toEqual(dates);
	});
});
