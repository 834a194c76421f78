import { rowsIn } from './ask';
import { account, booking, closeAll, phone } from './bench';
import { addPipeline, LOST, WON } from './index';

afterEach(closeAll);

describe('contacts (confirmed)', () => {
	it('takes arrays only, answers ids only, and opens a second card for the same phone', async () => {
		const { sim, ask } = await account();
		const card = { first_name: 'Ольга', last_name: 'Петрова', request_id: 'r1', custom_fields_values: [phone('+79161234567')] };
		expect((await ask('POST', '/api/v4/contacts', card)).status).toBe(400);
		const made = await ask('POST', '/api/v4/contacts', [card, { ...card, request_id: undefined }]);
		expect(rowsIn(made, 'contacts').map((row) => Object.keys(row).sort())).toEqual([['_links', 'id', 'request_id'], ['_links', 'id', 'request_id']]);
		expect(rowsIn(made, 'contacts').map((row) => row.request_id)).toEqual(['r1', '1']);
		expect(sim.state.contacts.size).toBe(2);
	});

	it('writes nothing of a batch with one broken row, and names row and path', async () => {
		const { sim, ask } = await account();
		const rows = [{ name: 'Вера' }, { name: 'Соня', custom_fields_values: [{ values: [{ value: 'x' }] }] }];
		const told = await ask('POST', '/api/v4/contacts', rows);
		expect(told.body).toMatchObject({ status: 400, 'validation-errors': [{ request_id: '1', errors: [{ code: 'FieldMissing', path: 'custom_fields_values.0.field_id' }] }] });
		expect(sim.state.contacts.size).toBe(0);
		sim.switches.batchErrors = 'partial';
		expect((await ask('POST', '/api/v4/contacts', rows)).status).toBe(400);
		expect(sim.state.contacts.size).toBe(1);
	});

	it('searches by substring over every field: +7 and 8 are different, brackets hide a number', async () => {
		const { sim, ask } = await account();
		const plain = sim.state.putContact('Вера', '+79161234567');
		const spaced = sim.state.putContact('Соня', '8 (916) 123-45-67');
		const namesake = sim.state.putContact('Подруга 9161234567', '+79160000000');
		const found = async (query: string): Promise<unknown[]> => rowsIn(await ask('GET', `/api/v4/contacts?query=${query}`), 'contacts').map(({ id }) => id);
		expect(await found('9161234567')).toEqual([plain.id, namesake.id]);
		expect(await found('89161234567')).toEqual([]);
		sim.switches.querySearch = 'digits';
		expect(await found('9161234567')).toEqual([plain.id, spaced.id, namesake.id]);
		expect(await ask('GET', '/api/v4/contacts?query=nobody')).toMatchObject({ status: 204, text: '' });
	});

	it('shows null for no values and leads only when asked', async () => {
		const { sim, ask } = await account();
		const contact = sim.state.putContact('Вера', null);
		const made = rowsIn(await ask('POST', '/api/v4/leads', [booking(sim, contact.id)]), 'leads')[0];
		const bare = await ask('GET', `/api/v4/contacts/${contact.id}`);
		expect(bare.body).toMatchObject({ custom_fields_values: null, _embedded: { tags: [], companies: [] } });
		expect(bare.body._embedded).not.toHaveProperty('leads');
		expect((await ask('GET', `/api/v4/contacts/${contact.id}?with=leads`)).body).toMatchObject({ _embedded: { leads: [{ id: made?.id }] } });
	});

	it('replaces all values of a field and keeps the fields that are not named', async () => {
		const { sim, ask } = await account();
		const contact = sim.state.putContact('Вера', '+79161234567');
		await ask('PATCH', `/api/v4/contacts/${contact.id}`, { custom_fields_values: [{ field_code: 'EMAIL', values: [{ value: 'v@example.com', enum_code: 'WORK' }] }] });
		await ask('PATCH', `/api/v4/contacts/${contact.id}`, { custom_fields_values: [phone('+79160000000')] });
		const { body } = await ask('GET', `/api/v4/contacts/${contact.id}`);
		expect(body.custom_fields_values).toMatchObject([
			{ field_code: 'PHONE', field_type: 'multitext', values: [{ value: '+79160000000', enum_code: 'MOB' }] },
			{ field_code: 'EMAIL', values: [{ value: 'v@example.com' }] },
		]);
	});

	it('answers 404 or an empty 204 for a card that is not there', async () => {
		const { sim, ask } = await account();
		expect((await ask('GET', '/api/v4/contacts/1')).status).toBe(404);
		sim.switches.missingEntity = '204';
		expect(await ask('GET', '/api/v4/contacts/1')).toMatchObject({ status: 204, text: '' });
	});
});

