import { type Appointment, type NewAppointment, type OperationKey, type Outcome, refused } from '../../booking';
import { dateOf, minuteOf, momentRefusal, zoneClock } from '../../calendar';
import { type MinuteRange, overlaps } from '../../calendar/ranges';
import { inputs } from '../http';
import { bookingsAround, type ClientBooking } from './bookings';
import { choose } from './choice';
import type { Context } from './context';
import { readClient } from './customers';
import { minuteAt, namePartsOf, phoneOf, readNotes, tagOf } from './mapping';
import { offersOf } from './slots';
import { tell, whyTaken, write } from './write';

/**
 * Books a visit, once for a key: the key's tag stands in the notes, an earlier booking of the client with it is the
 * answer, and the vendor refuses a second visit in the same time. What the answer says is read back before it is believed.
 */
export async function createAppointment(context: Context, input: NewAppointment, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.NEW_APPOINTMENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	return named.kind === 'ok' ? book(context, parsed.value, key) : named;
}

/** A wish that was parsed. */
export type Wish = Required<NewAppointment>;

/** Books; `exceptId` is a visit of the client that may be in the way, since it is to be cancelled after. */
export async function book(context: Context, wish: Wish, key: OperationKey, exceptId?: string): Promise<Outcome<Appointment>> {
	const { clientId, serviceIds, staffId, start, comment, guestName } = wish;
	const choice = await choose(context, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const { branch } = choice.value;
	const at = minuteOf(start);
	const date = dateOf(zoneClock(branch.zone).wall(at).day);
	const [card, offers] = await Promise.all([readClient(context, clientId), offersOf(context, choice.value, staffId, { from: date, to: date })]);
	if (card.kind !== 'ok') return card;
	// after the free times: a time that is taken by this very key is then among the client's bookings
	const bookings = await bookingsAround(context, card.value.uuid, at);
	if (bookings.kind !== 'ok') return bookings;
	const tag = tagOf(key);
	const earlier = bookings.value.find((booking) => readNotes(booking.public_notes).tag === tag);
	if (earlier !== undefined) return tell(context, choice.value, earlier, key);
	const untimely = momentRefusal({ ...context.settings, zone: branch.zone }, at, context.clock());
	if (untimely !== null) return untimely;
	if (offers.kind !== 'ok') return offers;
	const offer = offers.value.find((one) => one.start === at);
	const length = choice.value.services.reduce((sum, { durationMinutes }) => sum + durationMinutes, 0);
	const visit = offer ?? { start: at, end: at + length };
	const others = bookings.value.filter(({ uuid, customer }) => uuid !== exceptId && customer.uuid === card.value.uuid);
	if (guestName === '' && others.some((booking) => crosses(booking, visit))) return SELF_OVERLAP;
	if (offer === undefined) return whyTaken(context, choice.value, staffId, visit);
	if (namePartsOf(`${card.value.first_name} ${card.value.last_name}`).first_name === '') return refused('name_missing', 'The client has no name; ask for it.');
	const phone = phoneOf(card.value.phone, branch.country);
	if (phone === null) return refused('client_invalid', 'The card of the client has no valid phone; add it in the CRM.');
	return write(context, { choice: choice.value, staffId, serviceIds, offer, card: card.value, phone, before: bookings.value, comment, guestName, tag }, key);
}

const SELF_OVERLAP = refused('self_overlap', 'The client has another visit at this time; move or cancel it, or name the guest.');

/** Whether the client is there themselves at this time; a visit for a guest is not in the way. */
function crosses(booking: ClientBooking, visit: MinuteRange): boolean {
	if (booking.is_canceled || readNotes(booking.public_notes).guestName !== '') return false;
	return overlaps({ start: minuteAt(booking.start_time), end: minuteAt(booking.end_time, 'up') }, visit);
}
