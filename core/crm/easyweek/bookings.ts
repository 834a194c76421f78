import { type Appointment, type AppointmentQuery, mapOutcome, type Outcome, ok, refused, unavailable } from '../../booking';
import { dateOf, minuteOf } from '../../calendar';
import { inputs, type Query } from '../http';
import * as calls from './calls';
import { type Context, uuidOf } from './context';
import type { Branch, Catalogue } from './facts';
import { appointmentOf, minuteAt } from './mapping';
import { mapAll, readAll } from './pages';
import { VENDOR } from './transport';
import type { BookingRowWire, BookingWire, CustomerWire } from './wire';

/** A booking of a client; one without is nobody's visit. */
export type ClientBooking = BookingWire & { readonly customer: CustomerWire };

const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** Visits that begin in the window, by start. The list names neither client nor services, so each visit is read by itself. */
export async function appointments(context: Context, query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>> {
	const parsed = inputs.parseInput(inputs.APPOINTMENT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { from, to, includeCancelled } = parsed.value;
	const clientId = parsed.value.clientId === undefined ? undefined : uuidOf(parsed.value.clientId);
	const staffId = parsed.value.staffId === undefined ? undefined : uuidOf(parsed.value.staffId);
	if (clientId === null || staffId === null) return ok([]);
	const [branch, catalogue] = await Promise.all([context.facts.branch(context), context.facts.catalogue(context)]);
	if (branch.kind !== 'ok') return branch;
	if (catalogue.kind !== 'ok') return catalogue;
	const window = { first: minuteOf(from, 'up'), last: minuteOf(to, 'up') };
	const rows = await readRows(context, { customer_uuid: clientId, staffer_uuid: staffId }, window);
	if (rows.kind !== 'ok') return rows;
	const asked = rows.value.filter((row) => includeCancelled || !row.is_canceled);
	const bookings = await mapAll(asked, (row) => readListed(context, row));
	if (bookings.kind !== 'ok') return bookings;
	// a filter the vendor did not understand must not turn a stranger's visit into the client's
	const visits = bookings.value.filter((booking) => booking !== null).filter(({ customer }) => clientId === undefined || customer.uuid === clientId);
	const serving = staffId === undefined ? await readServing(context, catalogue.value, visits, clientId) : ok(new Map(visits.map(({ uuid }) => [uuid, staffId])));
	return mapOutcome(serving, (people) => {
		const told = visits.map((booking) => visitOf(context, branch.value, catalogue.value, booking, people.get(booking.uuid) ?? null));
		return told.sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.id < b.id ? -1 : 1));
	});
}

/** One visit of the location by its id, a cancelled one too. */
export async function appointment(context: Context, id: string): Promise<Outcome<Appointment>> {
	const [branch, catalogue, booking] = await Promise.all([context.facts.branch(context), context.facts.catalogue(context), readBooking(context, id)]);
	if (branch.kind !== 'ok') return branch;
	if (catalogue.kind !== 'ok') return catalogue;
	return booking.kind === 'ok' ? readVisit(context, branch.value, catalogue.value, booking.value) : booking;
}

/** Minutes since the epoch, half-open. */
interface Window {
	readonly first: number;
	readonly last: number;
}

/** Rows of the location that begin in the window, cancelled ones too. Whole days are asked for, and one more on each side: by which clock the vendor counts days is not told. */
async function readRows(context: Context, query: Query, { first, last }: Window): Promise<Outcome<readonly BookingRowWire[]>> {
	const days = { reserved_on_from: dateOf(Math.floor(first / 1440) - 1), reserved_on_to: dateOf(Math.floor(last / 1440) + 1) };
	const rows = await readAll(context, calls.bookings({ location_uuid: context.locationId, ...query, ...days }));
	return mapOutcome(rows, (list) => list.filter((row) => isHere(context, row) && minuteAt(row.start_time) >= first && minuteAt(row.start_time) < last));
}

function isHere({ locationId }: Context, { location_uuid: location }: Pick<BookingRowWire, 'location_uuid'>): boolean {
	return location == null || location === locationId;
}

/** Whole bookings of a client within a day of a moment, in minutes since the epoch; cancelled ones too. */
export async function bookingsAround(context: Context, customerId: string, at: number, isWanted: (uuid: string) => boolean = () => true): Promise<Outcome<readonly ClientBooking[]>> {
	const rows = await readRows(context, { customer_uuid: customerId }, { first: at - 1440, last: at + 1440 });
	if (rows.kind !== 'ok') return rows;
	const bookings = await mapAll(rows.value.filter(({ uuid }) => isWanted(uuid)), (row) => readListed(context, row));
	return mapOutcome(bookings, (all) => all.filter((booking) => booking !== null));
}

/** A booking the list has just named: one that is not shown is no empty answer. Null when nobody is its client. */
async function readListed(context: Context, { uuid }: Pick<BookingRowWire, 'uuid'>): Promise<Outcome<ClientBooking | null>> {
	const answer = await context.transport.read(calls.booking(uuid));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return unavailable(`${VENDOR} listed a booking that it does not show.`);
	return clientBookingIn(uuid, answer);
}

function clientBookingIn(uuid: string, answer: Outcome<BookingWire>): Outcome<ClientBooking | null> {
	if (answer.kind !== 'ok') return answer;
	const { customer } = answer.value;
	if (answer.value.uuid !== uuid) return unavailable(`${VENDOR} answered about another booking.`);
	return ok(customer === null ? null : { ...answer.value, customer });
}

/** One booking of the location by its id. */
export async function readBooking(context: Context, id: string): Promise<Outcome<ClientBooking>> {
	const uuid = uuidOf(id);
	if (uuid === null) return NO_VISIT;
	const answer = await context.transport.read(calls.booking(uuid));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_VISIT;
	const booking = clientBookingIn(uuid, answer);
	if (booking.kind !== 'ok') return booking;
	return booking.value === null || !isHere(context, booking.value) ? NO_VISIT : ok(booking.value);
}

/** Who serves each booking, by its id: the vendor names nobody in a booking, it only lists bookings by person. Nobody for one whose person has left. */
export async function readServing(context: Context, { staff }: Pick<Catalogue, 'staff'>, bookings: readonly Pick<BookingRowWire, 'uuid' | 'start_time'>[], clientId?: string): Promise<Outcome<ReadonlyMap<string, string>>> {
	const serving = new Map<string, string>();
	if (bookings.length === 0) return ok(serving);
	const starts = bookings.map((booking) => minuteAt(booking.start_time));
	const window = { first: Math.min(...starts), last: Math.max(...starts) + 1 };
	for (const { id } of staff) {
		if (bookings.every(({ uuid }) => serving.has(uuid))) break;
		const rows = await readRows(context, { staffer_uuid: id, customer_uuid: clientId }, window);
		if (rows.kind !== 'ok') return rows;
		for (const { uuid } of rows.value) if (!serving.has(uuid)) serving.set(uuid, id);
	}
	return ok(serving);
}

/** One booking with the person who serves it. */
export async function readVisit(context: Context, branch: Branch, catalogue: Catalogue, booking: ClientBooking): Promise<Outcome<Appointment>> {
	const serving = await readServing(context, catalogue, [booking], booking.customer.uuid);
	return mapOutcome(serving, (people) => visitOf(context, branch, catalogue, booking, people.get(booking.uuid) ?? null));
}

/** A booking in the words of the domain. */
export function visitOf({ count }: Context, { zone }: Branch, { services }: Catalogue, booking: ClientBooking, staffId: string | null): Appointment {
	return appointmentOf(booking, booking.customer, staffId, { zone, services, count });
}
