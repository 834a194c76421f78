import { createClock, createFaultScript, createRandom, createRequestLog, type FaultScript, html, json, type RequestLog, startServer, switchesOf, type VirtualClock } from '../kit';
import { Desk } from './desk';
import { EventSender } from './events';
import { Gateway, gatewayRoutes } from './gateway';
import { bookingLinks, linkRoutes, type PageVisit } from './links';
import { DEFAULT_SALON, furnish, type SalonIds, type SalonPlan } from './salon';
import { DIKIDI_SWITCHES, type DikidiSwitches } from './switches';
import { widgetRoutes } from './widget';
import { type Company, World } from './world';

export { GATEWAY_EVENTS, type Authenticity, type GatewayEvent } from './events';
export { exportClients, exportVisits, type ExportForm } from './exports';
export { isSigned, signedHeaders } from './signature';
export { DIKIDI_SWITCHES, type DikidiSwitches } from './switches';
export type { SalonPlan } from './salon';
export type { World } from './world';

/** What a company may be given. */
export interface DikidiOptions {
	/** Virtual now, ISO 8601; 2026-11-20 09:00 in Moscow by default. */
	readonly now?: string;
	readonly running?: boolean;
	readonly seed?: number;
	readonly salon?: SalonPlan;
	readonly companyId?: string;
	readonly secret?: string;
	readonly switches?: Partial<DikidiSwitches>;
	readonly port?: number;
}

/** A running company: widget and pages at `url`, the owner's gateway at `gatewayUrl`. */
export interface DikidiSimulator {
	readonly url: string;
	readonly gatewayUrl: string;
	readonly secret: string;
	readonly companyId: string;
	/** Links an owner may paste; their hosts are the vendor's, not loopback. */
	readonly links: ReturnType<typeof bookingLinks>;
	readonly state: World;
	readonly ids: SalonIds;
	readonly clock: VirtualClock;
	readonly switches: DikidiSwitches;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	readonly gateway: Gateway;
	/** Sends the platform's events to `events.url`. */
	readonly events: EventSender;
	readonly desk: Desk;
	readonly visits: readonly PageVisit[];
	close(): Promise<void>;
}

/** Starts a company on loopback. */
export async function startDikidi(options: DikidiOptions = {}): Promise<DikidiSimulator> {
	const clock = createClock(options.now ?? '2026-11-20T09:00:00+03:00', options.running);
	const switches = switchesOf(DIKIDI_SWITCHES, options.switches);
	const { zone, currency, hours, stepMinutes } = options.salon ?? DEFAULT_SALON;
	const company: Company = { id: options.companyId ?? '100500', slug: 'luna', name: 'Studio', zone, currency, hours, stepMinutes };
	const world = new World(company, clock, switches, createRandom(options.seed ?? 1));
	const ids = furnish(world, options.salon ?? DEFAULT_SALON);
	const secret = options.secret ?? 'gateway-secret';
	const events = new EventSender(world, secret);
	const gateway = new Gateway(world, events);
	const visits: PageVisit[] = [];
	const faults = createFaultScript();
	const requests = createRequestLog(['phone', 'token']);
	const server = await startServer({
		routes: [...gatewayRoutes(gateway), ...widgetRoutes(world), ...linkRoutes(world, visits)],
		voice: {
			throttled: (seconds) => json(429, { error: 1, message: 'Too many requests' }, seconds === undefined ? {} : { 'retry-after': String(seconds) }),
			failed: (status) => html(status, 'Service temporarily unavailable'),
			errorIn200: () => json(200, { error: 1, message: 'Произошла ошибка' }),
			noPath: () => html(404, 'Страница не найдена'),
			noMethod: () => html(404, 'Страница не найдена'),
		},
		clock,
		faults,
		log: requests,
		port: options.port,
	});
	const parts = { secret, companyId: company.id, links: bookingLinks(world), state: world, ids, clock, switches, faults, requests, gateway, events, desk: new Desk(world, events), visits };
	return { ...parts, url: server.url, gatewayUrl: `${server.url}/gateway`, close: server.close };
}
