import { dayOf, daysInMonth, fieldsOf, mondayOf, monthRange, nextDateOfMonth, weekdayOf } from '../calendar';
import { readLead, type Lead } from '../lead';
import type { Phrase } from '../phrase';
import type { Day, DayItem } from '../types';
import { applyLead } from './day';
import type { Match, Rule } from './rule';

type Third = 'begin' | 'middle' | 'end';

interface Period {
	from: Day;
	to: Day;
	end: number;
	week?: Day;
	weekend?: true;
	bygone?: true;
	/** «до конца недели» is a range up to it, not a bound before it. */
	closing?: true;
}

/** Days of a month and of a week that are its beginning, middle and end; 0 is the last day. */
const MONTH_THIRDS: Record<Third, readonly [number, number]> = { begin: [1, 10], middle: [11, 20], end: [21, 0] };
const WEEK_THIRDS: Record<Third, readonly [number, number]> = { begin: [1, 2], middle: [3, 4], end: [5, 7] };

/** Weeks, weekends, months and their beginnings and ends; a period under way starts today. */
export const periodRule: Rule = (phrase, start, { today }) => {
	const lead = readLead(phrase, start);
	const index = lead.end;
	const period =
		newYear(phrase, index, today, lead) ??
		third(phrase, index, today) ??
		weekend(phrase, index, today) ??
		workdays(phrase, index, today) ??
		week(phrase, index, today, lead) ??
		month(phrase, index, today, lead);
	if (period === undefined) return undefined;
	const closing = phrase.tokens.slice(lead.end, period.end).some((token) => token.word?.role === 'end');
	return toMatch(closing ? { ...period, closing } : period, start, lead, today);
};

function toMatch(period: Period, start: number, lead: Lead, today: Day): Match {
	const underway = period.from < today && period.to >= today;
	const item: DayItem = {
		kind: 'day',
		basis: period.week === undefined ? 'period' : 'week',
		from: underway ? today : period.from,
		start,
		end: period.end,
	};
	if (period.to > item.from) item.to = period.to;
	if (period.week !== undefined) item.week = period.week;
	if (period.weekend) item.weekday = 6;
	if (period.bygone) item.bygone = true;
	if (period.closing && (lead.role === 'before' || lead.role === 'until')) {
		item.from = today;
		if (period.to > today) item.to = period.to;
	} else if (lead.role === 'before' || lead.role === 'until') {
		item.open = 'before';
		item.from = period.from;
		delete item.to;
	} else if (lead.role === 'after') {
		item.open = 'after';
		item.from = period.to;
		delete item.to;
	} else applyLead(item, { ...lead, role: lead.role === 'from' ? undefined : lead.role });
	return { items: [item], end: period.end };
}

/** -1, 0, 1 for last, this, next; undefined when nothing was said. */
function shiftAt(phrase: Phrase, index: number): number | undefined {
	if (phrase.is(index, 'next')) return 1;
	if (phrase.is(index, 'this', 'nearest')) return 0;
	return phrase.is(index, 'last') ? -1 : undefined;
}

function modifier(phrase: Phrase, start: number): { shift: number | undefined; end: number } {
	const index = phrase.is(start, 'the', 'of') ? (phrase.is(start + 1, 'the') ? start + 2 : start + 1) : start;
	const shift = shiftAt(phrase, index);
	if (shift === undefined) return { shift, end: index };
	return { shift, end: phrase.sign(index + 1, '.') ? index + 2 : index + 1 };
}

function week(phrase: Phrase, start: number, today: Day, lead: Lead): Period | undefined {
	const { shift, end } = modifier(phrase, start);
	if (phrase.word(end).unit !== 'week' || phrase.word(end).halfUnit) return undefined;
	const monday = mondayOf(today) + 7 * (shift ?? 0);
	if (shift !== undefined) {
		const found: Period = { from: monday, to: monday + 6, week: monday, end: end + 1 };
		return shift < 0 ? { ...found, bygone: true } : found;
	}
	// «на неделе» means its working days; «на неделю» and «недели» mean a length.
	if (lead.role !== 'on' || phrase.text(end) !== 'неделе') return undefined;
	return { ...nearestWorkdays(today), end: end + 1 };
}

function weekend(phrase: Phrase, start: number, today: Day): Period | undefined {
	const { shift, end } = modifier(phrase, start);
	if (!phrase.is(end, 'weekend')) return undefined;
	const isSunday = weekdayOf(today) === 7;
	const weeks = shift ?? (isSunday ? 1 : 0);
	const saturday = mondayOf(today) + 5 + 7 * weeks;
	const found: Period = { from: saturday, to: saturday + 1, weekend: true, end: end + 1 };
	return weeks < 0 ? { ...found, bygone: true } : found;
}

