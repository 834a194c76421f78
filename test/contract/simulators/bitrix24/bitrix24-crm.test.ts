import { ask, refusalOf, resultOf } from './bench';
import { type Bitrix24Options, type Bitrix24Simulator, CONTACT, DEAL, furnish, type FurnishedSalon, startBitrix24 } from './index';
import type { Fields } from './parameters';

let simulator: Bitrix24Simulator;
let salon: FurnishedSalon;
const start = async (switches: Bitrix24Options['switches'] = {}): Promise<void> => {
	simulator = await startBitrix24({ switches });
	salon = furnish(simulator.state, { services: [{ name: 'Стрижка', price: 2500 }], staff: ['Анна'], hours: { from: 540, to: 1080 }, stepMinutes: 60 });
};
afterEach(async () => simulator.close());

const OLGA = { name: 'Ольга', lastName: 'Петрова', fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+79161234567' }] };
const add = async (entityTypeId: number, fields: Fields): Promise<Fields & { id: number }> =>
	(await resultOf<{ item: Fields & { id: number } }>(simulator, 'crm.item.add', { entityTypeId, fields, useOriginalUfNames: 'Y' })).item;
const update = async (entityTypeId: number, id: number, fields: Fields): Promise<Fields> => (await resultOf<{ item: Fields }>(simulator, 'crm.item.update', { entityTypeId, id, fields })).item;
const list = async (entityTypeId: number, parameters: Fields): Promise<readonly Fields[]> => (await resultOf<{ items: Fields[] }>(simulator, 'crm.item.list', { entityTypeId, ...parameters })).items;

describe('Bitrix24 clients', () => {
	it('[confirmed] are found by phone as ids per kind, nothing as an empty list, and any spelling of digits', async () => {
		await start();
		const { id } = await add(CONTACT, OLGA);
		const find = (values: readonly string[]): Promise<unknown> => resultOf(simulator, 'crm.duplicate.findbycomm', { type: 'PHONE', values, entity_type: 'CONTACT' });
		expect(await find(['8 (916) 000-00-00', '+7 916 123-45-67 доб. 12'])).toEqual({ CONTACT: [id] });
		expect(await find(['89161234567'])).toEqual([]);
		expect(await refusalOf(simulator, 'crm.duplicate.findbycomm', { values: ['1'] })).toEqual([400, 'Communication type is not defined']);
		simulator.switches.duplicatePhones = 'national';
		expect(await find(['89161234567'])).toEqual({ CONTACT: [id] });
	});

	it('[confirmed] fill the search at 20 ids, and then other kinds are left out', async () => {
		await start();
		await add(1, { ...OLGA, title: 'Лид' });
		for (let index = 0; index < 21; index += 1) await add(CONTACT, OLGA);
		const found = await resultOf<Record<string, number[]>>(simulator, 'crm.duplicate.findbycomm', { type: 'PHONE', values: ['+79161234567'] });
		expect(Object.keys(found)).toEqual(['CONTACT']);
		expect(found.CONTACT).toHaveLength(20);
	});

	it('[one source] change phones by the key: n0 adds, a number changes, an empty value deletes, a plain list adds again', async () => {
		await start();
		const { id, fm } = (await add(CONTACT, OLGA)) as unknown as { id: number; fm: { id: number }[] };
		const row = String(fm[0]?.id);
		await update(CONTACT, id, { fm: { [row]: { typeId: 'PHONE', valueType: 'WORK', value: '+79169999999' }, n0: { typeId: 'EMAIL', valueType: 'WORK', value: 'o@example.com' } } });
		const values = (item: Fields): unknown => (item.fm as { value: string }[]).map(({ value }) => value);
		expect(values(await update(CONTACT, id, { fm: OLGA.fm }))).toEqual(['+79169999999', 'o@example.com', '+79161234567']);
		expect(values(await update(CONTACT, id, { fm: { [row]: { value: '' } } }))).toEqual(['o@example.com', '+79161234567']);
		simulator.switches.multifieldUpdate = 'replaces all';
		expect(values(await update(CONTACT, id, { fm: OLGA.fm }))).toEqual(['+79161234567']);
	});

	it('[confirmed] lose unknown fields without a word, and keep updatedTime when nothing differs', async () => {
		await start();
		const { id, updatedTime, ...card } = await add(CONTACT, { ...OLGA, birthPlace: 'нет такого' });
		expect(card).toMatchObject({ name: 'Ольга', hasPhone: 'Y', hasEmail: 'N', phone: '+79161234567', entityTypeId: 3 });
		expect(card).not.toHaveProperty('birthPlace');
		simulator.clock.advance(60_000);
		expect((await update(CONTACT, id, { name: 'Ольга', birthPlace: 'x' })).updatedTime).toBe(updatedTime);
		expect((await update(CONTACT, id, { name: 'Оля' })).updatedTime).toBe('2026-08-09T14:01:00+03:00');
		expect(await refusalOf(simulator, 'crm.item.get', { entityTypeId: 3, id: 999 })).toEqual([400, 'NOT_FOUND']);
	});

	it('[confirmed] show phones in lists for * alone, and take no filter by phone', async () => {
		await start();
		await add(CONTACT, OLGA);
		expect((await list(CONTACT, { select: ['id', 'name', 'fm'] }))[0]).toEqual({ id: 1, name: 'Ольга' });
		expect((await list(CONTACT, { select: ['*'] }))[0]).toMatchObject({ fm: [{ value: '+79161234567' }] });
		expect(await refusalOf(simulator, 'crm.item.list', { entityTypeId: 3, filter: { fm: '+79161234567' } })).toEqual([400, 'INVALID_ARG_VALUE']);
		expect(await refusalOf(simulator, 'crm.item.list', { entityTypeId: 3, filter: { nosuch: 1 } })).toEqual([400, 'INVALID_ARG_VALUE']);
		simulator.switches.phoneFilterOfItems = 'ignored';
		expect(await list(CONTACT, { filter: { phone: '+70000000000' } })).toHaveLength(1);
	});

	it('[confirmed] are left out of lists without a word when the user may not see them', async () => {
		await start();
		const narrow = simulator.state.addUser({ name: 'Стажёр', reads: 'own' });
		const base = simulator.urlOf(simulator.access.addWebhook(narrow.id, ['crm']));
		const { id } = await add(CONTACT, OLGA);
		expect(await resultOf(simulator, 'crm.item.list', { entityTypeId: 3 }, base)).toEqual({ items: [] });
		expect(await refusalOf(simulator, 'crm.item.get', { entityTypeId: 3, id }, base)).toEqual([403, 'ACCESS_DENIED']);
	});
});

describe('Bitrix24 filters', () => {
	it('[confirmed] know prefixes, lists, groups with OR and moments in any offset', async () => {
		await start();
		await add(CONTACT, { name: 'Анна', originatorId: 'bot', originId: 'k1' });
		simulator.clock.advance(60_000);
		await add(CONTACT, { name: 'Борис' });
		const names = async (filter: Fields, order: Fields = { id: 'ASC' }): Promise<unknown> => (await list(CONTACT, { filter, order })).map(({ name }) => name);
		expect(await names({ '=originatorId': 'bot', '=originId': 'k1' })).toEqual(['Анна']);
		expect(await names({ '>=updatedTime': '2026-08-09T11:01:00+00:00' })).toEqual(['Борис']);
		expect(await names({ '>=updatedTime': '2026-08-09T14:00:00' }, { id: 'DESC' })).toEqual(['Борис', 'Анна']);
		expect(await names({ logic: 'OR', 0: { '%name': 'анн' }, 1: { '@id': [2] } })).toEqual(['Анна', 'Борис']);
		expect(await names({ '!id': 1 })).toEqual(['Борис']);
		expect(await names({ '!@id': [1, 2] })).toEqual([]);
	});
});

describe('Bitrix24 deals', () => {
	const visit = (): Fields => ({
		title: 'Стрижка', categoryId: salon.pipeline.id, contactIds: [7, 8], opportunity: 2500, isManualOpportunity: 'Y', currencyId: 'RUB', begindate: '2026-08-10T11:00:00+03:00',
		UF_CRM_BOOKING_START: '2026-08-10T11:00:00+05:00',
	});

	it('[confirmed] start in the first stage of their pipeline, drop the time of dates and keep that of moments', async () => {
		await start();
		const prefix = `C${salon.pipeline.id}:`;
		expect(await add(DEAL, visit())).toMatchObject({
			stageId: `${prefix}NEW`, stageSemanticId: 'P', closed: 'N', contactId: 7, contactIds: [7, 8], begindate: '2026-08-10T03:00:00+03:00', UF_CRM_BOOKING_START: '2026-08-10T09:00:00+03:00',
		});
		expect(await refusalOf(simulator, 'crm.item.add', { entityTypeId: 2, fields: { categoryId: salon.pipeline.id, stageId: 'NEW' } })).toEqual([400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID']);
		expect(await add(DEAL, { title: 'Обычная' })).toMatchObject({ categoryId: 0, stageId: 'NEW' });
	});

	it('[one source] leave a history of their stages; a refused stage changes nothing', async () => {
		await start();
		const { id } = await add(DEAL, visit());
		simulator.clock.advance(60_000);
		expect(await update(DEAL, id, { stageId: `C${salon.pipeline.id}:LOSE` })).toMatchObject({ stageSemanticId: 'F', closed: 'Y', movedTime: '2026-08-09T14:01:00+03:00' });
		expect(await refusalOf(simulator, 'crm.item.update', { entityTypeId: 2, id, fields: { stageId: 'C1:NOPE', title: 'x' } })).toEqual([400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID']);
		expect(await list(DEAL, { filter: { id } })).toMatchObject([{ title: 'Стрижка' }]);
		const moves = await resultOf<{ items: Fields[] }>(simulator, 'crm.stagehistory.list', { entityTypeId: 2, filter: { '>=CREATED_TIME': '2026-08-09T14:00:30+03:00' } });
		expect(moves.items).toMatchObject([{ OWNER_ID: id, STAGE_SEMANTIC_ID: 'F' }]);
		simulator.switches.oneSourceMethods = 'absent';
		expect(await refusalOf(simulator, 'crm.stagehistory.list', { entityTypeId: 2 })).toEqual([404, 'ERROR_METHOD_NOT_FOUND']);
	});

	it.each([['camel', 'ufCrmBookingStart'], ['kept after prefix', 'ufCrm_BOOKING_START']] as const)('[inferred] name user fields %s unless the original names are asked for', async (userFieldNames, name) => {
		await start({ userFieldNames });
		await add(DEAL, visit());
		expect((await list(DEAL, {}))[0]).toMatchObject({ [name]: '2026-08-10T09:00:00+03:00' });
		expect(await list(DEAL, { filter: { '>UF_CRM_BOOKING_START': '2026-08-10T08:00:00+03:00' }, useOriginalUfNames: 'Y' })).toHaveLength(1);
		expect(await refusalOf(simulator, 'crm.item.list', { entityTypeId: 2, filter: { UF_CRM_BOOKING_START: '' } })).toEqual([400, 'INVALID_ARG_VALUE']);
	});

	it('[confirmed] count the sum from product rows unless it is set by hand; rows are replaced whole', async () => {
		await start();
		const service = salon.services.get('Стрижка');
		const rows = (price: number, ownerId: number): Promise<unknown> => resultOf(simulator, 'crm.item.productrow.set', { ownerType: 'D', ownerId, productRows: [{ productId: service?.id, price, quantity: 2 }] });
		const counted = await add(DEAL, { title: 'По строкам' });
		await rows(1500, counted.id);
		await rows(1000, counted.id);
		expect(await resultOf(simulator, 'crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': counted.id } })).toMatchObject({ productRows: [{ price: 1000, quantity: 2, productName: 'Стрижка', type: 7 }] });
		expect(await list(DEAL, { filter: { id: counted.id } })).toMatchObject([{ opportunity: 2000 }]);
		const manual = await add(DEAL, visit());
		await rows(1000, manual.id);
		expect(await list(DEAL, { filter: { id: manual.id } })).toMatchObject([{ opportunity: 2500 }]);
		expect(await refusalOf(simulator, 'crm.item.productrow.list', { filter: { '=ownerType': 'D' } })).toEqual([400, 100]);
	});

	it('[confirmed] list pipelines and stages; the default pipeline is 0 and its stages have no prefix', async () => {
		await start();
		expect(await resultOf(simulator, 'crm.category.list', { entityTypeId: 2 })).toMatchObject({ categories: [{ id: 0, isDefault: 'Y' }, { id: salon.pipeline.id, isDefault: 'N' }] });
		const statuses = await resultOf<Fields[]>(simulator, 'crm.status.list', { filter: { ENTITY_ID: `DEAL_STAGE_${salon.pipeline.id}` } });
		expect(statuses.map(({ STATUS_ID, SEMANTICS }) => [String(STATUS_ID).split(':')[1], SEMANTICS])).toEqual([['NEW', null], ['CONFIRMED', null], ['WON', 'S'], ['LOSE', 'F'], ['NOSHOW', 'F']]);
		expect((await resultOf<Fields[]>(simulator, 'crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE' } })).map(({ STATUS_ID }) => STATUS_ID)).toEqual(['NEW', 'WON', 'LOSE']);
	});

	it('need the fields the administrator demands', async () => {
		await start();
		simulator.state.requiredFields.set(DEAL, ['sourceId']);
		expect(await refusalOf(simulator, 'crm.item.add', { entityTypeId: 2, fields: visit() })).toEqual([400, 'CRM_FIELD_ERROR_REQUIRED']);
		expect(simulator.state.itemsOf(DEAL).size).toBe(0);
	});
});

describe('Bitrix24 older methods', () => {
	it('[confirmed] give texts for numbers, phones only by name, and compare phones exactly as stored', async () => {
		await start();
		const id = await resultOf<number>(simulator, 'crm.contact.add', { fields: { NAME: 'Ольга', PHONE: [{ VALUE: '+79161234567', VALUE_TYPE: 'MOBILE' }] } });
		expect(await resultOf(simulator, 'crm.contact.get', { id })).toMatchObject({ ID: String(id), ASSIGNED_BY_ID: '1', PHONE: [{ VALUE: '+79161234567', TYPE_ID: 'PHONE' }] });
		const [row] = await resultOf<Fields[]>(simulator, 'crm.contact.list', { filter: { PHONE: '+79161234567' } });
		expect(row).not.toHaveProperty('PHONE');
		expect(await resultOf(simulator, 'crm.contact.list', { filter: { PHONE: '89161234567' }, select: ['ID', 'PHONE'] })).toEqual([]);
		const [phone] = (await resultOf<Fields[]>(simulator, 'crm.contact.list', { select: ['ID', 'PHONE'] }))[0]?.PHONE as { ID: string }[];
		expect(await resultOf(simulator, 'crm.contact.update', { id, fields: { PHONE: [{ ID: phone?.ID, DELETE: 'Y' }, { VALUE: '+79160000000' }] } })).toBe(true);
		expect(await resultOf(simulator, 'crm.contact.get', { id })).toMatchObject({ PHONE: [{ VALUE: '+79160000000', VALUE_TYPE: 'WORK' }] });
	});

	it('[confirmed] show the sum of a deal as a decimal text, and leads with their own stages', async () => {
		await start();
		const id = await resultOf<number>(simulator, 'crm.deal.add', { fields: { TITLE: 'Сделка', OPPORTUNITY: '2500', CONTACT_ID: '7' } });
		expect(await resultOf(simulator, 'crm.deal.list', { filter: { CONTACT_ID: 7 }, select: ['ID', 'OPPORTUNITY'] })).toEqual([{ ID: String(id), OPPORTUNITY: '2500.00' }]);
		const lead = await resultOf<number>(simulator, 'crm.lead.add', { fields: { TITLE: 'Лид', NAME: 'Ольга' } });
		expect(await resultOf(simulator, 'crm.lead.update', { id: lead, fields: { STATUS_ID: 'IN_PROCESS' } })).toBe(true);
		expect(await resultOf(simulator, 'crm.lead.get', { id: lead })).toMatchObject({ STATUS_ID: 'IN_PROCESS' });
	});
});

describe('Bitrix24 catalogue', () => {
	it('[confirmed] demands id and iblockId of a list of services; prices are apart', async () => {
		await start();
		const { iblockId } = simulator.state;
		const whole = { select: ['id', 'iblockId', 'name', 'timestampX'], filter: { iblockId, '>id': 0 }, order: { id: 'ASC' } };
		const id = salon.services.get('Стрижка')?.id;
		expect(await ask(simulator, 'catalog.product.service.list', whole)).toMatchObject({ body: { result: { services: [{ id, iblockId, name: 'Стрижка' }] }, total: 1 } });
		expect(await refusalOf(simulator, 'catalog.product.service.list', { ...whole, select: ['id', 'name'] })).toEqual([400, 100]);
		expect(await refusalOf(simulator, 'catalog.product.service.list', { ...whole, filter: {} })).toEqual([400, 100]);
		expect(await resultOf(simulator, 'catalog.price.list', { filter: { productId: [id] } })).toMatchObject({ prices: [{ productId: id, price: 2500, currency: 'RUB' }] });
		expect(await resultOf(simulator, 'crm.product.list')).toMatchObject([{ ID: String(id), PRICE: '2500.00' }]);
	});

	it('[one source] is for administrators in part, and then answers with a long number; [inferred] the filter by change', async () => {
		await start({ serviceList: 'administrators' });
		const base = simulator.urlOf(simulator.access.addWebhook(simulator.state.addUser({ name: 'Менеджер' }).id, ['catalog']));
		const whole = { select: ['id', 'iblockId'], filter: { iblockId: simulator.state.iblockId } };
		expect(await refusalOf(simulator, 'catalog.product.service.list', whole, base)).toEqual([400, 200_040_300_010]);
		expect(await resultOf(simulator, 'catalog.product.list', whole, base)).toMatchObject({ products: [{ id: 1 }] });
		const changed = { ...whole, filter: { ...whole.filter, '>=timestampX': '2027-01-01T00:00:00+03:00' } };
		expect(await resultOf(simulator, 'catalog.product.list', changed)).toEqual({ products: [] });
		simulator.switches.timestampXFilter = 'refused';
		expect(await refusalOf(simulator, 'catalog.product.list', changed)).toEqual([400, 'INVALID_ARG_VALUE']);
	});
});
