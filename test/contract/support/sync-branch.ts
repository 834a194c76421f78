import axios from 'axios';
import { createAxiosPort, type HttpPort } from '../../../core/crm/http';
import { createYclientsCrm, createYclientsReader, createYclientsTransport, RATE_WINDOWS, signingHeaders } from '../../../core/crm/yclients';
import type { Store } from '../../../core/store';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createSync, type Sync } from '../../../core/sync';
import { createVirtualTime } from '../../support/virtual-time';
import { addSalon, populate, type SimulatedSalon, startYclients, type VendorOptions, type VendorSimulator } from '../simulators/yclients';
import { NOW, VENDOR_SALON } from './vendor-bench';

export const LATENCY_MS = 500;

/** Time for the whole background of an address: the vendor's windows at the share that the limiter gives it. */
export function floorSeconds(requests: number, share: number): number {
	const [second, minute] = RATE_WINDOWS.map(({ requests: most }) => Math.floor(most * share));
	const left = requests - 1;
	return Math.floor(left / (minute ?? 1)) * 60 + (left % (minute ?? 1)) / (second ?? 1) + LATENCY_MS / 1000;
}

/** What the limiter uses of the published limit; without a dialogue a sync borrows nearly all of it. */
export const OWN_SHARE = 0.8;

export interface SyncBranch {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	readonly sync: Sync;
	readonly tenant: string;
	/** A run by another process: nothing is remembered but the store. */
	another(wrap?: (port: HttpPort) => HttpPort, store?: Store, tenant?: string): Sync;
	/** Requests since the last time this was asked. */
	requests(): number;
	/** Requests the vendor refused as too many. */
	limited(): number;
	close(): Promise<void>;
}

/** A branch with a past at the vendor's own limits and half a second a request, in virtual time, and its copy. */
export async function openSyncBranch(store: Store, past: { readonly clients: number; readonly visits: number; readonly sales: number } | null, simulator: VendorOptions = {}): Promise<SyncBranch> {
	const sim = await startYclients({ now: NOW, limits: true, ...simulator });
	const salon = addSalon(sim, VENDOR_SALON);
	if (past !== null) populate(sim, salon, { ...past, until: '2026-11-19', days: 300 });
	const time = createVirtualTime(sim.clock);
	const limiter = createMemoryLimiter({ windows: RATE_WINDOWS, clock: sim.clock.now });
	const tenant = `yclients:${sim.url}:${salon.company.id}`;
	const another = (wrap: (port: HttpPort) => HttpPort = (port) => port, on = store, named = tenant): Sync => {
		const transport = createYclientsTransport({
			port: wrap(time.wrap(createAxiosPort(axios.create()), LATENCY_MS)),
			limiter,
			baseUrl: sim.url,
			headers: signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token }),
			clock: sim.clock.now,
			sleep: time.sleep,
		}).inLane('incremental');
		const crm = createYclientsCrm({ transport, companyId: String(salon.company.id), clock: () => sim.clock.instant() });
		// a transaction that lets others at the event loop is no time that passes at the vendor
		const timeless: Store = { ...on, write: (work, options) => time.during(() => on.write(work, options)) };
		return createSync({ store: timeless, crm, reader: createYclientsReader(), tenant: named, clock: sim.clock.now });
	};
	let counted = 0;
	return {
		sim, salon, tenant, another,
		sync: another(),
		requests: () => {
			const before = counted;
			counted = sim.requests.all.length;
			return counted - before;
		},
		limited: () => sim.requests.all.filter(({ limited }) => limited).length,
		close: () => sim.close(),
	};
}
