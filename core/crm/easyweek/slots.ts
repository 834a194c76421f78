import { type CalendarDate, mapOutcome, ok, type Outcome, type PriceRange, type Slot, type SlotQuery, sumOf } from '../../booking';
import { dateOf, datesOf, dayOf, minuteOf, momentRefusal, wallMinute, zoneClock } from '../../calendar';
import { covers, mergeRanges, type MinuteRange } from '../../calendar/ranges';
import { inputs } from '../http';
import { sortedSlots } from '../reading';
import * as calls from './calls';
import { type Choice, choose } from './choice';
import type { Context } from './context';
import { formatted, minuteAt, priceOf } from './mapping';
import { mapAll } from './pages';
import type { FreeStart } from './wire';

interface Days {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/** A start that is free now, minutes since the epoch. */
export interface Offer extends MinuteRange {
	readonly price: PriceRange | null;
}

/**
 * Free starts, asked of the vendor now, person by person: its answer names nobody. A visit that is to be replaced still
 * takes its time, for the vendor cannot be asked about a calendar without it.
 */
export async function slots(context: Context, query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { serviceIds, staffId } = parsed.value;
	const choice = await choose(context, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const days = bookableDays(context, choice.value, parsed.value);
	if (days === null) return ok([]);
	const { zone } = choice.value.branch;
	const found = await mapAll(choice.value.staff, async ({ id }) => {
		const offers = await offersOf(context, choice.value, id, days);
		return mapOutcome(offers, (list) => list.map(({ start, end, price }): Slot => ({ start: formatted(start, zone), end: formatted(end, zone), staffId: id, serviceIds, price })));
	});
	return mapOutcome(found, (lists) => sortedSlots(lists.flat().filter((slot) => momentRefusal({ ...context.settings, zone: choice.value.branch.zone }, minuteOf(slot.start), context.clock()) === null)));
}

/** Days with a free start. Of one service and anybody a single question tells them. */
export async function availableDates(context: Context, query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { serviceIds, staffId } = parsed.value;
	if (staffId !== undefined || serviceIds.length > 1 || context.settings.excludedStaffIds.length > 0) return mapOutcome(await slots(context, parsed.value), datesOf);
	const choice = await choose(context, serviceIds);
	if (choice.kind !== 'ok') return choice;
	const days = bookableDays(context, choice.value, parsed.value);
	if (days === null) return ok([]);
	const { branch } = choice.value;
	const starts = await readStarts(context, choice.value, undefined, days);
	return mapOutcome(starts, ([only]) => {
		const timely = (only ?? []).filter(({ start }) => momentRefusal({ ...context.settings, zone: branch.zone }, start, context.clock()) === null);
		return [...new Set(timely.map(({ start }) => dateOf(zoneClock(branch.zone).wall(start).day)))].sort();
	});
}

/** The days of a question on which anything may be booked at all. */
function bookableDays({ clock, settings }: Context, { branch }: Choice, { from, to }: Days): Days | null {
	const today = zoneClock(branch.zone).wall(minuteOf(clock())).day;
	const first = Math.max(dayOf(from), today);
	const last = Math.min(dayOf(to), today + settings.bookingHorizonDays);
	return first <= last ? { from: dateOf(first), to: dateOf(last) } : null;
}

/**
 * Free starts of one person for all services one after another. The vendor answers about one service at a time: a visit
 * of several fits where its first service may start and every minute lies in a time free for one of them.
 */
export async function offersOf(context: Context, choice: Choice, staffId: string, days: Days): Promise<Outcome<readonly Offer[]>> {
	const starts = await readStarts(context, choice, staffId, days);
	if (starts.kind !== 'ok') return starts;
	for (const [index, found] of starts.value.entries()) {
		const serviceId = choice.services[index]?.id;
		if (serviceId !== undefined && found.length > 0) context.facts.skills.learn(context, serviceId, staffId, true);
	}
	const [first = []] = starts.value;
	if (choice.services.length === 1) return ok(first);
	if (starts.value.some((found) => found.length === 0)) return ok([]);
	const free = mergeRanges(starts.value.flat());
	const price = sumOf(choice.services.map((service) => service.price));
	const total = choice.services.reduce((sum, { durationMinutes }) => sum + durationMinutes, 0);
	return ok(first.map(({ start }): Offer => ({ start, end: start + total, price })).filter((visit) => covers(free, visit)));
}

/** Free starts of each service, in the order of the choice; days outside the question are left out whatever was answered. */
async function readStarts(context: Context, { branch, services }: Choice, staffId: string | undefined, { from, to }: Days): Promise<Outcome<readonly (readonly Offer[])[]>> {
	const clock = zoneClock(branch.zone);
	return mapAll(services, async ({ id, durationMinutes, price }) => {
		// whether the last day of the range is in it is not told: one more is asked for
		const range = { range_start: from, range_end: dateOf(dayOf(to) + 1), timezone: branch.zone };
		const answer = await context.transport.read(calls.timeSlots(context.locationId, { service_uuid: id, ...(staffId === undefined ? {} : { staffer_uuid: staffId }), ...range }));
		return mapOutcome(answer, ({ dates }) => {
			const offers = dates.flatMap(({ date, free }) => free.map((one): Offer | null => {
				const start = startOf(one, date, branch.zone);
				const day = start === null ? null : dateOf(clock.wall(start).day);
				if (start === null || day === null || day < from || day > to) return null;
				const told = one.end === null ? 0 : minuteAt(one.end, 'up') - start;
				return { start, end: start + (told > 0 && told <= 1440 ? told : durationMinutes), price: price === null || one.price === null ? price : priceOf(one.price, price.currency) };
			}));
			return offers.filter((offer) => offer !== null).sort((a, b) => a.start - b.start);
		});
	});
}

/** Minute of a free start; null for a wall time the clock jumps over and for a part of a minute, which cannot be booked. */
function startOf({ start, wall }: FreeStart, date: CalendarDate, zone: string): number | null {
	if (start !== null) return start % 60_000 === 0 ? minuteAt(start) : null;
	return wall === null ? null : zoneClock(zone).at(dayOf(date), wallMinute(wall));
}
