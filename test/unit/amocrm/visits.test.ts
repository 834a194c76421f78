import { cut, failing, htmlPage } from '../../contract/simulators/kit';
import { LOST, WON } from '../../contract/simulators/amocrm';
import type { StoredValue } from '../../contract/simulators/amocrm/model';
import { DAY, type Office, on, openOffice, reasonOf, valueOf } from './support';

let office: Office;
afterEach(() => office.close());
const LINK = { method: 'POST', path: /\/link$/ };

/** A lead that people of the salon made. */
function put(more: { readonly start?: number; readonly minutes?: string; readonly staff?: string; readonly contacts?: readonly number[]; readonly status?: number }) {
	const { state, ids } = office.sim;
	const { start = Date.parse(on('15:00')) / 1000, minutes = '60', staff = 'Anna', contacts = [Number(office.clientId)], status = ids.statusNew } = more;
	const enumId = ids.staff.get(staff);
	const values = new Map<number, readonly StoredValue[]>([
		[ids.fields.start, [{ value: start }]],
		...(minutes === '' ? [] : [[ids.fields.duration, [{ value: minutes }]] as const]),
		...(enumId === undefined ? [] : [[ids.fields.specialist, [{ value: staff, enum_id: enumId }]] as const]),
	]);
	return state.putLead({ name: 'Запись', pipeline_id: ids.pipeline, status_id: status, values, contacts: contacts.map((id, index) => ({ id, is_main: index === 0 })) });
}
const free = async (staff = 'Anna') => valueOf(await office.crm.slots({ ...office.wish, staffId: String(office.sim.ids.staff.get(staff)), from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));

describe('links of services', () => {
	beforeEach(async () => {
		office = await openOffice();
	});

	it.each([cut('done'), failing(500, 'done'), htmlPage(502, 'done')])('are found after $name', async (fault) => {
		office.sim.faults.add(fault, LINK);
		expect(valueOf(await office.crm.createAppointment(office.wish, 'key')).serviceIds).toEqual(office.wish.serviceIds);
		expect(office.sim.requests.all.filter(({ method, path }) => method === 'POST' && LINK.path.test(path))).toHaveLength(1);
	});

	it.each([cut('none'), failing(500, 'none')])('are made after $name', async (fault) => {
		office.sim.faults.add(fault, LINK);
		expect(valueOf(await office.crm.createAppointment(office.wish, 'key')).serviceIds).toEqual(office.wish.serviceIds);
		expect(office.sim.state.links).toHaveLength(1);
	});

	it('that cannot be made leave the visit unknown, and the same key completes it', async () => {
		office.sim.faults.add(failing(500, 'none'), { ...LINK, times: 2 });
		expect(await office.crm.createAppointment(office.wish, 'key')).toEqual({ kind: 'unknown', operation: 'key' });
		const visit = valueOf(await office.crm.createAppointment(office.wish, 'key'));
		expect(visit.serviceIds).toEqual(office.wish.serviceIds);
		expect(office.sim.state.leads.size).toBe(1);
	});
});

describe('leads that people made', () => {
	beforeEach(async () => {
		office = await openOffice();
	});

	it('take the time of their person; without a person that of everybody, or of nobody', async () => {
		put({});
		expect(await free()).not.toContain('15:00');
		expect(await free('Maria')).toContain('15:00');
		put({ staff: '', start: Date.parse(on('17:00')) / 1000 });
		expect(await free('Maria')).not.toContain('17:00');
		const nobody = office.adapter((settings) => ({ ...settings, withoutSpecialist: 'nobody' }));
		const starts = valueOf(await nobody.slots({ ...office.wish, from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));
		expect(starts).toContain('17:00');
	});

	it('without a client or a length still take time', async () => {
		put({ contacts: [], minutes: '' });
		expect(await free()).not.toContain('15:30');
		expect(await free()).toContain('16:00');
		expect(office.unknownValues).toContain('lead.duration');
	});

	it('that are lost, thrown away, or of another pipeline take none', async () => {
		put({ status: LOST });
		put({ start: Date.parse(on('16:00')) / 1000 }).is_deleted = true;
		Object.assign(put({ start: Date.parse(on('17:00')) / 1000 }), { pipeline_id: 5 });
		expect(await free()).toEqual(expect.arrayContaining(['15:00', '16:00', '17:00']));
	});

	it('show what became of them', async () => {
		const { ids } = office.sim;
		put({ status: WON, start: Date.parse(on('10:00')) / 1000 });
		put({ status: ids.statusConfirmed, start: Date.parse(on('11:00')) / 1000 });
		Object.assign(put({ status: LOST, start: Date.parse(on('13:00')) / 1000 }), { loss_reason_id: ids.lossByClient });
		const crm = office.adapter((settings) => ({ ...settings, lossReasons: { noShow: ids.lossByClient } }));
		const visits = valueOf(await crm.appointments({ clientId: office.clientId, from: on('00:00'), to: on('23:00') }));
		expect(visits.map(({ status }) => status)).toEqual(['arrived', 'confirmed', 'no_show']);
		expect(reasonOf(await crm.cancelAppointment(visits[0]?.id ?? '', 'key'))).toBe('too_late_to_change');
	});

	it('may start at text of another client program', async () => {
		const lead = put({});
		lead.values = new Map([...lead.values, [office.sim.ids.fields.start, [{ value: on('18:00') }]]]);
		expect(valueOf(await office.crm.appointments({ clientId: office.clientId, from: on('00:00'), to: on('23:00') }))[0]?.start).toBe(on('18:00'));
	});
});

describe('a visit of ours', () => {
	beforeEach(async () => {
		office = await openOffice();
	});

	it('is a lead with everything in its fields, and is lost with a reason', async () => {
		const { ids, state } = office.sim;
		const visit = valueOf(await office.crm.createAppointment({ ...office.wish, comment: 'Тихо', guestName: 'Дочь' }, 'key'));
		expect(visit).toMatchObject({ comment: 'Тихо', guestName: 'Дочь', price: { min: 200_000, currency: 'RUB' } });
		const lead = state.leads.get(Number(visit.id));
		expect(lead).toMatchObject({ price: 2000, pipeline_id: ids.pipeline, status_id: ids.statusNew, name: 'cut — Вера Иванова' });
		valueOf(await office.crm.cancelAppointment(visit.id, 'end'));
		expect(lead).toMatchObject({ status_id: LOST, loss_reason_id: ids.lossByClient });
	});

	it('keeps its comment as a note where no field holds it, once', async () => {
		const crm = office.adapter(({ fields: { comment: _comment, ...fields }, ...rest }) => ({ ...rest, fields }));
		for (let again = 0; again < 2; again += 1) valueOf(await crm.createAppointment({ ...office.wish, comment: 'Тихо' }, 'key'));
		expect(office.sim.state.notes.map(({ params }) => params.text)).toEqual(['Тихо']);
	});

	it('that lost its time is lost with its own reason and no mark', async () => {
		const { ids, state } = office.sim;
		const rival = put({ start: Date.parse(office.wish.start) / 1000 });
		rival.is_deleted = true;
		const source = office.adapter((settings) => settings, { transport: { port: racing(() => (rival.is_deleted = false)) } });
		expect(reasonOf(await source.createAppointment(office.wish, 'key'))).toBe('slot_taken');
		const ours = [...state.leads.values()].find(({ id }) => id !== rival.id);
		expect(ours).toMatchObject({ status_id: LOST, loss_reason_id: ids.lossTimeTaken });
		expect(ours?.values.has(ids.fields.operation)).toBe(false);
	});
});

describe('lists that are not what was asked for', () => {
	it('are noticed where the account says that it filters, and does not', async () => {
		office = await openOffice();
		for (let index = 0; index < 900; index += 1) Object.assign(put({}), { pipeline_id: 5, updated_at: 1_700_000_000 });
		const visit = put({});
		valueOf(await office.crm.company());
		Object.assign(office.sim.switches, { filters: 'ignored' });
		office.sim.requests.clear();
		expect(await free()).not.toContain('15:00');
		// one page that is not what was asked for, and one by the date of change that reaches far enough back
		expect(office.sim.requests.all.filter(({ path }) => path.endsWith('/leads'))).toHaveLength(2);
		const visits = valueOf(await office.crm.appointments({ from: on('00:00'), to: on('23:00') }));
		expect(visits.map(({ id }) => id)).toEqual([String(visit.id)]);
		expect(valueOf(await office.crm.appointments({ clientId: office.clientId, from: on('00:00'), to: on('23:00') }))).toHaveLength(1);
	});

	it('are filled up one by one where they lag behind', async () => {
		office = await openOffice({ switches: { indexLag: '2s' } });
		const visit = put({});
		const visits = valueOf(await office.crm.appointments({ clientId: office.clientId, from: on('00:00'), to: on('23:00') }));
		expect(visits.map(({ id }) => id)).toEqual([String(visit.id)]);
	});
});

/** A port that lets something happen right before a lead is made. */
function racing(happen: () => void) {
	return {
		async exchange(request: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string }) {
			if (request.method === 'POST' && request.url.endsWith('/leads')) happen();
			const response = await fetch(request.url, { method: request.method, headers: request.headers, body: request.body });
			return { kind: 'answered' as const, status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
		},
	};
}
