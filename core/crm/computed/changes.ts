import { type Appointment, type OperationKey, type Outcome, ok, refused, type Refused, type Reschedule, unavailable, unknown } from '../../booking';
import { changeRefusal, minuteOf, momentRefusal, zoneClock } from '../../calendar';
import { inputs } from '../http';
import { choose, hoursRefusal, shapeWith } from './choice';
import { type Claim, claimOf, dayLocks, takenRefusal, windowOf } from './claim';
import type { Context } from './context';
import type { HeldVisit, Lease, VisitPlace } from './ports';
import type { Salon, SalonStaff } from './salon';
import { isAt, settle, takeBack } from './settle';

const GONE = refused('already_cancelled', 'The visit is cancelled already; book a new one.');
const OVER = refused('too_late_to_change', 'The visit has taken place or was missed; it can no longer be changed.');
const CHANGED = refused('version_conflict', 'The visit was changed meanwhile; read it again.');
const LEASE_LOST = unavailable('The right to change this visit was lost before it was changed; ask again.');

interface Wish {
	readonly start: string;
	readonly staffId?: string;
	readonly version?: string;
}

/** A move with all that is known before it. */
interface Move {
	readonly salon: Salon;
	readonly before: HeldVisit;
	readonly member: SalonStaff;
	readonly claim: Claim;
	readonly version: string | undefined;
	readonly key: OperationKey;
}

/**
 * Moves a visit, guarded as a booking is: under locks of both places the new time is read, the visit moved and the time
 * read again; a visit that finds itself beside another there goes back to where it was. A visit that stands where it is
 * wanted is the answer to a repeated key.
 */
export async function rescheduleAppointment(context: Context, id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.RESCHEDULE, to);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const salon = await context.salon();
	if (salon.kind !== 'ok') return salon;
	const before = await context.source.read(id);
	if (before.kind !== 'ok') return before;
	const move = moveOf(salon.value, before.value, parsed.value, key);
	if (move.kind !== 'ok') return move;
	const names = [`${context.account} visit ${id}`, ...dayLocks(context.account, claimOf(salon.value, before.value.appointment)), ...dayLocks(context.account, move.value.claim)];
	return context.lock.run(names, (lease) => moveUnder(context, move.value, lease));
}

/** Everything about a move that needs no further reading. */
function moveOf(salon: Salon, before: HeldVisit, wish: Wish, key: OperationKey): Outcome<Move> {
	const { appointment } = before;
	const barred = statusRefusal(appointment);
	if (barred !== null) return barred;
	const staffId = wish.staffId ?? appointment.staffId;
	const member = salon.staff.find((one) => one.id === staffId);
	if (member === undefined) return refused('not_found', 'There is no staff member with this id; read the staff again.');
	const length = lengthWith(salon, appointment, member);
	if (length.kind !== 'ok') return length;
	const start = minuteOf(wish.start);
	const place = { staffId, start: wish.start, end: new Date((start + length.value) * 60_000).toISOString() };
	return ok({ salon, before, member, claim: claimOf(salon, { ...appointment, ...place }), version: wish.version, key });
}

/** The visit's own length, which somebody may have set by hand; with another person by the plan. */
function lengthWith(salon: Salon, appointment: Appointment, member: SalonStaff): Outcome<number> {
	if (member.id === appointment.staffId) return ok(minuteOf(appointment.end, 'up') - minuteOf(appointment.start));
	const choice = choose(salon, appointment.serviceIds, member.id);
	if (choice.kind !== 'ok') return choice;
	const shape = shapeWith(member, choice.value.services);
	return shape === null ? refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.') : ok(shape.duration);
}

async function moveUnder(context: Context, move: Move, lease: Lease): Promise<Outcome<Appointment>> {
	const { salon, before, member, claim, version, key } = move;
	const { source } = context;
	const { id } = before.appointment;
	const [current, taken] = await Promise.all([source.read(id), source.taken(windowOf(salon, claim))]);
	if (current.kind !== 'ok') return current;
	if (taken.kind !== 'ok') return taken;
	const held = current.value;
	const status = statusRefusal(held.appointment);
	if (status !== null) return status;
	// a repeated key: the move is done, but nobody may have looked yet whom it met
	if (isAt(held, claim)) return takenRefusal(salon, claim, taken.value, id) === null ? ok(held.appointment) : unknown(key);
	if ((version ?? held.appointment.version) !== held.appointment.version || held.appointment.version !== before.appointment.version) return CHANGED;
	const now = context.clock();
	const barred =
		changeRefusal(salon.company, held.appointment.start, now) ??
		momentRefusal(salon.company, claim.visit.start, now) ??
		hoursRefusal(salon, member, claim.visit, claim.busy) ??
		takenRefusal(salon, claim, taken.value, id);
	if (barred !== null) return barred;
	if (!(await lease.keep())) return LEASE_LOST;
	const moved = await source.move(held, placeOf(salon, claim), key);
	if (moved.kind === 'refused' || moved.kind === 'unavailable') return moved;
	return concludeMove(context, { ...move, before: held }, held);
}

async function concludeMove(context: Context, { salon, claim, key }: Move, origin: HeldVisit): Promise<Outcome<Appointment>> {
	const { source } = context;
	const { id } = origin.appointment;
	const standing = await settle(context, salon, id, claim);
	if (standing.kind === 'unclear') return unknown(key);
	if (standing.kind === 'stands') return ok(standing.held.appointment);
	const old = claimOf(salon, origin.appointment);
	const isBack = await takeBack(context, id, (seen) => source.move(seen ?? standing.held, placeOf(salon, old), key), (seen) => seen !== null && isAt(seen, old));
	if (!isBack) return unknown(key);
	// its own place was free for a moment: whoever took it meanwhile makes this a case for people
	const after = await source.taken(windowOf(salon, old));
	return after.kind === 'ok' && takenRefusal(salon, old, after.value, id) === null ? standing.reason : unknown(key);
}

function placeOf({ company }: Salon, { staffId, visit }: Claim): VisitPlace {
	const clock = zoneClock(company.zone);
	return { staffId, start: clock.format(visit.start), end: clock.format(visit.end) };
}

/** Cancels a visit. */
export async function cancelAppointment(context: Context, id: string, key: OperationKey): Promise<Outcome<Appointment>> {
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const salon = await context.salon();
	if (salon.kind !== 'ok') return salon;
	return context.lock.run([`${context.account} visit ${id}`], async (lease) => {
		const { source } = context;
		const current = await source.read(id);
		if (current.kind !== 'ok') return current;
		const { appointment } = current.value;
		const barred = statusRefusal(appointment) ?? changeRefusal(salon.value.company, appointment.start, context.clock());
		if (barred !== null) return barred;
		if (!(await lease.keep())) return LEASE_LOST;
		const cancelled = await source.cancel(current.value, key);
		if (cancelled.kind === 'refused') return cancelled.reason === 'not_found' ? GONE : cancelled;
		if (cancelled.kind === 'unavailable') return cancelled;
		const after = await source.read(id);
		if (after.kind === 'refused' && after.reason === 'not_found') return ok({ ...appointment, status: 'cancelled' });
		return after.kind === 'ok' && after.value.appointment.status === 'cancelled' ? ok(after.value.appointment) : unknown(key);
	});
}

function statusRefusal({ status }: Appointment): Refused | null {
	if (status === 'cancelled') return GONE;
	return status === 'arrived' || status === 'no_show' ? OVER : null;
}
