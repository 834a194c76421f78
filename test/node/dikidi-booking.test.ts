jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, credentialType, failure, run, searchList, succeeded } from './support/harness';
import { testCredential } from './support/credential-test';
import { chosen } from './support/walking';
import { GATEWAY_COMMANDS } from '../../core/crm/dikidi';
import { COMMAND_OPTIONS } from '../../credentials/shared/dikidi-sign-in';
import { isSigned, startDikidi, type DikidiOptions, type DikidiSimulator } from '../contract/simulators/dikidi';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions, INodeParameters } from 'n8n-workflow';

const PHONE = '+79161234501';
const open: DikidiSimulator[] = [];

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

interface World {
	readonly sim: DikidiSimulator;
	readonly credential: ICredentialDataDecryptedObject;
	give(parameters: INodeParameters): Promise<readonly IDataObject[]>;
	fail(parameters: INodeParameters): Promise<string>;
}

async function world(route: string, more: ICredentialDataDecryptedObject = {}, options: DikidiOptions = {}): Promise<World> {
	const sim = await startDikidi({ now: new Date().toISOString(), running: true, ...options });
	open.push(sim);
	sim.state.addClient('Вера', PHONE);
	const credential = { companyId: sim.companyId, gatewayUrl: sim.gatewayUrl, gatewaySecret: sim.secret, commands: [...GATEWAY_COMMANDS], idempotent: true, eventProof: 'hmac', baseUrl: sim.url, ...more };
	const credentials = { aiAdminDikidiApi: credential };
	const start = (parameters: INodeParameters) => run({ nodes: [{ name: 'dikidi', type: 'dikidiBooking', parameters: { route, zone: 'Europe/Moscow', bookingUrl: sim.links.byId, ...parameters }, credentials: chosenCredentials(credentials) }], credentials });
	return {
		sim,
		credential,
		give: async (parameters) => succeeded(await start(parameters), 'dikidi'),
		async fail(parameters) {
			const error = failure(await start(parameters));
			return `${error.message} ${error.description ?? ''}`;
		},
	};
}

