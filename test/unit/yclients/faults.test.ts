import type { Appointment, Outcome } from '../../../core/booking';
import { cut, emptyBody, errorIn200, failing, type Fault, hang, htmlPage, huge, throttled, truncated } from '../../contract/simulators/kit';
import { type Branch, DAY, impatient, openBranch, valueOf } from './support/branch';

const START = `${DAY}T12:00:00+03:00`;
const LATER = `${DAY}T16:00:00+03:00`;

/** Everything that can happen to the answer of a write, with the effect and without it. */
const DONE: readonly Fault[] = [cut('done'), hang('done'), failing(500, 'done'), failing(504, 'done'), errorIn200('done'), htmlPage(200, 'done'), htmlPage(502, 'done'), emptyBody(200, 'done'), emptyBody(204, 'done'), truncated('done'), huge(3_000_000, 'done')];
const NONE: readonly Fault[] = [cut('none'), hang('none'), failing(500, 'none'), failing(504, 'none'), errorIn200('none'), htmlPage(200, 'none'), htmlPage(502, 'none'), emptyBody(200, 'none'), emptyBody(204, 'none'), truncated('none'), huge(3_000_000, 'none'), throttled(), throttled(30)];

const ROUTES = [
	{ route: 'online' as const, path: /\/book_record\/\d+$/ },
	{ route: 'journal' as const, path: /\/records\/\d+$/ },
];

describe.each(ROUTES)('a write whose answer goes wrong ($route)', ({ route, path }) => {
	let branch: Branch;
	beforeEach(async () => {
		branch = await openBranch({ settings: { route }, wrap: impatient });
	});
	afterEach(() => branch.close());

	const book = (key: string): Promise<Outcome<Appointment>> =>
		branch.crm.createAppointment({ clientId: branch.clientId, serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Anna'), start: START }, key);

	it.each(DONE)('finds its visit after $name', async (fault) => {
		branch.sim.faults.add(fault, { method: 'POST', path });
		const visit = valueOf(await book('key-1'));
		expect(branch.sim.faults.spent()).toBe(true);
		expect(branch.live().map(({ id }) => String(id))).toEqual([visit.id]);
		expect(valueOf(await book('key-1')).id).toBe(visit.id);
		expect(branch.live()).toHaveLength(1);
	});

	it.each(NONE)('says nothing it does not know after $name, and the same key books once', async (fault) => {
		branch.sim.faults.add(fault, { method: 'POST', path });
		expect(await book('key-1')).toEqual({ kind: 'unknown', operation: 'key-1' });
		expect(branch.live()).toEqual([]);
		expect(branch.sim.requests.all.filter((request) => request.method === 'POST' && path.test(request.path))).toHaveLength(1);
		branch.clock.advance(60_000);
		const visit = valueOf(await book('key-1'));
		expect(branch.live().map(({ id }) => String(id))).toEqual([visit.id]);
	});

	it.each(DONE)('moves once and says so after $name', async (fault) => {
		const visit = valueOf(await book('key-1'));
		branch.sim.faults.add(fault, { method: 'PUT', path: /\/record\// });
		const moved = valueOf(await branch.crm.rescheduleAppointment(visit.id, { start: LATER, version: visit.version }, 'key-2'));
		expect(Date.parse(moved.start)).toBe(Date.parse(LATER));
		expect(branch.live().map(({ start }) => start)).toEqual([Date.parse(LATER)]);
	});

	it.each(NONE)('does not say moved after $name', async (fault) => {
		const visit = valueOf(await book('key-1'));
		branch.sim.faults.add(fault, { method: 'PUT', path: /\/record\// });
		expect(await branch.crm.rescheduleAppointment(visit.id, { start: LATER, version: visit.version }, 'key-2')).toEqual({ kind: 'unknown', operation: 'key-2' });
		expect(branch.live().map(({ start }) => start)).toEqual([Date.parse(START)]);
	});

	it.each(DONE)('says cancelled after $name', async (fault) => {
		const visit = valueOf(await book('key-1'));
		branch.sim.faults.add(fault, { method: 'DELETE' });
		expect(valueOf(await branch.crm.cancelAppointment(visit.id, 'key-2')).status).toBe('cancelled');
		expect(branch.live()).toEqual([]);
	});

	it.each(NONE)('does not say cancelled after $name', async (fault) => {
		const visit = valueOf(await book('key-1'));
		branch.sim.faults.add(fault, { method: 'DELETE' });
		expect(await branch.crm.cancelAppointment(visit.id, 'key-2')).toEqual({ kind: 'unknown', operation: 'key-2' });
		expect(branch.live()).toHaveLength(1);
	});

	it('says nothing when the visit it made cannot be read back', async () => {
		branch.sim.faults.add(failing(500), { method: 'GET', path: /\/record\//, times: Infinity });
		branch.sim.faults.add(failing(500), { method: 'GET', path: /\/records\//, skip: 1, times: Infinity });
		expect(await book('key-1')).toEqual({ kind: 'unknown', operation: 'key-1' });
		branch.sim.faults.clear();
		expect(valueOf(await book('key-1')).start).toBe(START);
		expect(branch.live()).toHaveLength(1);
	});

	it.each([...NONE, ...DONE])('opens one card for a client after $name', async (fault) => {
		branch.sim.faults.add(fault, { method: 'POST', path: /\/clients\/\d+$/ });
		const first = await branch.crm.createClient({ name: 'Мария', phone: '+79161234777' });
		expect(['ok', 'unknown']).toContain(first.kind);
		branch.clock.advance(60_000);
		const second = valueOf(await branch.crm.createClient({ name: 'Мария', phone: '+79161234777' }));
		expect([...branch.sim.state.clients.values()].filter(({ phone }) => phone === '79161234777').map(({ id }) => String(id))).toEqual([second.id]);
	});
});
