jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { closeNodes, credentialType, loadPackage, nodeType, searchList } from './support/harness';
import { walk, type Walk } from './support/strict-context';
import { chosen } from './support/walking';
import { fixture } from './fixtures/bitrix24';
import { readSettings } from '../../nodes/Bitrix24Booking/read-settings';
import { BITRIX24_BOOKING } from '../../nodes/Bitrix24Booking/vendor';
import type { Opening } from '../../nodes/shared/vendor/vendor';
import { createAxiosPort, type HttpPort } from '../../core/crm/http';
import { createMemoryLock } from '../../core/crm/computed';
import { type Bitrix24Simulator, startBitrix24 } from '../contract/simulators/bitrix24';
import { settingsOf } from '../../core/crm/bitrix24/settings';
import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

// the first of all tests would wait for the whole package
beforeAll(() => loadPackage(), 60_000);
afterAll(closeNodes);

describe('the operations of Bitrix24 Booking', () => {
	let bench: Awaited<ReturnType<typeof fixture.start>>;
	beforeAll(async () => {
		bench = await fixture.start();
	});
	afterAll(() => bench.close());
	const run = async (form: INodeParameters): Promise<Walk> => walk(await nodeType('bitrix24Booking'), { ...bench.settings, ...form }, { credentials: bench.credentials });
	const items = async (form: INodeParameters): Promise<Walk['items']> => {
		const { items: given, error } = await run(form);
		if (error !== null) throw error;
		return given;
	};
	const field = (name: string, value: string): INodeParameters => ({ fields: [{ name: chosen(name), value }] });

	it('checks a field of the portal before the portal drops it without a word', async () => {
		const form = { resource: 'deal', operation: 'create', title: 'Стрижка' };
		for (const [name, value, word] of [['UF_CRM_NO_SUCH', 'x', 'no field'], ['createdTime', '2026-01-01', 'cannot be written'], ['UF_CRM_BOOKING_START', 'завтра', 'offset'], ['contactIds', 'Вера', 'whole number']] as const) {
			const { error } = await run({ ...form, portalFields: field(name, value) });
			expect(error).toMatchObject({ description: expect.stringContaining(word) as string });
			expect(JSON.stringify(error)).not.toContain('Вера');
		}
	});

	it('writes values in the type of their field, and shows all of them without Simplify', async () => {
		const [deal] = await items({ resource: 'deal', operation: 'create', title: 'Стрижка', simplify: false, portalFields: { fields: [{ name: chosen('UF_CRM_BOOKING_START'), value: '2026-12-01T12:00:00+03:00' }, { name: chosen('UF_CRM_BOOKING_SERVICE'), value: '5' }] } });
		expect(deal).toMatchObject({ UF_CRM_BOOKING_START: '2026-12-01T12:00:00+03:00', UF_CRM_BOOKING_SERVICE: 5 });
	});

	it('lists by filters of its own and of the portal', async () => {
		await items({ resource: 'deal', operation: 'create', title: 'Дорогая', additionalFields: { opportunity: 9000 } });
		const rows = await items({ resource: 'deal', operation: 'getAll', returnAll: true, filters: { filter: '{">=opportunity": 9000}', stageId: 'NEW' } });
		expect(rows.map(({ title }) => title)).toEqual(['Дорогая']);
		expect((await run({ resource: 'deal', operation: 'getAll', filters: { filter: '[1]' } })).error).toMatchObject({ message: 'Filter is not a JSON object' });
	});

	it('says of every command of a batch what it came to', async () => {
		const rows = [{ key: 'none', method: 'crm.item.get', parameters: '{"entityTypeId":2,"id":999999}' }, { key: 'later', method: 'server.time', parameters: '{}' }];
		expect(await items({ resource: 'batch', operation: 'run', halt: true, commands: { rows } })).toMatchObject([{ key: 'none', ok: false, error: 'NOT_FOUND' }, { key: 'later', ok: false, error: null }]);
		expect(await items({ resource: 'batch', operation: 'run', halt: false, commands: { rows } })).toMatchObject([{ ok: false }, { ok: true, result: expect.any(String) as string }]);
		expect((await run({ resource: 'batch', operation: 'run', commands: { rows: [{ key: 'a', method: '../profile', parameters: '' }] } })).error).toMatchObject({ message: 'The parameters are not valid' });
	});

	it('replaces the hours of a resource, in the zone of the salon', async () => {
		const [resource] = await items({ resource: 'bookingResource', operation: 'getAll' });
		const rows = [{ weekDays: ['Mon'], from: '10:00', to: '14:00', slotSize: 30 }, { weekDays: ['Mon'], from: '15:00', to: '24:00', slotSize: 30 }];
		expect(await items({ resource: 'bookingResource', operation: 'setSchedule', resourceId: chosen(String(resource?.id)), hours: { rows } })).toMatchObject([{ from: 600, to: 840, timezone: 'Europe/Moscow' }, { from: 900, to: 1440 }]);
	});

	it('offers pipelines, stages, fields and resources of the portal', async () => {
		const list = async (method: string, filter = ''): Promise<readonly string[]> => (await searchList('bitrix24Booking', method, bench.settings, filter, undefined, bench.credentials)).results.map(({ name }) => name);
		expect(await list('searchBitrix24Pipelines')).toEqual(['Общая', 'Запись']);
		expect(await list('searchBitrix24Stages', 'при')).toEqual(['Пришёл', 'Не пришёл']);
		expect(await list('searchBitrix24DealFields', 'start')).toEqual([expect.stringContaining('datetime')]);
		expect(await list('searchBitrix24FieldsOfContact', 'lastName')).toHaveLength(1);
		expect(await list('searchBitrix24Resources')).toEqual(['Anna']);
	});
});

