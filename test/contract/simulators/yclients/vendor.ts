import {
	createClock, createFaultScript, createRandom, createRequestLog, createWebhookSender, type FaultScript, json, type RequestLog, type Route, slidingWindows, startServer,
	type SwitchBoard, type Switches, switchesOf, type VendorVoice, type VirtualClock, type WebhookSender, withHeaders,
} from '../kit';
import { guarded } from './access';
import { failure, Refusal } from './envelope';
import type { User } from './model';
import type { Profile } from './profile';
import { authRoutes } from './routes/auth';
import { availabilityRoutes } from './routes/availability';
import { bookingRoutes } from './routes/booking';
import { catalogueRoutes } from './routes/catalogue';
import { clientVisitRoutes } from './routes/client-visits';
import { clientRoutes } from './routes/clients';
import { companyRoutes } from './routes/companies';
import { hookRoutes } from './routes/hooks';
import { recordRoutes } from './routes/records';
import { scheduleRoutes } from './routes/schedule';
import { storageRoutes } from './routes/storage';
import { visitRoutes } from './routes/visits';
import type { Sim } from './sim';
import { createState, type VendorState } from './state';
import type { VendorSwitches } from './switches';
import { announce } from './webhooks';

/** The published limits, per address. */
const LIMITS = [{ requests: 5, milliseconds: 1000 }, { requests: 200, milliseconds: 60_000 }];
const PREFIX = '/api/v1';
/** Query values that are personal data or secrets. */
const MASKED = ['phone', 'fullname', 'email', 'card', 'partner_token', 'client_phone'];

/** How a simulator is started; all of it may be left out. */
export interface VendorOptions {
	/** ISO 8601; 2026-11-20T09:00:00+03:00 by default. */
	readonly now?: string;
	/** Lets real time pass on the clock. */
	readonly running?: boolean;
	readonly seed?: number;
	readonly switches?: Partial<VendorSwitches>;
	/** Enforces the vendor's limits on the simulator's clock; off by default, because a frozen clock never gives them back. */
	readonly limits?: boolean;
	readonly port?: number;
}

/** A running simulator of either brand. */
export interface VendorSimulator {
	/** With the path of the API: `http://127.0.0.1:<port>/api/v1`. */
	readonly url: string;
	readonly state: VendorState;
	readonly clock: VirtualClock;
	readonly switches: VendorSwitches;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	readonly webhooks: WebhookSender;
	/** The headers of a signed-in call; without a user, of the partner alone. */
	headers(user?: User): Record<string, string>;
	close(): Promise<void>;
}

/** Starts the simulator of a brand; `extra` are the routes only that brand has. */
export async function startVendor<TBoard extends SwitchBoard>(
	profile: Profile, board: TBoard & { readonly [K in keyof VendorSwitches]: readonly VendorSwitches[K][] }, options: VendorOptions, extra: (sim: Sim) => readonly Route[] = () => [],
): Promise<VendorSimulator> {
	const clock = createClock(options.now ?? '2026-11-20T09:00:00+03:00', options.running);
	const random = createRandom(options.seed ?? 1);
	const switches: VendorSwitches = switchesOf(board, options.switches as Partial<Switches<TBoard>>) as unknown as VendorSwitches;
	const faults = createFaultScript();
	const requests = createRequestLog(MASKED);
	const webhooks = createWebhookSender();
	const state = createState(random, (...change) => announce(sim, webhooks, random, ...change));
	const sim: Sim = { profile, switches, clock, random, state };
	const server = await startServer({
		routes: [...extra(sim), ...routesOf(sim)].map((one) => ({ ...one, path: `${PREFIX}${one.path}` })),
		voice: voiceOf(sim),
		clock,
		faults,
		log: requests,
		limit: options.limits === true ? slidingWindows(clock, LIMITS) : undefined,
		around: (request, work) => guarded(sim, request, work),
		port: options.port,
	});
	return {
		url: `${server.url}${PREFIX}`,
		state, clock, switches, faults, requests, webhooks,
		headers: (user) => ({
			accept: profile.accept,
			authorization: `Bearer ${[...state.partnerTokens][0] ?? ''}${user === undefined ? '' : `, User ${user.token}`}`,
			...(switches.partnerId === 'required' ? { 'x-partner-id': state.partnerId } : {}),
		}),
		close: async () => {
			await webhooks.flush();
			await server.close();
		},
	};
}

function routesOf(sim: Sim): readonly Route[] {
	return [
		// before the catalogue: `staff/schedule` is no person
		...scheduleRoutes(sim),
		...authRoutes(sim), ...catalogueRoutes(sim), ...availabilityRoutes(sim), ...bookingRoutes(sim), ...recordRoutes(sim), ...visitRoutes(sim), ...clientRoutes(sim),
		...clientVisitRoutes(sim), ...storageRoutes(sim), ...companyRoutes(sim), ...hookRoutes(sim),
	];
}

function voiceOf(sim: Sim): VendorVoice {
	const { texts } = sim.profile;
	return {
		throttled: (seconds = sim.switches.retryAfter === 'present' ? 1 : undefined) => {
			const answer = failure(sim.switches, new Refusal(sim.switches.throttleStyle === '429' ? 429 : 200, texts.throttled));
			return seconds === undefined ? answer : withHeaders(answer, { 'retry-after': String(seconds) });
		},
		failed: (status) => failure(sim.switches, new Refusal(status, texts.failed)),
		errorIn200: () => failure(sim.switches, new Refusal(200, texts.failed)),
		noPath: () => json(404, { success: false, data: null, meta: { message: texts.notFound } }),
		noMethod: () => json(405, { success: false, data: null, meta: { message: texts.noMethod } }),
	};
}
