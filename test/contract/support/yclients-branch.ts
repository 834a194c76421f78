import axios from 'axios';
import type { BookingCrm } from '../../../core/booking';
import { createAxiosPort, type HttpPort, type Limiter, type Transport, type TransportEvent } from '../../../core/crm/http';
import { ALTEGIO, type Brand, createYclientsCrm, createYclientsTransport, signingHeaders, YCLIENTS, type YclientsSettings } from '../../../core/crm/yclients';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { startAltegio } from '../simulators/altegio';
import { createClock, type VirtualClock } from '../simulators/kit';
import { addSalon, type SimulatedSalon, startYclients, type VendorOptions, type VendorSimulator } from '../simulators/yclients';
import type { SalonSpec } from './bench';
import { DAY, NOW, PHONE, sharedTime, VENDOR_SALON } from './vendor-bench';

export { reasonOf, valueOf } from './bench';
export { DAY, NOW, PHONE };

/** A branch with two people and three services, a client, and the adapter that looks at it. */
export interface Branch {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	readonly crm: BookingCrm;
	readonly transport: Transport;
	/** The transport's own time: waiting moves it, the branch's clock stands. */
	readonly clock: VirtualClock;
	readonly events: TransportEvent[];
	readonly unknownValues: string[];
	readonly clientId: string;
	/** Live records of the branch. */
	live(): readonly { readonly id: number; readonly staffId: number; readonly start: number; readonly apiId: string }[];
	close(): Promise<void>;
}

/** Starts the simulator of a brand. */
export function startBrand(brand: Brand, options: VendorOptions): Promise<VendorSimulator> {
	return brand === ALTEGIO ? startAltegio(options) : startYclients(options);
}

export interface BranchOptions {
	readonly brand?: Brand;
	readonly settings?: YclientsSettings;
	readonly simulator?: VendorOptions;
	/** What differs from the usual salon. */
	readonly spec?: Partial<SalonSpec>;
	/** A simulator that runs already; the branch is one more in it. */
	readonly beside?: VendorSimulator;
	readonly limiter?: (clock: VirtualClock) => Limiter;
	/** Waiting moves the vendor's clock too: for a vendor that counts requests. */
	readonly sharedTime?: boolean;
	readonly wrap?: (port: HttpPort) => HttpPort;
}

/** Opens a branch in a simulator of its own, or beside another. */
export async function openBranch({ brand = YCLIENTS, settings = {}, simulator = {}, spec = {}, beside, limiter, sharedTime: isTimeShared = false, wrap = (port) => port }: BranchOptions = {}): Promise<Branch> {
	const sim = beside ?? (await startBrand(brand, { now: NOW, ...simulator }));
	const salon = addSalon(sim, { ...VENDOR_SALON, ...spec });
	const client = sim.state.addClient(salon.company.id, { name: 'Вера', phone: PHONE.slice(1) }, sim.clock.now());
	const clock = isTimeShared ? sim.clock : createClock(NOW);
	const time = isTimeShared ? sharedTime(sim.clock) : { sleep: clock.sleep, wrap: (port: HttpPort) => port };
	const events: TransportEvent[] = [];
	const unknownValues: string[] = [];
	const transport = createYclientsTransport({
		port: time.wrap(wrap(createAxiosPort(axios.create()))),
		limiter: limiter?.(clock) ?? createMemoryLimiter({ windows: [], clock: clock.now }),
		baseUrl: sim.url,
		headers: signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token }),
		clock: clock.now,
		sleep: time.sleep,
		onEvent: (event) => events.push(event),
	}, brand);
	const crm = createYclientsCrm({
		brand,
		transport,
		companyId: String(salon.company.id),
		settings: { bookingNoticeMinutes: 60, bookingHorizonDays: 30, ...settings },
		clock: () => sim.clock.instant(),
		onUnknownValue: (field) => unknownValues.push(field),
	});
	return {
		sim, salon, crm, transport, clock, events, unknownValues,
		clientId: String(client.id),
		live: () => [...sim.state.records.values()].filter(({ companyId, deleted }) => companyId === salon.company.id && !deleted),
		close: () => sim.close(),
	};
}
