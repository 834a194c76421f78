import { DEAL, LEAD } from '../../contract/simulators/bitrix24';
import { cut } from '../../contract/simulators/kit';
import { type Desk, type DeskOptions, DAY, on, openDesk, reasonOf, valueOf } from '../../contract/support/bitrix24-portal';

const NOON = on('12:00');

describe('deals that are the visits themselves', () => {
	let desk: Desk;
	const open = async (options: DeskOptions = {}): Promise<void> => void (desk = await openDesk({ ...options, mode: 'crm' }));
	afterEach(() => desk.close());
	const book = (start = NOON, key = 'key-1') => desk.crm.createAppointment({ clientId: desk.clientId, serviceIds: [desk.serviceId('cut')], staffId: desk.staffId('Anna'), start }, key);
	const times = async (): Promise<string[]> => valueOf(await desk.crm.slots({ serviceIds: [desk.serviceId('cut')], staffId: desk.staffId('Anna'), from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));

	it('takes what stands in calendars for taken, where that is asked for', async () => {
		await open({ settings: (settings) => (settings.mode === 'crm' ? { ...settings, visits: { ...settings.visits, calendars: true } } : settings) });
		const anna = Number(desk.staffId('Anna'));
		desk.sim.state.busyByHand(anna, `${DAY}T12:00:00`, `${DAY}T13:00:00`);
		desk.sim.state.busyByHand(anna, `${DAY}T15:00:00`, `${DAY}T16:00:00`, { accessibility: 'free' });
		expect(await times()).not.toContain('12:00');
		expect(await times()).toEqual(expect.arrayContaining(['13:00', '15:00']));
		desk.sim.state.absences.push({ userId: anna, from: DAY, to: DAY });
		expect(await times()).toEqual([]);
	});

	it('takes a visit of nobody for anybody’s, and one without an end for an hour', async () => {
		await open();
		valueOf(await book());
		const [deal] = desk.deals();
		Object.assign(deal ?? {}, { UF_CRM_BOOKING_STAFF: null, UF_CRM_BOOKING_END: null });
		expect(await times()).not.toContain('12:00');
		expect(await times()).toContain('13:00');
	});

	it('gives the time back when the deal is lost, in whatever stage', async () => {
		await open();
		const visit = valueOf(await book());
		Object.assign(desk.deals()[0] ?? {}, { stageId: `C${desk.salon.pipeline.id}:LOSE` });
		expect(await times()).toContain('12:00');
		expect(valueOf(await desk.crm.appointment(visit.id)).status).toBe('cancelled');
		expect(valueOf(await desk.crm.findByOperation('key-1'))?.status).toBe('cancelled');
	});

	it('is no visit of ours when the deal stands in another pipeline', async () => {
		await open();
		const visit = valueOf(await book());
		Object.assign(desk.deals()[0] ?? {}, { categoryId: 0, stageId: 'NEW' });
		expect(reasonOf(await desk.crm.cancelAppointment(visit.id, 'key-2'))).toBe('not_found');
	});

	it.each(['crm', 'smart'] as const)('keeps comment, guest and the mark of its key, each where the element has a field for it (%s)', async (mode) => {
		desk = await openDesk({ mode });
		const wish = { clientId: desk.clientId, serviceIds: [desk.serviceId('cut'), desk.serviceId('color')], staffId: desk.staffId('Anna'), start: NOON, comment: 'у окна', guestName: 'Миша' };
		const visit = valueOf(await desk.crm.createAppointment(wish, 'key-1'));
		expect(visit).toMatchObject({ comment: 'у окна', guestName: 'Миша', serviceIds: wish.serviceIds });
		expect(valueOf(await desk.crm.findByOperation('key-1'))).toEqual(visit);
		expect(valueOf(await desk.crm.cancelAppointment(visit.id, 'key-2')).status).toBe('cancelled');
	});

	it('refuses a kind of record that has no field for the mark', async () => {
		desk = await openDesk({
			mode: 'smart',
			wrap: (port) => ({
				exchange: async (request) => {
					const answer = await port.exchange(request);
					return request.url.endsWith('crm.item.fields') && answer.kind === 'answered' ? { ...answer, body: Buffer.from(Buffer.from(answer.body).toString().replace('"xmlId"', '"otherId"')) } : answer;
				},
			}),
		});
		expect(reasonOf(await book())).toBe('unsupported');
	});

	it('takes back a deal that lost its time: it is among the lost ones and no longer answers for its key', async () => {
		await open();
		desk.sim.refuse('crm.item.productrow.set', 403, 'ACCESS_DENIED');
		expect(reasonOf(await book())).toBe('not_allowed');
		expect(desk.deals()).toMatchObject([{ stageId: `C${desk.salon.pipeline.id}:LOSE`, originId: 'lost 1' }]);
		expect(await desk.crm.findByOperation('key-1')).toEqual({ kind: 'ok', value: null });
		expect(valueOf(await book()).status).toBe('booked');
	});

	it('does not take employees whom the plan does not name for specialists', async () => {
		await open();
		expect(valueOf(await desk.crm.staff()).map(({ name }) => name)).toEqual(['Anna', 'Maria']);
	});
});

describe('the pipeline a dialogue moves through', () => {
	let desk: Desk;
	const stages = { new: 'NEW', talking: 'IN_PROCESS', came: 'CONVERTED', cancelled: 'JUNK' };
	afterEach(() => desk.close());
	const open = async (): Promise<void> => void (desk = await openDesk({ settings: (settings) => ({ ...settings, desk: { stages } }) }));
	const stage = (to: 'new' | 'talking' | 'booked' | 'came' | 'cancelled', key: string) => desk.crm.stage({ clientId: desk.clientId, title: 'Чат' }, to, key);
	const leads = () => [...desk.sim.state.itemsOf(LEAD).values()].map(({ values }) => values.stageId);

	it('opens one lead, moves it forward only, and opens another after it is closed', async () => {
		await open();
		const lead = valueOf(await stage('new', 'k1'));
		expect(valueOf(await stage('talking', 'k2'))).toEqual({ id: lead?.id, stage: 'talking' });
		expect(valueOf(await stage('new', 'k3'))).toEqual({ id: lead?.id, stage: 'talking' });
		// a stage nobody mapped is passed over
		expect(valueOf(await stage('booked', 'k4'))).toEqual({ id: lead?.id, stage: 'talking' });
		expect(valueOf(await stage('came', 'k5'))?.stage).toBe('came');
		expect(leads()).toEqual(['CONVERTED']);
		expect(valueOf(await stage('cancelled', 'k6'))).toBeNull();
		expect(valueOf(await stage('talking', 'k7'))?.id).not.toBe(lead?.id);
		expect(leads()).toEqual(['CONVERTED', 'IN_PROCESS']);
	});

	it.each([cut('done'), cut('none')])('opens one lead through $name', async (fault) => {
		await open();
		desk.sim.faults.add(fault, { path: /crm\.item\.add$/ });
		const first = await stage('new', 'k1');
		expect(first.kind).toBe(fault.name.endsWith('done') ? 'ok' : 'unknown');
		valueOf(await stage('new', 'k1'));
		expect(leads()).toEqual(['NEW']);
	});

	it('does nothing without a mapping', async () => {
		desk = await openDesk();
		expect(await stage('new', 'k1')).toEqual({ kind: 'ok', value: null });
		expect(desk.sim.requests.all).toEqual([]);
		expect(desk.sim.state.itemsOf(DEAL).size).toBe(0);
	});
});
