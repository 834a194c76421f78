jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, credentialType, failure, forgetAccounts, run, searchList, signed, succeeded } from './support/harness';
import { chosen } from './support/walking';
import { furnish, startOneC, type FurnishedBase, type OneCOptions, type OneCSimulator } from '../contract/simulators/onec';
import { NodeHelpers, type ICredentialDataDecryptedObject, type ICredentialTestRequest, type IDataObject, type IHttpRequestOptions, type INodeParameters } from 'n8n-workflow';

const WEEK = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '09:00-21:00']));
const PLAN = JSON.stringify({ company: { zone: 'Europe/Moscow', currency: 'RUB', workingHours: WEEK }, services: [{ title: 'Стрижка', durationMinutes: 60 }], staff: [{ name: 'Анна' }] });
const open: OneCSimulator[] = [];

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

interface World {
	readonly sim: OneCSimulator;
	readonly salon: FurnishedBase;
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	readonly settings: INodeParameters;
	give(parameters: INodeParameters): Promise<readonly IDataObject[]>;
	fail(parameters: INodeParameters): Promise<string>;
}

async function world(preset = 'salon', options: OneCOptions = {}): Promise<World> {
	const sim = await startOneC({ configuration: 'salon', start: new Date().toISOString(), running: true, ...options });
	open.push(sim);
	const salon = furnish(sim.state, { services: [{ name: 'Стрижка', price: 2000 }], staff: ['Анна'] });
	const credentials = { aiAdminOnecApi: { baseUrl: `${sim.url}/`, login: sim.login, password: sim.password } };
	const settings = { preset, baseMapping: '{}', salonPlan: PLAN };
	const start = (parameters: INodeParameters) => run({ nodes: [{ name: '1C', type: 'onecBooking', parameters: { ...settings, ...parameters }, credentials: chosenCredentials(credentials) }], credentials });
	return {
		sim, salon, credentials, settings,
		give: async (parameters) => succeeded(await start(parameters), '1C'),
		async fail(parameters) {
			const error = failure(await start(parameters));
			return `${error.message} ${error.description ?? ''}`;
		},
	};
}

