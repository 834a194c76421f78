import { type Appointment, type Client, type NewAppointment, type OperationKey, type Outcome, ok, refused, unavailable, unknown } from '../../booking';
import { minuteOf, momentRefusal, zoneClock } from '../../calendar';
import { inputs, tagOf } from '../http';
import { type Choice, choose, hoursRefusal, shapeWith } from './choice';
import { type Claim, dayLocks, takenRefusal, windowOf } from './claim';
import type { Context } from './context';
import type { HeldVisit, Lease, VisitDraft } from './ports';
import type { Salon, SalonStaff } from './salon';
import { isContested, settle, takeBack } from './settle';
import { priceWith } from './slots';

/** After this long a visit of ours has been told to its client: what meets it then is for people to sort out. */
const FRESH_MS = 600_000;
const LEASE_LOST = unavailable('The right to book this time was lost before the visit was written; ask again.');
const CONTESTED = unavailable('The visit of this operation stands beside another one; send the same booking with the same key again.');

interface Wish {
	readonly clientId: string;
	readonly serviceIds: readonly string[];
	readonly staffId: string;
	readonly start: string;
	readonly comment: string;
	readonly guestName: string;
}

/** A wished visit with the person who does it. */
interface Plan {
	readonly wish: Wish;
	readonly choice: Choice;
	readonly member: SalonStaff;
	readonly claim: Claim;
	readonly tag: string;
	readonly key: OperationKey;
}

/**
 * Books a visit where the CRM neither knows free times nor refuses taken ones: under a lock of our own the time is read,
 * the visit written and the time read again. Of two visits that met there all the same one stays, see `settle`. One key
 * has one effect: its tag stands in the visit and is looked for first.
 */
export async function createAppointment(context: Context, input: NewAppointment, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.NEW_APPOINTMENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const salon = await context.salon();
	if (salon.kind !== 'ok') return salon;
	const tag = tagOf(key);
	const planned = planOf(salon.value, parsed.value, tag, key);
	if (planned.kind !== 'ok') {
		// what was booked once is booked, also when it could not be booked again
		const earlier = await findEarlier(context, tag);
		return earlier.kind === 'ok' && earlier.value !== null ? ok(earlier.value.appointment) : earlier.kind === 'ok' ? planned : earlier;
	}
	return context.lock.run(dayLocks(context.account, planned.value.claim), (lease) => book(context, planned.value, lease));
}

function planOf(salon: Salon, wish: Wish, tag: string, key: OperationKey): Outcome<Plan> {
	const choice = choose(salon, wish.serviceIds, wish.staffId);
	if (choice.kind !== 'ok') return choice;
	const [member] = choice.value.staff;
	const shape = member === undefined ? null : shapeWith(member, choice.value.services);
	if (member === undefined || shape === null) return refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
	const start = minuteOf(wish.start);
	const visit = { start, end: start + shape.duration };
	const busy = { start: visit.start - shape.before, end: visit.end + shape.after };
	return ok({ wish, choice: choice.value, member, claim: { staffId: member.id, clientId: wish.guestName === '' ? wish.clientId : null, visit, busy }, tag, key });
}

async function book(context: Context, plan: Plan, lease: Lease): Promise<Outcome<Appointment>> {
	const { wish, choice, member, claim, tag, key } = plan;
	const { salon } = choice;
	const [client, found, taken] = await Promise.all([context.client(wish.clientId), findEarlier(context, tag), context.source.taken(windowOf(salon, claim))]);
	if (taken.kind !== 'ok') return taken;
	if (found.kind !== 'ok') return found;
	const earlier = found.value ?? taken.value.visits.find((held) => held.tag === tag) ?? null;
	if (earlier !== null) return resume(context, plan, earlier, client);
	if (client.kind !== 'ok') return client;
	if (client.value.blocked) return refused('client_blocked', 'The client is blocked; a person has to decide.');
	const barred = momentRefusal(salon.company, claim.visit.start, context.clock()) ?? hoursRefusal(salon, member, claim.visit, claim.busy) ?? takenRefusal(salon, claim, taken.value, null);
	if (barred !== null) return barred;
	if (!(await lease.keep())) return LEASE_LOST;
	const draft = draftOf(plan, client.value);
	const written = await context.source.write(draft, key);
	if (written.kind === 'refused' || written.kind === 'unavailable') return written;
	if (written.kind === 'ok') return conclude(context, plan, written.value, draft);
	const effect = await lookAgain(context, plan);
	return effect === null ? unknown(key) : conclude(context, plan, effect.appointment.id, draft);
}

