import type { Day } from './types';

const MILLISECONDS_IN_DAY = 86_400_000;

/** The civil day, or undefined when the calendar has no such day (30 February). */
export function dayOf(year: number, month: number, date: number): Day | undefined {
	if (year < 1970 || year > 9999 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
	return Date.UTC(year, month - 1, date) / MILLISECONDS_IN_DAY;
}

export function fieldsOf(day: Day): { year: number; month: number; date: number } {
	const instant = new Date(day * MILLISECONDS_IN_DAY);
	return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1, date: instant.getUTCDate() };
}

/** YYYY-MM-DD. */
export function isoDay(day: Day): string {
	return new Date(day * MILLISECONDS_IN_DAY).toISOString().slice(0, 10);
}

/** 1 is Monday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
	return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function mondayOf(day: Day): Day {
	return day - weekdayOf(day) + 1;
}

export function daysInMonth(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Same date some months later, clipped to the last day of a shorter month. */
export function plusMonths(day: Day, months: number): Day {
	const { year, month, date } = fieldsOf(day);
	const index = year * 12 + (month - 1) + months;
	const targetYear = Math.floor(index / 12);
	const targetMonth = (index % 12) + 1;
	return dayOf(targetYear, targetMonth, Math.min(date, daysInMonth(targetYear, targetMonth))) ?? day;
}

/** Next occurrence of a date of the month, today included. A month too short for it is passed over. */
export function nextDate(today: Day, date: number): Day | undefined {
	const { year, month } = fieldsOf(today);
	for (let ahead = 0; ahead < 3; ahead += 1) {
		const index = month - 1 + ahead;
		const day = dayOf(year + Math.floor(index / 12), (index % 12) + 1, date);
		if (day !== undefined && day >= today) return day;
	}
	return undefined;
}

/** Next occurrence of a date and month, today included; 29 February waits for its leap year. */
export function nextDateOfMonth(today: Day, date: number, month: number): Day | undefined {
	const { year } = fieldsOf(today);
	for (let ahead = 0; ahead <= 8; ahead += 1) {
		const day = dayOf(year + ahead, month, date);
		if (day !== undefined && day >= today) return day;
	}
	return undefined;
}

/** First and last day of a month counted from the month of `today`. */
export function monthRange(today: Day, monthsAhead: number): { first: Day; last: Day } {
	const { date } = fieldsOf(today);
	const first = plusMonths(today - date + 1, monthsAhead);
	return { first, last: plusMonths(first, 1) - 1 };
}
