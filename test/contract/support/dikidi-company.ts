import axios from 'axios';
import type { AppointmentReader, BookingCrm } from '../../../core/booking';
import { createAxiosPort, type HttpPort, type Limiter, type TransportEvent } from '../../../core/crm/http';
import { createDikidiCrm, createGatewayTransport, createWidgetTransport, type DikidiSettings, GATEWAY_COMMANDS, signedPort, WidgetMemory } from '../../../core/crm/dikidi';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { type DikidiOptions, type DikidiSimulator, startDikidi } from '../simulators/dikidi';
import { createClock, type VirtualClock } from '../simulators/kit';
import type { SalonSpec } from './bench';
import { NOW, VENDOR_SALON } from './vendor-bench';

/** A company in a simulator of its own and an adapter that looks at it. */
export interface Company {
	readonly sim: DikidiSimulator;
	readonly crm: BookingCrm & AppointmentReader;
	readonly settings: DikidiSettings;
	/** The transport's own time: waiting moves it. */
	readonly clock: VirtualClock;
	readonly memory: WidgetMemory;
	readonly events: TransportEvent[];
	readonly unknownValues: string[];
	/** The same company asked at another address. */
	at(url: string): BookingCrm & AppointmentReader;
}

export interface CompanyOptions {
	readonly spec?: SalonSpec;
	readonly settings?: Partial<DikidiSettings>;
	readonly simulator?: DikidiOptions;
	readonly wrap?: (port: HttpPort) => HttpPort;
	readonly limiter?: (clock: VirtualClock) => Limiter;
	/** Waiting moves the company's clock too. */
	readonly sharedTime?: boolean;
	/** The clock of what the reader of the page remembers; the company's own when absent. */
	readonly memoryClock?: VirtualClock;
	/** For a vendor that counts by this clock. */
	readonly sleep?: (clock: VirtualClock) => (ms: number) => Promise<void>;
}

/** Opens a company; by default one whose gateway does everything. */
export async function openCompany({ spec = VENDOR_SALON, settings = {}, simulator = {}, wrap = (port) => port, limiter, sharedTime = false, sleep, memoryClock }: CompanyOptions = {}): Promise<Company> {
	const { zone, stepMinutes, hours, services, staff, country, currency, bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes } = spec;
	const sim = await startDikidi({ now: NOW, salon: { zone, currency, stepMinutes, hours, services, staff }, ...simulator });
	const all: DikidiSettings = {
		route: 'gateway', zone, currency, country, bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes,
		commands: [...GATEWAY_COMMANDS], idempotent: true, links: [{ url: sim.links.byId }], ...settings,
	};
	const clock = sharedTime ? sim.clock : createClock(NOW);
	const memory = new WidgetMemory((memoryClock ?? sim.clock).now);
	const events: TransportEvent[] = [];
	const unknownValues: string[] = [];
	const common = { limiter: limiter?.(clock) ?? createMemoryLimiter({ windows: [], clock: clock.now }), clock: clock.now, sleep: sleep?.(clock) ?? clock.sleep, onEvent: (event: TransportEvent) => void events.push(event) };
	const at = (url: string): BookingCrm & AppointmentReader => {
		const port = wrap(createAxiosPort(axios.create()));
		return createDikidiCrm({
			companyId: sim.companyId,
			settings: all,
			clock: () => sim.clock.instant(),
			onUnknownValue: (field) => unknownValues.push(field),
			gateway: { url: `${url}/gateway`, transport: createGatewayTransport({ ...common, gatewayUrl: `${url}/gateway`, port: signedPort(named(port), sim.secret, sim.clock.now) }) },
			widget: { memory, transport: createWidgetTransport({ ...common, baseUrl: url, port, memory }) },
		});
	};
	return { sim, settings: all, clock, memory, events, unknownValues, at, crm: at(sim.url) };
}

/** Writes the command's name into the address, where faults can be aimed at it; the signature is over the body alone. */
function named(port: HttpPort): HttpPort {
	return {
		exchange: (request) => {
			const { command } = JSON.parse(request.body ?? '{}') as { readonly command?: string };
			return port.exchange({ ...request, url: `${request.url}/${command ?? ''}` });
		},
	};
}
