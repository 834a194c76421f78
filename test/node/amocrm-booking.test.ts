jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { addPipeline, type FamilyOptions, type FamilySimulator, startAmocrm, WON } from '../contract/simulators/amocrm';
import { startKommo } from '../contract/simulators/kommo';
import { credentialOf, settingsOf, startOffice } from './support/amocrm-office';
import { chosenCredentials, closeNodes, credentialType, failure, loadPackage, run, searchList, signed, succeeded } from './support/harness';
import { chosen } from './support/walking';

const open: FamilySimulator[] = [];
let sim: FamilySimulator;

async function office(options: FamilyOptions = {}): Promise<void> {
	sim = await startOffice(startAmocrm, options);
	open.push(sim);
}

const workflow = (parameters: INodeParameters, changes: ICredentialDataDecryptedObject = {}) => {
	const credentials = { aiAdminAmocrmApi: { ...credentialOf(sim), ...changes } };
	return { credentials, nodes: [{ name: 'CRM', type: 'amocrmBooking', parameters: { ...settingsOf(sim), ...parameters }, credentials: chosenCredentials(credentials) }] };
};
const ask = async (parameters: INodeParameters, changes?: ICredentialDataDecryptedObject) => succeeded(await run(workflow(parameters, changes)), 'CRM');
const fail = async (parameters: INodeParameters, changes?: ICredentialDataDecryptedObject) => failure(await run(workflow(parameters, changes)));
const id = (number: number): INodeParameters => chosen(String(number));
const lead = () => sim.state.putLead({ name: 'Заявка', pipeline_id: sim.ids.pipeline, status_id: sim.ids.statusNew, values: new Map(), contacts: [] });

beforeAll(loadPackage, 60_000);
afterAll(async () => {
	await Promise.all(open.map((one) => one.close()));
	await closeNodes();
});

describe('amoCRM Booking', () => {
	beforeEach(() => office());

	it('fills fields by the types the account gives them', async () => {
		const { ids, state } = sim;
		const field = (fieldId: number, value: string): INodeParameters => ({ fieldId: id(fieldId), value });
		const [made] = await ask({
			resource: 'lead', operation: 'create', cardName: 'Заявка',
			customFields: { field: [field(ids.fields.specialist, 'anna'), field(ids.fields.start, '2026-12-01T15:00'), field(ids.fields.duration, '45')] },
		});
		const held = state.leads.get(Number(made?.id));
		expect(held?.values.get(ids.fields.specialist)?.[0]).toMatchObject({ enum_id: ids.staff.get('Anna') });
		expect(held?.values.get(ids.fields.start)?.[0]?.value).toBe(Date.parse('2026-12-01T15:00:00+03:00') / 1000);
		expect(made?.fields).toMatchObject({ 'Мастер': 'Anna', 'Длительность': '45' });
	});

	it.each([
		['start', 'завтра', /takes a date/],
		['specialist', 'Nobody', /its own choices/],
		['duration', 'long', /takes a number/],
	] as const)('says what the field %s takes', async (name, value, message) => {
		const customFields = { field: [{ fieldId: id(sim.ids.fields[name]), value }] };
		expect((await fail({ resource: 'lead', operation: 'update', cardId: id(lead().id), customFields })).description).toMatch(message);
		expect([...sim.state.leads.values()].every(({ values }) => values.size === 0)).toBe(true);
	});

	it('clears a field with an empty value and leaves the others', async () => {
		const { ids, state } = sim;
		const card = lead();
		card.values = new Map([[ids.fields.operation, [{ value: 'x' }]], [ids.fields.duration, [{ value: '60' }]]]);
		await ask({ resource: 'lead', operation: 'update', cardId: id(card.id), customFields: { field: [{ fieldId: id(ids.fields.operation), value: '' }] } });
		expect([...(state.leads.get(card.id)?.values.keys() ?? [])]).toEqual([ids.fields.duration]);
	});

	it('moves a lead to a stage with its pipeline', async () => {
		const pipeline = addPipeline(sim.state, 'Продажи');
		const card = lead();
		await ask({ resource: 'lead', operation: 'moveStage', cardId: id(card.id), leadPipelineId: id(pipeline.pipeline), leadStageId: id(WON) });
		expect(sim.state.leads.get(card.id)).toMatchObject({ pipeline_id: pipeline.pipeline, status_id: WON });
	});

	it('says that a merged lead may hold other values', async () => {
		await sim.close();
		await office({ switches: { duplicateControl: 'on', complexAnswer: 'embedded' } });
		sim.state.putContact('Вера', '+79161234501');
		const phone = { field: [{ fieldId: id(sim.ids.fields.phone), value: '+79161234501' }] };
		const [made] = await ask({ resource: 'lead', operation: 'createComplex', cardName: 'Заявка', contactName: 'Вера', contactFields: phone });
		expect(made).toMatchObject({ merged: true, leadId: expect.any(String) as string });
	});

	it('lists only what fits, also where the account passes filters over', async () => {
		await sim.close();
		await office({ switches: { filters: 'ignored' } });
		const other = addPipeline(sim.state, 'Продажи');
		const mine = lead();
		Object.assign(lead(), { pipeline_id: other.pipeline, status_id: other.statusNew });
		const found = await ask({ resource: 'lead', operation: 'getAll', filters: { pipelineId: String(sim.ids.pipeline) } });
		expect(found.map((row) => row.id)).toEqual([String(mine.id)]);
	});

	it('offers what the account has in its selectors', async () => {
		const credentials = { aiAdminAmocrmApi: credentialOf(sim) };
		const names = async (search: string, more: INodeParameters = {}) => (await searchList('amocrmBooking', search, { authentication: 'token', ...settingsOf(sim), ...more }, '', undefined, credentials)).results.map(({ name }) => name);
		expect(await names('searchAmocrmPipelines')).toEqual(['Запись']);
		expect(await names('searchAmocrmStages')).toContain('Новая запись');
		expect(await names('searchAmocrmDateTimeFields')).toEqual(['Начало']);
		expect(await names('searchAmocrmChoiceFields')).toEqual(['Мастер']);
		expect(await names('searchAmocrmLists')).toEqual(['Услуги']);
		expect(await names('searchLeadFields')).toContain('Ключ операции');
		sim.state.putContact('Вера Иванова', '+79161234501');
		expect((await searchList('amocrmBooking', 'searchClients', { authentication: 'token', ...settingsOf(sim) }, 'Вера', undefined, credentials)).results).toHaveLength(1);
	});

	it('names a setting that does not fit the account, before anything is written', async () => {
		const error = await fail({ startFieldId: id(sim.ids.fields.duration), resource: 'company', operation: 'get' });
		expect(error.description).toMatch(/fields\.start.*date_time/);
		expect((await fail({ salonPlan: '{"company":{"zone":"Mars"}}', resource: 'company', operation: 'get' })).description).toMatch(/company\.zone/);
	});

	it.each([['https://evil.example'], ['salon.kommo.com'], ['www']])('sends the token to no other house: %s', async (subdomain) => {
		const error = await fail({ resource: 'company', operation: 'get' }, { subdomain, baseUrl: '' });
		expect(error.description).toMatch(/subdomain/);
		expect(sim.requests.all).toEqual([]);
	});

	it('keeps a raw request below the address of the account', async () => {
		expect((await fail({ resource: 'apiRequest', operation: 'send', path: 'https://evil.example/x' })).description).toBeDefined();
		expect(await ask({ resource: 'apiRequest', operation: 'send', path: 'leads/pipelines' })).toMatchObject([{ name: 'Запись' }]);
	});
});