describe('the settings of a portal', () => {
	const read = (values: Readonly<Record<string, unknown>>, options: Readonly<Record<string, unknown>> = {}) => readSettings({ setting: (name) => values[name], settings: () => options });

	it('take the usual stages of the pipeline, with its prefix, unless others are chosen', () => {
		expect(read({ visitsAre: 'booking', pipelineId: '9', salonPlan: '' })).toMatchObject({ mode: 'booking', deals: { categoryId: '9', stages: { booked: 'C9:NEW', arrived: 'C9:WON', cancelled: 'C9:LOSE' } } });
		expect(read({ visitsAre: 'booking', pipelineId: '0', salonPlan: '' }, { bookedStage: chosen('PREPARATION') })).toMatchObject({ deals: { stages: { booked: 'PREPARATION', cancelled: 'LOSE' } } });
		expect(read({ visitsAre: 'booking', pipelineId: '', salonPlan: '' })).not.toHaveProperty('deals');
	});

	it('name what is missing where visits are deals', () => {
		expect(() => read({ visitsAre: 'crm', pipelineId: '' })).toThrow('No pipeline is chosen');
		expect(() => read({ visitsAre: 'crm', pipelineId: '9' }, { startField: chosen('UF_CRM_A') })).toThrow('Not all fields of a visit are chosen');
		const fields = { startField: chosen('UF_CRM_A'), endField: chosen('UF_CRM_B'), servicesField: chosen('UF_CRM_C'), staffField: 'UF_CRM_D' };
		expect(read({ visitsAre: 'crm', pipelineId: '7', salonPlan: '{}' }, { ...fields, smartProcess: '1038' })).toMatchObject({ mode: 'crm', visits: { entityTypeId: 1038, categoryId: '7', stages: { booked: 'DT1038_7:NEW', cancelled: 'DT1038_7:FAIL' }, fields: { start: 'UF_CRM_A', staff: 'UF_CRM_D' } } });
	});

	it('are what the core takes, leads of dialogues too', () => {
		const settings = read({ visitsAre: 'booking', pipelineId: '9', salonPlan: '{"company":{"country":"RU"}}' }, { leadNew: 'NEW', leadTalking: 'IN_PROCESS', catalogueId: '23', resourceTypeIds: '5, 7' });
		expect(settingsOf(settings)).toMatchObject({ desk: { entityTypeId: 1, stages: { new: 'NEW', talking: 'IN_PROCESS' } }, catalogueId: '23', resourceTypeIds: ['5', '7'] });
		expect(() => settingsOf({ ...settings, catalogueId: 'x' })).toThrow(/catalogueId/);
	});
});

