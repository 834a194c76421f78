import { dayOf, fieldsOf, mondayOf, nextDate, nextDateOfMonth, weekdayOf } from '../calendar';
import { readNumber } from '../numbers';
import type { Phrase } from '../phrase';
import type { Day, DayBasis } from '../types';

/** One day as it was named, before its preposition is considered. */
export interface DayPoint {
	basis: DayBasis;
	from: Day;
	end: number;
	weekday?: number;
	other?: Day;
	bygone?: true;
	evening?: true;
	/** Day of the month whose month may still follow. */
	withoutMonth?: number;
}

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** «завтра», "today", «послезавтра», «после завтра», "the day after tomorrow". */
export function relativeDay(phrase: Phrase, start: number, today: Day): DayPoint | undefined {
	const index = phrase.is(start, 'the') ? start + 1 : start;
	const afterTomorrow = phrase.word(index + 2).relative === 1 && phrase.text(index) === 'day' && phrase.is(index + 1, 'after');
	if (afterTomorrow) return { basis: 'relative', from: today + 2, end: index + 3 };
	const joined = phrase.sign(start + 1, '-') ? start + 2 : start + 1;
	if (phrase.text(start) === 'после' && phrase.word(joined).relative === 1) {
		return { basis: 'relative', from: today + 2, end: joined + 1 };
	}
	const { relative, part } = phrase.word(start);
	if (relative === undefined) return undefined;
	const point: DayPoint = { basis: 'relative', from: today + relative, end: start + 1 };
	if (relative < 0) point.bygone = true;
	if (part !== undefined) point.evening = true;
	return point;
}

/** «вторник», «следующий вторник», «этот вторник», "next Tuesday". */
export function weekday(phrase: Phrase, start: number, today: Day, introduced: boolean): DayPoint | undefined {
	const modified = phrase.is(start, 'next', 'this', 'nearest', 'last');
	const dot = modified && phrase.sign(start + 1, '.') ? 1 : 0;
	const index = modified ? start + 1 + dot : start;
	const word = phrase.word(index);
	if (word.weekday === undefined || word.plural) return undefined;
	if (word.needsContext && !introduced && !modified && !standsWithTime(phrase, index)) return undefined;
	const end = phrase.sign(index + 1, '.') && phrase.text(index).length <= 3 && !phrase.closed(index + 2) ? index + 2 : index + 1;
	const point = { basis: 'weekday' as const, weekday: word.weekday, end };
	const ahead = (word.weekday - weekdayOf(today) + 7) % 7;
	const monday = mondayOf(today);
	const inThisWeek = monday + word.weekday - 1;
	switch (modified ? phrase.role(start) : undefined) {
		case 'next':
			return { ...point, from: inThisWeek + 7 };
		case 'this':
			return { ...point, from: inThisWeek >= today ? inThisWeek : inThisWeek + 7 };
		case 'nearest':
			return { ...point, from: today + (ahead === 0 ? 7 : ahead) };
		case 'last':
			return { ...point, from: today + (ahead === 0 ? -7 : ahead - 7), bygone: true };
		default:
			return ahead === 0 ? { ...point, from: today + 7, other: today } : { ...point, from: today + ahead };
	}
}

function standsWithTime(phrase: Phrase, index: number): boolean {
	if (index === 0) return true;
	return phrase.digits(index + 1) !== undefined || phrase.is(index + 1, 'at', 'or') || phrase.word(index + 1).part !== undefined || phrase.is(index - 1, 'or');
}

/** 2026-11-28, 28.11.2026, 28.11, 28/11, 28-11-26. */
export function numericDate(phrase: Phrase, start: number, today: Day, introduced: boolean): DayPoint | undefined {
	const first = phrase.digits(start);
	if (first === undefined || !phrase.tightSign(start + 1, './-,')) return undefined;
	const separator = phrase.text(start + 1);
	const second = phrase.digits(start + 2);
	if (second === undefined || second.length > 2) return undefined;
	const third = phrase.text(start + 3) === separator && phrase.tightSign(start + 3, './-') ? phrase.digits(start + 4) : undefined;
	if (first.length === 4) return third && calendarPoint(dayOf(first.value, second.value, third.value), start + 5);
	if (third !== undefined && (third.length === 2 || third.length === 4)) {
		const year = third.length === 2 ? FIRST_YEAR + third.value : third.value;
		return calendarPoint(dayOf(year, second.value, first.value), skipYearWord(phrase, start + 5));
	}
	if (separator === '-' || third !== undefined) return undefined;
	if (separator === ',' && (first.length < 2 || second.length < 2)) return undefined;
	if (second.length === 1 && !introduced && start > 0) return undefined;
	const monthFirst = separator === '/' && second.value > 12;
	const [date, month] = monthFirst ? [second.value, first.value] : [first.value, second.value];
	const year = readYear(phrase, start + 3, today);
	const end = phrase.sign(start + 3, '.') && phrase.closed(start + 4) ? start + 4 : (year?.end ?? start + 3);
	return calendarPoint(year === undefined ? nextDateOfMonth(today, date, month) : dayOf(year.value, month, date), end);
}

