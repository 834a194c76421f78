import { type Appointment, type NewAppointment, type OperationKey, type Outcome, ok, type Refused, refused, unknown } from '../../../booking';
import { dateOf, minuteOf, momentRefusal, zoneClock } from '../../../calendar';
import { pageFor, unsupported } from '../handoff';
import { inputs } from '../../http';
import { type Booking, readBooking, readBookings } from './appointments';
import * as calls from './calls';
import { type Choice, choose, minutesOf } from '../choice';
import { readClient } from './clients';
import { type Context, lacking } from './context';
import { formatted } from '../times';
import { appointmentOf, isOfClient, overlaps, readClientId, type Span, tagOf, writeComment } from './mapping';
import { offersOn } from './slots';

/** A wished visit with all that is known about it before it is written. */
interface Plan {
	readonly clientId: string;
	readonly staffId: string;
	readonly serviceIds: readonly string[];
	readonly visit: Span;
	/** The client's bookings before the write. */
	readonly before: readonly Booking[];
}

/** Moved visits of a repeated key are looked for this far behind and beyond the horizon. */
const SLACK_MINUTES = 2 * 1440;
export const SELF_OVERLAP = refused('self_overlap', 'The client has another visit at this time; move or cancel it, or name the guest.');

/**
 * Books a visit. The key names the command to the gateway, which does it once where it is set as idempotent; elsewhere a
 * visit of the client that stands exactly there is taken for the one that was asked for. What the gateway says is read
 * back before it is believed.
 */