const inDays = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00:00+03:00`;
const keyOf = (rows: FurnishedBase['services'], name: string): string => String(rows.get(name)?.Ref_Key);

describe('1C Booking', () => {
	it('discovers a mapping whose JSON, pasted with no preset, books, moves and cancels', async () => {
		const { sim, salon, give } = await world();
		const [found] = await give({ resource: 'metadata', operation: 'discover' });
		expect(found).toMatchObject({ preset: 'salon', complete: true, choices: { 'client.phoneKind': [{ name: 'Телефон' }] } });
		const pasted = { preset: 'none', baseMapping: String(found?.mappingJson) };
		expect(await give({ ...pasted, resource: 'metadata', operation: 'checkMapping' })).toEqual([{ ok: true, missing: [] }]);
		const [client] = await give({ ...pasted, resource: 'client', operation: 'create', name: 'Вера', phone: '8 916 123-45-01' });
		const wish = { serviceId: chosen(keyOf(salon.services, 'Стрижка')), staffId: chosen(keyOf(salon.staff, 'Анна')), clientId: chosen(String(client?.id)) };
		const [made] = await give({ ...pasted, resource: 'appointment', operation: 'create', ...wish, start: inDays(3) });
		const appointment = { appointmentId: chosen(String(made?.id)) };
		await give({ ...pasted, resource: 'appointment', operation: 'reschedule', ...appointment, start: inDays(4), staffId: wish.staffId });
		expect([...sim.state.rowsOf('Document_Событие').values()]).toMatchObject([{ Date: inDays(4).slice(0, 19), Контрагент_Key: client?.id, DeletionMark: false }]);
		await give({ ...pasted, resource: 'appointment', operation: 'cancel', ...appointment });
		expect([...sim.state.rowsOf('Document_Событие').values()]).toMatchObject([{ DeletionMark: true }]);
	});

	it('makes a document with its rows, posts it, and tells what the base dropped', async () => {
		const { sim, salon, give } = await world();
		const events = { resource: 'document', document: chosen('Document_Событие') };
		const fields = { Date: '2026-11-24T12:00:00', НетТакого: 1, Услуги: [{ Номенклатура_Key: keyOf(salon.services, 'Стрижка'), Цена: 2000 }] };
		const [made] = await give({ ...events, operation: 'create', fields: JSON.stringify(fields) });
		expect(made).toMatchObject({ lostFields: ['НетТакого'], Услуги: [{ Цена: 2000 }], Врач_Key: null });
		const object = { objectId: chosen(String(made?.Ref_Key)) };
		expect(await give({ ...events, ...object, operation: 'post' })).toMatchObject([{ Posted: true }]);
		expect(await give({ ...events, ...object, operation: 'unpost' })).toMatchObject([{ Posted: false }]);
		expect(await give({ ...events, ...object, operation: 'markForDeletion', marked: true })).toMatchObject([{ DeletionMark: true }]);
		expect(sim.state.rowsOf('Document_Событие').size).toBe(1);
		expect(sim.requests.find('DELETE', /./)).toEqual([]);
	});

	it('gives rows whole when they are not to be simplified, and only the fields that are named', async () => {
		const { salon, give } = await world();
		const goods = { resource: 'catalog', catalog: chosen('Catalog_Номенклатура'), operation: 'getAll' };
		const [whole] = await give({ ...goods, simplify: false, options: { filter: 'IsFolder eq false' } });
		expect(whole).toMatchObject({ Ref_Key: keyOf(salon.services, 'Стрижка'), DataVersion: expect.any(String) as string, Специализация_Key: '00000000-0000-0000-0000-000000000000' });
		expect(await give({ ...goods, options: { filter: 'IsFolder eq false', select: 'Description' } })).toEqual([{ Description: 'Стрижка' }]);
	});

	it('reads a price of a day in wall time of the base', async () => {
		const { sim, salon, give } = await world();
		const register = 'InformationRegister_ЦеныНоменклатуры';
		sim.state.add(register, { Period: '2026-11-24T00:00:00', Номенклатура_Key: keyOf(salon.services, 'Стрижка'), Цена: 3000 });
		const slice = { resource: 'informationRegister', operation: 'getSlice', informationRegister: chosen(register), options: { orderby: 'Номенклатура_Key', filter: "ВидЦен_Key eq guid'00000000-0000-0000-0000-000000000000'" } };
		expect(await give({ ...slice, moment: '2026-11-23T20:59:00Z' })).toEqual([]);
		expect(await give({ ...slice, moment: '2026-11-23T21:00:00Z' })).toMatchObject([{ Цена: 3000 }]);
	});

	it('lists sets and objects to choose from', async () => {
		const { credentials, settings } = await world();
		const list = async (method: string, more: INodeParameters, filter?: string) => (await searchList('onecBooking', method, { ...settings, ...more }, filter, undefined, credentials)).results.map(({ name }) => name);
		expect(await list('searchOnecCatalogs', {}, 'номенкл')).toEqual(['Catalog Номенклатура']);
		expect(await list('searchOnecDocuments', {})).toEqual(['Document Событие']);
		expect(await list('searchOnecCatalogItems', { catalog: chosen('Catalog_Сотрудники') }, 'анн')).toEqual(['Анна']);
		await expect(list('searchOnecCatalogItems', { catalog: chosen('') })).rejects.toThrow(/No set/);
		expect(await list('searchClients', {}, '')).toEqual([]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a mapping with a typing error', { baseMapping: '{"visit":{"strat":"Date"}}' }, /visit\.strat.*not a key/],
		['a mapping that is no JSON', { baseMapping: '{"visit":' }, /mapping of 1C is not JSON/],
		['no preset and no mapping', { preset: 'none' }, /choose a preset and run Discover/],
		['a plan without a zone', { salonPlan: '{}' }, /company\.zone/],
		['a plan with an error', { salonPlan: '{"services":[{"title":""}]}' }, /services\.0\.title/],
	])('names %s', async (_what, settings, expected) => {
		const { fail } = await world();
		expect(await fail({ ...settings, resource: 'service', operation: 'getAll' })).toMatch(expected);
	});

	it('names a set that is not published, a missing licence and a wrong password', async () => {
		const { sim, fail } = await world();
		sim.state.published.delete('Catalog_Сотрудники');
		expect(await fail({ resource: 'staff', operation: 'getAll' })).toMatch(/composition of the standard OData interface.*staff/);
		sim.state.conditions.licences = 0;
		forgetAccounts();
		expect(await fail({ resource: 'staff', operation: 'getAll' })).toMatch(/licence/);
		sim.state.conditions.licences = null;
		sim.state.users.splice(0);
		expect(await fail({ resource: 'staff', operation: 'getAll' })).toMatch(/does not accept the credential/);
	});
});

describe('the credential of 1C', () => {
	/** What n8n says after the credential's own test: rules of statuses first, then rules of a successful body. */
	async function tested(credential: ICredentialDataDecryptedObject): Promise<string> {
		const test = (await credentialType('aiAdminOnecApi'))?.test as ICredentialTestRequest;
		const base = String(credential.baseUrl).trim().replace(/\/odata\/standard\.odata.*$/i, '').replace(/\/+$/, '');
		expect(test.request.baseURL).toContain("replace(/\\/odata\\/standard\\.odata.*$/i, '')");
		const options = await signed('aiAdminOnecApi', credential, { url: '/', headers: test.request.headers as IDataObject });
		const answer = await fetch(`${base}/odata/standard.odata/?$format=json`, { headers: options.headers as Record<string, string> });
		const text = await answer.text();
		const rules = (test.rules ?? []) as readonly { readonly type: string; readonly properties: { readonly key?: string; readonly value: unknown; readonly message: string } }[];
		const refused = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === answer.status);
		if (refused !== undefined) return refused.properties.message;
		if (!answer.ok) return `status ${answer.status}`;
		const body = (text.startsWith('{') ? JSON.parse(text) : { data: text }) as { readonly value?: readonly unknown[] };
		const held: Readonly<Record<string, unknown>> = { value: body.value, 'value.length': body.value?.length };
		return rules.find(({ type, properties }) => type === 'responseSuccessBody' && held[properties.key ?? ''] === properties.value)?.properties.message ?? 'ok';
	}

	it('names the cause: password, address, publication, licence, a page of the provider', async () => {
		const { sim, credentials } = await world();
		const own = credentials['aiAdminOnecApi'] ?? {};
		expect(await tested(own)).toBe('ok');
		expect(await tested({ ...own, baseUrl: sim.odataUrl })).toBe('ok');
		expect(await tested({ ...own, password: 'wrong' })).toMatch(/login or the password/);
		expect(await tested({ ...own, baseUrl: `${sim.url}/another` })).toMatch(/no OData interface at this address/);
		sim.state.conditions.licences = 0;
		expect(await tested(own)).toMatch(/licence/);
		sim.state.conditions.licences = null;
		sim.state.published.clear();
		expect(await tested(own)).toMatch(/nothing is published/);
		Object.assign(sim.switches, { noSession: 'login page' });
		sim.state.conditions.sessionAlive = false;
		expect(await tested(own)).toMatch(/page came in place/);
	});

	it('signs Russian logins in UTF-8 and adds nothing else', async () => {
		const options: IHttpRequestOptions = { url: 'https://1c.example.com/base', headers: { accept: 'a' } };
		const { headers } = await signed('aiAdminOnecApi', { login: 'Бот', password: 'пароль' }, options);
		expect(headers).toEqual({ accept: 'a', authorization: `Basic ${Buffer.from('Бот:пароль', 'utf8').toString('base64')}` });
	});

	it('warns of an address over which a password can be read', async () => {
		const type = await credentialType('aiAdminOnecApi');
		const notice = type?.properties.find(({ name }) => name === 'plainHttpNotice');
		const shown = (baseUrl: string): boolean => notice !== undefined && NodeHelpers.displayParameter({ baseUrl }, notice, null, null);
		expect([shown('http://1c.local/base'), shown('https://1c.local/base')]).toEqual([true, false]);
	});
});
