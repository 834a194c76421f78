import type { CalendarDate, IsoWeekday, WallRange } from '../booking';
import { intersectRanges, mergeRanges, type MinuteRange } from './ranges';
import { DAY_MINUTES, dateOf, wallMinute, weekdayOf, type ZoneClock } from './wall-clock';

/** Working time of one day. No hours is a day off. A break belongs to the shift: for a night shift it may lie after midnight. */
export interface DayPlan {
	readonly hours: readonly WallRange[];
	readonly breaks?: readonly WallRange[];
}

/** A week that repeats, and dates that replace it. */
export interface Schedule {
	readonly weekly: Readonly<Partial<Record<IsoWeekday, DayPlan>>>;
	/** Replaces the whole date: also the part of the night before that would spill into it. */
	readonly exceptions?: Readonly<Record<CalendarDate, DayPlan>>;
}

/** Working time as instants. Breaks lie inside `open`: visits and their buffers keep out of them. */
export interface WorkingTime {
	readonly open: readonly MinuteRange[];
	readonly breaks: readonly MinuteRange[];
}

interface PlanMinutes {
	readonly open: readonly MinuteRange[];
	readonly breaks: readonly MinuteRange[];
}

/** Working time of all shifts that begin from the day before `fromDay` (night shifts) to `toDay`, both inclusive. */
export function workingTime(schedule: Schedule, clock: ZoneClock, fromDay: number, toDay: number): WorkingTime {
	const weekly = new Map<IsoWeekday, PlanMinutes>();
	const open: MinuteRange[] = [];
	const breaks: MinuteRange[] = [];
	for (let day = fromDay - 1; day <= toDay; day += 1) {
		const plan = planOf(schedule, day, weekly);
		if (plan.open.length === 0) continue;
		const nextReplaced = schedule.exceptions?.[dateOf(day + 1)] !== undefined;
		const end = nextReplaced ? DAY_MINUTES : 2 * DAY_MINUTES;
		for (const range of plan.open) addInstants(open, clock, day, range, end);
		for (const range of plan.breaks) addInstants(breaks, clock, day, range, end);
	}
	return { open: mergeRanges(open), breaks: mergeRanges(breaks) };
}

function planOf(schedule: Schedule, day: number, weekly: Map<IsoWeekday, PlanMinutes>): PlanMinutes {
	const exception = schedule.exceptions?.[dateOf(day)];
	if (exception !== undefined) return planMinutes(exception);
	const weekday = weekdayOf(day);
	const known = weekly.get(weekday);
	if (known !== undefined) return known;
	const plan = planMinutes(schedule.weekly[weekday] ?? { hours: [] });
	weekly.set(weekday, plan);
	return plan;
}

/** Minutes since the midnight the shift's day begins with; a night shift runs past 1440. */
function planMinutes(plan: DayPlan): PlanMinutes {
	const open = mergeRanges(plan.hours.map(rangeMinutes));
	const pauses = (plan.breaks ?? []).map(rangeMinutes);
	const nextDay = pauses.map((range) => ({ start: range.start + DAY_MINUTES, end: range.end + DAY_MINUTES }));
	return { open, breaks: intersectRanges(open, [...pauses, ...nextDay]) };
}

function rangeMinutes(range: WallRange): MinuteRange {
	const start = wallMinute(range.from);
	// CRMs that cannot store 24:00 write 23:59 for it; one lost minute would cost the last visit of the day.
	const end = range.to === '23:59' ? DAY_MINUTES : wallMinute(range.to);
	return { start, end: end < start ? end + DAY_MINUTES : end };
}

function addInstants(list: MinuteRange[], clock: ZoneClock, day: number, range: MinuteRange, limit: number): void {
	const end = Math.min(range.end, limit);
	if (range.start >= end) return;
	list.push({ start: clock.boundary(day, range.start), end: clock.boundary(day, end) });
}
