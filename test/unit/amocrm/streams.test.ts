import type { StreamName, StreamRecord } from '../../../core/booking';
import { failing } from '../../contract/simulators/kit';
import { type Office, openOffice, reasonOf, valueOf } from './support';

let office: Office;
afterEach(() => office.close());

async function read(name: StreamName, window: object = {}): Promise<{ readonly records: readonly StreamRecord[]; readonly cursors: readonly (string | null)[] }> {
	const records: StreamRecord[] = [];
	const cursors: (string | null)[] = [];
	for await (const page of office.crm.stream(name, window)) {
		const { records: more, cursor } = valueOf(page);
		records.push(...more);
		cursors.push(cursor);
	}
	return { records, cursors };
}

describe.each(['on', 'ignored'] as const)('streams with filters %s', (filters) => {
	beforeEach(async () => {
		office = await openOffice({ switches: { filters } });
	});

	it('give what was changed in the window, with every field, each once', async () => {
		const { state, clock } = office.sim;
		for (let index = 0; index < 600; index += 1) state.putContact(`Гость ${index}`, `+7916300${1000 + index}`);
		clock.advance(3_600_000);
		const since = clock.instant();
		const late = state.putContact('Поздний', '+79163009999');
		expect((await read('clients')).records).toHaveLength(602);
		const { records } = await read('clients', { from: since });
		expect(records.map(({ id }) => id)).toEqual([String(late.id)]);
		expect(records[0]?.data).toMatchObject({ name: 'Поздний', account_id: 30_001 });
	});

	it('give visits only, and the ones thrown away', async () => {
		const visit = valueOf(await office.crm.createAppointment(office.wish, 'key'));
		valueOf(await office.adapter((settings) => ({ ...settings, desk: { pipelineId: office.sim.ids.pipeline, stages: { new: office.sim.ids.statusNew } } })).stage({ clientId: office.clientId, title: 'Чат' }, 'new', 'lead'));
		expect((await read('visits')).records.map(({ id }) => id)).toEqual([visit.id]);
		const lead = office.sim.state.leads.get(Number(visit.id));
		if (lead !== undefined) office.sim.journal.deleted('lead', lead);
		expect((await read('visits')).records).toEqual([]);
		const { records, cursors } = await read('visits', { from: '2026-11-01T00:00:00Z' });
		expect(records).toMatchObject([{ id: visit.id, data: { is_deleted: true } }]);
		expect(cursors).toEqual(['bin 1', null]);
		expect((await read('visits', { from: '2026-11-01T00:00:00Z', cursor: 'bin 1' })).records).toHaveLength(1);
	});
});

describe('streams', () => {
	beforeEach(async () => {
		office = await openOffice();
	});

	it('give the company, the staff and the services', async () => {
		expect((await read('company')).records).toMatchObject([{ data: { subdomain: 'salon' } }]);
		expect((await read('staff')).records.map(({ data }) => data.value)).toEqual(['Anna', 'Maria']);
		expect((await read('services')).records.map(({ data }) => data.name)).toEqual(['cut', 'color']);
	});

	it('go on from a cursor, and refuse one that is none', async () => {
		for (let index = 0; index < 260; index += 1) office.sim.state.putContact(`Гость ${index}`, null);
		expect((await read('clients')).cursors).toEqual(['page 2', null]);
		expect((await read('clients', { cursor: 'page 2' })).records).toHaveLength(11);
		for await (const page of office.crm.stream('clients', { cursor: 'x' })) expect(reasonOf(page)).toBe('invalid_request');
	});

	it('stop at the first page that fails, and refuse what the CRM does not have', async () => {
		office.sim.faults.add(failing(500), { path: /\/contacts$/, times: Infinity });
		const kinds: string[] = [];
		for await (const page of office.crm.stream('clients', {})) kinds.push(page.kind);
		expect(kinds).toEqual(['unavailable']);
		for await (const page of office.crm.stream('goods', {})) expect(reasonOf(page)).toBe('unsupported');
	});
});
