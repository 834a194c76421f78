import { type AppointmentReader, type BookingCrm, type Capabilities, type Client, type Instant, mapOutcome, type Outcome, refused, type Refused } from '../../booking';
import { type BusySource, computedOperations, type Lock, type SalonPlanInput, parsePlan } from '../computed';
import type { Transport } from '../http';
import { type BaseMapping, parseMapping } from './base-mapping';
import { clientsLike, createClient, findClient, readClient, updateClient } from './clients';
import type { Context } from './context';
import { createFacts, type Facts } from './facts';
import { createJournal, isFindable } from './journal';
import { stream, streamsOf } from './streams';
import { VENDOR } from './transport';

export interface OnecParts {
	/** From `createOnecTransport`. */
	readonly transport: Transport;
	/** Names the base in locks: its address will do. */
	readonly account: string;
	/** Which objects and fields hold what: JSON or an object, see `parseMapping`. */
	readonly mapping: unknown;
	/** What no base tells: the zone, hours, lengths, who does what. */
	readonly plan: SalonPlanInput | string;
	readonly lock: Lock;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** What was read and learned before, kept by the caller over several adapters of one base. */
	readonly facts?: Facts;
	/** Told the name of a field whose value is not known; never the value. */
	readonly onUnknownValue?: (field: string) => void;
	readonly sleep?: (ms: number) => Promise<void>;
	/** 0 to 1. */
	readonly random?: () => number;
}

/**
 * What a base with this mapping can do. 1C neither knows free times nor refuses taken ones, except where a register of
 * reservations was added to it; a mapping without a visit takes no bookings at all.
 */
export function capabilitiesOf(mapping: BaseMapping): Capabilities {
	const { visit, reservation } = mapping;
	const books = visit !== null;
	return {
		slots: 'computed',
		idempotentWrites: books,
		findByOperation: books && isFindable(visit),
		atomicBooking: books && reservation !== null,
		reschedule: books,
		cancel: books,
		createClient: true,
		updateClient: true,
		severalServices: books,
		guestName: books,
		streams: streamsOf(mapping),
	};
}

/** The booking port of a base, and what a panel asks for. */
export interface OnecCrm extends BookingCrm, AppointmentReader {
	/** Live cards whose name has this text. */
	clientsLike(text: string): Promise<Outcome<readonly Client[]>>;
}

/** One base behind the booking port. Throws `TypeError` for a mapping or a plan that cannot be. */
export function createOnecCrm(parts: OnecParts): OnecCrm {
	const { transport, account, lock, clock, facts = createFacts(), onUnknownValue = () => undefined, sleep, random } = parts;
	const mapping = parseMapping(parts.mapping);
	const context: Context = { transport, account, mapping, plan: parsePlan(parts.plan), facts, lock, clock, count: onUnknownValue };
	const source = mapping.visit === null ? NO_JOURNAL : createJournal(context, mapping.visit);
	const waiting = { ...(sleep === undefined ? {} : { sleep }), ...(random === undefined ? {} : { random }) };
	return {
		...computedOperations({ vendor: VENDOR, account, salon: () => facts.salon(context), client: (id) => readClient(context, id), source, lock, clock, ...waiting }),
		capabilities: capabilitiesOf(mapping),
		appointment: async (id) => mapOutcome(await source.read(id), ({ appointment }) => appointment),
		clientsLike: (text) => clientsLike(context, text),
		findClient: (phone) => findClient(context, phone),
		createClient: (client) => createClient(context, client),
		updateClient: (id, patch) => updateClient(context, id, patch),
		stream: (name, window) => stream(context, name, window),
	};
}

const NO_BOOKINGS: Refused = refused('unsupported', 'The mapping of the base names no visit, so nothing is booked in it; run Discover and name the document of bookings in "visit".');
const none = async (): Promise<Refused> => NO_BOOKINGS;
const NO_JOURNAL: BusySource = { lagMs: 0, taken: none, read: none, list: none, write: none, move: none, cancel: none, undo: none };
