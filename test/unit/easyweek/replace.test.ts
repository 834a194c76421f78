import type { Outcome } from '../../../core/booking';
import type { Replacement } from '../../../core/crm/easyweek';
import { cut, failing } from '../../contract/simulators/kit';
import { type Branch, on, openBranch, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

const LATER = on('16:00');

describe('a visit that is put in the place of another', () => {
	let branch: Branch;
	beforeEach(async () => {
		branch = await openBranch();
	});
	afterEach(() => branch.close());

	const book = async (more: object = {}) =>
		valueOf(await branch.crm.createAppointment({ clientId: branch.clientId, serviceIds: [branch.serviceId('cut')], staffId: branch.staffId('Anna'), start: on('12:00'), comment: 'у окна', ...more }, 'book'));
	const replace = (id: string, more: object = {}): Promise<Outcome<Replacement>> => branch.crm.replaceAppointment(id, { start: LATER, ...more }, 'move');
	const live = () => branch.live().map(({ uuid, lines }) => [uuid, lines[0]?.start]);

	it('is booked first, keeps client, services and words, and then the old one is cancelled', async () => {
		const old = await book();
		const { appointment, oldCancelled } = valueOf(await replace(old.id));
		expect(appointment).toMatchObject({ clientId: old.clientId, serviceIds: old.serviceIds, staffId: old.staffId, start: LATER, comment: 'у окна', status: 'booked' });
		expect(oldCancelled).toBe(true);
		expect(live()).toEqual([[appointment.id, Date.parse(LATER)]]);
		const writes = branch.sim.requests.all.filter(({ method }) => method !== 'GET').map(({ method }) => method);
		expect(writes.slice(-2)).toEqual(['POST', 'PUT']);
		expect(branch.sim.state.bookings.get(old.id)?.internalNotes).toContain(appointment.id);
	});

	it('leaves the old one as it was when the new time is refused', async () => {
		const old = await book();
		valueOf(await branch.crm.createAppointment({ clientId: branch.card('Соседка', '+79161234502'), serviceIds: old.serviceIds, staffId: old.staffId, start: LATER }, 'other'));
		expect(reasonOf(await replace(old.id))).toBe('slot_taken');
		expect(reasonOf(await replace(old.id, { start: on('12:30') }))).toBe('slot_taken');
		expect(reasonOf(await replace(old.id, { version: 'older' }))).toBe('version_conflict');
		expect(branch.sim.state.bookings.get(old.id)?.canceled).toBe(false);
		expect(branch.live()).toHaveLength(2);
	});

	it('may stand over the old one with another person', async () => {
		const old = await book();
		expect(valueOf(await replace(old.id, { start: on('12:30'), staffId: branch.staffId('Maria') }))).toMatchObject({ oldCancelled: true, appointment: { start: on('12:30'), staffId: branch.staffId('Maria') } });
		expect(branch.live()).toHaveLength(1);
	});

	it('says that two stand when the old one cannot be cancelled, and a repeat cancels it without a third', async () => {
		const old = await book();
		branch.sim.faults.add(cut('none'), { method: 'PUT' });
		const first = valueOf(await replace(old.id));
		expect(first.oldCancelled).toBe(false);
		expect(branch.live()).toHaveLength(2);
		const second = valueOf(await replace(old.id));
		expect(second).toMatchObject({ appointment: { id: first.appointment.id }, oldCancelled: true });
		expect(live()).toEqual([[first.appointment.id, Date.parse(LATER)]]);
	});

	it('is another effect than the booking of the old one, though both are asked for with one key', async () => {
		const old = await book();
		const { appointment, oldCancelled } = valueOf(await branch.crm.replaceAppointment(old.id, { start: LATER }, 'book'));
		expect(appointment.id).not.toBe(old.id);
		expect({ oldCancelled, live: live() }).toEqual({ oldCancelled: true, live: [[appointment.id, Date.parse(LATER)]] });
	});

	it('tells the same again when it is asked for again with the same key, and nothing with another', async () => {
		const old = await book();
		const first = valueOf(await replace(old.id));
		expect(valueOf(await replace(old.id))).toEqual(first);
		expect(reasonOf(await branch.crm.replaceAppointment(old.id, { start: LATER }, 'another'))).toBe('already_cancelled');
		branch.sim.desk.cancel(first.appointment.id);
		expect(reasonOf(await replace(old.id))).toBe('already_cancelled');
	});

	it('leaves the old one when the new one of the same key was cancelled meanwhile', async () => {
		const old = await book();
		branch.sim.faults.add(cut('none'), { method: 'PUT' });
		const { appointment } = valueOf(await replace(old.id));
		branch.sim.desk.cancel(appointment.id);
		expect(reasonOf(await replace(old.id))).toBe('version_conflict');
		expect(live()).toEqual([[old.id, Date.parse(on('12:00'))]]);
	});

	it('cancels nothing while it is not known whether the new one stands', async () => {
		const old = await book();
		branch.sim.faults.add(failing(500), { method: 'POST' });
		expect(await replace(old.id)).toEqual({ kind: 'unknown', operation: 'move' });
		expect(live()).toEqual([[old.id, Date.parse(on('12:00'))]]);
	});

	it('says that the old one is cancelled when it was done by a call without an answer', async () => {
		const old = await book();
		branch.sim.faults.add(cut('done'), { method: 'PUT' });
		expect(valueOf(await replace(old.id)).oldCancelled).toBe(true);
	});

	it('says that the old one is cancelled when somebody else was faster', async () => {
		await branch.close();
		const raced = { id: '' };
		branch = await openBranch({
			simulator: { switches: { cancelTwice: 'refused' } },
			wrap: (port) => ({
				exchange: (request) => {
					if (request.method === 'PUT') branch.sim.desk.cancel(raced.id);
					return port.exchange(request);
				},
			}),
		});
		raced.id = (await book()).id;
		expect(valueOf(await replace(raced.id)).oldCancelled).toBe(true);
	});

	it('is refused for a visit that is cancelled, near, or whose services are gone', async () => {
		const old = await book();
		branch.sim.clock.set(on('10:01'));
		expect(reasonOf(await replace(old.id))).toBe('too_late_to_change');
		branch.sim.clock.set(on('09:00'));
		branch.sim.state.services.delete(branch.serviceId('cut'));
		expect(reasonOf(await replace(old.id))).toBe('invalid_request');
		branch.sim.desk.cancel(old.id);
		expect(reasonOf(await replace(old.id))).toBe('already_cancelled');
	});
});
