import axios from 'axios';
import { createEasyweekCrm, createEasyweekTransport, type EasyweekCrm, type EasyweekSettings, RATE_WINDOWS, signingHeaders } from '../../../core/crm/easyweek';
import { createAxiosPort, type HttpPort, type Transport } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createClock, type VirtualClock } from '../simulators/kit';
import { type EasyweekOptions, type EasyweekSimulator, startEasyweek } from '../simulators/easyweek';
import { addCustomer } from '../simulators/easyweek/customers';
import { NOW, PHONE, sharedTime, VENDOR_SALON } from './vendor-bench';

export { reasonOf, valueOf } from './bench';
export { DAY, NOW, on, PHONE } from './vendor-bench';

type Booking = EasyweekSimulator['state']['bookings'] extends Map<string, infer T> ? T : never;

/** A workspace with one location, a client, and the adapter that looks at it. */
export interface Branch {
	readonly sim: EasyweekSimulator;
	readonly crm: EasyweekCrm;
	readonly transport: Transport;
	/** The transport's own time: waiting moves it, the location's clock stands. */
	readonly clock: VirtualClock;
	readonly unknownValues: string[];
	readonly clientId: string;
	readonly settings: EasyweekSettings;
	serviceId(name: string): string;
	staffId(name: string): string;
	/** Opens a card past the API. */
	card(name: string, phone: string): string;
	/** Bookings that stand. */
	live(): readonly Booking[];
	close(): Promise<void>;
}

export interface BranchOptions {
	readonly settings?: EasyweekSettings;
	readonly simulator?: EasyweekOptions;
	/** The vendor counts requests, the adapter counts with it, and both live in one time. */
	readonly limits?: boolean;
	readonly wrap?: (port: HttpPort) => HttpPort;
}

/** Opens a workspace in a simulator of its own. */
export async function openBranch({ settings: more = {}, simulator = {}, limits = false, wrap = (port) => port }: BranchOptions = {}): Promise<Branch> {
	const { zone, stepMinutes, hours, services, staff, country, currency } = VENDOR_SALON;
	const sim = await startEasyweek({ now: NOW, salon: { zone, stepMinutes, hours, services, staff }, country, currency, limits, ...simulator });
	const clock = limits ? sim.clock : createClock(NOW);
	const time = limits ? sharedTime(sim.clock) : { sleep: clock.sleep, wrap: (port: HttpPort) => port };
	const settings = { bookingNoticeMinutes: 60, bookingHorizonDays: 30, changeNoticeMinutes: 120, ...more };
	const unknownValues: string[] = [];
	const transport = createEasyweekTransport({
		port: time.wrap(wrap(createAxiosPort(axios.create()))),
		limiter: createMemoryLimiter({ windows: limits ? RATE_WINDOWS : [], clock: clock.now }),
		baseUrl: sim.baseUrl,
		headers: signingHeaders({ apiKey: sim.key, workspace: sim.workspace }),
		clock: clock.now,
		sleep: time.sleep,
	});
	const crm = createEasyweekCrm({ transport, locationId: sim.ids.location, settings, clock: () => sim.clock.instant(), onUnknownValue: (field) => unknownValues.push(field) });
	const card = (name: string, phone: string): string => addCustomer(sim.state, { firstName: name, lastName: '', phone, email: null }).uuid;
	return {
		sim, crm, transport, clock, unknownValues, card, settings,
		clientId: card('Вера', PHONE),
		serviceId: (name) => sim.ids.services.get(name) ?? name,
		staffId: (name) => sim.ids.staff.get(name) ?? name,
		live: () => [...sim.state.bookings.values()].filter(({ canceled }) => !canceled),
		close: () => sim.close(),
	};
}
