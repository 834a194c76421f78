import { type Appointment, type OperationKey, type Outcome, ok, type Refused, refused, type Reschedule, unavailable, unknown } from '../../../booking';
import { changeRefusal, dateOf, minuteOf, momentRefusal, zoneClock } from '../../../calendar';
import { unsupported } from '../handoff';
import { inputs } from '../../http';
import { type Booking, readBooking, readBookings } from './appointments';
import { crosses, SELF_OVERLAP, whyTaken } from './booking';
import * as calls from './calls';
import { type Choice, choose, minutesOf } from '../choice';
import { type Context, lacking } from './context';
import { formatted } from '../times';
import { appointmentOf, overlaps, type Span, tagOf } from './mapping';
import { offersOn } from './slots';

/** A booking as it is now, with the visit it is. */
interface Current {
	readonly booking: Booking;
	readonly visit: Appointment;
}

const GONE = refused('already_cancelled', 'The visit is cancelled already; book a new one.');
const OVER = refused('too_late_to_change', 'The visit has taken place or was missed; it can no longer be changed.');

/** Moves a visit, to another person too. Starts that only the visit itself blocks are left to the gateway to decide. */
export async function rescheduleAppointment(context: Context, id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.RESCHEDULE, to);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const missing = lacking(context, 'rescheduleAppointment');
	if (missing !== null) return missing;
	const current = await readCurrent(context, id);
	if (current.kind !== 'ok') return current;
	const { booking, visit } = current.value;
	const staffId = parsed.value.staffId ?? visit.staffId;
	const start = minuteOf(parsed.value.start);
	if (stands(booking, start, staffId)) return ok(visit);
	if (parsed.value.version !== undefined && parsed.value.version !== visit.version) return refused('version_conflict', 'The visit was changed meanwhile; read it again.');
	const choice = await choose(context.facts, visit.serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const barred = changeRefusal(choice.value.company, visit.start, context.clock()) ?? momentRefusal(choice.value.company, minuteOf(parsed.value.start), context.clock());
	if (barred !== null) return barred;
	const length = staffId === visit.staffId ? booking.span.end - booking.span.start : minutesOf(choice.value.services);
	const target = { start, end: start + length };
	const inTheWay = await obstacle(context, choice.value, current.value, target, staffId);
	if (inTheWay !== null) return inTheWay;
	const moved = await context.transport.write(calls.rescheduleBooking(context, tagOf(key), { booking_id: id, starts_at: formatted(start, context.settings.zone), staff_id: staffId }), key);
	if (moved.kind === 'unavailable') return moved;
	if (moved.kind === 'refused') return byHand(moved);
	const after = await readBooking(context, id);
	const told = after.kind === 'ok' && stands(after.value, start, staffId) ? appointmentOf(after.value.wire, after.value.span, context.settings, context.count) : null;
	return told === null ? unknown(key) : ok(told);
}

/** Why the visit cannot stand there, or null. */
async function obstacle(context: Context, choice: Choice, { booking, visit }: Current, target: Span, staffId: string): Promise<Exclude<Outcome<never>, { kind: 'ok' }> | null> {
	const date = dateOf(zoneClock(choice.company.zone).wall(target.start).day);
	const [offers, others] = await Promise.all([
		offersOn(context, choice, { from: date, to: date }, staffId),
		readBookings(context, { clientId: visit.clientId, from: target.start - 1440, to: target.end }),
	]);
	if (offers.kind !== 'ok') return offers;
	if (others.kind !== 'ok') return others;
	if (visit.guestName === null && crosses(context, others.value, target, visit.id)) return SELF_OVERLAP;
	const isOffered = offers.value.some((offer) => offer.staffId === staffId && offer.start === target.start);
	const isOwnTime = staffId === visit.staffId && overlaps(booking.span, target);
	return isOffered || isOwnTime ? null : whyTaken(context, staffId, target);
}

/** Cancels a visit. */
export async function cancelAppointment(context: Context, id: string, key: OperationKey): Promise<Outcome<Appointment>> {
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const missing = lacking(context, 'cancelAppointment');
	if (missing !== null) return missing;
	const [current, company] = await Promise.all([readCurrent(context, id), context.facts.company()]);
	if (current.kind !== 'ok') return current;
	if (company.kind !== 'ok') return company;
	const barred = changeRefusal(company.value, current.value.visit.start, context.clock());
	if (barred !== null) return barred;
	const cancelled = await context.transport.write(calls.cancelBooking(context, tagOf(key), id), key);
	if (cancelled.kind === 'unavailable') return cancelled;
	if (cancelled.kind === 'refused') return byHand(cancelled);
	const after = await readBooking(context, id);
	const told = after.kind === 'ok' && after.value.wire.status === 'cancelled' ? appointmentOf(after.value.wire, after.value.span, context.settings, context.count) : null;
	return told === null ? unknown(key) : ok(told);
}

/** The booking page cannot change a visit that stands: what the gateway does not do, a person does. */
function byHand(refusal: Refused): Refused {
	return refusal.reason === 'unsupported' ? unsupported(refusal.message) : refusal;
}

async function readCurrent(context: Context, id: string): Promise<Outcome<Current>> {
	const booking = await readBooking(context, id);
	if (booking.kind !== 'ok') return booking;
	const visit = appointmentOf(booking.value.wire, booking.value.span, context.settings, context.count);
	if (visit === null) return refused('not_found', 'There is no visit with this id; read the visits again.');
	if (visit.status === 'cancelled') return GONE;
	if (visit.status === 'arrived' || visit.status === 'no_show') return OVER;
	if (visit.serviceIds.length === 0) return unavailable('The gateway gave a visit without services.');
	return ok({ booking: booking.value, visit });
}

function stands({ wire, span }: Booking, start: number, staffId: string): boolean {
	return wire.status !== 'cancelled' && wire.staff.id === staffId && span.start === start;
}
