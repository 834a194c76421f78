import { type AppointmentReader, type BookingCrm, type Capabilities, type Instant, mapOutcome, type OperationKey, type Outcome, refused, type Reschedule, type StaffMember } from '../../booking';
import type { Transport } from '../http';
import { appointment, appointments } from './bookings';
import { cancelAppointment } from './cancel';
import { type Context, type EasyweekSettings, settingsOf, uuidOf } from './context';
import { createAppointment } from './create';
import { createClient, findClient, updateClient } from './customers';
import { type Branch, type Catalogue, companyOf, createFacts, type Facts } from './facts';
import { refuseMove, replaceAppointment, type Replacement } from './replace';
import { skilledStaff } from './skills';
import { availableDates, slots } from './slots';
import { stream, STREAMS } from './streams';
import { VENDOR } from './transport';

export interface EasyweekParts {
	/** From `createEasyweekTransport`. */
	readonly transport: Transport;
	/** The uuid of the location. */
	readonly locationId: string;
	readonly settings?: EasyweekSettings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** Told the name of a field whose value is not known; never the value. */
	readonly onUnknownValue?: (field: string) => void;
	/** Kept by a caller who opens the same location again and again; one location and its settings only. */
	readonly facts?: Facts;
}

/** One location behind the booking port, with what only this vendor has. */
export interface EasyweekCrm extends BookingCrm, AppointmentReader {
	/** Books the new time, then cancels the old visit: the vendor has no move. */
	replaceAppointment(id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Replacement>>;
}

/**
 * What a workspace can do. A repeated key has no second effect: its tag stands in the notes of the booking, and the vendor
 * gives a time once. The tag cannot be searched for, so an operation cannot be looked up by its key alone. A visit cannot
 * be moved, only replaced by another one.
 */
export function capabilitiesOf(settings: EasyweekSettings = {}): Capabilities {
	return {
		slots: 'native',
		idempotentWrites: true,
		findByOperation: false,
		atomicBooking: true,
		reschedule: false,
		cancel: true,
		createClient: true,
		updateClient: settings.changesClients === true,
		severalServices: true,
		guestName: true,
		streams: STREAMS,
	};
}

/** One location behind the booking port. Throws `TypeError` for settings or a location that cannot be. */
export function createEasyweekCrm({ transport, locationId, settings = {}, clock, onUnknownValue = () => undefined, facts = createFacts() }: EasyweekParts): EasyweekCrm {
	const location = uuidOf(locationId);
	if (location === null) throw new TypeError('The location is named by its uuid; choose it from the list of locations.');
	const context: Context = { transport, locationId: location, settings: settingsOf(settings), clock, facts, count: onUnknownValue };
	return {
		capabilities: capabilitiesOf(settings),
		company: () => withFacts(context, async (branch, catalogue) => ({ kind: 'ok', value: companyOf(context, branch, catalogue) })),
		services: async () => mapOutcome(await context.facts.catalogue(context), (catalogue) => catalogue.services),
		staff: () => withFacts<readonly StaffMember[]>(context, (branch, catalogue) => skilledStaff(context, branch, catalogue)),
		availableDates: (query) => availableDates(context, query),
		slots: (query) => slots(context, query),
		findClient: (phone) => findClient(context, phone),
		createClient: (client) => createClient(context, client),
		updateClient: (id, patch) => updateClient(context, id, patch),
		appointment: (id) => appointment(context, id),
		appointments: (query) => appointments(context, query),
		createAppointment: (appointment, key) => createAppointment(context, appointment, key),
		rescheduleAppointment: (id) => refuseMove(context, id),
		cancelAppointment: (id, key) => cancelAppointment(context, id, key),
		findByOperation: async () => refused('unsupported', `${VENDOR} cannot search visits by an operation; read the client’s visits instead.`),
		stream: (name, window) => stream(context, name, window),
		replaceAppointment: (id, to, key) => replaceAppointment(context, id, to, key),
	};
}

async function withFacts<T>(context: Context, tell: (branch: Branch, catalogue: Catalogue) => Promise<Outcome<T>>): Promise<Outcome<T>> {
	const [branch, catalogue] = await Promise.all([context.facts.branch(context), context.facts.catalogue(context)]);
	if (branch.kind !== 'ok') return branch;
	return catalogue.kind === 'ok' ? tell(branch.value, catalogue.value) : catalogue;
}
