import { createClock, createFaultScript, createRandom, createRequestLog, type FaultScript, json, type RequestLog, startServer, switchesOf, type VirtualClock } from '../kit';
import { bookingRoutes } from './bookings';
import { BASE, catalogueRoutes } from './catalogue';
import { customerRoutes } from './customers';
import { Desk } from './desk';
import { failed } from './envelope';
import { Guard } from './guard';
import { Hooks } from './hooks';
import { orderRoutes } from './orders';
import { DEFAULT_SALON, furnish, type SalonIds, type SalonPlan } from './salon';
import { slotRoutes } from './slots';
import { EASYWEEK_SWITCHES, type EasyweekSwitches } from './switches';
import { World } from './world';

export { furnish, type SalonIds, type SalonPlan } from './salon';
export { EASYWEEK_EVENTS, type EasyweekEvent } from './hooks';
export { EASYWEEK_SWITCHES, type EasyweekSwitches } from './switches';
export type { World } from './world';

/** Query parameters that carry a client's phone or e-mail. */
const MASKED = ['phone', 'email'];

/** What a workspace may be given. */
export interface EasyweekOptions {
	/** Virtual now, ISO 8601; 2026-11-20 09:00 in Berlin by default. */
	readonly now?: string;
	readonly running?: boolean;
	readonly seed?: number;
	readonly salon?: SalonPlan;
	readonly country?: string;
	readonly currency?: string;
	readonly workspace?: string;
	readonly switches?: Partial<EasyweekSwitches>;
	/** False: no rate limit, for tests that are not about it. */
	readonly limits?: boolean;
	readonly port?: number;
}

/** A running workspace. */
export interface EasyweekSimulator {
	/** Without the path of the API. */
	readonly url: string;
	/** With it: what a credential's base URL is. */
	readonly baseUrl: string;
	readonly workspace: string;
	/** A key that works. */
	readonly key: string;
	readonly state: World;
	readonly ids: SalonIds;
	readonly clock: VirtualClock;
	readonly switches: EasyweekSwitches;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	readonly guard: Guard;
	readonly hooks: Hooks;
	readonly desk: Desk;
	close(): Promise<void>;
}

/** Starts a workspace with one location; `furnish` adds more. */
export async function startEasyweek(options: EasyweekOptions = {}): Promise<EasyweekSimulator> {
	const clock = createClock(options.now ?? '2026-11-20T09:00:00+01:00', options.running);
	const switches = switchesOf(EASYWEEK_SWITCHES, options.switches);
	const slug = options.workspace ?? 'studio-north';
	const random = createRandom(options.seed ?? 1);
	const workspace = { uuid: '3f1c0a52-6f0e-4f0d-9a57-0c8f6f1f0001', slug, name: 'Studio North', country: options.country ?? 'DE', currency: options.currency ?? 'EUR', apiAllowed: true };
	const world = new World(workspace, clock, switches, random);
	const ids = furnish(world, options.salon ?? DEFAULT_SALON);
	const hooks = new Hooks(world);
	const guard = new Guard(world, options.limits ?? true);
	const faults = createFaultScript();
	const requests = createRequestLog(MASKED);
	const server = await startServer({
		// `bookings/cart` comes before `bookings/{uuid}`
		routes: [...catalogueRoutes(world), ...slotRoutes(world), ...customerRoutes(world), ...bookingRoutes(world, hooks), ...orderRoutes(world)],
		voice: {
			throttled: (seconds) => (seconds === undefined ? failed(429, 'Too Many Attempts.') : { ...failed(429, 'Too Many Attempts.'), headers: { 'content-type': 'application/json', 'retry-after': String(seconds) } }),
			failed: (status) => failed(status, 'Server Error'),
			errorIn200: () => json(200, { message: 'The given data was invalid.', errors: { reserved_on: ['The selected time is not available.'] } }),
			noPath: () => failed(404, 'Not Found'),
			// a wrong verb is an unknown route here
			noMethod: () => failed(404, 'Not Found'),
		},
		clock,
		faults,
		log: requests,
		around: async (request, work) => guard.refuse(request) ?? (await work()),
		port: options.port,
	});
	const parts = { workspace: slug, key: guard.issue(), state: world, ids, clock, switches, faults, requests, guard, hooks, desk: new Desk(world, hooks) };
	return { ...parts, url: server.url, baseUrl: `${server.url}${BASE}`, close: server.close };
}
