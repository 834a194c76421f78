import axios from 'axios';
import type { BookingCrm, Outcome } from '../../../../core/booking';
import { createAxiosPort, type HttpPort, type Limiter, type TransportEvent } from '../../../../core/crm/http';
import { createYclientsCrm, createYclientsTransport, signingHeaders, type YclientsSettings } from '../../../../core/crm/yclients';
import { createMemoryLimiter } from '../../../../core/store/limiter';
import { createClock, type VirtualClock } from '../../../contract/simulators/kit';
import { addSalon, type SimulatedSalon, startYclients, type VendorOptions, type VendorSimulator } from '../../../contract/simulators/yclients';

export const NOW = '2026-11-20T09:00:00+03:00';
export const DAY = '2026-11-24';
export const PHONE = '+79161234501';

/** A branch with two people and three services, a client, and the adapter that looks at it. */
export interface Branch {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	readonly crm: BookingCrm;
	/** The transport's own time: waiting moves it, the branch's clock stands. */
	readonly clock: VirtualClock;
	readonly events: TransportEvent[];
	readonly unknownValues: string[];
	readonly clientId: string;
	/** Live records of the branch. */
	live(): readonly { readonly id: number; readonly staffId: number; readonly start: number; readonly apiId: string }[];
	close(): Promise<void>;
}

export interface BranchOptions {
	readonly settings?: YclientsSettings;
	readonly simulator?: VendorOptions;
	readonly limiter?: (clock: VirtualClock) => Limiter;
	/** Waiting moves the vendor's clock too: for a vendor that counts requests. */
	readonly sharedTime?: boolean;
	readonly wrap?: (port: HttpPort) => HttpPort;
}

/** Opens a branch in a simulator of its own. */
export async function openBranch({ settings = {}, simulator = {}, limiter, sharedTime = false, wrap = (port) => port }: BranchOptions = {}): Promise<Branch> {
	const sim = await startYclients({ now: NOW, ...simulator });
	const salon = addSalon(sim, {
		zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 60, bookingHorizonDays: 30, changeNoticeMinutes: 120, stepMinutes: 30,
		services: [{ name: 'cut', minutes: 60, price: 200_000 }, { name: 'color', minutes: 90, price: 450_000 }],
		hours: { from: '10:00', to: '20:00' },
		staff: [{ name: 'Anna', services: ['cut', 'color'] }, { name: 'Maria', services: ['cut'] }],
	});
	const client = sim.state.addClient(salon.company.id, { name: 'Вера', phone: PHONE.slice(1) }, sim.clock.now());
	const clock = sharedTime ? sim.clock : createClock(NOW);
	const events: TransportEvent[] = [];
	const unknownValues: string[] = [];
	const transport = createYclientsTransport({
		port: wrap(createAxiosPort(axios.create())),
		limiter: limiter?.(clock) ?? createMemoryLimiter({ windows: [], clock: clock.now }),
		baseUrl: sim.url,
		headers: signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token }),
		clock: clock.now,
		sleep: clock.sleep,
		onEvent: (event) => events.push(event),
	});
	const crm = createYclientsCrm({
		transport,
		companyId: String(salon.company.id),
		settings: { bookingNoticeMinutes: 60, bookingHorizonDays: 30, ...settings },
		clock: () => sim.clock.instant(),
		onUnknownValue: (field) => unknownValues.push(field),
	});
	return {
		sim, salon, crm, clock, events, unknownValues,
		clientId: String(client.id),
		live: () => [...sim.state.records.values()].filter(({ companyId, deleted }) => companyId === salon.company.id && !deleted),
		close: () => sim.close(),
	};
}

/** Cuts every request short, so that a connection nobody answers costs no real time. */
export function impatient(port: HttpPort, timeoutMs = 120): HttpPort {
	return { exchange: (request) => port.exchange({ ...request, timeoutMs: Math.min(request.timeoutMs, timeoutMs) }) };
}

/** The value of an `ok` outcome; throws for any other. */
export function valueOf<T>(outcome: Outcome<T>): T {
	if (outcome.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(outcome)}`);
	return outcome.value;
}

/** The reason of a refusal, else the kind of the outcome. */
export function reasonOf(outcome: Outcome<unknown>): string {
	return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
}
