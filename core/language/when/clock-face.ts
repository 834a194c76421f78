import type { LeadRole } from './lead';
import { readNumber } from './numbers';
import type { Phrase } from './phrase';
import type { SpokenTime } from './types';

/**
 * How sure the words are to be a clock time: `exact` always is; `written` (15-30, 1530, «6 30») is where a time is
 * expected; `hours` («3 часа») may be a length; `bare` is a number alone.
 */
export type ClockShape = 'exact' | 'written' | 'hours' | 'bare';

export interface ClockRead {
	time: SpokenTime;
	end: number;
	shape: ClockShape;
}

const LAST_HOUR = 23;
const HALF_DIAL = 12;
/** Minutes before or after the hour that English names ("ten to three"). */
const ENGLISH_STEPS: ReadonlySet<number> = new Set([5, 10, 20, 25]);

/** Reads one clock time that starts exactly here, with the part of the day or am/pm that follows it. */
export function readClock(phrase: Phrase, start: number, role: LeadRole | undefined): ClockRead | undefined {
	const named = phrase.word(start).clock;
	if (named !== undefined) return { time: { hour: named, minute: 0, dial: false }, end: start + 1, shape: 'exact' };
	const read =
		colloquial(phrase, start) ?? english(phrase, start, role) ?? written(phrase, start, role) ?? hours(phrase, start, role) ?? spaced(phrase, start) ?? bare(phrase, start);
	return read && withSuffix(phrase, read);
}

function clock(hour: number, minute: number, end: number, shape: ClockShape, dial = hour >= 1 && hour <= HALF_DIAL): ClockRead | undefined {
	if (hour > LAST_HOUR || minute > 59) return undefined;
	return { time: { hour, minute, dial }, end, shape };
}

function hourBefore(hour: number): number {
	return hour === 1 ? HALF_DIAL : hour - 1;
}

/** «полтретьего», «половина шестого», «без пятнадцати пять», «четверть седьмого», «десять минут третьего». */
function colloquial(phrase: Phrase, start: number): ClockRead | undefined {
	const { halfTo } = phrase.word(start);
	if (halfTo !== undefined) return clock(hourBefore(halfTo), 30, start + 1, 'exact');
	if (phrase.is(start, 'half') && phrase.text(start) !== 'half') {
		const index = phrase.sign(start + 1, '-') ? start + 2 : start + 1;
		const hour = dialNumber(phrase, index);
		if (hour !== undefined && (hour.ordinal || phrase.text(start) === 'пол')) return clock(hourBefore(hour.value), 30, hour.end, 'exact');
	}
	if (phrase.is(start, 'without')) return withoutMinutes(phrase, start + 1);
	const quarters = phrase.word(start).cardinal === 3 && phrase.text(start + 1) === 'четверти' ? 3 : 1;
	const quarter = quarters === 3 ? start + 1 : start;
	if (phrase.is(quarter, 'quarter')) {
		const hour = dialNumber(phrase, quarter + 1);
		if (hour?.ordinal) return clock(hourBefore(hour.value), 15 * quarters, hour.end, 'exact');
	}
	const minutes = readNumber(phrase, start);
	if (minutes !== undefined && phrase.word(minutes.end).unit === 'minute') {
		const hour = dialNumber(phrase, minutes.end + 1);
		if (hour?.ordinal && hour.end - minutes.end === 2) return clock(hourBefore(hour.value), minutes.value, hour.end, 'exact');
	}
	return undefined;
}

/** An hour of the dial, 1 to 12. */
function dialNumber(phrase: Phrase, index: number): { value: number; end: number; ordinal: boolean } | undefined {
	if (phrase.word(index).unit === 'hour' && !phrase.word(index).manyUnits) return { value: 1, end: index + 1, ordinal: false };
	const number = readNumber(phrase, index);
	if (number === undefined || number.value < 1 || number.value > HALF_DIAL) return undefined;
	return number;
}

function withoutMinutes(phrase: Phrase, start: number): ClockRead | undefined {
	const quarter = phrase.is(start, 'quarter');
	const minutes = quarter ? { value: 15, end: start + 1 } : readNumber(phrase, start);
	if (minutes === undefined || minutes.value < 1 || minutes.value > 59) return undefined;
	const index = phrase.word(minutes.end).unit === 'minute' ? minutes.end + 1 : minutes.end;
	const hour = dialNumber(phrase, index);
	if (hour === undefined || hour.ordinal) return undefined;
	const end = phrase.word(hour.end).unit === 'hour' ? hour.end + 1 : hour.end;
	return clock(hourBefore(hour.value), 60 - minutes.value, end, 'exact');
}

