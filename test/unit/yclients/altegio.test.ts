import { ALTEGIO } from '../../../core/crm/yclients';
import { failing, json, replaced } from '../../contract/simulators/kit';
import { type Branch, type BranchOptions, openBranch, reasonOf, valueOf } from '../../contract/support/yclients-branch';
import { createTripwire, type Tripwire } from '../../contract/support/vendor-bench';

const SUMMER = '2026-07-20T09:00:00+02:00';
const DAY = '2026-07-23';
const NOON = `${DAY}T12:00:00+02:00`;

describe('a location of Altegio', () => {
	let branch: Branch;
	let wire: Tripwire;
	const open = async ({ simulator, ...options }: BranchOptions = {}): Promise<void> => {
		wire = createTripwire();
		branch = await openBranch({ brand: ALTEGIO, spec: { zone: 'Europe/Berlin', country: 'DE', currency: 'EUR' }, wrap: wire.wrap, ...options, simulator: { now: SUMMER, ...simulator } });
	};
	afterEach(() => branch.close());
	const wish = (more: object = {}) => ({ clientId: branch.clientId, serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Anna'), start: NOON, ...more });
	const record = () => [...branch.sim.state.records.values()].at(-1);
	const card = (phone: string): string => String(branch.sim.state.addClient(branch.salon.company.id, { name: 'Kim', phone }, branch.sim.clock.now()).id);
	const paths = (): readonly string[] => branch.sim.requests.all.filter(({ path }) => /book_(check|record)/.test(path)).map(({ path }) => path.split('/').at(-2) ?? '');

	it.each(['online', 'journal'] as const)('believes its wall time, though the offset beside it is an hour off in summer (%s)', async (route) => {
		await open({ settings: { route } });
		expect(branch.sim.switches.datetimeOffset).toBe('summer-plus-one');
		const slots = valueOf(await branch.crm.slots({ serviceIds: wish().serviceIds, staffId: wish().staffId, from: DAY, to: DAY }));
		expect(slots[0]?.start).toBe(`${DAY}T10:00:00+02:00`);
		const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		expect(visit.start).toBe(NOON);
		expect(record()?.start).toBe(Date.parse(NOON));
		const moved = valueOf(await branch.crm.rescheduleAppointment(visit.id, { start: `${DAY}T15:00:00+02:00` }, 'k2'));
		expect(moved.start).toBe(`${DAY}T15:00:00+02:00`);
		expect(record()?.start).toBe(Date.parse(`${DAY}T15:00:00+02:00`));
	});

	it('reads a phone by its country code alone, and an eight is no seven', async () => {
		await open();
		const cards = { '+81312345678': card('81312345678'), '+3725123456': card('3725123456'), '+4915123456789': card('4915123456789') };
		for (const [phone, id] of Object.entries(cards)) {
			expect(valueOf(await branch.crm.findClient(phone))).toMatchObject([{ id, phone }]);
			// a card alone is given with the digits of its phone only
			expect(valueOf(await branch.crm.updateClient(id, { name: 'Kim Lee' }))).toMatchObject({ id, phone });
		}
		expect(reasonOf(await branch.crm.createClient({ name: 'Kim', phone: '030 1234567' }))).toBe('phone_invalid');
	});

	it('reads a phone without a country code by the country of the settings', async () => {
		await open({ settings: { country: 'DE' } });
		const made = valueOf(await branch.crm.createClient({ name: 'Kim', phone: '0151 23456789' }));
		expect(made.phone).toBe('+4915123456789');
		expect(branch.sim.state.clients.get(Number(made.id))?.phone).toBe('4915123456789');
	});

	it('tells prices in the currency of the sign, and none in a currency it does not know', async () => {
		await open();
		expect(valueOf(await branch.crm.services())[0]?.price).toEqual({ min: 200_000, max: 200_000, currency: 'EUR' });
		await branch.close();
		await open({ spec: { zone: 'Europe/Berlin', currency: '¤' } });
		expect(valueOf(await branch.crm.services())[0]?.price).toBeNull();
		expect(valueOf(await branch.crm.company()).currency).toBe('XXX');
	});

	it('names a guest in the words of the brand', async () => {
		await open();
		valueOf(await branch.crm.createAppointment(wish({ guestName: 'Mia', comment: 'first time' }), 'k1'));
		expect(record()?.comment).toBe('first time\nGuest: Mia');
		expect(valueOf(await branch.crm.appointments({ from: SUMMER, to: `${DAY}T23:00:00+02:00` }))).toMatchObject([{ guestName: 'Mia', comment: 'first time' }]);
	});

	it('has a booking checked before it makes it, and a failed check books nothing', async () => {
		await open();
		branch.sim.faults.add(failing(500), { path: /book_check/, times: Infinity });
		expect((await branch.crm.createAppointment(wish(), 'k1')).kind).toBe('unavailable');
		expect(new Set(paths())).toEqual(new Set(['book_check']));
		expect(branch.live()).toEqual([]);
		branch.sim.faults.clear();
		branch.sim.requests.clear();
		branch.clock.advance(60_000);
		valueOf(await branch.crm.createAppointment(wish(), 'k1'));
		expect(paths()).toEqual(['book_check', 'book_record']);
	});

	describe('a refusal in a language nobody here reads', () => {
		const inGerman = replaced('in German', (right) => (right.status < 400 ? right : json(right.status, { success: false, data: null, meta: { message: 'Der Termin ist leider vergeben' } })));
		const takenBefore = (path: RegExp, method: string, start: string): void => {
			branch.sim.faults.add(inGerman, { path, method });
			wire.before({ path, method }, () => blockTime(start));
		};
		/** As the front desk does: nobody's time. */
		const blockTime = (start: string): void => {
			const { company, user, staffId } = branch.salon;
			const at = branch.sim.clock.now();
			branch.sim.state.addRecord({
				companyId: company.id, staffId: Number(staffId('Anna')), services: [], clientId: null, start: Date.parse(start), seanceLength: 3600, breakSeconds: 0, comment: '', attendance: 0, confirmed: 0,
				apiId: '', labels: [], customFields: {}, customColor: '', smsRemainHours: 0, emailRemainHours: 0, activityId: 0, online: false, createdUserId: user.id, createdAt: at,
			});
		};

		it.each([['online', /book_check/], ['journal', /\/records\/\d+$/]] as const)('of a time that is taken by now means just that (%s)', async (route, path) => {
			await open({ settings: { route } });
			takenBefore(path, 'POST', NOON);
			expect(reasonOf(await branch.crm.createAppointment(wish(), 'k1'))).toBe('slot_taken');
			expect(branch.sim.faults.spent()).toBe(true);
		});

		it('of a move means the same, and the visit’s own time is not in its way', async () => {
			await open();
			const visit = valueOf(await branch.crm.createAppointment(wish(), 'k1'));
			takenBefore(/\/record\//, 'PUT', `${DAY}T16:00:00+02:00`);
			expect(reasonOf(await branch.crm.rescheduleAppointment(visit.id, { start: `${DAY}T16:00:00+02:00` }, 'k2'))).toBe('slot_taken');
			branch.sim.faults.add(failing(422), { method: 'PUT' });
			expect(reasonOf(await branch.crm.rescheduleAppointment(visit.id, { start: `${DAY}T12:30:00+02:00` }, 'k3'))).toBe('invalid_request');
		});

		it('of a time that is free is told as it is', async () => {
			await open();
			branch.sim.faults.add(replaced('refused', () => json(422, { success: false, data: null, meta: { message: 'E-Mail fehlt', errors: { email: ['fehlt'] } } })), { path: /book_check/ });
			expect(await branch.crm.createAppointment(wish(), 'k1')).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('email') as string });
		});
	});
});
