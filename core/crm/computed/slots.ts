import { type CalendarDate, mapOutcome, ok, type Outcome, type PriceRange, type Slot, type SlotQuery, sumOf } from '../../booking';
import { datesOf, dayOf, freeStarts, minuteOf, zoneClock } from '../../calendar';
import { inputs } from '../http';
import { calendarOf, choose } from './choice';
import { busyIntervals, instantOf } from './claim';
import type { Context } from './context';
import type { SalonService, SalonStaff } from './salon';

/** Visits that begin around the question's days and can still reach into it. */
const MARGIN_MINUTES = 2 * 1440;

/** Free starts, computed from the plan and the visits the CRM holds now. */
export async function slots(context: Context, query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { serviceIds, staffId, from, to, excludeAppointmentId } = parsed.value;
	const salon = await context.salon();
	if (salon.kind !== 'ok') return salon;
	const choice = choose(salon.value, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const { services, staff } = choice.value;
	const { company, stepMinutes } = salon.value;
	const clock = zoneClock(company.zone);
	const now = context.clock();
	const today = clock.wall(minuteOf(now)).day;
	const [first, last] = [Math.max(dayOf(from), today), Math.min(dayOf(to), today + company.bookingHorizonDays)];
	if (first > last || staff.length === 0) return ok([]);
	const taken = await context.source.taken({ from: instantOf(clock.boundary(first, 0) - MARGIN_MINUTES), to: instantOf(clock.boundary(last + 1, 0) + MARGIN_MINUTES) });
	if (taken.kind !== 'ok') return taken;
	const starts = freeStarts({
		zone: company.zone,
		now,
		from,
		to,
		noticeMinutes: company.bookingNoticeMinutes,
		horizonDays: company.bookingHorizonDays,
		stepMinutes,
		services,
		staff: staff.map(calendarOf),
		busy: busyIntervals(salon.value, taken.value),
		excludeVisitId: excludeAppointmentId,
	});
	const prices = new Map(staff.map((member) => [member.id, priceWith(member, services)]));
	return ok(starts.map((start) => ({ ...start, serviceIds, price: prices.get(start.staffId) ?? null })));
}

/** Days of the query that have a free start. */
export async function availableDates(context: Context, query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>> {
	return mapOutcome(await slots(context, query), datesOf);
}

/** Price of services with a person, the person's own first; null when one of them has none. */
export function priceWith(member: SalonStaff, services: readonly SalonService[]): PriceRange | null {
	return sumOf(services.map((service) => member.services.find(({ serviceId }) => serviceId === service.id)?.price ?? service.price));
}