export async function createAppointment(context: Context, input: NewAppointment, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.NEW_APPOINTMENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const { clientId, serviceIds, staffId, start, comment, guestName } = parsed.value;
	const missing = lacking(context, 'createAppointment', { serviceIds, staffId, start });
	if (missing !== null) return missing;
	const choice = await choose(context.facts, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const at = minuteOf(start);
	const date = dateOf(zoneClock(choice.value.company.zone).wall(at).day);
	const [card, before, offers] = await Promise.all([readClient(context, clientId), ownBookings(context, choice.value, clientId), offersOn(context, choice.value, { from: date, to: date }, staffId)]);
	if (card.kind !== 'ok') return card;
	if (before.kind !== 'ok') return before;
	const offer = offers.kind === 'ok' ? offers.value.find((one) => one.staffId === staffId && one.start === at) : undefined;
	const plan: Plan = { clientId, staffId, serviceIds, visit: { start: at, end: offer?.end ?? at + minutesOf(choice.value.services) }, before: before.value };
	const standing = before.value.find((booking) => shows(context, plan, booking));
	if (standing !== undefined && !context.settings.idempotent) return told(context, plan, standing, key);
	if (standing === undefined) {
		const untimely = momentRefusal(choice.value.company, minuteOf(start), context.clock());
		if (untimely !== null) return untimely;
		if (offers.kind !== 'ok') return offers;
		if (guestName === '' && crosses(context, before.value, plan.visit)) return SELF_OVERLAP;
		if (offer === undefined) return whyTaken(context, staffId, plan.visit);
	}
	const name = card.value.name.trim();
	if (name === '') return refused('name_missing', 'The client has no name; ask for it.');
	const phone = readClientId(clientId)?.phone;
	const wish = { client: { name, phone }, service_ids: serviceIds, staff_id: staffId, starts_at: formatted(at, choice.value.company.zone), comment: writeComment(comment, guestName) };
	return write(context, plan, wish, key);
}

async function write(context: Context, plan: Plan, wish: unknown, key: OperationKey): Promise<Outcome<Appointment>> {
	const made = await context.transport.write(calls.createBooking(context, tagOf(key), wish), key);
	if (made.kind === 'unavailable') return made;
	if (made.kind === 'refused') return whyRefused(context, plan, made);
	const effect = made.kind === 'ok' ? await readMade(context, plan, made.value) : null;
	if (effect !== null) return told(context, plan, effect, key);
	const found = await findEffect(context, plan);
	return found === null ? unknown(key) : told(context, plan, found, key);
}

/** The booking the gateway says it made: as asked for, or the earlier effect of a key that comes again. */
async function readMade(context: Context, plan: Plan, id: string): Promise<Booking | null> {
	const isEarlier = context.settings.idempotent && plan.before.some(({ wire }) => wire.id === id);
	const booking = context.settings.commands.includes('booking.get') ? await readBooking(context, id) : null;
	if (booking?.kind === 'ok') return shows(context, plan, booking.value) || isEarlier ? booking.value : null;
	return isEarlier && booking === null ? (plan.before.find(({ wire }) => wire.id === id) ?? null) : null;
}

/** A visit of the client that stands where it was asked for and was not there before; null when none is seen. */
async function findEffect(context: Context, plan: Plan): Promise<Booking | null> {
	const { clientId, staffId, visit } = plan;
	const after = await readBookings(context, { clientId, staffId, from: visit.start, to: visit.start + 1 });
	if (after.kind !== 'ok') return null;
	const known = new Set(plan.before.map(({ wire }) => wire.id));
	return after.value.find((booking) => !known.has(booking.wire.id) && shows(context, plan, booking)) ?? null;
}

function whyRefused(context: Context, plan: Plan, { reason, message }: Refused): Refused {
	const { serviceIds, staffId, visit } = plan;
	if (reason === 'unsupported') return unsupported(message, pageFor(context.settings, { serviceIds, staffId, start: formatted(visit.start, context.settings.zone) }));
	const isOwn = plan.before.some((booking) => shows(context, plan, booking));
	return reason === 'slot_taken' && isOwn ? SELF_OVERLAP : refused(reason, message);
}

function ownBookings(context: Context, { company }: Choice, clientId: string): Promise<Outcome<readonly Booking[]>> {
	const now = minuteOf(context.clock());
	return readBookings(context, { clientId, from: now - SLACK_MINUTES, to: now + company.bookingHorizonDays * 1440 + SLACK_MINUTES });
}

/** Whether the client has a visit of their own at this time; a visit for a guest is not in the way. */
export function crosses(context: Context, bookings: readonly Booking[], visit: Span, exceptId?: string): boolean {
	return bookings.some(({ wire, span }) => wire.status !== 'cancelled' && wire.id !== exceptId && guestOf(context, { wire, span }) === null && overlaps(span, visit));
}

function guestOf({ settings }: Context, { wire, span }: Booking): string | null {
	return appointmentOf(wire, span, settings, () => undefined)?.guestName ?? null;
}

/** A start that is not free is either taken or no working time. */
export async function whyTaken(context: Context, staffId: string, visit: Span): Promise<Refused> {
	const taken = refused('slot_taken', 'The time is taken; ask for free slots again.');
	if (lacking(context, 'appointments') !== null) return taken;
	const day = await readBookings(context, { staffId, from: visit.start - 1440, to: visit.end });
	const isFree = day.kind === 'ok' && !day.value.some(({ wire, span }) => wire.status !== 'cancelled' && overlaps(span, visit));
	return isFree ? refused('outside_hours', 'The visit does not fit into the working hours of the staff member; ask for free slots.') : taken;
}

/** Whether a booking is the visit that was asked for. */
function shows({ settings }: Context, { clientId, staffId, serviceIds, visit }: Plan, { wire, span }: Booking): boolean {
	const ids = wire.services.map(({ id }) => id);
	const isSameServices = ids.length === serviceIds.length && serviceIds.every((id) => ids.includes(id));
	return wire.status !== 'cancelled' && wire.staff.id === staffId && span.start === visit.start && isSameServices && isOfClient(wire.client, clientId, settings.country);
}

/** Some gateways write no client's id into a booking: whose it is has been shown already. */
function told({ settings, count }: Context, { clientId }: Plan, { wire, span }: Booking, key: OperationKey): Outcome<Appointment> {
	const visit = appointmentOf(wire, span, settings, count);
	return visit === null ? unknown(key) : ok({ ...visit, clientId });
}
