jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, credentialType, failure, run, searchList, signed, succeeded } from './support/harness';
import { chosen } from './support/walking';
import { cut } from '../contract/simulators/kit';
import { type EasyweekOptions, type EasyweekSimulator, furnish, startEasyweek } from '../contract/simulators/easyweek';
import { addCustomer } from '../contract/simulators/easyweek/customers';
import axios from 'axios';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

const PHONE = '+79161234501';
const SALON = { zone: 'Europe/Moscow', stepMinutes: 30, hours: { from: '09:00', to: '21:00' }, services: [{ name: 'cut', minutes: 60, price: 200_000 }], staff: [{ name: 'Anna', services: ['cut'] }, { name: 'Maria', services: ['cut'] }] };
const open: EasyweekSimulator[] = [];

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	await closeNodes();
});

interface World {
	readonly sim: EasyweekSimulator;
	readonly credential: ICredentialDataDecryptedObject;
	give(parameters: INodeParameters): Promise<readonly IDataObject[]>;
	fail(parameters: INodeParameters): Promise<string>;
	/** Books a visit of the client with Anna; its id. */
	book(start: string): Promise<string>;
}

async function world({ options = {}, credential: more = {} }: { readonly options?: EasyweekOptions; readonly credential?: ICredentialDataDecryptedObject } = {}): Promise<World> {
	const sim = await startEasyweek({ now: new Date().toISOString(), running: true, limits: false, country: 'RU', currency: 'RUB', salon: SALON, ...options });
	open.push(sim);
	const { uuid } = addCustomer(sim.state, { firstName: 'Вера', lastName: '', phone: PHONE, email: null });
	const credential = { apiKey: sim.key, workspace: sim.workspace, baseUrl: sim.baseUrl, ...more };
	const credentials = { aiAdminEasyweekApi: credential };
	const start = (parameters: INodeParameters) =>
		run({ nodes: [{ name: 'easyweek', type: 'easyweekBooking', parameters: { locationId: chosen(sim.ids.location), ...parameters }, credentials: chosenCredentials(credentials) }], credentials });
	const give = async (parameters: INodeParameters): Promise<readonly IDataObject[]> => succeeded(await start(parameters), 'easyweek');
	return {
		sim,
		credential,
		give,
		async fail(parameters) {
			const error = failure(await start(parameters));
			return `${error.message} ${error.description ?? ''}`;
		},
		async book(at) {
			const wish = { clientId: chosen(uuid), serviceId: chosen(sim.ids.services.get('cut') ?? ''), staffId: chosen(sim.ids.staff.get('Anna') ?? ''), start: at };
			const [made] = await give({ resource: 'appointment', operation: 'create', ...wish });
			return String(made?.id);
		},
	};
}

