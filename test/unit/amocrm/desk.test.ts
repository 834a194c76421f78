import { cut } from '../../contract/simulators/kit';
import { addPipeline, LOST, WON } from '../../contract/simulators/amocrm';
import { type Office, openOffice, reasonOf, valueOf } from './support';

let office: Office;
let pipeline: ReturnType<typeof addPipeline>;
beforeEach(async () => {
	office = await openOffice();
	pipeline = addPipeline(office.sim.state, 'Диалоги');
});
afterEach(() => office.close());

const subject = () => ({ clientId: office.clientId, title: 'WhatsApp' });
const desk = (stages: object = { new: pipeline.statusNew, talking: pipeline.statusConfirmed, booked: WON, cancelled: LOST }) => office.adapter((settings) => ({ ...settings, desk: { pipelineId: pipeline.pipeline, stages } }));
const leads = () => [...office.sim.state.leads.values()].filter(({ pipeline_id: id }) => id === pipeline.pipeline);

describe('the pipeline of dialogues', () => {
	it('is gone through as the dialogue goes: one lead, forward', async () => {
		const crm = desk();
		const opened = valueOf(await crm.stage(subject(), 'new', 'a'));
		expect(leads()).toMatchObject([{ id: Number(opened?.id), name: 'WhatsApp', status_id: pipeline.statusNew, contacts: [{ id: Number(office.clientId) }] }]);
		expect(valueOf(await crm.stage(subject(), 'talking', 'b'))).toEqual({ id: opened?.id, stage: 'talking' });
		expect(valueOf(await crm.stage(subject(), 'new', 'c'))).toEqual({ id: opened?.id, stage: 'talking' });
		expect(valueOf(await crm.stage(subject(), 'booked', 'd'))).toEqual({ id: opened?.id, stage: 'booked' });
		expect(leads()).toMatchObject([{ status_id: WON }]);
	});

	it('passes over a stage that is not mapped, and a dialogue without a lead that is over', async () => {
		const crm = desk();
		expect(valueOf(await crm.stage(subject(), 'came', 'a'))).toBeNull();
		expect(valueOf(await crm.stage(subject(), 'cancelled', 'b'))).toBeNull();
		expect(valueOf(await office.crm.stage(subject(), 'new', 'c'))).toBeNull();
		expect(leads()).toEqual([]);
	});

	it('leaves a lead alone that people put somewhere else, and visits', async () => {
		const crm = desk({ new: pipeline.statusNew, booked: WON });
		valueOf(await crm.stage(subject(), 'new', 'a'));
		Object.assign(leads()[0] ?? {}, { status_id: pipeline.statusConfirmed });
		expect(valueOf(await crm.stage(subject(), 'booked', 'b'))).toMatchObject({ stage: null });
		const visit = valueOf(await crm.createAppointment(office.wish, 'key'));
		valueOf(await crm.stage(subject(), 'booked', 'c'));
		expect(office.sim.state.leads.get(Number(visit.id))?.status_id).toBe(office.sim.ids.statusNew);
	});

	it('opens one lead for two who ask at once, and after a lost answer', async () => {
		office.sim.faults.add(cut('done'), { method: 'POST', path: /\/leads$/ });
		const crm = desk();
		const outcomes = await Promise.all([crm.stage(subject(), 'new', 'a'), crm.stage(subject(), 'new', 'b')]);
		expect(outcomes.map(({ kind }) => kind)).toEqual(['ok', 'ok']);
		expect(leads()).toHaveLength(1);
	});

	it('is unknown when a move was not done and nobody said so', async () => {
		const crm = desk();
		valueOf(await crm.stage(subject(), 'new', 'a'));
		office.sim.faults.add(cut('none'), { method: 'PATCH' });
		expect((await crm.stage(subject(), 'talking', 'b')).kind).toBe('unknown');
	});

	it('is refused when its mapping does not fit', async () => {
		expect(reasonOf(await desk({ new: 999_999 }).stage(subject(), 'new', 'a'))).toBe('invalid_request');
		expect(reasonOf(await desk().stage({ clientId: 'x', title: '' }, 'new', 'b'))).toBe('not_found');
	});
});
