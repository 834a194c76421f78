import { type AppointmentReader, type BookingCrm, type Capabilities, type Client, type Instant, mapOutcome, type Outcome, refused, STREAM_NAMES } from '../../booking';
import type { Transport } from '../http';
import { appointment, appointments } from './appointments';
import { availableDates, slots } from './slots';
import { createAppointment } from './booking';
import { cancelAppointment, rescheduleAppointment } from './changes';
import { clientsLike, createClient, findClient, updateClient } from './clients';
import { type Context, isWireId, settingsOf, type YclientsSettings } from './context';
import { createFacts, type Facts } from './facts';
import { stream } from './streams';
import { type Brand, YCLIENTS } from './brands';

export interface YclientsParts {
	/** From `createYclientsTransport`. */
	readonly transport: Transport;
	/** The number of the branch, not of a booking form. */
	readonly companyId: string;
	readonly settings?: YclientsSettings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
	readonly brand?: Brand;
	/** Kept by a caller who opens the same branch again and again; one branch and its settings only. */
	readonly facts?: Facts;
}

/**
 * What an account can do. A repeated key has no second effect: its tag stands in the record, and the vendor gives a time
 * once. The tag cannot be searched for, so an operation cannot be looked up by its key alone.
 */
export function capabilitiesOf(settings: YclientsSettings = {}): Capabilities {
	return {
		slots: settings.route === 'journal' ? 'computed' : 'native',
		idempotentWrites: true,
		findByOperation: false,
		atomicBooking: true,
		reschedule: true,
		cancel: true,
		createClient: true,
		updateClient: true,
		severalServices: true,
		guestName: true,
		streams: STREAM_NAMES,
	};
}

/** The booking port with what a person at a panel asks beside it. */
export interface YclientsCrm extends BookingCrm, AppointmentReader {
	/** Some cards whose name or phone has this part. */
	clientsLike(part: string): Promise<Outcome<readonly Client[]>>;
}

/** One branch behind the booking port. Throws `TypeError` for settings or a branch number that cannot be. */
export function createYclientsCrm(parts: YclientsParts): YclientsCrm {
	const { transport, companyId, settings = {}, clock, onUnknownValue = () => undefined, brand = YCLIENTS, facts = createFacts() } = parts;
	if (!isWireId(companyId)) throw new TypeError('The branch is named by its number; take it from the address of the back office.');
	const context: Context = { transport, brand, companyId, settings: settingsOf(settings), clock, facts, count: onUnknownValue };
	return {
		capabilities: capabilitiesOf(settings),
		company: async () => mapOutcome(await context.facts.branch(context), ({ company }) => company),
		services: async () => mapOutcome(await context.facts.catalogue(context), (catalogue) => catalogue.services),
		staff: async () => mapOutcome(await context.facts.catalogue(context), (catalogue) => catalogue.staff),
		availableDates: (query) => availableDates(context, query),
		slots: (query) => slots(context, query),
		findClient: (phone) => findClient(context, phone),
		clientsLike: (part) => clientsLike(context, part),
		createClient: (client) => createClient(context, client),
		updateClient: (id, patch) => updateClient(context, id, patch),
		appointment: (id) => appointment(context, id),
		appointments: (query) => appointments(context, query),
		createAppointment: (appointment, key) => createAppointment(context, appointment, key),
		rescheduleAppointment: (id, to, key) => rescheduleAppointment(context, id, to, key),
		cancelAppointment: (id, key) => cancelAppointment(context, id, key),
		findByOperation: async () => refused('unsupported', `${brand.vendor} cannot search visits by an operation; read the client’s visits instead.`),
		stream: (name, window) => stream(context, name, window),
	};
}
