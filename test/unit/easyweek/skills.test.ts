import { replaced } from '../../contract/simulators/kit';
import { type Branch, type BranchOptions, DAY, openBranch, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

const HOUR_MS = 3_600_000;

describe('who does what', () => {
	let branch: Branch;
	const open = async (options: BranchOptions = {}): Promise<Branch> => (branch = await openBranch(options));
	afterEach(() => branch.close());
	const questions = () => branch.sim.requests.find('GET', /time-slots$/).length;
	const matrix = async () => Object.fromEntries(valueOf(await branch.crm.staff()).map(({ name, services }) => [name, services.length]));

	it('is asked of the vendor once for some hours, longer where the answer was yes', async () => {
		await open();
		expect(await matrix()).toEqual({ Anna: 2, Maria: 1 });
		expect(questions()).toBe(4);
		expect(await matrix()).toEqual({ Anna: 2, Maria: 1 });
		expect(questions()).toBe(4);
		branch.sim.clock.advance(2 * HOUR_MS);
		await matrix();
		expect(questions()).toBe(5);
		branch.sim.clock.advance(7 * HOUR_MS);
		await matrix();
		expect(questions()).toBe(9);
	});

	it('is asked a part at a time in a large location, and nobody is left out before the answer', async () => {
		const services = Array.from({ length: 10 }, (_, index) => ({ name: `service ${index}`, minutes: 60, price: 100 }));
		const names = services.map(({ name }) => name);
		await open({ simulator: { salon: { zone: 'Europe/Moscow', stepMinutes: 60, hours: { from: '10:00', to: '13:00' }, services, staff: [{ name: 'Anna', services: names.slice(0, 5) }, { name: 'Maria', services: names.slice(5) }] } } });
		expect(await matrix()).toEqual({ Anna: 5, Maria: 8 });
		expect(questions()).toBe(12);
		expect(await matrix()).toEqual({ Anna: 5, Maria: 5 });
		expect(questions()).toBe(20);
	});

	it('is never asked where the operator has said it', async () => {
		await open();
		const [anna, maria] = [branch.staffId('Anna'), branch.staffId('Maria')];
		const staffServices = { [anna.toUpperCase()]: [branch.serviceId('color')] };
		await branch.close();
		await open({ settings: { staffServices } });
		expect([branch.staffId('Anna'), branch.staffId('Maria')]).toEqual([anna, maria]);
		expect(await matrix()).toEqual({ Anna: 1, Maria: 0 });
		expect(questions()).toBe(0);
		expect(valueOf(await branch.crm.slots({ serviceIds: [branch.serviceId('cut')], from: DAY, to: DAY }))).toEqual([]);
	});

	it('spares the questions about people who do not do a service', async () => {
		await open();
		await matrix();
		branch.sim.requests.clear();
		valueOf(await branch.crm.slots({ serviceIds: [branch.serviceId('color')], from: DAY, to: DAY }));
		expect(questions()).toBe(1);
	});

	it('is not learnt from an answer that failed', async () => {
		await open();
		branch.sim.faults.add(replaced('broken', (right) => ({ ...right, body: right.body.slice(0, 40) })), { path: /time-slots$/, times: Infinity });
		expect((await branch.crm.staff()).kind).toBe('unavailable');
		branch.sim.faults.clear();
		branch.clock.advance(600_000);
		expect(await matrix()).toEqual({ Anna: 2, Maria: 1 });
	});

	it('leaves out people who are none', async () => {
		await open();
		const maria = branch.staffId('Maria');
		await branch.close();
		await open({ settings: { excludedStaffIds: [maria] } });
		expect(valueOf(await branch.crm.staff()).map(({ name, bookable }) => [name, bookable])).toEqual([['Anna', true], ['Maria', false]]);
		const slots = valueOf(await branch.crm.slots({ serviceIds: [branch.serviceId('cut')], from: DAY, to: DAY }));
		expect(new Set(slots.map(({ staffId }) => staffId))).toEqual(new Set([branch.staffId('Anna')]));
		expect(reasonOf(await branch.crm.slots({ serviceIds: [branch.serviceId('cut')], staffId: maria, from: DAY, to: DAY }))).toBe('staff_inactive');
		const days = async () => valueOf(await branch.crm.availableDates({ serviceIds: [branch.serviceId('cut')], from: DAY, to: '2026-11-25' }));
		expect(await days()).toEqual([DAY, '2026-11-25']);
		for (const [index, { start }] of slots.filter((_slot, place) => place % 2 === 0).entries()) {
			const guest = branch.card('Гость', `+7916200${String(1000 + index)}`);
			valueOf(await branch.crm.createAppointment({ clientId: guest, serviceIds: [branch.serviceId('cut')], staffId: branch.staffId('Anna'), start }, `k${index}`));
		}
		expect(await days()).toEqual(['2026-11-25']);
	});
});
