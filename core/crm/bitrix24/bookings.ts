import { mapOutcome, type OperationKey, type Outcome, ok, refused, unavailable, unknown, type Zone } from '../../booking';
import { type BusySource, type HeldVisit, type InstantWindow, type Taken, type TakenTime, type VisitDraft, type VisitPlace } from '../computed';
import { type MethodCall, writeTogether } from './batch';
import { readBookings } from './booking-list';
import * as calls from './calls';
import { type Context, isWireId } from './context';
import { type Details, heldOf, type HeldBooking, isHeldBooking, readDetails, rememberedIn, shapeOf } from './held-bookings';
import { cancelledDeals, DEALS, findDeal, findDealByTag, forget, openDeal, setPlace, setStage } from './linked-deals';
import { writeNote } from './note';
import type { LinkedDeals } from './settings';
import { productRows, titleOf } from './visit-items';
import type { BookingWire, ItemWire } from './wire';

/** A question about free days looks far and needs only what is taken; one before a write looks at hours and needs all. */
const CLOSELY_MS = 2 * 86_400_000;
const ENDED = refused('already_cancelled', 'The visit of this operation was cancelled; book with a new key.');
const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** Bookings of the module as visits: each method is the portal's own, see `BusySource`. */
export function bookingSource(context: Context): BusySource {
	return {
		lagMs: 0,
		taken: (window) => taken(context, window),
		read: (id) => read(context, id),
		list: ({ clientId, staffId, from, to, includeCancelled }) => list(context, { clientId, staffId, from, to, includeCancelled: includeCancelled ?? false }),
		write: (draft, key) => write(context, draft, key),
		finish: (visit, draft, key) => finish(context, visit, draft, key),
		move: (visit, to, key) => move(context, visit, to, key),
		cancel: (visit, key) => remove(context, visit, key, (deals, deal) => setStage(context, deal, deals.stages.cancelled, key)),
		undo: (visit, key) => remove(context, visit, key, (deals, deal) => forget(context, deals, deal, key)),
	};
}

async function taken(context: Context, window: InstantWindow): Promise<Outcome<Taken>> {
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const bookings = await readBookings(context.transport, window);
	if (bookings.kind !== 'ok') return bookings;
	const isClose = Date.parse(window.to) - Date.parse(window.from) <= CLOSELY_MS;
	const details = isClose ? await readDetails(context, bookings.value) : ok(new Map<string, Details>());
	if (details.kind !== 'ok') return details;
	const visits = bookings.value.map((booking) => heldOf(context, shape.value, booking, details.value.get(booking.id)));
	return ok({ visits, other: visits.flatMap(furtherTimes) });
}

/** A booking of several resources takes the time of each; the visit itself names one. */
function furtherTimes({ booking, appointment: { staffId, start, end } }: HeldBooking): readonly TakenTime[] {
	return (booking?.resourceIds ?? []).filter((id) => id !== staffId).map((id) => ({ staffId: id, start, end }));
}

