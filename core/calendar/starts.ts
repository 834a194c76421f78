import type { CalendarDate, Instant } from '../booking';
import { Availability, type CalendarInput, visitShape } from './availability';

/** A start at which all the services asked for fit with one person. */
export interface FreeStart {
	readonly start: Instant;
	readonly end: Instant;
	readonly staffId: string;
}

/**
 * Free starts for all services of the input, done by one person one after another; sorted by instant and then by staff
 * id, without repeats, the same for any order of the input's lists. Rules:
 * - the visit lies inside working time; a start belongs to the date its wall clock shows, also in a night shift;
 * - the visit with its buffers touches no break and no busy time; buffers may stand outside working hours;
 * - `now + notice <= start`, and the start's date is not after `today + horizon` nor outside `from..to`: all inclusive;
 * - a wall time the clock jumps over is not offered; one that comes twice is offered at its first coming;
 * - capacity counts heads of the same service; every resource needs a free place.
 *
 * Throws `RangeError` for a zone, date, instant or step that is not one; no services is an empty list.
 */
export function freeStarts(input: CalendarInput): FreeStart[] {
	if (input.services.length === 0) return [];
	const availability = new Availability(input);
	const staff = [...new Map(input.staff.map((member) => [member.id, member])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
	const durations: number[] = [];
	const keys: number[] = [];
	staff.forEach((member, index) => {
		const shape = visitShape(member, input.services);
		durations.push(shape?.duration ?? 0);
		if (shape === null) return;
		// Instant and person packed into one number sort far faster than objects do.
		for (const start of availability.gridStarts(availability.startRanges(member, shape))) keys.push(start * staff.length + index);
	});
	const { clock } = availability;
	return Array.from(Float64Array.from(keys).sort(), (key) => {
		const start = Math.floor(key / staff.length);
		const index = key - start * staff.length;
		return { start: clock.format(start), end: clock.format(start + (durations[index] ?? 0)), staffId: staff[index]?.id ?? '' };
	});
}

/** Dates that have at least one of these starts, ascending. */
export function datesOf(starts: readonly { readonly start: Instant }[]): CalendarDate[] {
	return [...new Set(starts.map(({ start }) => start.slice(0, 10)))].sort();
}
