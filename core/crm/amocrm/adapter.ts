import { type AppointmentReader, type BookingCrm, type Capabilities, type Client, type Instant, type LeadDesk, type NewAppointment, type Outcome, refused } from '../../booking';
import { computedOperations, type Lock } from '../computed';
import type { Transport } from '../http';
import { AMOCRM, type Brand } from './brands';
import { client, clientsLike, createClient, findClient, updateClient } from './clients';
import type { Context } from './context';
import { deskOf } from './desk';
import { createFacts, type Facts } from './facts';
import { type AmocrmSettings, settingsOf } from './settings';
import { stream, STREAMS } from './streams';
import { visitsOf } from './visits';

export interface AmocrmParts {
	/** From `createAmocrmTransport`. */
	readonly transport: Transport;
	readonly settings: AmocrmSettings;
	/** Keeps bookings of one time apart; shared by everybody who books in this account. */
	readonly lock: Lock;
	/** Names the account in locks: its host. */
	readonly account: string;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** The transport's own way to wait. */
	readonly sleep?: (ms: number) => Promise<void>;
	/** Told the name of a field whose value is not known; never the value. */
	readonly onUnknownValue?: (field: string) => void;
	/** What was learned of the account before; kept by the caller. */
	readonly facts?: Facts;
	readonly brand?: Brand;
}

/**
 * What an account can do. A repeated key has no second effect, since its tag stands in the lead and can be looked for. The
 * vendor knows neither free times nor taken ones: slots are computed, and a booking is guarded by us.
 */
export function capabilitiesOf(settings: Pick<AmocrmSettings, 'fields' | 'catalogId'>): Capabilities {
	return {
		slots: 'computed',
		idempotentWrites: true,
		findByOperation: true,
		atomicBooking: false,
		reschedule: true,
		cancel: true,
		createClient: true,
		updateClient: true,
		severalServices: true,
		// without a field for it nobody could tell the guest's visit from the client's own
		guestName: settings.fields.comment !== undefined,
		streams: settings.catalogId === undefined ? STREAMS.filter((name) => name !== 'services') : STREAMS,
	};
}

const NO_GUESTS = refused('unsupported', 'No field of leads holds whom a visit is for; set fields.comment, or book the guest by a card of their own.');

function isForGuest({ guestName }: NewAppointment): boolean {
	return typeof guestName === 'string' && guestName.trim() !== '';
}

/** An account behind the booking port, with its pipeline of dialogues. */
export interface AmocrmCrm extends BookingCrm, AppointmentReader, LeadDesk {
	/** Cards that hold a text anywhere, for a selector; at most fifty. */
	clientsLike(part: string): Promise<Outcome<readonly Client[]>>;
}

/** Opens an account. Throws `TypeError` for settings that cannot be. */
export function createAmocrmCrm(parts: AmocrmParts): AmocrmCrm {
	const { transport, lock, account, clock, onUnknownValue = () => undefined, facts = createFacts(), brand = AMOCRM } = parts;
	const sleep = parts.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
	const context: Context = { transport, brand, settings: settingsOf(parts.settings), clock, sleep, facts, count: onUnknownValue };
	const capabilities = capabilitiesOf(parts.settings);
	const operations = computedOperations({ vendor: brand.vendor, account, salon: () => facts.salon(context), client: (id) => client(context, id), source: visitsOf(context), lock, clock, sleep });
	return {
		...operations,
		capabilities,
		createAppointment: async (appointment, key) => (isForGuest(appointment) && !capabilities.guestName ? NO_GUESTS : operations.createAppointment(appointment, key)),
		findClient: (phone) => findClient(context, phone),
		clientsLike: (part) => clientsLike(context, part),
		createClient: (input) => createClient(context, input),
		updateClient: (id, patch) => updateClient(context, id, patch),
		stream: (name, window) => stream(context, name, window),
		...deskOf(context, lock, account),
	};
}
