import { unavailable, unknown } from '../../../core/booking';
import { crmAt, DAY, reasonOf, valueOf, Vendor } from './support/vendor';

const START = `${DAY}T12:00:00+03:00`;
const LATER = `${DAY}T16:00:00+03:00`;
let vendor: Vendor;
const crm = () => crmAt(vendor);
const visitAt = (start: string, minutes = 60, more = {}) => vendor.put({ staffId: 'anna', clientId: 'vera', start, end: new Date(Date.parse(start) + minutes * 60_000).toISOString(), ...more });
beforeEach(() => {
	vendor = new Vendor();
});

describe('a move', () => {
	it('keeps a length set by hand with the same person, and takes the plan’s with another', async () => {
		const visit = visitAt(START, 75);
		expect(Date.parse(valueOf(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'a')).end)).toBe(Date.parse(LATER) + 75 * 60_000);
		expect(Date.parse(valueOf(await crm().rescheduleAppointment(visit.id, { start: LATER, staffId: 'maria' }, 'b')).end)).toBe(Date.parse(LATER) + 60 * 60_000);
	});

	it('may overlap the visit’s own time', async () => {
		const visit = visitAt(START);
		expect((await crm().rescheduleAppointment(visit.id, { start: `${DAY}T12:30:00+03:00` }, 'a')).kind).toBe('ok');
	});

	it('refuses a person who cannot, is not, or is busy', async () => {
		const visit = visitAt(START, 90, { serviceIds: ['color'] });
		visitAt(LATER, 60, { clientId: 'other' });
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: START, staffId: 'maria' }, 'a'))).toBe('staff_unqualified');
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: START, staffId: 'nobody' }, 'b'))).toBe('not_found');
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'c'))).toBe('slot_taken');
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: `${DAY}T19:00:00+03:00` }, 'd'))).toBe('outside_hours');
		expect(reasonOf(await crm().rescheduleAppointment('77', { start: START }, 'e'))).toBe('not_found');
	});

	it('is done for the same key again, and is not told as done while it meets another', async () => {
		const visit = visitAt(START);
		valueOf(await crm().rescheduleAppointment(visit.id, { start: LATER, version: visit.version }, 'a'));
		expect((await crm().rescheduleAppointment(visit.id, { start: LATER, version: '1' }, 'a')).kind).toBe('ok');
		expect(vendor.calls.filter((call) => call === 'move')).toHaveLength(1);
		visitAt(LATER, 30, { clientId: 'other' });
		expect(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'a')).toEqual(unknown('a'));
	});

	it.each([true, false])('after an unclear answer it is ok when it was done (%s), else unknown', async (done) => {
		const visit = visitAt(START);
		vendor.faults.push({ what: 'move', done, outcome: unknown('a') });
		const outcome = await crm().rescheduleAppointment(visit.id, { start: LATER }, 'a');
		expect(outcome.kind).toBe(done ? 'ok' : 'unknown');
	});

	it('goes back when it meets a visit that stays', async () => {
		const visit = visitAt(START);
		vendor.hold = async (what) => {
			if (what === 'move' && vendor.rows.size === 1) visitAt(LATER, 60, { clientId: 'other' });
		};
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'a'))).toBe('slot_taken');
		expect(Date.parse(visit.start)).toBe(Date.parse(START));
	});

	it('is a case for people when its old place was taken meanwhile', async () => {
		const visit = visitAt(START);
		let moves = 0;
		vendor.hold = async (what) => {
			if (what !== 'move') return;
			moves += 1;
			visitAt(moves === 1 ? LATER : START, 60, { clientId: 'other' });
		};
		expect(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'a')).toEqual(unknown('a'));
		expect(Date.parse(visit.start)).toBe(Date.parse(START));
	});

	it('is refused for another version, a past visit, and one that is over', async () => {
		const visit = visitAt(START);
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: LATER, version: '9' }, 'a'))).toBe('version_conflict');
		visit.status = 'arrived';
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'b'))).toBe('too_late_to_change');
		expect(reasonOf(await crm().cancelAppointment(visit.id, 'c'))).toBe('too_late_to_change');
		visit.status = 'cancelled';
		expect(reasonOf(await crm().rescheduleAppointment(visit.id, { start: LATER }, 'd'))).toBe('already_cancelled');
	});
});

describe('a cancel', () => {
	it.each([true, false])('after an unclear answer it is ok when it was done (%s), else unknown', async (done) => {
		const visit = visitAt(START);
		vendor.faults.push({ what: 'cancel', done, outcome: unknown('a') });
		expect((await crm().cancelAppointment(visit.id, 'a')).kind).toBe(done ? 'ok' : 'unknown');
	});

	it('is unknown when the visit cannot be read after it', async () => {
		const visit = visitAt(START);
		vendor.hold = async (what) => {
			if (what === 'cancel') vendor.faults.push({ what: 'read', done: false, outcome: unavailable('down') });
		};
		expect((await crm().cancelAppointment(visit.id, 'a')).kind).toBe('unknown');
	});
});
