import { type Appointment, mapOutcome, type OperationKey, type Outcome, refused, unknown } from '../../booking';
import { dateOf, zoneClock } from '../../calendar';
import { covers, type MinuteRange } from '../../calendar/ranges';
import { workingTime } from '../../calendar/schedule';
import type { Call } from '../http';
import { bookingsAround, type ClientBooking, readBooking, readVisit } from './bookings';
import * as calls from './calls';
import type { Choice } from './choice';
import type { Context } from './context';
import { companyOf } from './facts';
import { minuteAt, namePartsOf, readNotes, utcOf, writeNotes } from './mapping';
import { isSkilled } from './skills';
import { type Offer, offersOf } from './slots';
import type { CustomerWire } from './wire';

/** A wished visit with all that is known about it before it is written. */
export interface Plan {
	readonly choice: Choice;
	readonly staffId: string;
	readonly serviceIds: readonly string[];
	readonly offer: Offer;
	readonly card: CustomerWire;
	/** E.164. */
	readonly phone: string;
	/** The client's bookings around the day before the write. */
	readonly before: readonly Pick<ClientBooking, 'uuid'>[];
	readonly comment: string;
	readonly guestName: string;
	readonly tag: string;
}

const TAKEN = refused('slot_taken', 'The time is taken; ask for free slots again.');

/** Sends a visit once, and says of it only what the vendor shows after. */
export async function write(context: Context, plan: Plan, key: OperationKey): Promise<Outcome<Appointment>> {
	const made = await context.transport.write(callOf(context, plan), key);
	if (made.kind === 'unavailable') return made;
	if (made.kind === 'ok') {
		const booking = await readBooking(context, made.value);
		if (booking.kind === 'ok') return tellIfAsked(context, plan, booking.value, key);
	}
	if (made.kind === 'refused' && !ABOUT_TIME.has(made.reason)) return made;
	// the time may be taken by the very visit this key asked for
	const effect = await findEffect(context, plan);
	if (effect.kind === 'ok' && effect.value !== null) return tellIfAsked(context, plan, effect.value, key);
	if (made.kind !== 'refused' || effect.kind !== 'ok') return unknown(key);
	if (made.reason === 'slot_taken') return TAKEN;
	const date = dateOf(zoneClock(plan.choice.branch.zone).wall(plan.offer.start).day);
	const offers = await offersOf(context, plan.choice, plan.staffId, { from: date, to: date });
	if (offers.kind === 'ok' && offers.value.some(({ start }) => start === plan.offer.start)) {
		return refused('invalid_request', 'The CRM refuses a time that it offers; a person has to book it there.');
	}
	return whyTaken(context, plan.choice, plan.staffId, plan.offer);
}

/** Refusals that a look at the free times explains. */
const ABOUT_TIME: ReadonlySet<string> = new Set(['slot_taken', 'outside_hours', 'staff_unqualified']);

/** One service is a booking, several are a cart. The client is known by the phone; times go out in UTC, for what a time without a zone means is not told. */
function callOf({ locationId }: Context, { choice, staffId, serviceIds, offer, card, phone, comment, guestName, tag }: Plan): Call<string> {
	const names = namePartsOf(`${card.first_name} ${card.last_name}`);
	const common = {
		location_uuid: locationId,
		timezone: choice.branch.zone,
		customer_phone: phone,
		customer_first_name: names.first_name,
		...(names.last_name === '' ? {} : { customer_last_name: names.last_name }),
		...(card.email == null || card.email === '' ? {} : { customer_email: card.email }),
		booking_comment: writeNotes(comment, guestName, tag),
	};
	const start = utcOf(offer.start);
	const [only, ...more] = serviceIds;
	if (more.length === 0) return calls.createBooking({ ...common, service_uuid: only, staffer_uuid: staffId, reserved_on: start });
	return calls.createCart({ ...common, items: [{ datetime_start: start, services: serviceIds.map((id) => ({ service_uuid: id, staffer_uuid: staffId })) }] });
}

/** Whether a booking is the visit that was asked for, as far as it tells. */
function stands({ offer, card }: Plan, booking: ClientBooking): boolean {
	return !booking.is_canceled && minuteAt(booking.start_time) === offer.start && booking.customer.uuid === card.uuid;
}

/** The booking this key made, or null: by its tag, else one of the client that stands where it was asked for, bears no tag and was not there before. */
async function findEffect(context: Context, plan: Plan): Promise<Outcome<ClientBooking | null>> {
	const { offer, card, before, tag } = plan;
	const known = new Set(before.map(({ uuid }) => uuid));
	const found = await bookingsAround(context, card.uuid, offer.start, (uuid) => !known.has(uuid));
	return mapOutcome(found, (bookings) => {
		const tagOfOne = (booking: ClientBooking): string | null => readNotes(booking.public_notes).tag;
		return bookings.find((booking) => tagOfOne(booking) === tag) ?? bookings.find((booking) => tagOfOne(booking) === null && stands(plan, booking)) ?? null;
	});
}

/** A booking just made; unknown when it is not the one that was asked for: then a person has to look. */
async function tellIfAsked(context: Context, plan: Plan, booking: ClientBooking, key: OperationKey): Promise<Outcome<Appointment>> {
	const told = stands(plan, booking) ? await tell(context, plan.choice, booking, key) : unknown(key);
	return told.kind === 'ok' && told.value.staffId !== plan.staffId ? unknown(key) : told;
}

/** The booking as it stands; unknown while nobody is found who serves it, for then it is not proven to be the one that was asked for. */
export async function tell(context: Context, { branch, catalogue }: Choice, booking: ClientBooking, key: OperationKey): Promise<Outcome<Appointment>> {
	const visit = await readVisit(context, branch, catalogue, booking);
	return visit.kind === 'ok' && visit.value.staffId !== '' ? visit : unknown(key);
}

/** A start that is not free is of a service the person does not do, no working time, or taken. */
export async function whyTaken(context: Context, { branch, catalogue, services }: Choice, staffId: string, visit: MinuteRange): Promise<Outcome<never>> {
	for (const { id } of services) {
		const skilled = await isSkilled(context, branch, id, staffId);
		if (skilled.kind !== 'ok') return skilled;
		if (!skilled.value) return refused('staff_unqualified', 'The staff member does not do all of these services, or has no free time at all; choose another one.');
	}
	const { workingHours } = companyOf(context, branch, catalogue);
	const clock = zoneClock(branch.zone);
	const weekly = Object.fromEntries(Object.entries(workingHours).map(([weekday, hours]) => [weekday, { hours }]));
	const { open } = workingTime({ weekly }, clock, clock.wall(visit.start).day, clock.wall(visit.end).day);
	const isKnown = Object.keys(weekly).length > 0;
	return isKnown && !covers(open, visit) ? refused('outside_hours', 'The visit does not fit into the working hours; ask for free slots.') : TAKEN;
}