function workdays(phrase: Phrase, start: number, today: Day): Period | undefined {
	if (phrase.is(start, 'workdays')) return { ...nearestWorkdays(today), end: start + 1 };
	if (['будний', 'буднего', 'рабочий'].includes(phrase.text(start)) && phrase.text(start + 1) === 'день') {
		return { ...nearestWorkdays(today), end: start + 2 };
	}
	return undefined;
}

function nearestWorkdays(today: Day): { from: Day; to: Day } {
	const monday = mondayOf(today) + (weekdayOf(today) >= 5 ? 7 : 0);
	return { from: Math.max(monday, today), to: monday + 4 };
}

/** «в начале декабря», «в конце следующей недели», "mid-December", "end of the month". */
function third(phrase: Phrase, start: number, today: Day): Period | undefined {
	const at = phrase.is(start, 'the') ? start + 1 : start;
	const role = phrase.role(at);
	if (role !== 'begin' && role !== 'middle' && role !== 'end') return undefined;
	let index = at + 1;
	const plural = ['первых', 'последних'].includes(phrase.text(at));
	const nounFollows = phrase.text(index) === 'числах' || phrase.text(index) === 'днях';
	if (plural && !nounFollows) return undefined;
	if (nounFollows) index += 1;
	if (phrase.sign(index, '-')) index += 1;
	const { shift, end } = modifier(phrase, index);
	const { unit, month: named } = phrase.word(end);
	if (named !== undefined) return monthThird(namedMonth(today, named), role, end + 1);
	if (unit === 'month') return monthThird(monthRange(today, shift ?? 0), role, end + 1, shift === undefined ? today : undefined);
	if (unit !== 'week') return undefined;
	const [first, last] = WEEK_THIRDS[role];
	const weeks = shift ?? 0;
	let monday = mondayOf(today) + 7 * weeks;
	if (monday + last - 1 < today && weeks === 0) monday += 7;
	return { from: monday + first - 1, to: monday + last - 1, end: end + 1 };
}

function monthThird(range: { first: Day; last: Day }, third: Third, end: number, today?: Day): Period {
	const [from, to] = MONTH_THIRDS[third];
	const { year, month: number } = fieldsOf(range.first);
	const found: Period = {
		from: range.first + from - 1,
		to: range.first + (to === 0 ? daysInMonth(year, number) : to) - 1,
		end,
	};
	// «в начале месяца» said after its beginning means the coming one.
	return today !== undefined && found.to < today ? monthThird(monthRange(range.first, 1), third, end) : found;
}

function namedMonth(today: Day, month: number): { first: Day; last: Day } {
	const current = fieldsOf(today);
	const first = current.month === month ? today - current.date + 1 : (nextDateOfMonth(today, 1, month) ?? today);
	return monthRange(first, 0);
}

function month(phrase: Phrase, start: number, today: Day, lead: Lead): Period | undefined {
	const { shift, end } = modifier(phrase, start);
	const word = phrase.word(end);
	if (word.unit === 'month' && !word.halfUnit) {
		if (shift === undefined) return undefined;
		const { first, last } = monthRange(today, shift);
		const found: Period = { from: first, to: last, end: end + 1 };
		return shift < 0 ? { ...found, bygone: true } : found;
	}
	const spelledOut = !word.needsNumber || phrase.text(end).length > 3 || phrase.text(end) === 'may';
	if (word.month === undefined || !spelledOut) return undefined;
	// «к Марте» is a name: a month alone needs a preposition of time.
	if (lead.role === undefined ? shift === undefined : !['in', 'on', 'before', 'after', 'from', 'until'].includes(lead.role)) return undefined;
	const { first, last } = namedMonth(today, word.month);
	return { from: first, to: last, end: end + 1 };
}

/** «после нового года», «под новый год». */
function newYear(phrase: Phrase, start: number, today: Day, lead: Lead): Period | undefined {
	const russian = /^нов(ый|ого|ым|ому)$/.test(phrase.text(start)) && /^год/.test(phrase.text(start + 1));
	const english = phrase.text(start) === 'new' && /^year/.test(phrase.text(start + 1));
	if (lead.role === undefined || (!russian && !english)) return undefined;
	const day = dayOf(fieldsOf(today).year + 1, 1, 1) ?? today;
	return { from: day, to: day, end: start + 2 };
}
