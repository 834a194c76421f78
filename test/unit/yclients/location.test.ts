import { ALTEGIO, office } from '../../../core/crm/yclients';
import { failing } from '../../contract/simulators/kit';
import { type Branch, DAY, openBranch, reasonOf, valueOf } from '../../contract/support/yclients-branch';

describe('what a location of Altegio tells beside the booking port', () => {
	let branch: Branch;
	const there = (): office.Office => ({ transport: branch.transport, companyId: String(branch.salon.company.id) });
	beforeEach(async () => {
		branch = await openBranch({ brand: ALTEGIO });
	});
	afterEach(() => branch.close());

	it('hours and taken time by the older route, for everybody or for one', async () => {
		expect(branch.sim.switches.newSchedule).toBe('404');
		const [cut, anna, maria] = [branch.salon.serviceId('cut'), branch.salon.staffId('Anna'), branch.salon.staffId('Maria')];
		const book = async (start: string) => valueOf(await branch.crm.createAppointment({ clientId: branch.clientId, serviceIds: [cut], staffId: anna, start }, start));
		const visit = await book(`${DAY}T12:00:00+03:00`);
		const cancelled = await book(`${DAY}T15:00:00+03:00`);
		valueOf(await branch.crm.cancelAppointment(cancelled.id, 'end'));
		const hours = [{ from: '10:00', to: '20:00' }];
		const annas = { staffId: anna, date: DAY, hours, busy: [{ appointmentId: visit.id, kind: 'record', from: '12:00', to: '13:00' }] };
		expect(valueOf(await office.schedules(there(), { from: DAY, to: DAY, staffIds: [] }))).toEqual([annas, { staffId: maria, date: DAY, hours, busy: [] }]);
		expect(valueOf(await office.schedules(there(), { from: DAY, to: DAY, staffIds: [anna] }))).toEqual([annas]);
		branch.sim.switches.newSchedule = 'served';
		expect(valueOf(await office.schedules(there(), { from: DAY, to: DAY, staffIds: [anna] }))).toEqual([annas]);
	});

	it('no schedule at all when the older route fails: never a day without visits', async () => {
		for (const path of [/\/records\//, /\/schedule\//, /\/company\/\d+\/staff$/]) {
			branch.sim.faults.add(failing(500), { path, times: Infinity });
			expect(await office.schedules(there(), { from: DAY, to: DAY, staffIds: [] })).toMatchObject({ kind: 'unavailable' });
			branch.sim.faults.clear();
			branch.clock.advance(3_600_000);
		}
	});

	it('the location a booking form leads to, and whether it wants a code', async () => {
		const { company } = branch.salon;
		expect(valueOf(await office.bookingForm(there(), String(company.formId)))).toEqual({ id: String(company.formId), branchId: String(company.id), asksForCode: false });
		company.phoneConfirmation = true;
		expect(valueOf(await office.bookingForm(there(), String(company.formId))).asksForCode).toBe(true);
		for (const id of ['1', 'b20077.alteg.io', '../company/1']) expect(reasonOf(await office.bookingForm(there(), id))).toBe('not_found');
	});

	it('the privacy policy, or that there is none, which is not that it could not be read', async () => {
		expect(await office.privacyPolicy(there())).toEqual({ kind: 'ok', value: null });
		branch.salon.company.privacyPolicy = 'We keep your phone.';
		expect(valueOf(await office.privacyPolicy(there()))).toMatchObject({ text: 'We keep your phone.' });
		branch.sim.faults.add(failing(500), { path: /privacy_policy/, times: Infinity });
		expect((await office.privacyPolicy(there())).kind).toBe('unavailable');
	});
});
