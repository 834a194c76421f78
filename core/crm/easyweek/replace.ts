import { type Appointment, type Handoff, mapOutcome, type OperationKey, type Outcome, ok, refused, type Reschedule, unknown } from '../../booking';
import { minuteOf } from '../../calendar';
import { inputs } from '../http';
import { appointment, bookingsAround, readBooking } from './bookings';
import { cancel, readCurrent } from './cancel';
import type { Context } from './context';
import { book } from './create';
import { readNotes, tagOf } from './mapping';
import { VENDOR } from './transport';

/** What stands after one visit was put in the place of another. */
export interface Replacement {
	/** The new visit; its id is not that of the old one. */
	readonly appointment: Appointment;
	/** False: both stand, and a person has to cancel the old one. */
	readonly oldCancelled: boolean;
}

/**
 * What the vendor has instead of a move: books the new time, then cancels the old visit, in this order, so that the
 * client is never left without one. The new time cannot overlap the old one with the same person. A repeat with the same
 * key books no third visit.
 */
export async function replaceAppointment(context: Context, id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Replacement>> {
	const parsed = inputs.parseInput(inputs.RESCHEDULE, to);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	// a key of its own: the one who asks may have booked the old visit with the same
	const own = `replace ${id} ${key}`;
	const current = await readCurrent(context, id);
	if (current.kind === 'refused' && current.reason === 'already_cancelled') return (await findReplacement(context, id, parsed.value, own)) ?? current;
	if (current.kind !== 'ok') return current;
	const { booking, visit } = current.value;
	if (parsed.value.version !== undefined && parsed.value.version !== visit.version) return refused('version_conflict', 'The visit was changed meanwhile; read it again.');
	if (visit.serviceIds.length !== booking.ordered_services.length || visit.serviceIds.length === 0) return refused('invalid_request', 'The services of the visit are no longer in the catalogue; a person has to move it.');
	const staffId = parsed.value.staffId ?? visit.staffId;
	const { comment, guestName } = readNotes(booking.public_notes);
	const wish = { clientId: visit.clientId, serviceIds: visit.serviceIds, staffId, start: parsed.value.start, comment, guestName };
	const booked = await book(context, wish, own, booking.uuid);
	if (booked.kind !== 'ok') return booked.kind === 'unknown' ? unknown(key) : booked;
	if (booked.value.status === 'cancelled') return refused('version_conflict', 'The new visit of this key was cancelled meanwhile; use another key to book it again.');
	const cancelled = await cancel(context, current.value, `Replaced by ${booked.value.id}`, key);
	if (cancelled.kind === 'ok') return ok({ appointment: booked.value, oldCancelled: true });
	const old = await readBooking(context, booking.uuid);
	return ok({ appointment: booked.value, oldCancelled: old.kind === 'ok' && old.value.is_canceled });
}

/** What an earlier call with the same key has done already: the old visit is cancelled, and the new one stands. Null when it has not. */
async function findReplacement(context: Context, id: string, { start }: Reschedule, key: OperationKey): Promise<Outcome<Replacement> | null> {
	const old = await readBooking(context, id);
	if (old.kind !== 'ok') return old;
	const bookings = await bookingsAround(context, old.value.customer.uuid, minuteOf(start));
	if (bookings.kind !== 'ok') return bookings;
	const made = bookings.value.find((booking) => !booking.is_canceled && readNotes(booking.public_notes).tag === tagOf(key));
	if (made === undefined) return null;
	return mapOutcome(await appointment(context, made.uuid), (visit) => ({ appointment: visit, oldCancelled: true }));
}

/** A move, which the vendor does not offer: the client may move the visit on its own page where the vendor gives one, else a person has to. */
export async function refuseMove(context: Context, id: string): Promise<Outcome<never>> {
	const booking = await readBooking(context, id);
	const page = booking.kind === 'ok' ? pageIn(booking.value.links) : null;
	const handoff: Handoff = page === null ? { kind: 'human', text: 'The visit has to be moved by a person.' } : { kind: 'link', url: page, text: 'The visit can be moved on its own page.' };
	return { ...refused('unsupported', `${VENDOR} cannot move a visit; book the new time first, then cancel the old visit.`), handoff };
}

/** The client's own page of a booking; what the vendor's links hold is not documented, so an address of its API is none. */
function pageIn(links: unknown): string | null {
	if (typeof links !== 'object' || links === null) return null;
	const urls = Object.values(links).filter((link): link is string => typeof link === 'string' && /^https:\/\/[^\s"<>]{3,300}$/.test(link));
	return urls.find((url) => URL.canParse(url) && !new URL(url).pathname.startsWith('/api/')) ?? null;
}
