import { createClock, createFaultScript, createRandom, createRequestLog, empty, type FaultScript, json, type RequestLog, startServer, switchesOf, type VendorVoice, type VirtualClock } from '../kit';
import { accountRoutes } from './account';
import { botRoutes } from './bots';
import type { Brand } from './brand';
import { catalogRoutes } from './catalogs';
import { companyRoutes } from './companies';
import { complexRoutes } from './complex';
import { contactRoutes } from './contacts';
import { customFieldRoutes } from './custom-fields';
import { problem, throttled } from './envelope';
import { eventRoutes } from './events';
import { Guard } from './guard';
import { Hooks } from './hooks';
import { Journal } from './journal';
import { leadRoutes } from './leads';
import { linkRoutes } from './links';
import { noteRoutes } from './notes';
import { type Integration, oauthRoutes, TokenDesk } from './oauth';
import type { Parts } from './parts';
import { DEFAULT_SALON, furnish, type SalonPlan } from './salon';
import { FAMILY_SWITCHES, type FamilySwitches } from './switches';
import { taskRoutes } from './tasks';
import { webhookRoutes } from './webhooks';
import { type Account, type AccountIds, World } from './world';

const INTEGRATION: Integration = { clientId: '8f3c0000-0000-4000-8000-000000000001', clientSecret: 'integration-secret', redirectUri: 'https://bot.example.com/cb' };
/** Query parameters that may carry a client's phone, name or e-mail. */
const MASKED = ['query', 'code'];

/** What an account may be given. */
export interface FamilyOptions {
	/** Virtual now, ISO 8601; 2026-11-20 09:00 in Moscow by default. */
	readonly now?: string;
	/** Lets real time pass on the clock. */
	readonly running?: boolean;
	readonly seed?: number;
	readonly salon?: SalonPlan;
	readonly zone?: string;
	readonly country?: string;
	readonly currency?: string;
	readonly subdomain?: string;
	readonly integration?: Partial<Integration>;
	readonly switches?: Partial<FamilySwitches>;
	/** False: no rate limits, for tests that are not about them. */
	readonly limits?: boolean;
	readonly port?: number;
}

/** A running account. */
export interface FamilySimulator {
	readonly url: string;
	readonly state: World;
	readonly ids: AccountIds;
	readonly clock: VirtualClock;
	readonly switches: FamilySwitches;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	readonly oauth: TokenDesk;
	readonly guard: Guard;
	readonly hooks: Hooks;
	/** What people do in the account: deletes and restores with events and hooks. */
	readonly journal: Journal;
	close(): Promise<void>;
}

/** Starts one account of the family on loopback. */
export async function startFamily(brand: Brand, defaults: Pick<Account, 'zone' | 'country' | 'currency'>, options: FamilyOptions): Promise<FamilySimulator> {
	const clock = createClock(options.now ?? '2026-11-20T09:00:00+03:00', options.running);
	const switches = switchesOf(FAMILY_SWITCHES, options.switches);
	const account: Account = {
		id: 30_001,
		name: brand.language === 'ru' ? 'Салон Луна' : 'Luna Studio',
		subdomain: options.subdomain ?? 'salon',
		zone: options.zone ?? defaults.zone,
		country: options.country ?? defaults.country,
		currency: options.currency ?? defaults.currency,
		paid: true,
		movedTo: null,
	};
	const world = new World(brand, account, clock, switches, createRandom(options.seed ?? 1));
	const ids = furnish(world, options.salon ?? DEFAULT_SALON);
	const hooks = new Hooks(world);
	const journal = new Journal(world, hooks);
	const oauth = new TokenDesk(world, { ...INTEGRATION, ...options.integration });
	const guard = new Guard(world, oauth, options.limits ?? true);
	const faults = createFaultScript();
	const requests = createRequestLog(MASKED);
	const server = await startServer({
		routes: routesOf({ world, ids, journal, hooks }, oauth),
		voice: voiceOf(world),
		clock,
		faults,
		log: requests,
		around: async (request, work) => guard.refuse(request) ?? (await work()),
		port: options.port,
	});
	return { url: server.url, state: world, ids, clock, switches, faults, requests, oauth, guard, hooks, journal, close: server.close };
}

function routesOf(parts: Parts, oauth: TokenDesk): Parameters<typeof startServer>[0]['routes'] {
	// fixed words come before `{id}` of the same place
	return [
		...oauthRoutes(parts.world, oauth),
		...accountRoutes(parts),
		...customFieldRoutes(parts),
		...complexRoutes(parts),
		...contactRoutes(parts),
		...companyRoutes(parts),
		...leadRoutes(parts),
		...linkRoutes(parts),
		...noteRoutes(parts),
		...taskRoutes(parts),
		...catalogRoutes(parts),
		...eventRoutes(parts),
		...webhookRoutes(parts),
		...(parts.world.brand.bots ? botRoutes(parts) : []),
	];
}

function voiceOf(world: World): VendorVoice {
	return {
		throttled: (seconds) => throttled(world, seconds),
		failed: (status) => problem(status, status >= 500 ? 'Server Error' : 'Error', 'Request failed'),
		errorIn200: () => json(200, { title: 'Bad Request', type: 'https://httpstatus.es/400', status: 400, detail: 'Request validation failed' }),
		noPath: () => problem(404, 'Not Found', 'Cannot find the requested resource'),
		noMethod: (request) => (request.method === 'OPTIONS' ? empty(204) : problem(405, 'Method Not Allowed', 'Method is not allowed')),
	};
}
