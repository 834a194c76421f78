import { type Appointment, type AppointmentQuery, mapOutcome, type Outcome, ok, refused, unavailable } from '../../../booking';
import { minuteOf } from '../../../calendar';
import { inputs } from '../../http';
import * as calls from './calls';
import { type Context, lacking } from './context';
import { formatted } from '../times';
import { appointmentOf, isOfClient, readClientId, type Span, spanOf } from './mapping';
import type { BookingWire } from './wire';

/** A booking with its times read. */
export interface Booking {
	readonly wire: BookingWire;
	readonly span: Span;
}

/** Which bookings to read: minutes since the epoch, half-open. */
export interface BookingFilter {
	readonly from: number;
	readonly to: number;
	readonly clientId?: string;
	readonly staffId?: string;
}

const CONTRADICTION = unavailable('The gateway gave a booking with times that cannot be.');
const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** Bookings that begin in the window, cancelled ones and time of nobody too. What was not asked for is left out. */
export async function readBookings(context: Context, { from, to, clientId, staffId }: BookingFilter): Promise<Outcome<readonly Booking[]>> {
	const { zone, country } = context.settings;
	const client = clientId === undefined ? null : readClientId(clientId);
	if (clientId !== undefined && client === null) return ok([]);
	const filter = { from: formatted(from, zone), to: formatted(to, zone), ...(client === null ? {} : { phone: client.phone }) };
	const answer = await context.transport.read(calls.bookings(context, filter));
	if (answer.kind !== 'ok') return answer;
	const found = new Map<string, Booking>();
	for (const wire of answer.value) {
		const span = spanOf(wire, zone);
		if (span === null) return CONTRADICTION;
		const isAsked = (clientId === undefined || isOfClient(wire.client, clientId, country)) && (staffId === undefined || wire.staff.id === staffId);
		if (!isAsked || span.start < from || span.start >= to) continue;
		found.set(wire.id, { wire: client === null || wire.client === null || wire.client === undefined ? wire : { ...wire, client: { ...wire.client, id: client.id === '' ? null : client.id } }, span });
	}
	return ok([...found.values()]);
}

/** Visits that begin in the window, by start. */
export async function appointments(context: Context, query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>> {
	const parsed = inputs.parseInput(inputs.APPOINTMENT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const missing = lacking(context, 'appointments');
	if (missing !== null) return missing;
	const { clientId, staffId, from, to, includeCancelled } = parsed.value;
	const found = await readBookings(context, { from: minuteOf(from, 'up'), to: minuteOf(to, 'up'), clientId, staffId });
	return mapOutcome(found, (bookings) =>
		bookings
			.map(({ wire, span }) => appointmentOf(wire, span, context.settings, context.count))
			.filter((visit): visit is Appointment => visit !== null && (includeCancelled || visit.status !== 'cancelled'))
			.sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.id < b.id ? -1 : 1)),
	);
}

/** One booking as the gateway holds it now. */
export async function readBooking(context: Context, id: string): Promise<Outcome<Booking>> {
	if (inputs.parseInput(inputs.ID, id).kind !== 'ok') return NO_VISIT;
	const answer = await context.transport.read(calls.booking(context, id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_VISIT;
	if (answer.kind !== 'ok') return answer;
	if (answer.value.id !== id) return unavailable('The gateway answered about another booking.');
	const span = spanOf(answer.value, context.settings.zone);
	return span === null ? CONTRADICTION : ok({ wire: answer.value, span });
}

/** One visit, cancelled too. */
export async function appointment(context: Context, id: string): Promise<Outcome<Appointment>> {
	const missing = lacking(context, 'appointment');
	if (missing !== null) return missing;
	const booking = await readBooking(context, id);
	if (booking.kind !== 'ok') return booking;
	const visit = appointmentOf(booking.value.wire, booking.value.span, context.settings, context.count);
	return visit === null ? NO_VISIT : ok(visit);
}