async function read(context: Context, id: string): Promise<Outcome<HeldBooking>> {
	if (!isWireId(id)) return NO_VISIT;
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const answer = await context.transport.read(calls.booking(id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return readRemembered(context, id);
	if (answer.kind !== 'ok') return answer;
	if (answer.value.id !== id) return unavailable('Bitrix24 answered about another booking.');
	const details = await readDetails(context, [answer.value]);
	if (details.kind !== 'ok') return details;
	const held = heldOf(context, shape.value, answer.value, details.value.get(id));
	return held.appointment.clientId === '' ? NO_VISIT : ok(held);
}

/** A deleted booking leaves nothing behind but its deal. */
async function readRemembered(context: Context, id: string): Promise<Outcome<HeldBooking>> {
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const deal = dealsIn(context) === null ? ok(null) : await findDeal(context, id);
	if (deal.kind !== 'ok') return deal;
	const held = deal.value === null ? null : rememberedIn(context, shape.value, deal.value);
	return held === null ? NO_VISIT : ok(held);
}

interface Asked extends InstantWindow {
	readonly clientId: string | undefined;
	readonly staffId: string | undefined;
	readonly includeCancelled: boolean;
}

async function list(context: Context, { clientId, staffId, from, to, includeCancelled }: Asked): Promise<Outcome<readonly HeldVisit[]>> {
	if ((clientId !== undefined && !isWireId(clientId)) || (staffId !== undefined && !isWireId(staffId))) return ok([]);
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const bookings = await readBookings(context.transport, { from, to }, clientId);
	if (bookings.kind !== 'ok') return bookings;
	const asked = bookings.value.filter(({ resourceIds }) => staffId === undefined || resourceIds.includes(staffId));
	const details = await readDetails(context, asked);
	if (details.kind !== 'ok') return details;
	const live = asked.map((booking) => heldOf(context, shape.value, booking, details.value.get(booking.id))).filter(({ appointment }) => appointment.clientId !== '');
	const deals = dealsIn(context);
	if (!includeCancelled || deals === null) return ok(live);
	const cancelled = await cancelledDeals(context, deals, from, clientId);
	if (cancelled.kind !== 'ok') return cancelled;
	const known = new Set(live.map(({ appointment }) => appointment.id));
	const remembered = cancelled.value.map((deal) => rememberedIn(context, shape.value, deal)).filter((held) => held !== null);
	return ok([...live, ...remembered.filter(({ appointment }) => !known.has(appointment.id))]);
}

async function write(context: Context, draft: VisitDraft, key: OperationKey): Promise<Outcome<string>> {
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const earlier = dealsIn(context) === null ? ok(null) : await findDealByTag(context, draft.tag);
	if (earlier.kind !== 'ok') return earlier;
	if (earlier.value !== null) return ENDED;
	return context.transport.write(calls.addBooking(bookingFields(draft, shape.value.zone)), key);
}

function bookingFields(draft: VisitDraft, zone: Zone): Readonly<Record<string, unknown>> {
	const { staff, comment, guestName, tag, client, services } = draft;
	const made = { tag, clientId: client.id, serviceIds: services.map(({ id }) => id) };
	return { resourceIds: [Number(staff.id)], name: titleOf(draft), description: writeNote({ comment, guestName, made }), datePeriod: periodOf(draft, zone) };
}

/** The moment is the seconds; the zone is how the portal shows it. */
function periodOf({ start, end }: Pick<VisitPlace, 'start' | 'end'>, timezone: Zone): Readonly<Record<string, unknown>> {
	return { from: { timestamp: Date.parse(start) / 1000, timezone }, to: { timestamp: Date.parse(end) / 1000, timezone } };
}

/** Gives the booking its deal and its client. The client goes last: a booking that has one has all. */
async function finish(context: Context, visit: HeldVisit, draft: VisitDraft, key: OperationKey): Promise<Outcome<HeldVisit>> {
	const held = isHeldBooking(visit) ? ok(visit) : await read(context, visit.appointment.id);
	if (held.kind !== 'ok') return held;
	const { booking, isBound } = held.value;
	if (booking === null || isBound) return held;
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const deals = dealsIn(context);
	const deal = deals === null || held.value.deal !== null ? ok(held.value.deal) : await openDeal(context, deals, booking.id, draft, key);
	if (deal.kind !== 'ok') return deal;
	const links = deal.value === null ? {} : linksOf(booking, deal.value, draft);
	const linked = await link(context, { ...links, client: calls.setBookingClient(booking.id, draft.client.id) }, key);
	return mapOutcome(linked, () => heldOf(context, shape.value, booking, { contactId: draft.client.id, deal: deal.value }));
}

/** Each of these replaces a whole set: what was done twice is as if it was done once. */
async function link(context: Context, commands: Readonly<Record<string, MethodCall<unknown>>>, key: OperationKey): Promise<Outcome<null>> {
	const first = await writeTogether<Record<string, unknown>>(context.transport, commands, key);
	const answers = first.kind === 'unknown' ? await writeTogether<Record<string, unknown>>(context.transport, commands, key) : first;
	if (answers.kind !== 'ok') return answers;
	const failed = Object.values(answers.value).find(({ kind }) => kind !== 'ok');
	return failed === undefined || failed.kind === 'ok' ? ok(null) : failed;
}

function linksOf({ id }: BookingWire, deal: ItemWire, draft: VisitDraft): Readonly<Record<string, MethodCall<unknown>>> {
	const rows = productRows(draft);
	return { ...(rows.length === 0 ? {} : { rows: calls.setProductRows(deal.id, rows) }), link: calls.setBookingDeal(id, deal.id) };
}

/** Moves the booking, then what its deal says of it; a deal that could not be told is mended by the next move. */
async function move(context: Context, visit: HeldVisit, to: VisitPlace, key: OperationKey): Promise<Outcome<unknown>> {
	const { id, staffId: before } = visit.appointment;
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return shape;
	const held = isHeldBooking(visit) ? ok(visit) : await read(context, id);
	if (held.kind !== 'ok') return held;
	const others = (held.value.booking?.resourceIds ?? []).filter((one) => one !== before && one !== to.staffId);
	const moved = await context.transport.write(calls.updateBooking(id, { resourceIds: [to.staffId, ...others].map(Number), datePeriod: periodOf(to, shape.value.zone) }), key);
	const deals = dealsIn(context);
	if (moved.kind !== 'ok' || deals === null || held.value.deal === null) return moved;
	await setPlace(context, deals, held.value.deal, { bookingId: id, ...to }, key);
	return moved;
}

/** Deletes the booking, its deal marked before: afterwards nothing else would tell of the visit. */
async function remove(context: Context, visit: HeldVisit, key: OperationKey, mark: (deals: LinkedDeals, deal: ItemWire) => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
	const { id } = visit.appointment;
	const deals = dealsIn(context);
	const deal = deals === null ? ok(null) : isHeldBooking(visit) && visit.deal !== null ? ok(visit.deal) : await findDeal(context, id);
	if (deal.kind !== 'ok') return deal;
	const marked = deals === null || deal.value === null ? ok(null) : await mark(deals, deal.value);
	if (marked.kind !== 'ok') return marked;
	const deleted = await context.transport.write(calls.deleteBooking(id), key);
	const stands = deleted.kind === 'unavailable' || (deleted.kind === 'refused' && deleted.reason !== 'not_found');
	if (!stands || deal.value === null) return deleted;
	// its deal must not say otherwise
	const { stageId, originId } = deal.value;
	const back = await context.transport.write(calls.updateItem(DEALS, deal.value.id, { stageId, originId }), key);
	return back.kind === 'ok' ? deleted : unknown(key);
}

function dealsIn({ settings }: Context): LinkedDeals | null {
	return settings.mode === 'booking' ? (settings.deals ?? null) : null;
}