/** "half past four", "quarter to five", "ten to three", "five o'clock". */
function english(phrase: Phrase, start: number, role: LeadRole | undefined): ClockRead | undefined {
	const half = phrase.text(start) === 'half';
	const quarter = phrase.is(start, 'quarter') && phrase.text(start) === 'quarter';
	const number = half || quarter ? undefined : readNumber(phrase, start);
	const minutes = half ? 30 : quarter ? 15 : number?.value;
	if (minutes === undefined) return undefined;
	const afterMinutes = number?.end ?? start + 1;
	const connector = phrase.word(afterMinutes).unit === 'minute' ? afterMinutes + 1 : afterMinutes;
	const hour = dialNumber(phrase, connector + 1);
	const to = phrase.text(connector) === 'to';
	const past = phrase.text(connector) === 'past' || (phrase.text(connector) === 'after' && quarter);
	const stepped = half || quarter || (ENGLISH_STEPS.has(minutes) && role !== 'from' && role !== 'between' && (number?.digits === 0 || past || role === 'at'));
	if (hour !== undefined && stepped && (past || (to && !half))) {
		return past ? clock(hour.value, minutes, hour.end, 'exact') : clock(hourBefore(hour.value), 60 - minutes, hour.end, 'exact');
	}
	if (number !== undefined && phrase.is(number.end, 'oclock')) return clock(number.value, 0, number.end + 1, 'exact');
	return undefined;
}

/** 15:30, 15.30, 15-30, 1530. */
function written(phrase: Phrase, start: number, role: LeadRole | undefined): ClockRead | undefined {
	const hour = phrase.digits(start);
	if (hour === undefined) return undefined;
	if (hour.length === 4 && hour.value % 5 === 0) return clock(Math.trunc(hour.value / 100), hour.value % 100, start + 1, 'written', false);
	const minute = phrase.digits(start + 2);
	if (hour.length > 2 || minute?.length !== 2) return undefined;
	const dial = hour.value >= 1 && hour.value <= HALF_DIAL && !phrase.text(start).startsWith('0');
	const sign = phrase.text(start + 1);
	if (sign === ':') return clock(hour.value, minute.value, start + 3, 'exact', dial);
	if (!phrase.tightSign(start + 1, '.-,;') || (phrase.text(start + 3) === sign && phrase.tightSign(start + 3, '.-'))) return undefined;
	if (minute.value % 5 !== 0 || (sign === '-' && isHourRange(phrase, start, hour.value, minute.value, role))) return undefined;
	return clock(hour.value, minute.value, start + 3, 'written', dial);
}

/** 10-12 and 18-20 are stretches of hours; 15-30 and «в 17-20» are times. */
function isHourRange(phrase: Phrase, start: number, first: number, second: number, role: LeadRole | undefined): boolean {
	if (second <= first || second > LAST_HOUR) return false;
	if (role === 'from' && phrase.is(start + 3, 'before', 'through', 'until')) return false;
	return second - first <= 2 || (role !== 'in' && role !== 'toward' && role !== 'at');
}

/** «15 часов 30 минут», «3 часа», «час», «в 5ч». */
function hours(phrase: Phrase, start: number, role: LeadRole | undefined): ClockRead | undefined {
	const one = phrase.word(start);
	const possessive = role === 'before' || role === 'after' || role === 'from' || role === 'toward';
	if (one.unit === 'hour' && !one.halfUnit && (!one.manyUnits || (possessive && phrase.text(start) === 'часа'))) {
		return /^[a-z]/.test(phrase.text(start)) ? undefined : hoursAndMinutes(phrase, 1, start + 1);
	}
	const number = readNumber(phrase, start);
	if (number === undefined || number.ordinal) return undefined;
	const unit = phrase.word(number.end);
	if (unit.unit !== 'hour' || unit.halfUnit || /^[a-z]/.test(phrase.text(number.end))) return undefined;
	return hoursAndMinutes(phrase, number.value, number.end + 1);
}