function calendarPoint(from: Day | undefined, end: number): DayPoint | undefined {
	return from === undefined ? undefined : { basis: 'calendar', from, end };
}

/** «ноября», «ноября 2026 года», «числа следующего месяца»: what fixes the month of the numbers before it. */
export function monthEnding(phrase: Phrase, start: number, today: Day): { dayFor(date: number): Day | undefined; end: number } | undefined {
	let index = start;
	if (phrase.is(index, 'of')) index += 1;
	const noun = phrase.is(index, 'date-noun');
	if (noun) index += 1;
	const { month } = phrase.word(index);
	if (month !== undefined) {
		const dot = phrase.sign(index + 1, '.') && phrase.word(index).needsNumber ? 1 : 0;
		const year = readYear(phrase, index + 1 + dot, today);
		const dayFor = (date: number) => (year === undefined ? nextDateOfMonth(today, date, month) : dayOf(year.value, month, date));
		return { dayFor, end: year?.end ?? index + 1 };
	}
	if (phrase.is(index, 'next', 'this', 'last') && phrase.word(index + 1).unit === 'month') {
		const shift = phrase.is(index, 'next') ? 1 : phrase.is(index, 'last') ? -1 : 0;
		const { year, month: current } = fieldsOf(today);
		const target = year * 12 + current - 1 + shift;
		return { dayFor: (date) => dayOf(Math.floor(target / 12), (target % 12) + 1, date), end: index + 2 };
	}
	return noun ? { dayFor: (date) => nextDate(today, date), end: index } : undefined;
}

/** «двадцать пятого одиннадцатого»: the month by its number, in words. */
export function monthByNumber(phrase: Phrase, start: number, today: Day): { dayFor(date: number): Day | undefined; end: number } | undefined {
	const month = phrase.word(start).ordinal;
	if (month === undefined || month > 12 || /^[a-z]/.test(phrase.text(start))) return undefined;
	return { dayFor: (date) => nextDateOfMonth(today, date, month), end: start + 1 };
}

/** November 25, Nov 25th 2026. */
export function monthFirst(phrase: Phrase, start: number, today: Day): DayPoint | undefined {
	const { month } = phrase.word(start);
	if (month === undefined) return undefined;
	let index = phrase.sign(start + 1, '.') ? start + 2 : start + 1;
	if (phrase.is(index, 'the')) index += 1;
	const number = readNumber(phrase, index);
	if (number === undefined || number.value > 31 || phrase.sign(number.end, ':')) return undefined;
	const english = /^[a-z]/.test(phrase.text(start));
	if (!english && phrase.word(number.end).unit !== undefined) return undefined;
	if (!english && !number.ordinal) return undefined;
	const comma = phrase.sign(number.end, ',') ? 1 : 0;
	const year = readYear(phrase, number.end + comma, today);
	const from = year === undefined ? nextDateOfMonth(today, number.value, month) : dayOf(year.value, month, number.value);
	return calendarPoint(from, year?.end ?? number.end);
}

/** «2026», «2026 г.», «следующего года». */
function readYear(phrase: Phrase, start: number, today: Day): { value: number; end: number } | undefined {
	if (phrase.is(start, 'next', 'this', 'last') && phrase.word(start + 1).unit === 'year') {
		const shift = phrase.is(start, 'next') ? 1 : phrase.is(start, 'last') ? -1 : 0;
		return { value: fieldsOf(today).year + shift, end: start + 2 };
	}
	const digits = phrase.digits(start);
	if (digits?.length !== 4 || digits.value < FIRST_YEAR || digits.value > LAST_YEAR) return undefined;
	const value = digits.value;
	const end = skipYearWord(phrase, start + 1);
	// 2030 after a date may be half past eight in the evening; a year that far off is not booked.
	const clock = end === start + 1 && value % 100 < 60 && value - fieldsOf(today).year > 2;
	return clock ? undefined : { value, end };
}

function skipYearWord(phrase: Phrase, index: number): number {
	if (phrase.text(index) === 'г') return phrase.sign(index + 1, '.') ? index + 2 : index + 1;
	return phrase.word(index).unit === 'year' ? index + 1 : index;
}
