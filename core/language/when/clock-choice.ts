import { DAY_PARTS } from './day-parts';
import type { DayPart, SpokenTime, TimeItem } from './types';

/** A time with both halves of the day decided; minutes of the day. */
export interface ClockReading {
	from: number;
	to?: number;
}

const MINUTES_IN_HOUR = 60;
const HALF_DAY = 12 * MINUTES_IN_HOUR;
/** A bare hour below this one means the afternoon unless told otherwise. */
const FIRST_MORNING_HOUR = 8;

/** Hours of the dial that each part takes as they are; the others are in the second half of the day. */
const FIRST_HALF_HOURS: Record<DayPart | 'am', readonly number[]> = {
	morning: [3, 4, 5, 6, 7, 8, 9, 10, 11],
	before_lunch: [7, 8, 9, 10, 11],
	lunch: [10, 11],
	day: [9, 10, 11],
	after_lunch: [9, 10, 11],
	evening: [],
	night: [1, 2, 3, 4, 5, 6],
	am: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
};
/** Where twelve o'clock is midnight. */
const MIDNIGHT_PARTS: ReadonlySet<string> = new Set(['night', 'am', 'evening']);

/** HH:mm. */
export function wallTime(minutes: number): string {
	const hour = Math.trunc(minutes / MINUTES_IN_HOUR) % 24;
	return `${String(hour).padStart(2, '0')}:${String(minutes % MINUTES_IN_HOUR).padStart(2, '0')}`;
}

/** Minutes of the day of 'HH:mm'. */
export function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * MINUTES_IN_HOUR + Number(time.slice(3, 5));
}

/** All readings of a time, the likely one first; more than one only when the dial leaves a choice. */
export function clockReadings(item: TimeItem, hint: DayPart | undefined): ClockReading[] {
	if (item.finish === undefined) return pointReadings(item.begin, hint).map((from) => ({ from }));
	return rangeReadings(item.begin, item.finish, hint);
}

function pointReadings(time: SpokenTime, hint: DayPart | undefined): number[] {
	const written = time.hour * MINUTES_IN_HOUR + time.minute;
	const part = time.part ?? hint;
	if (!time.dial) return [written];
	if (part !== undefined && !(time.part === undefined && fits(written, part))) return [byPart(time, part)];
	if (part !== undefined) return [written];
	if (time.hour === 12) return [written];
	return time.hour < FIRST_MORNING_HOUR ? [written + HALF_DAY, written] : [written, written + HALF_DAY];
}

function fits(minutes: number, part: DayPart | 'am' | 'pm'): boolean {
	if (part === 'am' || part === 'pm') return false;
	const [from, to] = DAY_PARTS[part];
	return minutes >= minutesOf(from) && minutes < minutesOf(to);
}

function byPart(time: SpokenTime, part: DayPart | 'am' | 'pm'): number {
	const written = time.hour * MINUTES_IN_HOUR + time.minute;
	if (time.hour === 12) return MIDNIGHT_PARTS.has(part) ? written - HALF_DAY : written;
	if (part === 'pm' || !FIRST_HALF_HOURS[part].includes(time.hour)) return written + HALF_DAY;
	return written;
}

/** «с 10 до 2» runs into the afternoon; "from 2 to 4 pm" lends its pm to the first hour. */
function rangeReadings(begin: SpokenTime, finish: SpokenTime, hint: DayPart | undefined): ClockReading[] {
	if (begin.part === undefined && finish.part !== undefined) {
		const to = pointReadings(finish, undefined)[0] ?? 0;
		const written = begin.hour * MINUTES_IN_HOUR + begin.minute;
		const shifted = begin.dial ? (begin.hour === 12 ? written : written + HALF_DAY) : written;
		return [{ from: shifted < to ? shifted : written, to }];
	}
	return pointReadings(begin, hint).map((from) => ({ from, to: finishAfter(from, finish) })).filter(({ from, to }) => to > from);
}

function finishAfter(from: number, finish: SpokenTime): number {
	if (finish.part !== undefined) return pointReadings(finish, undefined)[0] ?? from;
	const written = finish.hour * MINUTES_IN_HOUR + finish.minute;
	return finish.dial && written <= from ? written + HALF_DAY : written;
}

/** The likely reading was moved to the afternoon, so the morning one is as good. */
export function isAfternoonReading(time: SpokenTime): boolean {
	return time.dial && time.hour < FIRST_MORNING_HOUR;
}
