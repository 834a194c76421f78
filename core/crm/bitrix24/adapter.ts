import { type AppointmentReader, type BookingCrm, type Capabilities, type Instant, type LeadDesk, mapOutcome, type StreamName } from '../../booking';
import { computedOperations, createMemoryLock, type Lock } from '../computed';
import type { Transport } from '../http';
import { bookingSource } from './bookings';
import { clientOf, createClient, findClient, readClient, updateClient } from './clients';
import { type Context, countryOf } from './context';
import { createFacts, type Facts } from './facts';
import { itemSource } from './items';
import { createLeadDesk } from './lead-desk';
import { type Bitrix24Settings, settingsOf } from './settings';
import { stream } from './streams';

export interface Bitrix24Parts {
	/** From `createBitrix24Transport`. */
	readonly transport: Transport;
	/** Names the portal in locks, such as its host; never its secret. */
	readonly account: string;
	readonly settings: Bitrix24Settings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** Shared by everybody who books on the portal; one process alone needs none. */
	readonly lock?: Lock;
	/** What changes rarely, where the caller keeps it longer than the adapter. */
	readonly facts?: Facts;
	readonly sleep?: (ms: number) => Promise<void>;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

const STREAMS: readonly StreamName[] = ['company', 'services', 'staff', 'clients', 'visits', 'schedules'];

/**
 * What a portal can do. It knows no free times and refuses taken ones only in some portals: a time is guarded by our own
 * lock and by reading again. A booking cannot be searched for by an operation, a deal can.
 */
export function capabilitiesOf({ mode }: Pick<Bitrix24Settings, 'mode'>): Capabilities {
	return {
		slots: 'computed',
		idempotentWrites: true,
		findByOperation: mode === 'crm',
		atomicBooking: false,
		reschedule: true,
		cancel: true,
		createClient: true,
		updateClient: true,
		severalServices: true,
		guestName: true,
		streams: mode === 'crm' ? STREAMS.filter((name) => name !== 'schedules') : STREAMS,
	};
}

/** One portal behind the booking port, and its pipeline behind the desk of leads. Throws `TypeError` for settings that cannot be. */
export function createBitrix24Crm(parts: Bitrix24Parts): BookingCrm & AppointmentReader & LeadDesk {
	const { transport, account, clock, lock = createMemoryLock(), facts = createFacts(), sleep, onUnknownValue = () => undefined } = parts;
	const context: Context = { transport, account: `bitrix24 ${account}`, settings: settingsOf(parts.settings), lock, clock, facts, count: onUnknownValue };
	const source = context.settings.mode === 'booking' ? bookingSource(context) : itemSource(context);
	return {
		capabilities: capabilitiesOf(parts.settings),
		...computedOperations({
			vendor: 'Bitrix24',
			account: context.account,
			salon: () => facts.salon(context),
			client: async (id) => mapOutcome(await readClient(context, id), (card) => clientOf(card, countryOf(context))),
			source,
			lock,
			clock,
			...(sleep === undefined ? {} : { sleep }),
		}),
		findClient: (phone) => findClient(context, phone),
		createClient: (client) => createClient(context, client),
		updateClient: (id, patch) => updateClient(context, id, patch),
		...createLeadDesk(context),
		stream: (name, window) => stream(context, name, window),
	};
}
