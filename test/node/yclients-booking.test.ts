jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, credentialType, failure, json, run, searchList, succeeded } from './support/harness';
import { fixture } from './fixtures/yclients';
import type { VendorBench } from './support/vendor-fixture';
import { addSalon, revoke, startYclients, type SimulatedSalon, type VendorSimulator } from '../contract/simulators/yclients';
import { chosen } from './support/walking';
import type { ICredentialDataDecryptedObject, ICredentialTestRequest, IDataObject, INodeParameters, IRun } from 'n8n-workflow';

const NODE = 'yclientsBooking';
const SPEC = {
	zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 0, bookingHorizonDays: 60, changeNoticeMinutes: 0, stepMinutes: 30,
	services: [{ name: 'Стрижка', minutes: 60, price: 200_000 }], hours: { from: '09:00', to: '21:00' }, staff: [{ name: 'Anna', services: ['Стрижка'] }],
};

const simulators: VendorSimulator[] = [];
const benches: VendorBench[] = [];

async function salon(options: Parameters<typeof startYclients>[0] = {}): Promise<{ sim: VendorSimulator; salon: SimulatedSalon; credential: ICredentialDataDecryptedObject; branch: INodeParameters }> {
	const sim = await startYclients({ now: new Date().toISOString(), running: true, ...options });
	simulators.push(sim);
	const made = addSalon(sim, SPEC);
	const credential = { partnerToken: [...sim.state.partnerTokens][0] ?? '', signIn: 'token', userToken: made.user.token, baseUrl: sim.url };
	return { sim, salon: made, credential, branch: { branchId: chosen(String(made.company.id)) } };
}

function attempt(credential: ICredentialDataDecryptedObject, parameters: INodeParameters, items?: readonly IDataObject[], onError?: 'continueRegularOutput'): Promise<IRun> {
	const credentials = { aiAdminYclientsApi: credential };
	return run({ nodes: [{ name: NODE, type: NODE, parameters, credentials: chosenCredentials(credentials), ...(onError === undefined ? {} : { onError }) }], credentials, ...(items === undefined ? {} : { items }) });
}

const call = async (credential: ICredentialDataDecryptedObject, parameters: INodeParameters): Promise<readonly IDataObject[]> => succeeded(await attempt(credential, parameters), NODE);

afterAll(async () => {
	await Promise.all([...simulators, ...benches].map((one) => one.close()));
	await closeNodes();
});

describe('the raw request', () => {
	it('gives one item a record of the answer, and wraps what is none', async () => {
		const { credential, branch, salon: { company } } = await salon();
		const services = await call(credential, { ...branch, resource: 'apiRequest', operation: 'send', path: `company/${company.id}/services` });
		expect(services).toMatchObject([{ title: 'Стрижка' }]);
		const [one] = await call(credential, { ...branch, resource: 'apiRequest', operation: 'send', path: `company/${company.id}` });
		expect(one).toMatchObject({ id: company.id });
	});

	it('sends a list as the vendor reads one, and a body as JSON', async () => {
		const { sim, credential, branch, salon: made } = await salon();
		const query = { parameters: [{ name: 'service_ids[]', value: made.serviceId('Стрижка') }, { name: 'service_ids[]', value: '1' }] };
		await attempt(credential, { ...branch, resource: 'apiRequest', operation: 'send', path: `book_dates/${made.company.id}`, query });
		expect(sim.requests.all.at(-1)?.query['service_ids[]']).toBeDefined();
		await call(credential, { ...branch, resource: 'apiRequest', operation: 'send', method: 'POST', path: `clients/${made.company.id}`, body: '{"name":"Ольга","phone":"79161234599"}' });
		expect([...sim.state.clients.values()].map(({ name }) => name)).toContain('Ольга');
	});

	it.each([
		...['https://evil.example/v1', 'HTTP://evil.example', '//evil.example/x', '\\\\evil.example\\x'].map((path) => [path, 'Path is a whole address']),
		...['../v2/records', '/../../x', 'a/%2e%2e/%2e%2e/%2e%2e/x', 'records/1#x'].map((path) => [path, 'The parameters are not valid']),
	])('never leaves the address of the credential: %s', async (path, message) => {
		const { sim, credential, branch } = await salon();
		const asked = sim.requests.all.length;
		const error = failure(await attempt(credential, { ...branch, resource: 'apiRequest', operation: 'send', path }));
		expect(error.message).toBe(message);
		expect(sim.requests.all.length).toBe(asked);
	});

	it('says what to do when it is not known whether a write took effect, and never sends it twice', async () => {
		const { sim, credential, branch, salon: made } = await salon();
		const { failing } = await import('../contract/simulators/kit');
		sim.faults.add(failing(502, 'done'), { method: 'POST', path: /clients/ });
		const error = failure(await attempt(credential, { ...branch, resource: 'apiRequest', operation: 'send', method: 'POST', path: `clients/${made.company.id}`, body: { name: 'Ольга', phone: '79161234599' } as INodeParameters }));
		expect({ message: error.message, description: error.description }).toEqual({ message: 'It is not known whether the change was saved', description: expect.stringMatching(/^Read back/) as string });
		expect(sim.requests.find('POST', /clients/)).toHaveLength(1);
	});
});