describe('pages and filters (confirmed)', () => {
	it('pages to 250 with a next link that works, and ends with 204', async () => {
		const { sim, ask } = await account();
		for (let index = 0; index < 5; index += 1) sim.state.putContact(`Гость ${index}`, null);
		const first = await ask('GET', '/api/v4/contacts?limit=2&order[id]=asc');
		const next = (first.body._links as { readonly next: { readonly href: string } }).next.href;
		expect(rowsIn(await ask('GET', next.slice(sim.url.length)), 'contacts')).toHaveLength(2);
		const last = await ask('GET', '/api/v4/contacts?limit=2&page=3');
		expect(rowsIn(last, 'contacts')).toHaveLength(1);
		expect(last.body._links).not.toHaveProperty('next');
		expect((await ask('GET', '/api/v4/contacts?limit=2&page=4')).status).toBe(204);
		expect((await ask('GET', '/api/v4/contacts?limit=251')).status).toBe(400);
	});

	it('filters by stage, time, field and id; ignores all of it when the flag is off', async () => {
		const { sim, ask } = await account();
		const { ids } = sim;
		const contact = sim.state.putContact('Вера', null);
		const [one, two] = rowsIn(await ask('POST', '/api/v4/leads', [booking(sim, contact.id), booking(sim, contact.id, { status_id: ids.statusConfirmed, custom_fields_values: [] })]), 'leads').map(({ id }) => Number(id));
		const found = async (query: string): Promise<unknown[]> => rowsIn(await ask('GET', `/api/v4/leads?${query}`), 'leads').map(({ id }) => id);
		const start = Math.floor(sim.clock.now() / 1000) + 86_400;
		expect(await found(`filter[id][]=${two}`)).toEqual([two]);
		expect(await found(`filter[statuses][0][pipeline_id]=${ids.pipeline}&filter[statuses][0][status_id]=${ids.statusNew}`)).toEqual([one]);
		expect(await found(`filter[custom_fields_values][${ids.fields.start}][from]=${start}&filter[custom_fields_values][${ids.fields.start}][to]=${start}`)).toEqual([one]);
		expect(await found(`filter[updated_at][from]=${start}`)).toEqual([]);
		expect(await found(`id=${two}`)).toEqual([one, two]);
		expect((await ask('GET', '/api/v4/leads?filter[id][]=x')).status).toBe(400);
		sim.switches.filters = 'ignored';
		expect(await found(`filter[id][]=${two}`)).toEqual([one, two]);
	});

	it('hides a fresh lead from filtered lists for two seconds where the index lags (inferred)', async () => {
		const { sim, ask } = await account({ switches: { indexLag: '2s' } });
		const made = rowsIn(await ask('POST', '/api/v4/leads', [booking(sim, sim.state.putContact('Вера', null).id)]), 'leads')[0];
		const list = async (): Promise<number> => (await ask('GET', `/api/v4/leads?filter[pipeline_id][]=${sim.ids.pipeline}`)).status;
		expect(await list()).toBe(204);
		expect((await ask('GET', `/api/v4/leads/${String(made?.id)}`)).status).toBe(200);
		sim.clock.advance(2000);
		expect(await list()).toBe(200);
	});
});

