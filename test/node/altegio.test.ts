jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import type { INodeParameters } from 'n8n-workflow';
import { startAltegio } from '../contract/simulators/altegio';
import { addSalon, type SimulatedSalon, type VendorOptions, type VendorSimulator } from '../contract/simulators/yclients';
import { chosenCredentials, closeNodes, loadPackage, run, searchList, succeeded } from './support/harness';
import { triggerBench, type TriggerBench } from './support/trigger-bench';
import { chosen } from './support/walking';

const SECRET = 'a long secret of mine';
const PHONE = '+4915123456789';

interface World {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
	readonly settings: INodeParameters;
	/** The trigger, told of by hand. */
	trigger(parameters?: INodeParameters): Promise<TriggerBench>;
}

const running: VendorSimulator[] = [];

async function world(options: VendorOptions = {}): Promise<World> {
	const sim = await startAltegio({ now: new Date().toISOString(), running: true, ...options });
	running.push(sim);
	const salon = addSalon(sim, {
		zone: 'Europe/Berlin', country: 'DE', currency: 'EUR', bookingNoticeMinutes: 0, bookingHorizonDays: 60, changeNoticeMinutes: 0, stepMinutes: 30,
		services: [{ name: 'cut', minutes: 60, price: 4000 }], hours: { from: '09:00', to: '21:00' }, staff: [{ name: 'Anna', services: ['cut'] }],
	});
	sim.state.addClient(salon.company.id, { name: 'Kim', phone: PHONE.slice(1) }, sim.clock.now());
	const credentials = { aiAdminAltegioApi: { partnerToken: [...sim.state.partnerTokens][0] ?? '', signIn: 'token', userToken: salon.user.token, baseUrl: sim.url } };
	const settings = { branchId: chosen(String(salon.company.id)) };
	return {
		sim, salon, credentials, settings,
		trigger: (parameters = {}) => triggerBench({ node: 'altegioBookingTrigger', parameters: { ...settings, secret: SECRET, ...parameters }, credentials }),
	};
}

const ask = async ({ credentials, settings }: World, parameters: INodeParameters, changes: Readonly<Record<string, string>> = {}) => {
	const given = { aiAdminAltegioApi: { ...credentials.aiAdminAltegioApi, ...changes } };
	const nodes = [{ name: 'Altegio', type: 'altegioBooking', parameters: { ...settings, ...parameters }, credentials: chosenCredentials(given) }];
	return succeeded(await run({ credentials: given, nodes }), 'Altegio');
};

const FIND: INodeParameters = { resource: 'client', operation: 'findByPhone', phone: PHONE };

beforeAll(loadPackage, 60_000);
afterAll(async () => {
	await Promise.all(running.map((sim) => sim.close()));
	await closeNodes();
});

describe('Altegio Booking', () => {
	it('lists the locations of the user', async () => {
		const here = await world();
		const found = await searchList('altegioBooking', 'searchAltegioLocations', here.settings, '', undefined, here.credentials);
		expect(found.results.map(({ value }) => value)).toEqual([String(here.salon.company.id)]);
	});

	it('takes a user token that was pasted with the word before it', async () => {
		const here = await world();
		expect(await ask(here, FIND, { userToken: `User ${here.salon.user.token}` })).toHaveLength(1);
	});

	it('signs in with login and password, and names a wrong password though the vendor refuses it with 200', async () => {
		const here = await world();
		expect(here.sim.switches.authFailure).toBe('200-success-false');
		const { login, password } = here.salon.user;
		expect(await ask(here, FIND, { signIn: 'password', login, password })).toHaveLength(1);
		await expect(ask(here, FIND, { signIn: 'password', login, password: 'wrong' })).rejects.toThrow(/credential/i);
	});

	it('says that a location has no privacy policy', async () => {
		expect(await ask(await world(), { resource: 'privacyPolicy', operation: 'get' })).toEqual([{ exists: false, policy: null }]);
	});
});

describe('Altegio Booking Trigger', () => {
	it('adds nothing at the vendor by itself, and asks for a secret to be put into the address', async () => {
		const here = await world();
		await (await here.trigger()).publish();
		expect(here.sim.requests.all.filter(({ path }) => path.includes('hooks'))).toEqual([]);
		await expect((await here.trigger({ secret: 'short' })).deliver({ query: { secret: 'short' }, body: {} })).rejects.toMatchObject({ message: expect.stringMatching(/too short/) as string });
	});

	it('finds its secret beside the words the vendor adds to the address, and gives the record with its right time', async () => {
		const here = await world({ now: '2027-07-20T09:00:00+02:00' });
		const trigger = await here.trigger();
		here.salon.company.hooks = { urls: ['http://127.0.0.1:9/hook?secret=s'], active: true, on: new Set(['record']) };
		const { state } = here.sim;
		const client = [...state.clients.values()].at(-1);
		const start = Date.parse('2027-07-23T10:00:00Z');
		const made = state.addRecord({
			companyId: here.salon.company.id, staffId: Number(here.salon.staffId('Anna')), services: [], clientId: client?.id ?? 0, start, seanceLength: 3600, breakSeconds: 0, comment: '', attendance: 0, confirmed: 1,
			apiId: '', labels: [], customFields: {}, customColor: '', smsRemainHours: 0, emailRemainHours: 0, activityId: 0, online: false, createdUserId: 0, createdAt: here.sim.clock.now(),
		});
		await here.sim.webhooks.flush();
		const sent = here.sim.webhooks.deliveries.at(-1)?.call;
		expect(sent?.url).toMatch(/userGuid=/);
		const body: unknown = JSON.parse(sent?.body ?? '{}');
		expect(body).toMatchObject({ data: { datetime: '2027-07-23T12:00:00+0300' } });
		const query = { secret: SECRET, userGuid: 'f'.repeat(16) };
		const { status, items } = await trigger.deliver({ query, body });
		expect({ status, items }).toMatchObject({ status: 200, items: [{ event: 'appointment', id: String(made.id), record: { start: '2027-07-23T12:00:00+02:00' } }] });
		expect((await trigger.deliver({ query, body })).items).toBeNull();
		expect((await trigger.deliver({ query: { userGuid: 'f'.repeat(16) }, body })).status).toBe(401);
	});
});