describe('a visit', () => {
	it('is marked, keeps its comment, and reads back', async () => {
		const bench = await fixture.start();
		benches.push(bench);
		const credential = bench.credentials.aiAdminYclientsApi ?? {};
		const [service] = await call(credential, { ...bench.settings, resource: 'service', operation: 'getAll' });
		const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
		const [slot] = await call(credential, { ...bench.settings, resource: 'availability', operation: 'getSlots', serviceId: chosen(String(service?.id)), from: tomorrow, to: tomorrow });
		const [client] = await call(credential, { ...bench.settings, resource: 'client', operation: 'findByPhone', phone: bench.phone });
		const [visit] = await call(credential, {
			...bench.settings, resource: 'appointment', operation: 'create', clientId: chosen(String(client?.id)), serviceId: chosen(String(service?.id)), staffId: chosen(String(slot?.staffId)), start: String(slot?.start),
			additionalFields: { comment: 'tea without sugar' },
		});
		const appointmentId = chosen(String(visit?.id));
		expect(await call(credential, { ...bench.settings, resource: 'visit', operation: 'setAttendance', appointmentId, attendance: 'arrived' })).toMatchObject([{ attendance: 1 }]);
		expect(await call(credential, { ...bench.settings, resource: 'appointment', operation: 'get', appointmentId })).toMatchObject([{ status: 'arrived', comment: 'tea without sugar' }]);
		expect(await call(credential, { ...bench.settings, resource: 'appointment', operation: 'getAll', filters: { status: 'arrived' } })).toMatchObject([{ id: visit?.id }]);
		expect(await call(credential, { ...bench.settings, resource: 'appointment', operation: 'getAll', filters: { status: 'no_show' } })).toEqual([]);
	});
});

describe('webhook settings', () => {
	it('keep what other integrations have set', async () => {
		const { credential, branch, salon: { company } } = await salon();
		company.hooks = { urls: ['https://other.example/'], active: true, on: new Set(['client']) };
		const address = 'https://n8n.example/webhook/1';
		expect(await call(credential, { ...branch, resource: 'webhook', operation: 'add', address, resources: ['record'] })).toEqual([{ urls: ['https://other.example/', address], active: true, resources: ['client', 'record'] }]);
		expect(await call(credential, { ...branch, resource: 'webhook', operation: 'remove', address })).toEqual([{ urls: ['https://other.example/'], active: true, resources: ['client', 'record'] }]);
	});
});

describe('the selectors', () => {
	it('list the branches of the user, people and services of the branch, and clients by a part of the name', async () => {
		const { sim, credential, branch, salon: made } = await salon();
		addSalon(sim, SPEC);
		sim.state.addClient(made.company.id, { name: 'Мария Петрова', phone: '79161234511' }, sim.clock.now());
		const credentials = { aiAdminYclientsApi: credential };
		const search = async (method: string, filter?: string): Promise<readonly unknown[]> => (await searchList(NODE, method, branch, filter, undefined, credentials)).results.map(({ value }) => value);
		expect(await search('searchYclientsBranches')).toEqual([String(made.company.id)]);
		expect(await search('searchStaff', 'ann')).toEqual([made.staffId('Anna')]);
		expect(await search('searchServices', 'нет такой')).toEqual([]);
		expect(await search('searchClients', 'Петрова')).toHaveLength(1);
	});
});