const inDays = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00:00+03:00`;

describe('DIKIDI Booking over a gateway', () => {
	it('books, moves and cancels, signed by the credential', async () => {
		const { sim, give } = await world('gateway');
		const [client] = await give({ resource: 'client', operation: 'findByPhone', phone: '8 916 123-45-01' });
		const [made] = await give({ resource: 'appointment', operation: 'create', clientId: chosen(String(client?.id)), serviceId: chosen('9001'), staffId: chosen('501'), start: inDays(3) });
		const held = [...sim.state.bookings.values()];
		expect(held.map(({ id, start }) => ({ id, start }))).toEqual([{ id: made?.id, start: Date.parse(inDays(3)) }]);
		const [got] = await give({ resource: 'appointment', operation: 'get', appointmentId: chosen(String(made?.id)) });
		expect(got).toMatchObject({ id: made?.id, clientId: client?.id, staffId: '501', serviceIds: ['9001'] });
		await give({ resource: 'appointment', operation: 'reschedule', appointmentId: chosen(String(made?.id)), start: inDays(4), staffId: chosen('501') });
		expect(held[0]?.start).toBe(Date.parse(inDays(4)));
		await give({ resource: 'appointment', operation: 'cancel', appointmentId: chosen(String(made?.id)) });
		expect(held[0]?.status).toBe('cancelled');
	});

	it('sends a command of the operator’s own, and the same id does it once', async () => {
		const { sim, give, fail } = await world('gateway');
		const wish = { client: { name: 'Вера', phone: PHONE }, service_ids: ['9001'], staff_id: '501', starts_at: inDays(3) };
		const send = { resource: 'gateway', operation: 'sendCommand', command: 'booking.create', payload: JSON.stringify(wish), commandId: 'mine-1' };
		const [first] = await give(send);
		expect(await give(send)).toEqual([first]);
		expect(sim.state.bookings.size).toBe(1);
		expect(first).toMatchObject({ command: 'booking.create', result: { booking_id: expect.any(String) as string } });
		expect(await fail({ ...send, payload: '[1]' })).toContain('Payload is not a JSON object');
		expect(await fail({ ...send, commandId: 'a b' })).toContain('command id');
		sim.switches.gateway = 'async';
		expect(await fail({ ...send, commandId: 'mine-2' })).toContain('wait for the event that names its command id');
	});

	it('sends a raw request below the folder of the gateway, signed, and nowhere else', async () => {
		const { sim, give, fail } = await world('gateway');
		const body = JSON.stringify({ schema: 'booking.command.v1', command_id: 'cmd_raw', command: 'company.get', company_id: sim.companyId, payload: {} });
		const send = { resource: 'apiRequest', operation: 'send', method: 'POST', body };
		expect(await give({ ...send, path: 'gateway' })).toMatchObject([{ company: { id: sim.companyId } }]);
		expect(await fail({ ...send, path: 'https://evil.example' })).toContain('whole address');
		expect(await fail({ ...send, path: '../../x', body: '' })).not.toContain('evil');
	});

	it('tells what it can do, and why the gateway does not answer', async () => {
		const { sim, give } = await world('gateway', { commands: ['slots.list'], idempotent: false });
		const status = async (): Promise<IDataObject | undefined> => (await give({ resource: 'connection', operation: 'getStatus' }))[0];
		expect(await status()).toMatchObject({ route: 'gateway', capabilities: { cancel: false, streams: [] }, gateway: { isAnswering: true, problem: null, commands: ['slots.list'], isIdempotent: false }, page: null });
		sim.events.secret = 'another';
		expect(await status()).toMatchObject({ gateway: { isAnswering: false, problem: expect.stringContaining('signature') as string } });
		sim.events.secret = sim.secret;
		sim.switches.gateway = 'down';
		expect(await status()).toMatchObject({ gateway: { isAnswering: false, problem: expect.stringContaining('could not answer') as string } });
		sim.switches.gateway = 'unsupported';
		expect(await status()).toMatchObject({ gateway: { isAnswering: true } });
	});

	it('hands over what is not ticked, in words of the booking page', async () => {
		const { fail, sim } = await world('gateway', { commands: [] });
		const told = await fail({ resource: 'availability', operation: 'getSlots', serviceId: chosen('9001'), from: inDays(1), to: inDays(2) });
		expect(told).toMatch(/CRM cannot do this.*slots\.list.*https:\/\/dikidi\.net\/100500/s);
		expect(sim.requests.all).toEqual([]);
	});

	it('names what is missing in the credential', async () => {
		const status = { resource: 'connection', operation: 'getStatus' };
		expect(await (await world('gateway', { gatewayUrl: '' })).fail(status)).toContain('Gateway URL');
		expect(await (await world('gateway', { gatewaySecret: ' ' })).fail(status)).toContain('Gateway Secret');
		expect(await (await world('gateway', { companyId: '' })).fail(status)).toContain('Company ID');
		expect(await (await world('gateway', { gatewayUrl: 'ftp://x' })).fail(status)).toContain('http or https');
		expect(await (await world('link')).fail({ ...status, bookingUrl: 'https://evil.example' })).toContain('dikidi.net');
		expect(await (await world('link')).fail({ ...status, zone: 'Moscow' })).toContain('zone');
	});

	it('lists what a selector asks for', async () => {
		const { credential } = await world('gateway');
		const parameters = { route: 'gateway', zone: 'Europe/Moscow' };
		const listed = await searchList('dikidiBooking', 'searchServices', parameters, 'cu', undefined, { aiAdminDikidiApi: credential });
		expect(listed.results).toEqual([{ name: 'cut', value: '9001' }]);
	});
});

describe('DIKIDI Booking without a gateway', () => {
	it('gives links, and refuses the rest with them', async () => {
		const { sim, give, fail } = await world('link', { gatewayUrl: '' });
		const crmOptions = { links: { link: [{ url: 'https://dikidi.net/100500?m={staffId}&d={date}', staffId: '501', serviceId: '' }] } };
		expect(await give({ resource: 'bookingLink', operation: 'get' })).toEqual([{ url: sim.links.byId }]);
		expect(await give({ resource: 'bookingLink', operation: 'get', crmOptions, staffId: chosen('501'), start: '2026-11-24T23:30' })).toEqual([{ url: 'https://dikidi.net/100500?m=501&d=2026-11-24' }]);
		expect(await fail({ resource: 'bookingLink', operation: 'get', bookingUrl: '' })).toContain('No link is set');
		expect(await fail({ resource: 'service', operation: 'getAll' })).toContain(sim.links.byId);
		expect(await fail({ resource: 'apiRequest', operation: 'send', path: 'x' })).toContain('DIKIDI has no API');
		expect(await fail({ resource: 'gateway', operation: 'sendCommand' })).toContain('no gateway');
		expect(sim.requests.all).toEqual([]);
	});

	it('reads the page without a secret, keeps what it read, and pauses when it is turned away', async () => {
		const { sim, give, fail } = await world('widget', { commands: [] });
		const services = { resource: 'service', operation: 'getAll' };
		const status = { resource: 'connection', operation: 'getStatus' };
		expect(await give(services)).toMatchObject([{ id: '9001', price: { min: 250_000 } }, { id: '9002' }]);
		const asked = sim.requests.all.length;
		await give(services);
		expect(sim.requests.all).toHaveLength(asked);
		expect(await give(status)).toMatchObject([{ gateway: null, page: { state: 'closed', pausedUntil: null } }]);
		sim.switches.protection = 'captcha_200';
		const slots = { resource: 'availability', operation: 'getSlots', serviceId: chosen('9001'), from: inDays(1), to: inDays(1) };
		expect(await fail(slots)).toContain('paused');
		expect(await give(status)).toMatchObject([{ page: { state: 'open', cause: 'blocked', pausedUntil: expect.stringMatching(/Z$/) as string } }]);
		sim.switches.protection = 'off';
		expect(await fail(slots)).toContain(sim.links.byId);
		expect(await fail({ resource: 'appointment', operation: 'create', clientId: chosen('1'), serviceId: chosen('9001'), staffId: chosen('501'), start: inDays(1) })).toContain(sim.links.byId);
	});
});

describe('an import', () => {
	const text = 'Кто;Телефон;Потрачено\nАнна;89990000001;1 500,50\nБэлла;89990000002;\n';
	const columns = { columns: { column: [{ field: 'name', heading: 'Кто' }] } };

	it('gives an item a record, or what they come to, on every route', async () => {
		const { give, fail } = await world('link', { gatewayUrl: '' });
		const form = { resource: 'import', operation: 'clients', text, importOptions: columns };
		expect(await give(form)).toMatchObject([{ name: 'Анна', phone: '+79990000001', spent: 150_050, completeness: 'import' }, { name: 'Бэлла', spent: null }]);
		expect(await give({ ...form, output: 'summary' })).toEqual([{ records: 2, completeness: 'import', repeated: 0, defused: 0, sharedPhones: [], unknownValues: 0 }]);
		expect(await fail({ ...form, importOptions: {} })).toMatch(/Nothing was imported.*"name"/s);
		expect(await fail({ ...form, text: '' })).toContain('no file');
	});

	it('reads the file of its item in the encoding it was written in', async () => {
		const { sim, credential } = await world('link', { gatewayUrl: '' });
		const bytes = Buffer.concat([Buffer.from([0xca, 0xf2, 0xee]), Buffer.from(';'), Buffer.from([0xd2, 0xe5, 0xeb, 0xe5, 0xf4, 0xee, 0xed]), Buffer.from('\n'), Buffer.from([0xc0, 0xed, 0xed, 0xe0]), Buffer.from(';89990000001\n')]);
		const source = { description: { displayName: 'File', name: 'file', group: [], version: 1, description: '', defaults: {}, inputs: [], outputs: ['main'], properties: [] }, execute: async () => [[{ json: {}, binary: { data: { data: bytes.toString('base64'), mimeType: 'text/csv' } } }]] };
		const credentials = { aiAdminDikidiApi: credential };
		const parameters = { route: 'link', zone: 'Europe/Moscow', bookingUrl: sim.links.byId, resource: 'import', operation: 'clients', binaryPropertyName: 'data', importOptions: columns };
		const result = await run({
			nodes: [{ name: 'file', type: 'test.file' }, { name: 'dikidi', type: 'dikidiBooking', parameters, credentials: chosenCredentials(credentials) }],
			connections: { file: { main: [[{ node: 'dikidi', type: 'main', index: 0 }]] } },
			types: { 'test.file': source as never },
			credentials,
		});
		expect(succeeded(result, 'dikidi')).toMatchObject([{ name: 'Анна', phone: '+79990000001' }]);
	});
});

describe('the credential', () => {
	it('signs what goes to the gateway, and nothing else', async () => {
		const type = await credentialType('aiAdminDikidiApi');
		if (typeof type?.authenticate !== 'function') throw new Error('it does not sign');
		const sign = type.authenticate as (credential: ICredentialDataDecryptedObject, options: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
		const credential = { gatewayUrl: 'https://hook.example/a/gateway?key=1', gatewaySecret: 's3cret' };
		const request = { method: 'POST', url: credential.gatewayUrl, body: '{"a":1}', headers: { 'x-gateway-event-id': 'cmd_1' } } as const;
		const { headers = {}, body } = await sign(credential, request);
		expect(isSigned('s3cret', headers, String(body), Date.now() / 1000)).toBe(true);
		expect(headers['x-gateway-event-id']).toBe('cmd_1');
		const object = await sign(credential, { ...request, headers: {}, body: { a: 1 } });
		expect(isSigned('s3cret', object.headers ?? {}, String(object.body), Date.now() / 1000)).toBe(true);
		for (const url of ['https://dikidi.net/ajax', 'https://hook.example/other', 'https://hook.example.evil.example/a/gateway', 'http://hook.example/a/gateway', 'nowhere']) {
			expect(await sign(credential, { ...request, url })).toEqual({ ...request, url });
		}
	});

	it('is tested by a knock at the gateway, which names the cause when it fails', async () => {
		const { sim, credential } = await world('gateway');
		const told = (more: ICredentialDataDecryptedObject = {}): Promise<string | null> => testCredential('aiAdminDikidiApi', { ...credential, ...more });
		expect(await told()).toBeNull();
		expect(sim.gateway.seen.map(({ command }) => command)).toEqual(['company.get']);
		expect(await told({ commands: ['staff.list'] })).toBeNull();
		expect(sim.gateway.seen.at(-1)?.command).toBe('staff.list');
		expect(await told({ gatewaySecret: 'another' })).toContain('does not accept the signature');
		expect(await told({ companyId: '7' })).toContain('another company');
		expect(await told({ gatewayUrl: `${sim.url}/nowhere` })).toContain('nothing at this address');
		sim.switches.gateway = 'unsupported';
		expect(await told({ commands: [] })).toContain('accepts the signature');
		sim.switches.gateway = 'down';
		expect(await told()).toContain('does not answer now');
		sim.switches.gateway = 'plain-200';
		expect(await told()).toBeNull();
	});

	it('is tested by a look at the booking page where there is no gateway, without a signature', async () => {
		const { sim, credential } = await world('link');
		const told = (companyId: string): Promise<string | null> => testCredential('aiAdminDikidiApi', { ...credential, gatewayUrl: '', companyId });
		expect(await told(sim.companyId)).toBeNull();
		expect(sim.visits).toEqual([{ path: `/${sim.companyId}`, parameters: [] }]);
		expect(await told('7')).toContain('nothing at this address');
	});

	it('ticks the commands of the contract, and names the cause when its test fails', async () => {
		const type = await credentialType('aiAdminDikidiApi');
		expect(COMMAND_OPTIONS.map(({ value }) => value).sort()).toEqual([...GATEWAY_COMMANDS].sort());
		expect(type?.properties.find(({ name }) => name === 'commands')?.default).toEqual([]);
		const statuses = (type?.test?.rules ?? []).flatMap(({ type: kind, properties }) => (kind === 'responseCode' ? [properties.value] : []));
		expect(statuses).toEqual([401, 403, 404, 405, 422, 429, 501, 503]);
	});
});
