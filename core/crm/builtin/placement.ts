import { type Outcome, ok, refused, type StaffMember } from '../../booking';
import { dateOf, minuteOf, momentRefusal, workingTime, zoneClock } from '../../calendar';
import { visitShape } from '../../calendar/availability';
import { covers, overlaps } from '../../calendar/ranges';
import { readCalendars, readResources, type ServiceCard, type Settings } from './catalogue';
import type { Db } from './context';
import { durationWith, priceWith, select } from './selection';
import type { Claim } from './taken-time';

/** Where a visit would stand, checked against everything but other visits. */
export interface Placement {
	readonly settings: Settings;
	readonly services: readonly ServiceCard[];
	readonly member: StaffMember;
	/** Minutes since the epoch. */
	readonly start: number;
	readonly end: number;
	readonly claim: Omit<Claim, 'client'>;
	readonly lines: readonly { readonly service_id: string; readonly duration_minutes: number; readonly price_min: number | null; readonly price_max: number | null }[];
}

/**
 * Checks a wished visit by the rules that also make the slots: services and person, past, notice, horizon (the three
 * inclusive), working hours and breaks, resources in use. Times taken by other visits are checked when rows are planned.
 */
export async function place(db: Db, tenant: string, wish: { serviceIds: readonly string[]; staffId: string; start: string }, now: string): Promise<Outcome<Placement>> {
	const selection = await select(db, tenant, wish.serviceIds, wish.staffId);
	if (selection.kind !== 'ok') return selection;
	const { settings, services } = selection.value;
	const [member] = selection.value.staff;
	const start = minuteOf(wish.start);
	const tooEarlyOrLate = momentRefusal(settings, start, now);
	if (tooEarlyOrLate !== null) return tooEarlyOrLate;
	const clock = zoneClock(settings.zone);
	const { day } = clock.wall(start);
	const [calendar] = member === undefined ? [] : await readCalendars(db, tenant, [member], dateOf(day - 1), dateOf(day + 3));
	const shape = calendar === undefined ? null : visitShape(calendar, services);
	if (member === undefined || calendar === undefined || shape === null) return refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
	const visit = { start, end: start + shape.duration };
	const busy = { start: start - shape.before, end: visit.end + shape.after };
	const working = workingTime(calendar.schedule, clock, day, day + 2);
	if (!covers(working.open, visit) || working.breaks.some((pause) => overlaps(pause, busy))) {
		return refused('outside_hours', 'The visit does not fit into the working hours of the staff member; ask for free slots.');
	}
	const resources = await readResources(db, tenant, shape.resourceIds);
	if (resources.length < shape.resourceIds.length) return refused('resource_busy', 'A room or device the service needs is out of use; book another service.');
	const lines = services.map((service) => {
		const price = priceWith(member, service);
		return { service_id: service.id, duration_minutes: durationWith(member, service), price_min: price?.min ?? null, price_max: price?.max ?? null };
	});
	return ok({ settings, services, member, ...visit, claim: { staffId: member.id, busy, capacity: shape.capacity, sharedBy: shape.sharedBy, resources }, lines });
}