describe('leads (confirmed)', () => {
	it('keeps dates as seconds, cuts days to the account’s midnight, numbers as strings, choices by enum', async () => {
		const { sim, ask } = await account();
		const day = rowsIn(await ask('POST', '/api/v4/leads/custom_fields', [{ name: 'День', type: 'date' }]), 'custom_fields')[0];
		const contact = sim.state.putContact('Вера', null);
		const values = [
			{ field_id: day?.id, values: [{ value: 1_634_601_600 }] },
			{ field_id: sim.ids.fields.start, values: [{ value: '2026-11-24T12:00:00+03:00' }] },
			{ field_id: sim.ids.fields.duration, values: [{ value: 60 }] },
			{ field_id: sim.ids.fields.specialist, values: [{ value: 'Anna' }] },
		];
		const made = rowsIn(await ask('POST', '/api/v4/leads', [booking(sim, contact.id, { custom_fields_values: values })]), 'leads')[0];
		const { body } = await ask('GET', `/api/v4/leads/${String(made?.id)}?with=contacts,catalog_elements,loss_reason`);
		const shown = new Map((body.custom_fields_values as { field_id: number; values: { value: unknown; enum_id?: number }[] }[]).map((one) => [one.field_id, one.values[0]]));
		expect(shown.get(Number(day?.id))?.value).toBe(1_634_590_800);
		expect(shown.get(sim.ids.fields.start)?.value).toBe(Date.parse('2026-11-24T09:00:00Z') / 1000);
		expect(shown.get(sim.ids.fields.duration)?.value).toBe('60');
		expect(shown.get(sim.ids.fields.specialist)?.enum_id).toBe(sim.ids.staff.get('Anna'));
		expect(body).toMatchObject({ price: 2500, status_id: sim.ids.statusNew, closed_at: null, _embedded: { contacts: [{ id: contact.id, is_main: true }], catalog_elements: [], loss_reason: null } });
		const unknown = booking(sim, contact.id, { custom_fields_values: [{ field_id: sim.ids.fields.specialist, values: [{ enum_id: 1 }] }] });
		expect((await ask('POST', '/api/v4/leads', [unknown])).status).toBe(400);
	});

	it('books the same hour of the same person twice: there is no lock', async () => {
		const { sim, ask } = await account();
		const contact = sim.state.putContact('Вера', null).id;
		const both = await Promise.all([1, 2].map(() => ask('POST', '/api/v4/leads', [booking(sim, contact)])));
		expect(both.map(({ status }) => status)).toEqual([200, 200]);
		expect(sim.state.leads.size).toBe(2);
	});

	it('closes with 142 and 143, which every pipeline has, and reopens', async () => {
		const { sim, ask } = await account();
		const other = addPipeline(sim.state, 'Другая');
		const pipelines = rowsIn(await ask('GET', '/api/v4/leads/pipelines'), 'pipelines') as unknown as { readonly _embedded: { readonly statuses: readonly { readonly id: number }[] } }[];
		for (const { _embedded: { statuses } } of pipelines) expect(statuses.map(({ id }) => id)).toEqual(expect.arrayContaining([WON, LOST]));
		const id = rowsIn(await ask('POST', '/api/v4/leads', [booking(sim, sim.state.putContact('Вера', null).id)]), 'leads')[0]?.id;
		const patch = async (body: object): Promise<number> => (await ask('PATCH', `/api/v4/leads/${String(id)}`, body)).status;
		const read = async (): Promise<unknown> => (await ask('GET', `/api/v4/leads/${String(id)}?with=loss_reason`)).body;
		expect(await patch({ pipeline_id: sim.ids.pipeline, status_id: LOST, loss_reason_id: sim.ids.lossByClient })).toBe(200);
		expect(await read()).toMatchObject({ status_id: LOST, closed_at: sim.clock.now() / 1000, _embedded: { loss_reason: [{ id: sim.ids.lossByClient }] } });
		expect(await patch({ pipeline_id: sim.ids.pipeline, status_id: sim.ids.statusNew })).toBe(200);
		expect(await read()).toMatchObject({ closed_at: null, loss_reason_id: null });
		expect(await patch({ pipeline_id: sim.ids.pipeline, status_id: other.statusNew })).toBe(400);
		expect(await patch({ pipeline_id: other.pipeline, status_id: WON })).toBe(200);
		sim.switches.reopenClosed = 'refused';
		expect(await patch({ pipeline_id: other.pipeline, status_id: other.statusNew })).toBe(400);
		expect((await ask('DELETE', `/api/v4/leads/${String(id)}`)).status).toBe(405);
	});

	it('links elements of a catalogue, and the lead’s own time stays (documented)', async () => {
		const { sim, ask } = await account();
		const id = String(rowsIn(await ask('POST', '/api/v4/leads', [booking(sim, sim.state.putContact('Вера', null).id)]), 'leads')[0]?.id);
		const cutId = sim.ids.services.get('cut');
		sim.clock.advance(60_000);
		const before = (await ask('GET', `/api/v4/leads/${id}`)).body.updated_at;
		const row = { to_entity_id: cutId, to_entity_type: 'catalog_elements', metadata: { catalog_id: sim.ids.catalog, quantity: 1, price_id: null } };
		expect((await ask('POST', `/api/v4/leads/${id}/link`, [row])).body).toMatchObject({ _embedded: { links: [{ to_entity_id: cutId, metadata: { quantity: 1 } }] } });
		expect((await ask('GET', `/api/v4/leads/${id}?with=catalog_elements`)).body).toMatchObject({ updated_at: before, _embedded: { catalog_elements: [{ id: cutId }] } });
		expect((await ask('POST', `/api/v4/leads/${id}/unlink`, [row])).status).toBe(204);
		expect(rowsIn(await ask('GET', `/api/v4/leads/${id}/links?filter[to_entity_type]=catalog_elements`), 'links')).toEqual([]);
	});
});
