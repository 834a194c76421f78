import {
	createClock, createFaultScript, createRandom, createRequestLog, type FaultScript, leakyBucket, type RateLimit, type RequestLog, type SimRequest, startServer, switchesOf, type VirtualClock,
} from '../kit';
import { Access, type Application, type IncomingWebhook } from './access';
import { voiceOf } from './envelope';
import { BitrixError } from './errors';
import { EventDesk } from './events';
import { oauthRoutes } from './oauth';
import { createOperatingTime } from './operating';
import { Portal } from './portal';
import { restRoutes } from './rest';
import { BITRIX24_SWITCHES, type Bitrix24Switches } from './switches';
import type { World } from './world';

export type { Application, IncomingWebhook, TokenPair } from './access';
export { COMPANY, CONTACT, DEAL, LEAD, Portal, SMART_PROCESS } from './portal';
export { SMART_PIPELINE } from './items';
export { type FurnishedSalon, furnish, type PortalSalon, VISIT_FIELDS } from './salon';
export { BITRIX24_SWITCHES, type Bitrix24Switches } from './switches';

/** Everything an account may be granted. */
export const ALL_SCOPES = ['crm', 'booking', 'calendar', 'catalog', 'user', 'timeman'] as const;

export interface Bitrix24Options {
	/** The first moment, ISO 8601. */
	readonly start?: string;
	/** Lets real time pass on the clock. */
	readonly running?: boolean;
	readonly seed?: number;
	/** IANA zone of the portal. */
	readonly zone?: string;
	readonly plan?: 'standard' | 'enterprise' | 'on-premise';
	readonly switches?: Partial<Bitrix24Switches>;
	readonly port?: number;
}

export interface Bitrix24Simulator {
	/** Base of the portal; a webhook's methods live below {@link Bitrix24Simulator.webhookUrl}. */
	readonly url: string;
	/** The administrator's webhook with every scope, with a slash at the end. */
	readonly webhookUrl: string;
	readonly webhook: IncomingWebhook;
	readonly state: Portal;
	readonly access: Access;
	/** A local application; its tokens come from `access` or from the token endpoint. */
	readonly application: Application;
	readonly events: EventDesk;
	readonly clock: VirtualClock;
	readonly switches: Bitrix24Switches;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	/** Lets the next calls of a method be refused by the portal itself, alone and inside a batch; nothing is changed by them. */
	refuse(method: string, status: number, code: string | number, times?: number): void;
	/** URL of another user's webhook. */
	urlOf(webhook: IncomingWebhook): string;
	close(): Promise<void>;
}

const LIMITS = { standard: [2, 50], enterprise: [5, 250] } as const;
const OPERATING_LIMIT_SECONDS = 480;
const SECRET_PARAMETERS = ['auth', 'code', 'client_secret', 'refresh_token', 'access_token'];

/** Starts a portal on loopback. It has an administrator with the id 1, the default pipeline and nothing else. */
export async function startBitrix24(options: Bitrix24Options = {}): Promise<Bitrix24Simulator> {
	const clock = createClock(options.start ?? '2026-08-09T11:00:00Z', options.running);
	const random = createRandom(options.seed ?? 1);
	const switches = switchesOf(BITRIX24_SWITCHES, options.switches);
	const portal = new Portal(clock, options.zone ?? 'Europe/Moscow', 'salon.bitrix24.ru', random.hex(32));
	const access = new Access(clock, random);
	let url = '';
	const events = new EventDesk({ portal, access, clock, switches, url: () => url });
	const plan = options.plan ?? 'standard';
	const world: World = { portal, access, events, clock, switches, operating: createOperatingTime(clock, OPERATING_LIMIT_SECONDS), refusals: new Map(), cloud: plan !== 'on-premise' };
	const admin = portal.addUser({ name: 'Ирина', lastName: 'Орлова', admin: true });
	portal.resourceTypes.push({ id: portal.nextId('resource type'), code: 'expert', name: 'Специалист' }, { id: portal.nextId('resource type'), code: 'equipment', name: 'Оборудование' });
	portal.addPipeline('Общая', [{ code: 'NEW', name: 'Новая' }, { code: 'WON', name: 'Успех', semantics: 'S' }, { code: 'LOSE', name: 'Провал', semantics: 'F' }], 0);
	const webhook = access.addWebhook(admin.id, ALL_SCOPES);
	const application = access.addApplication(ALL_SCOPES);
	const faults = createFaultScript();
	const requests = secretFree(createRequestLog(SECRET_PARAMETERS));
	const limit = plan === 'on-premise' ? undefined : restLimit(leakyBucket(clock, LIMITS[plan][0], LIMITS[plan][1]));
	const server = await startServer({
		routes: [...restRoutes(world), ...oauthRoutes(world, () => url)], voice: voiceOf(world), clock, faults, log: requests, limit,
		limitKey: (request) => (request.path.startsWith('/oauth/') ? UNLIMITED : request.address), port: options.port,
	});
	url = server.url;
	const urlOf = ({ userId, code }: IncomingWebhook): string => `${url}/rest/${userId}/${code}/`;
	return {
		url, webhookUrl: urlOf(webhook), webhook, state: portal, access, application, events, clock, switches, faults, requests, urlOf, close: server.close,
		refuse: (method, status, code, times = 1) => {
			const key = method.toLowerCase();
			const refusals = Array.from({ length: times }, () => new BitrixError(status, code, 'Refused by the script of a test'));
			world.refusals.set(key, [...(world.refusals.get(key) ?? []), ...refusals]);
		},
	};
}

const UNLIMITED = 'oauth';

/** The bucket counts calls of the portal, not of the authorization server. */
function restLimit(bucket: RateLimit): RateLimit {
	return (key) => (key === UNLIMITED ? { allowed: true, retryAfterMs: 0 } : bucket(key));
}

/** Keeps webhook codes out of the log: the URL is the credential. */
function secretFree(log: RequestLog): RequestLog {
	const masked = (request: SimRequest): SimRequest => ({ ...request, path: request.path.replace(/^(\/rest\/\d+)\/[^/]+\//, '$1/***/') });
	return { ...log, add: (request, at) => log.add(masked(request), at) };
}
