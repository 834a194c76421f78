import { type Appointment, type OperationKey, type Outcome, ok, refused, unknown } from '../../booking';
import { changeRefusal } from '../../calendar';
import { inputs } from '../http';
import { type ClientBooking, readBooking, readVisit, visitOf } from './bookings';
import * as calls from './calls';
import type { Context } from './context';
import type { Branch, Catalogue } from './facts';
import { tagOf } from './mapping';

/** A booking as it is now, with the visit it is. */
export interface Current {
	readonly branch: Branch;
	readonly catalogue: Catalogue;
	readonly booking: ClientBooking;
	readonly visit: Appointment;
}

const CANCELLED = refused('already_cancelled', 'The visit is cancelled already; book a new one.');
const OVER = refused('too_late_to_change', 'The visit has taken place; it can no longer be changed.');

/** Cancels a visit, and reads it back before it says so. */
export async function cancelAppointment(context: Context, id: string, key: OperationKey): Promise<Outcome<Appointment>> {
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const current = await readCurrent(context, id);
	return current.kind === 'ok' ? cancel(context, current.value, `Cancelled by the booking assistant, ${tagOf(key)}`, key) : current;
}

/** A visit that may be changed; one that is cancelled, over or near is refused. */
export async function readCurrent(context: Context, id: string): Promise<Outcome<Current>> {
	const [branch, catalogue, booking] = await Promise.all([context.facts.branch(context), context.facts.catalogue(context), readBooking(context, id)]);
	if (branch.kind !== 'ok') return branch;
	if (catalogue.kind !== 'ok') return catalogue;
	if (booking.kind !== 'ok') return booking;
	if (booking.value.is_canceled) return CANCELLED;
	if (booking.value.is_completed) return OVER;
	const visit = await readVisit(context, branch.value, catalogue.value, booking.value);
	if (visit.kind !== 'ok') return visit;
	return changeRefusal(context.settings, visit.value.start, context.clock()) ?? ok({ branch: branch.value, catalogue: catalogue.value, booking: booking.value, visit: visit.value });
}

/** Sends a cancellation of a visit that stands. `notes` are for the staff. */
export async function cancel(context: Context, { branch, catalogue, booking, visit }: Current, notes: string, key: OperationKey): Promise<Outcome<Appointment>> {
	const sent = await context.transport.write(calls.cancelBooking(booking.uuid, { cancel_reason: 'customer_request', internal_notes: notes }), key);
	if (sent.kind === 'unavailable') return sent;
	const after = await readBooking(context, booking.uuid);
	const isCancelled = after.kind === 'ok' && after.value.is_canceled;
	// somebody else may have cancelled it between the look and the call
	if (sent.kind === 'refused') return isCancelled ? CANCELLED : sent;
	return isCancelled ? ok(visitOf(context, branch, catalogue, after.value, visit.staffId === '' ? null : visit.staffId)) : unknown(key);
}