describe('Kommo Booking', () => {
	it('starts a bot and says that it is only queued', async () => {
		sim = await startOffice(startKommo);
		open.push(sim);
		const card = lead();
		const credentials = { aiAdminKommoApi: credentialOf(sim) };
		const nodes = [{ name: 'CRM', type: 'kommoBooking', parameters: { ...settingsOf(sim), resource: 'salesbot', operation: 'start', botId: String(sim.ids.bot), leadCardId: id(card.id) }, credentials: chosenCredentials(credentials) }];
		expect(succeeded(await run({ credentials, nodes }), 'CRM')).toEqual([{ botId: '15', cardId: String(card.id), queued: true }]);
		expect(sim.state.botStarts).toEqual([{ bot_id: 15, entity_id: card.id, entity_type: 'leads' }]);
	});
});

describe('the credentials', () => {
	it.each(['aiAdminAmocrmApi', 'aiAdminKommoApi'])('%s sign with the token, also one that was pasted with its word', async (name) => {
		const { headers } = await signed(name, { accessToken: ' Bearer abc ' }, { url: 'https://salon.example' });
		expect(headers).toEqual({ authorization: 'Bearer abc' });
	});

	it.each([
		['aiAdminAmocrmApi', 'salon.amocrm.ru'],
		['aiAdminKommoApi', 'salon.kommo.com'],
	])('%s ask the account at its own house, however the subdomain was typed', async (name, host) => {
		const type = await credentialType(name);
		const expression = String(type?.test?.request.baseURL).replace(/^=\{\{|\}\}$/g, '');
		const address = (subdomain: string, baseUrl = ''): unknown => new Function('$credentials', `return ${expression}`)({ subdomain, baseUrl }) as unknown;
		for (const typed of ['salon', ' SALON ', host, `https://${host}/leads/`]) expect(address(typed)).toBe(`https://${host}/api/v4`);
		expect(address('salon', 'http://127.0.0.1:1/api/v4')).toBe('http://127.0.0.1:1/api/v4');
	});

	it.each([
		['aiAdminAmocrmOAuth2Api', 'salon.amocrm.ru', 'https://www.amocrm.ru/oauth'],
		['aiAdminKommoOAuth2Api', 'salon.kommo.com', 'https://www.kommo.com/oauth'],
	])('%s consent at the house and fetch tokens at the account', async (name, host, consent) => {
		const type = await credentialType(name);
		const value = (field: string): string => String(type?.properties.find((one) => one.name === field)?.default);
		expect(value('authUrl')).toBe(consent);
		expect(value('authentication')).toBe('body');
		const expression = /^=https:\/\/\{\{(.*)\}\}(\/.*)$/.exec(value('accessTokenUrl'));
		const told: unknown = new Function('$self', `return ${expression?.[1]}`)({ subdomain: host });
		expect(`https://${String(told)}${expression?.[2]}`).toBe(`https://${host}/oauth2/access_token`);
	});
});
