import type { CalendarDate, Instant, IsoWeekday, WallRange, Zone } from '../../booking';
import { dateOf, type DayPlan, formatWall, isZone, minuteOf, type Schedule, weekdayOf, zoneClock } from '../../calendar';
import type { SlotRowWire } from './wire';

/** Rows of a foreign zone are laid out date by date this far ahead: the two clocks may change on different days. */
const DAYS_AHEAD = 370;
const DAY_MINUTES = 1440;
const WEEKDAYS: readonly IsoWeekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * Rows of a resource as hours in the salon's zone. Rows of that zone are a week; a row of another one is told by dates,
 * except on the holidays of the plan, which are the plan's. No rows are no hours.
 */
export function scheduleOf(rows: readonly SlotRowWire[], zone: Zone | null, { now, holidays }: { readonly now: Instant; readonly holidays: readonly CalendarDate[] }): Schedule {
	if (zone === null || !isZone(zone)) return { weekly: {} };
	const readable = rows.filter(({ timezone }) => isZone(timezone));
	const own = readable.filter(({ timezone }) => timezone === zone);
	const weekly = Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, { hours: own.filter((row) => row.weekDays.includes(weekday)).map(hoursOf) }]));
	if (own.length === readable.length) return { weekly };
	return { weekly, exceptions: datesOf(readable, zone, now, new Set(holidays)) };
}

function hoursOf({ from, to }: SlotRowWire): WallRange {
	return { from: formatWall(from), to: formatWall(to) };
}

/** Every date ahead with its hours: the rows' own midnights, seen on the salon's clock. */
function datesOf(rows: readonly SlotRowWire[], zone: Zone, now: Instant, holidays: ReadonlySet<CalendarDate>): Readonly<Record<CalendarDate, DayPlan>> {
	const clock = zoneClock(zone);
	const today = clock.wall(minuteOf(now)).day;
	const plans = new Map<CalendarDate, WallRange[]>();
	for (let day = today - 1; day <= today + DAYS_AHEAD; day += 1) if (!holidays.has(dateOf(day))) plans.set(dateOf(day), []);
	for (const row of rows) {
		const theirs = zoneClock(row.timezone);
		for (let day = today - 2; day <= today + DAYS_AHEAD + 1; day += 1) {
			if (!row.weekDays.includes(weekdayOf(day))) continue;
			const [start, end] = [clock.wall(theirs.boundary(day, row.from)), clock.wall(theirs.boundary(day, row.to))];
			// a shift over the salon's midnight is told as two parts, which meet there
			for (let date = start.day; date <= end.day; date += 1) {
				const from = date === start.day ? start.minute : 0;
				const to = date === end.day ? end.minute : DAY_MINUTES;
				if (from < to) plans.get(dateOf(date))?.push({ from: formatWall(from), to: formatWall(to) });
			}
		}
	}
	return Object.fromEntries([...plans].map(([date, hours]) => [date, { hours }]));
}