describe('errors', () => {
	it('name their item and let the others go on', async () => {
		const { credential, branch } = await salon();
		const phone = '={{ $json.phone }}';
		const result = await attempt(credential, { ...branch, resource: 'client', operation: 'findByPhone', phone }, [{ phone: '+79160000000' }, { phone: 'nobody' }], 'continueRegularOutput');
		expect(json(result, NODE)).toMatchObject([{ error: 'The phone is not a valid number' }]);
		const stopped = failure(await attempt(credential, { ...branch, resource: 'client', operation: 'findByPhone', phone }, [{ phone: '+79160000000' }, { phone: 'nobody' }]));
		expect((stopped as { context?: { itemIndex?: number } }).context?.itemIndex).toBe(1);
	});

	it('name a branch that is not the user’s, and settings that cannot be', async () => {
		const { credential, branch } = await salon();
		const foreign = failure(await attempt(credential, { branchId: chosen('999999'), resource: 'company', operation: 'get' }));
		expect(foreign.message).toBe('The record was not found');
		const wrong = failure(await attempt(credential, { ...branch, crmOptions: { currency: 'rubles' }, resource: 'company', operation: 'get' }));
		expect({ message: wrong.message, description: wrong.description }).toEqual({ message: 'The settings of YCLIENTS cannot be used', description: expect.stringMatching(/currency/) as string });
	});

	it('hold no token', async () => {
		const { sim, credential, branch, salon: made } = await salon();
		revoke(sim.state, made.user.token);
		const result = await attempt(credential, { ...branch, resource: 'company', operation: 'get' });
		const services = await attempt(credential, { ...branch, resource: 'service', operation: 'getAll' });
		expect(failure(services).message).toBe('The CRM does not accept the credential');
		for (const secret of [String(credential.partnerToken), String(credential.userToken)]) expect(JSON.stringify([failure(services), result.data.resultData.error ?? null])).not.toContain(secret);
	});
});

describe('the credential', () => {
	it.each(['401', '200-success-false'] as const)('fetches a user token with login and password, uses it until it is refused, then fetches another (%s)', async (authFailure) => {
		const { sim, salon: made, credential, branch } = await salon({ switches: { authFailure } });
		const { login, password } = made.user;
		const own: ICredentialDataDecryptedObject = { ...credential, signIn: 'password', userToken: '', login, password, sessionToken: '' };
		await call(own, { ...branch, resource: 'service', operation: 'getAll' });
		expect(String(own.sessionToken)).toContain(made.user.token);
		const asked = sim.requests.find('POST', /auth/).length;
		await call(own, { ...branch, resource: 'staff', operation: 'getAll' });
		expect(sim.requests.find('POST', /auth/)).toHaveLength(asked);
		const stale = { ...own, sessionToken: `${String(own.sessionToken).split(':')[0]}:0000` };
		await call(stale, { ...branch, resource: 'apiRequest', operation: 'send', path: `clients/${made.company.id}` });
		expect(String(stale.sessionToken)).toContain(made.user.token);
		const wrong = { ...own, password: 'another', sessionToken: '' };
		expect(failure(await attempt(wrong, { ...branch, resource: 'apiRequest', operation: 'send', path: `clients/${made.company.id}` })).message).toBe('The CRM does not accept the credential');
	});

	it('never uses the token of an earlier login', async () => {
		const type = await credentialType('aiAdminYclientsApi');
		const authenticate = type?.authenticate;
		if (typeof authenticate !== 'function') throw new TypeError('The credential signs by a function');
		const { headers } = await authenticate({ partnerToken: 'p', signIn: 'password', login: 'b', password: 'b', sessionToken: 'someone:token-of-a' }, { url: 'https://x' });
		expect(headers?.authorization).toBe('Bearer p, User none');
	});

	it('has a test whose failures name the cause', async () => {
		const { sim, credential, salon: made } = await salon();
		const type = await credentialType('aiAdminYclientsApi');
		const { rules = [] } = type?.test as ICredentialTestRequest;
		const codes = rules.flatMap(({ type: kind, properties }) => (kind === 'responseCode' ? [(properties as { value: number }).value] : []));
		expect(codes).toEqual(expect.arrayContaining([401, 402, 403, 404]));
		const body = rules.flatMap(({ type: kind, properties }) => (kind === 'responseSuccessBody' ? [properties as { key: string }] : []));
		expect(body.map(({ key }) => key)).toEqual(['success', 'data.length']);
		const ask = async (userToken: string): Promise<Response> => fetch(`${sim.url}/companies?my=1&page=1&count=1`, { headers: { accept: 'application/vnd.yclients.v2+json', authorization: `Bearer ${String(credential.partnerToken)}, User ${userToken}` } });
		expect(((await (await ask(made.user.token)).json()) as { data: unknown[] }).data).toHaveLength(1);
		expect((await ask('wrong')).status).toBe(401);
	});
});
