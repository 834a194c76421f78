import type { CalendarDate, Instant, IsoWeekday } from '../booking';
import { dateOf, dayOf, minuteOf, weekdayOf, zoneClock } from '../calendar';

/** A moment by the branch's clock. */
export interface LocalMoment {
	readonly date: CalendarDate;
	/** Days since 1970-01-01. */
	readonly day: number;
	/** Minutes since midnight. */
	readonly minute: number;
	readonly weekday: IsoWeekday;
}

/** Reads instants by the clock of a zone. Throws `RangeError` for a zone or an instant that is none. */
export function clockOf(zone: string): (instant: Instant) => LocalMoment {
	const clock = zoneClock(zone);
	return (instant) => {
		const { day, minute } = clock.wall(minuteOf(instant));
		return { date: dateOf(day), day, minute, weekday: weekdayOf(day) };
	};
}

/** Days from one date to another. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
	return dayOf(to) - dayOf(from);
}

/** The middle of some numbers; of an even count the mean of the two in the middle, rounded. Null of none. */
export function median(numbers: readonly number[]): number | null {
	const sorted = [...numbers].sort((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.ceil(sorted.length / 2) - 1];
	return upper === undefined || lower === undefined ? null : Math.round((upper + lower) / 2);
}