const inDays = (days: number, time = '12:00'): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}:00+03:00`;

describe('EasyWeek Booking', () => {
	it('replaces a visit once, though the node is run again with the same key', async () => {
		const { sim, give, book } = await world();
		const id = await book(inDays(3));
		const replace = { resource: 'appointment', operation: 'replace', appointmentId: chosen(id), start: inDays(4), staffId: chosen(''), options: { operationKey: 'move-1' } };
		sim.faults.add(cut('none'), { method: 'PUT' });
		const [first] = await give(replace);
		expect(first).toMatchObject({ oldCancelled: false, appointment: { start: inDays(4), staffId: sim.ids.staff.get('Anna') } });
		const [second] = await give(replace);
		expect(second).toMatchObject({ oldCancelled: true, appointment: { id: (first?.appointment as IDataObject).id } });
		expect([...sim.state.bookings.values()].map(({ canceled }) => canceled).sort()).toEqual([false, true]);
	});

	it('refuses a move with a sentence that says what to do instead', async () => {
		const { fail, book } = await world();
		expect(await fail({ resource: 'appointment', operation: 'reschedule', appointmentId: chosen(await book(inDays(3))), start: inDays(4), staffId: chosen('') })).toMatch(/cannot do this.*book the new time first.*\[unsupported\]/s);
	});

	it('gives bookings and orders raw or in few words', async () => {
		const { sim, give, book } = await world();
		const id = await book(inDays(3));
		const [simple] = await give({ resource: 'booking', operation: 'get', appointmentId: chosen(id) });
		expect(simple).toMatchObject({ id, comment: null, customer: { name: 'Вера', phone: PHONE }, total: 200_000 });
		const [raw] = await give({ resource: 'booking', operation: 'get', appointmentId: chosen(id), simplify: false });
		expect(raw).toMatchObject({ uuid: id, policy: null, ordered_services: [{ original_price: 200_000 }] });
		const window = { filters: { from: inDays(3, '00:00'), to: inDays(3, '12:00') } };
		expect(await give({ resource: 'booking', operation: 'getAll', ...window })).toEqual([]);
		expect(await give({ resource: 'booking', operation: 'getAll', filters: { from: inDays(3, '12:00') }, filterStaffId: chosen(sim.ids.staff.get('Anna') ?? '') })).toMatchObject([{ id }]);
		expect(await give({ resource: 'booking', operation: 'getAll', filterStaffId: chosen(sim.ids.staff.get('Maria') ?? '') })).toEqual([]);
		const [order] = await give({ resource: 'order', operation: 'getAll' });
		expect(await give({ resource: 'order', operation: 'get', orderId: String(order?.id), simplify: false })).toMatchObject([{ booking_uuid: id, items: [{ name: 'cut' }] }]);
	});

	it('completes a booking with what was paid', async () => {
		const { sim, give, fail, book } = await world();
		const id = await book(inDays(3));
		const complete = { resource: 'booking', operation: 'complete', appointmentId: chosen(id) };
		expect(await fail({ ...complete, options: { paidAmount: 12.5 } })).toContain('Paid Amount');
		expect(await fail({ ...complete, options: { accountId: 'desk' } })).toContain('uuid');
		expect(await give({ ...complete, options: { paidAmount: 150_000 } })).toMatchObject([{ id, isCompleted: true, amountPaid: 150_000 }]);
		expect(sim.state.bookings.get(id)).toMatchObject({ completed: true, paid: 150_000 });
	});

	it('sends a raw request below the address of the API, signed, and nowhere else', async () => {
		const { give, fail } = await world();
		const send = { resource: 'apiRequest', operation: 'send', method: 'GET' };
		expect(await give({ ...send, path: 'workspace' })).toMatchObject([{ name: 'Studio North', country_iso: 'RU' }]);
		expect(await give({ ...send, path: 'customers', query: { parameters: [{ name: 'phone', value: PHONE }] } })).toMatchObject([{ phone: PHONE }]);
		expect(await fail({ ...send, path: 'https://evil.example' })).toContain('whole address');
		expect(await fail({ ...send, path: '../../ext/me' })).toContain('leaves the address');
	});

	it('takes who does what from the operator, and names a setting that cannot be', async () => {
		const { sim, give, fail } = await world();
		const staff = (staffServices: string) => ({ resource: 'staff', operation: 'getAll', crmOptions: { staffServices } });
		sim.requests.clear();
		const matrix = JSON.stringify({ [sim.ids.staff.get('Maria') ?? '']: [sim.ids.services.get('cut')] });
		expect(await give(staff(matrix))).toMatchObject([{ name: 'Anna', services: [] }, { name: 'Maria', services: [{ serviceId: sim.ids.services.get('cut') }] }]);
		expect(sim.requests.find('GET', /time-slots/)).toEqual([]);
		expect(await fail(staff('{'))).toContain('Staff Services is not JSON');
		expect(await fail(staff('{"Anna": ["cut"]}'))).toContain('staffServices');
		expect(await fail({ resource: 'company', operation: 'get', locationId: chosen('Mitte') })).toContain('uuid');
		expect(await fail({ resource: 'company', operation: 'get', crmOptions: { zone: 'Moscow', currency: 'roubles' } })).toContain('currency');
	});

	it('changes a card only where the operator lets it try', async () => {
		const { sim, give, fail } = await world({ options: { switches: { customerUpdate: '200' } } });
		const [client] = await give({ resource: 'client', operation: 'findByPhone', phone: PHONE });
		const update = { resource: 'client', operation: 'update', clientId: chosen(String(client?.id)), updateFields: { name: 'Вера Петрова' } };
		expect(await fail(update)).toContain('change the card in EasyWeek itself');
		expect(await give({ ...update, crmOptions: { changesClients: true } })).toMatchObject([{ name: 'Вера Петрова' }]);
		expect(sim.state.customers.get(String(client?.id))).toMatchObject({ firstName: 'Вера', lastName: 'Петрова' });
	});

	it('lists locations before one is chosen, and what a selector of a location asks for', async () => {
		const { sim, credential } = await world();
		furnish(sim.state, SALON, 'Studio South');
		const credentials = { aiAdminEasyweekApi: credential };
		const locations = await searchList('easyweekBooking', 'searchEasyweekLocations', { locationId: chosen('') }, 'south', undefined, credentials);
		expect(locations.results).toMatchObject([{ name: expect.stringMatching(/^Studio South · /) as string }]);
		const services = await searchList('easyweekBooking', 'searchServices', { locationId: chosen(sim.ids.location), crmOptions: {} }, 'cu', undefined, credentials);
		expect(services.results).toMatchObject([{ name: 'cut' }]);
	});

	it('names a key that ended, a workspace that is another and a plan without the API', async () => {
		const company = { resource: 'company', operation: 'get' };
		const ended = await world();
		ended.sim.guard.revoke(ended.sim.key);
		expect(await ended.fail(company)).toMatch(/does not accept the credential/);
		expect(await (await world({ credential: { workspace: 'another' } })).fail(company)).toMatch(/workspace/);
		expect(await (await world({ credential: { workspace: '' } })).fail(company)).toMatch(/names the workspace/);
		const plain = await world();
		plain.sim.state.workspace.apiAllowed = false;
		expect(await plain.fail(company)).toMatch(/plan/);
		expect(await (await world({ credential: { baseUrl: 'ftp://x' } })).fail(company)).toMatch(/address in the credential/);
	});
});

describe('the credential', () => {
	it('signs with the key, pasted with its Bearer or without, and the workspace', async () => {
		for (const apiKey of [' secret_1', 'Bearer secret_1', 'bearer  secret_1 ']) {
			const { headers } = await signed('aiAdminEasyweekApi', { apiKey, workspace: ' north ' }, { url: 'https://my.easyweek.io', headers: { accept: 'application/json' } });
			expect(headers).toEqual({ accept: 'application/json', authorization: 'Bearer secret_1', workspace: 'north' });
		}
	});

	it('is tested by the workspace, and the test names the cause of each failure', async () => {
		const { sim, credential } = await world();
		const type = await credentialType('aiAdminEasyweekApi');
		const { request, rules = [] } = type?.test ?? { request: {} };
		const status = async (data: ICredentialDataDecryptedObject): Promise<number> => {
			const { url, headers } = await signed('aiAdminEasyweekApi', data, { url: `${String(data.baseUrl)}${request.url}`, headers: request.headers as Record<string, string> });
			return (await axios.get(url, { headers: headers as Record<string, string>, validateStatus: () => true })).status;
		};
		expect(await status(credential)).toBe(200);
		const failing = [await status({ ...credential, workspace: '' }), await status({ ...credential, apiKey: 'secret_other' }), await status({ ...credential, workspace: 'other' }), await status({ ...credential, baseUrl: `${sim.url}/api/nowhere` })];
		expect(failing).toEqual([400, 401, 403, 404]);
		const named = rules.flatMap(({ type: kind, properties }) => (kind === 'responseCode' ? [properties.value] : []));
		expect(named).toEqual(expect.arrayContaining([...failing, 429]));
	});
});