describe('signing', () => {
	let sim: Bitrix24Simulator;
	const start = async (switches: Parameters<typeof startBitrix24>[0] = {}): Promise<void> => void (sim = await startBitrix24({ plan: 'on-premise', ...switches }));
	afterEach(() => sim.close());
	const opening = (signIn: 'webhook' | 'oAuth2', credential: () => Readonly<Record<string, unknown>>, port: HttpPort): Opening => ({
		port,
		signIn: BITRIX24_BOOKING.signIns.find(({ value }) => value === signIn) ?? BITRIX24_BOOKING.signIns[0],
		credential: credential(),
		credentialNow: async () => credential(),
		setting: (name) => ({ visitsAre: 'booking' })[name],
		settings: () => ({}),
		lane: 'dialogue',
		clock: () => '2026-11-20T09:00:00Z',
		store: undefined as never,
		limiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }),
		lock: () => createMemoryLock(),
		kept: (_name, _identity, create) => create(),
		onUnknownValue: () => undefined,
	});
	const open = (one: Opening) => BITRIX24_BOOKING.open(one);

	it.each(['refused', 'accepted'] as const)('of an application puts the token into the body, and takes the one n8n has renewed (Bearer %s)', async (bearerToken) => {
		await start({ switches: { bearerToken } });
		let tokens = sim.access.issueTokens(sim.application, 1);
		const inner = createAxiosPort(axios.create());
		let renewals = 0;
		// as n8n does it: a 401 renews the credential and sends the same body once more with another header
		const port: HttpPort = {
			exchange: async (request) => {
				const send = () => inner.exchange({ ...request, headers: { ...request.headers, authorization: `Bearer ${tokens.accessToken}` } });
				const first = await send();
				if (first.kind === 'failed' || first.status !== 401) return first;
				renewals += 1;
				tokens = sim.access.exchange('refresh', sim.application, tokens.refreshToken);
				const second = await send();
				return second.kind === 'answered' && second.status === 401 ? { ...second, body: new Uint8Array() } : second;
			},
		};
		const account = await open(opening('oAuth2', () => ({ portal: sim.url, oauthTokenData: { access_token: tokens.accessToken } }), port));
		expect((await account.crm.findClient('+79161234501')).kind).toBe('ok');
		sim.access.expireAccessTokens();
		expect((await account.crm.findClient('+79161234501')).kind).toBe('ok');
		expect(renewals).toBe(1);
		expect(sim.requests.all.filter(({ query }) => 'auth' in query)).toEqual([]);
		expect(sim.requests.find('POST', /findbycomm/).at(-1)?.bodyKeys).toContain('auth');
	});

	it('says what to do when the application is not connected or the webhook is no URL of one', async () => {
		await start();
		const port = createAxiosPort(axios.create());
		const account = await open(opening('oAuth2', () => ({ portal: sim.url }), port));
		expect(await account.crm.company()).toMatchObject({ kind: 'refused', reason: 'credential_invalid' });
		for (const webhookUrl of ['', 'https://salon.bitrix24.ru/', 'https://salon.bitrix24.ru/rest/', 'secretcode']) {
			const make = () => open(opening('webhook', () => ({ webhookUrl }), port));
			expect(make).toThrow('The webhook in the credential is not valid');
			expect(make).not.toThrow(/secretcode/);
		}
		expect(() => open(opening('oAuth2', () => ({ portal: 'salon' }), port))).toThrow('The portal in the credential is not valid');
	});
});

describe('the credential of a webhook', () => {
	it.each([
		['https://salon.bitrix24.ru/rest/1/abc123/', 'https://salon.bitrix24.ru/rest/1/abc123'],
		[' https://salon.bitrix24.ru/rest/1/abc123/profile.json', 'https://salon.bitrix24.ru/rest/1/abc123'],
		['nonsense', 'https://webhook-url-is-not-valid.invalid'],
	])('asks the portal of %s', async (webhookUrl, expected) => {
		const { test } = (await credentialType('aiAdminBitrix24Api')) ?? {};
		const expression = String(test?.request.baseURL).replace(/^=\{\{|\}\}$/g, '');
		expect(new Function('$credentials', `return ${expression}`)({ webhookUrl })).toBe(expected);
	});

	it('names the cause of a failure', async () => {
		const { test } = (await credentialType('aiAdminBitrix24Api')) ?? {};
		const messages = (test?.rules ?? []).map(({ properties }) => [properties.value, properties.message] as const);
		expect(Object.fromEntries(messages)).toMatchObject({ 302: expect.stringMatching(/moved/), 401: expect.stringMatching(/expired/), 402: expect.stringMatching(/licence/), 403: expect.stringMatching(/permission/), 404: expect.stringMatching(/address/) });
	});
});