/** A visit of this very operation: as it is when it is old or cancelled, else judged like one just written. */
async function resume(context: Context, plan: Plan, earlier: HeldVisit, client: Outcome<Client>): Promise<Outcome<Appointment>> {
	const { appointment, touchedAt } = earlier;
	const age = touchedAt === null ? 0 : Date.parse(context.clock()) - Date.parse(touchedAt);
	const isMoved = minuteOf(appointment.start) !== plan.claim.visit.start || appointment.staffId !== plan.claim.staffId;
	if (appointment.status === 'cancelled' || isMoved || age > FRESH_MS) return ok(appointment);
	return conclude(context, plan, appointment.id, client.kind === 'ok' ? draftOf(plan, client.value) : null, false);
}

/** Judges a visit that was written; what cannot be made sure of is `unknown`. */
async function conclude(context: Context, plan: Plan, id: string, draft: VisitDraft | null, isFresh = true): Promise<Outcome<Appointment>> {
	const { choice, claim, key } = plan;
	const { source } = context;
	const standing = await settle(context, choice.salon, id, claim);
	if (standing.kind === 'unclear') return unknown(key);
	if (standing.kind === 'stands') {
		if (source.finish === undefined || draft === null) return ok(standing.held.appointment);
		const finished = await source.finish(standing.held, draft, key);
		if (finished.kind === 'ok') return ok(finished.value.appointment);
		if (finished.kind !== 'refused' || !isFresh) return unknown(key);
		// nobody was told of it yet, and it would be refused again: a visit without what belongs to it is none
		return (await isTakenBack(context, id, standing.held, key)) ? finished : unknown(key);
	}
	if (!(await isTakenBack(context, id, standing.held, key))) return unknown(key);
	return standing.twin === null ? standing.reason : conclude(context, plan, standing.twin.appointment.id, draft);
}

function isTakenBack(context: Context, id: string, held: HeldVisit, key: OperationKey): Promise<boolean> {
	return takeBack(context, id, (seen) => context.source.undo(seen ?? held, key), (seen) => seen === null || seen.appointment.status === 'cancelled');
}

/** After an unclear write: by the tag, once more when lists may lag; null proves nothing. */
async function lookAgain(context: Context, { choice, claim, tag }: Plan): Promise<HeldVisit | null> {
	const { source } = context;
	for (let look = 1; look <= 2; look += 1) {
		if (look > 1) await context.sleep(source.lagMs);
		const found = await findEarlier(context, tag);
		if (found.kind === 'ok' && found.value !== null) return found.value;
		if (source.findByTag === undefined) {
			const taken = await source.taken(windowOf(choice.salon, claim));
			const held = taken.kind === 'ok' ? taken.value.visits.find((one) => one.tag === tag) : undefined;
			if (held !== undefined) return held;
		}
		if (source.lagMs === 0) break;
	}
	return null;
}

async function findEarlier({ source }: Context, tag: string): Promise<Outcome<HeldVisit | null>> {
	return source.findByTag === undefined ? ok(null) : source.findByTag(tag);
}

function draftOf({ wish, choice, member, claim, tag }: Plan, client: Client): VisitDraft {
	const clock = zoneClock(choice.salon.company.zone);
	return {
		client,
		services: choice.services,
		staff: member,
		start: clock.format(claim.visit.start),
		end: clock.format(claim.visit.end),
		price: priceWith(member, choice.services),
		comment: wish.comment,
		guestName: wish.guestName,
		tag,
	};
}

/** The visit an operation made, or null. A visit that still has to give way to another is not told as one. */
export async function findByOperation(context: Context, key: OperationKey): Promise<Outcome<Appointment | null>> {
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	if (context.source.findByTag === undefined) return refused('unsupported', `${context.vendor} cannot search visits by an operation; read the client’s visits instead.`);
	const salon = await context.salon();
	if (salon.kind !== 'ok') return salon;
	let found = await context.source.findByTag(tagOf(key));
	if (found.kind === 'ok' && found.value === null && context.source.lagMs > 0) {
		// a search that lags proves nothing of the last moments
		await context.sleep(context.source.lagMs);
		found = await context.source.findByTag(tagOf(key));
	}
	if (found.kind !== 'ok') return found;
	if (found.value === null) return ok(null);
	if (found.value.appointment.status === 'cancelled') return ok(found.value.appointment);
	const contested = await isContested(context, salon.value, found.value);
	if (contested.kind !== 'ok') return contested;
	return contested.value ? CONTESTED : ok(found.value.appointment);
}