function hoursAndMinutes(phrase: Phrase, hour: number, end: number): ClockRead | undefined {
	const stop = phrase.sign(end, '.') && phrase.digits(end + 1) !== undefined ? end + 1 : end;
	const index = phrase.is(stop, 'and') ? stop + 1 : stop;
	const minutes = readNumber(phrase, index);
	if (minutes !== undefined && !minutes.ordinal && minutes.value < 60) {
		if (phrase.word(minutes.end).unit === 'minute') return clock(hour, minutes.value, minutes.end + 1, 'hours');
		const joined = (minutes.digits === 2 || (minutes.digits === 0 && minutes.value >= 10)) && minutes.value % 5 === 0 && !datesNext(phrase, minutes.end);
		if (joined && index === stop) return clock(hour, minutes.value, minutes.end, 'hours');
	}
	return clock(hour, 0, end, 'hours');
}

/** «6 30», «шесть тридцать», «15 00», «десять ноль ноль». */
function spaced(phrase: Phrase, start: number): ClockRead | undefined {
	const hour = readNumber(phrase, start);
	if (hour === undefined || hour.ordinal || hour.value > LAST_HOUR || hour.digits > 2) return undefined;
	if (phrase.word(hour.end).cardinal === 0) {
		const second = phrase.sign(hour.end + 1, '-') ? hour.end + 2 : hour.end + 1;
		const minute = readNumber(phrase, second);
		if (minute !== undefined && minute.value < 10 && !minute.ordinal) return clock(hour.value, minute.value, minute.end, 'written');
	}
	const minute = readNumber(phrase, hour.end);
	if (minute === undefined || minute.ordinal || minute.value > 59 || datesNext(phrase, minute.end)) return undefined;
	const sameWriting = hour.digits > 0 ? minute.digits === 2 : minute.digits === 0 && minute.value >= 10;
	if (!sameWriting || minute.value % 5 !== 0 || phrase.word(minute.end).counted || phrase.word(minute.end).unit !== undefined) return undefined;
	return clock(hour.value, minute.value, minute.end, 'written', hour.value >= 1 && hour.value <= HALF_DIAL && !phrase.text(start).startsWith('0'));
}

function datesNext(phrase: Phrase, index: number): boolean {
	const next = phrase.word(index);
	return next.month !== undefined || next.role === 'date-noun' || phrase.tightSign(index, '.:-/');
}

function bare(phrase: Phrase, start: number): ClockRead | undefined {
	const number = readNumber(phrase, start);
	if (number === undefined || number.ordinal || number.digits > 2) return undefined;
	if (phrase.tightSign(number.end, '.:/') && phrase.digits(number.end + 1) !== undefined) return undefined;
	return clock(number.value, 0, number.end, 'bare');
}

/** «вечера», "pm", "p.m.", "in the morning", "at night". */
function withSuffix(phrase: Phrase, read: ClockRead): ClockRead {
	const { end } = read;
	const letter = phrase.text(end);
	if (phrase.is(end, 'meridiem-am', 'meridiem-pm')) return suffixed(read, phrase.is(end, 'meridiem-am') ? 'am' : 'pm', end + 1);
	if ((letter === 'a' || letter === 'p') && phrase.sign(end + 1, '.') && phrase.text(end + 2) === 'm') {
		return suffixed(read, letter === 'a' ? 'am' : 'pm', phrase.sign(end + 3, '.') ? end + 4 : end + 3);
	}
	const { ofPart, unit } = phrase.word(end);
	if (ofPart !== undefined) {
		// «3 дня» is also three days; only a preposition before it makes it an hour.
		const days = unit === 'day' && read.shape === 'bare' && read.time.hour >= 2 && read.time.hour <= 4;
		const stop = phrase.text(end) === 'веч' && phrase.sign(end + 1, '.') ? end + 2 : end + 1;
		return { ...suffixed(read, ofPart, stop), shape: days ? 'hours' : 'exact' };
	}
	const inPart = phrase.text(end) === 'in' && phrase.is(end + 1, 'the') ? phrase.word(end + 2).ofPart : undefined;
	if (inPart !== undefined) return suffixed(read, inPart, end + 3);
	if (phrase.is(end, 'at') && phrase.word(end + 1).part === 'night') return suffixed(read, 'night', end + 2);
	return read;
}

function suffixed(read: ClockRead, part: NonNullable<SpokenTime['part']>, end: number): ClockRead {
	return { time: { ...read.time, part }, end, shape: 'exact' };
}
