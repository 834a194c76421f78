import { fieldsOf, nextDate, plusMonths, weekdayOf } from '../calendar';
import { readLead, type Lead, type LeadRole } from '../lead';
import { readNumber, type NumberRead } from '../numbers';
import type { Phrase } from '../phrase';
import type { Day, DayItem, Item } from '../types';
import { monthByNumber, monthEnding, monthFirst, numericDate, relativeDay, weekday, type DayPoint } from './day-point';
import type { Match, Rule, RuleContext } from './rule';

const MOST_LISTED = 7;
/** A number above the hours of a day can only be a date. */
const FIRST_DATE_ONLY = 25;
const LAST_DATE = 31;
/** Leads after which a list of numbers reads as dates; after «в» or «к» the first is an hour. */
const LIST_LEADS: ReadonlySet<LeadRole | undefined> = new Set<LeadRole | undefined>([undefined, 'on', 'from', 'between', 'for']);

/** Leads that fit the hour of a day already named. */
const HOUR_LEADS: ReadonlySet<LeadRole> = new Set<LeadRole>(['in', 'toward', 'on', 'about']);

/** A day, a list of days of one month, or a range of days, with its preposition. */
export const dayRule: Rule = (phrase, start, context) => {
	const point = relativeDay(phrase, start, context.today);
	if (point !== undefined) return rangeOrPoint(phrase, start, { role: undefined, end: start }, point, context);
	const lead = readLead(phrase, start);
	const numbers = numberedDays(phrase, start, lead, context);
	if (numbers !== undefined) return numbers;
	const led = readPoint(phrase, lead.end, context, lead.role, start);
	return led && rangeOrPoint(phrase, start, lead, led, context);
};

/** Any single named day. */
function readPoint(phrase: Phrase, index: number, context: RuleContext, role: LeadRole | undefined, start: number): DayPoint | undefined {
	const introduced = role !== undefined || context.neighbour !== undefined;
	return (
		relativeDay(phrase, index, context.today) ??
		weekday(phrase, index, context.today, introduced) ??
		dottedDate(phrase, index, context, role) ??
		monthFirst(phrase, index, context.today) ??
		ordinalDay(phrase, index, context, role, start)
	);
}

/** dd.mm, unless a day was already named and this is its hour («25.11 в 18.05»). */
function dottedDate(phrase: Phrase, index: number, context: RuleContext, role: LeadRole | undefined): DayPoint | undefined {
	if (role === 'at') return undefined;
	const { neighbour } = context;
	const point = numericDate(phrase, index, context.today, role !== undefined || neighbour !== undefined);
	const short = phrase.text(index + 1) === '.' && !phrase.tightSign(index + 3, '.');
	if (point === undefined || neighbour?.kind !== 'day' || !short || phrase.sign(index - 1, '/') || (role !== undefined && !HOUR_LEADS.has(role))) return point;
	const ofWeekday = neighbour.weekday === weekdayOf(point.from) || (phrase.digits(index)?.value ?? 0) >= FIRST_DATE_ONLY - 1;
	return neighbour.basis === 'weekday' && role !== 'in' && ofWeekday ? point : undefined;
}

/** «25-го», «двадцать пятого», "the 25th" without a month. */
function ordinalDay(phrase: Phrase, index: number, context: RuleContext, role: LeadRole | undefined, start: number): DayPoint | undefined {
	const number = readNumber(phrase, index);
	if (number === undefined || number.value < 1 || number.value > LAST_DATE) return undefined;
	if (!number.ordinal ? !isBareDate(phrase, number, context, role, start) : !isLoneOrdinal(phrase, index, number, role)) return undefined;
	const from = nextDate(context.today, number.value);
	return from === undefined ? undefined : { basis: 'calendar', from, end: number.end };
}

function isLoneOrdinal(phrase: Phrase, index: number, number: NumberRead, role: LeadRole | undefined): boolean {
	if (number.digits > 0) return !['й', 'я'].includes(phrase.text(number.end - 1));
	if (/^[a-z]/.test(phrase.text(index))) return role !== undefined && phrase.is(index - 1, 'the') && !phrase.unknown(number.end);
	// «первое» alone is the first offer.
	if (role === undefined && number.end === index + 1 && /(ое|ье)$/.test(phrase.text(index))) return false;
	const opened = role !== undefined || phrase.closed(index - 1) || phrase.is(index - 1, 'filler', 'correction', 'or', 'and', 'but', 'not');
	const next = phrase.word(number.end);
	const plainEnd = phrase.closed(number.end) || next.role !== undefined || next.part !== undefined || phrase.digits(number.end) !== undefined;
	return opened && plainEnd;
}

/** «на 25», «пятница 27», «12 в 15:00»: a bare number that can be no hour, or has its hour beside it. */
function isBareDate(phrase: Phrase, number: NumberRead, context: RuleContext, role: LeadRole | undefined, start: number): boolean {
	const { neighbour } = context;
	const next = phrase.word(number.end);
	if (phrase.unknown(number.end) || next.unit !== undefined || next.counted || next.ofPart !== undefined) return false;
	if (phrase.tightSign(number.end, ':.-/') || (number.digits === 0 && number.value < FIRST_DATE_ONLY)) return false;
	if (neighbour?.kind === 'day' && neighbour.basis === 'weekday') {
		const sameNumber = [neighbour.from, neighbour.other].some((day) => day !== undefined && fieldsOf(day).date === number.value);
		return number.value >= FIRST_DATE_ONLY || (sameNumber && role === undefined);
	}
	if (neighbour?.kind === 'day') return false;
	if (number.value >= FIRST_DATE_ONLY && role !== undefined && role !== 'in' && role !== 'about') return true;
	const hourBeside = phrase.is(number.end, 'in', 'at') && clockLike(phrase, number.end + 1);
	const bare = (role === undefined || role === 'on') && phrase.digits(start - 1) === undefined;
	return bare && hourBeside && !phrase.is(start - 1, 'without') && (!phrase.unknown(start - 1) || number.value > 7);
}

function clockLike(phrase: Phrase, index: number): boolean {
	const number = readNumber(phrase, index);
	if (number === undefined) return false;
	return number.value <= 23 && phrase.word(number.end).month === undefined;
}

/** «25, 26 и 27 ноября», «с 25 по 27», «12-14 декабря», «5 числа». */
function numberedDays(phrase: Phrase, start: number, lead: Lead, context: RuleContext): Match | undefined {
	const nounFirst = phrase.is(lead.end, 'date-noun') ? 1 : 0;
	const listed = LIST_LEADS.has(lead.role) || phrase.text(lead.end - 1) === 'on' || phrase.is(lead.end - 1, 'the');
	const numbers: { value: number; range: boolean }[] = [];
	let index = lead.end + nounFirst;
	let bareEnd: number | undefined;
	let range = false;
	while (numbers.length < MOST_LISTED) {
		const number = readNumber(phrase, index);
		if (number === undefined || number.value < 1 || number.value > LAST_DATE || number.digits > 2) break;
		numbers.push({ value: number.value, range });
		const ending = monthEnding(phrase, number.end, context.today) ?? (number.ordinal && number.digits === 0 ? monthByNumber(phrase, number.end, context.today) : undefined);
		if (ending !== undefined) return daysOf(numbers, ending.dayFor, start, ending.end, lead);
		if (nounFirst === 1) return daysOf(numbers, (date) => nextDate(context.today, date), start, number.end, lead);
		bareEnd = number.end;
		if (!listed) return undefined;
		const separator = readSeparator(phrase, number.end);
		if (separator === undefined) break;
		range = separator.range;
		index = separator.end;
	}
	if (bareEnd === undefined || numbers.length < 2 || context.neighbour?.kind === 'day') return undefined;
	return bareDates(phrase, numbers, start, bareEnd, lead, context);
}

/** A list without a month counts as dates only when an hour is impossible or «с ... по» was said. */
function bareDates(phrase: Phrase, numbers: { value: number; range: boolean }[], start: number, end: number, lead: Lead, context: RuleContext): Match | undefined {
	const next = phrase.word(end);
	if (next.unit !== undefined || next.counted || phrase.unknown(end) || next.ofPart !== undefined) return undefined;
	if (phrase.tightSign(end, ':.-/') || phrase.is(end, 'meridiem-pm', 'meridiem-am')) return undefined;
	const [first] = numbers;
	// 15-30 is a time; 28-29 cannot be one.
	const clock = numbers[1]?.range && first !== undefined && first.value < FIRST_DATE_ONLY - 1;
	const beyondHours = !clock && numbers.some(({ value }) => value >= FIRST_DATE_ONLY) && numbers.every(({ value }) => value > 12);
	const through = lead.role === 'from' && numbers.length === 2 && phrase.tokens.slice(lead.end, end).some((token) => token.word?.role === 'through');
	const introduced = lead.role !== undefined && lead.role !== 'about';
	if (!through && !(beyondHours && introduced)) return undefined;
	return daysOf(numbers, (date) => nextDate(context.today, date), start, end, lead);
}

function readSeparator(phrase: Phrase, index: number): { range: boolean; end: number } | undefined {
	if (phrase.sign(index, '-') || phrase.is(index, 'through', 'until') || phrase.text(index) === 'до') {
		return { range: true, end: phrase.is(index + 1, 'the') ? index + 2 : index + 1 };
	}
	const comma = phrase.sign(index, ',') || phrase.sign(index, '/') ? 1 : 0;
	const word = phrase.is(index + comma, 'or', 'and') ? 1 : 0;
	if (comma + word === 0) return undefined;
	const after = index + comma + word;
	return { range: false, end: phrase.is(after, 'on', 'the') ? after + 1 : after };
}

function daysOf(
	numbers: readonly { value: number; range: boolean }[],
	dayFor: (date: number) => Day | undefined,
	start: number,
	end: number,
	lead: Lead,
): Match | undefined {
	const items: DayItem[] = [];
	for (const { value, range } of numbers) {
		const from = dayFor(value);
		if (from === undefined) return undefined;
		const last = items.at(-1);
		if (range && last !== undefined && last.to === undefined) last.to = from;
		else items.push({ kind: 'day', basis: 'calendar', from, start, end });
	}
	items.forEach((item, index) => moveBefore(item, items[index + 1]?.from ?? item.to));
	const [only] = items;
	if (items.length === 1 && only !== undefined && only.to === undefined) applyLead(only, lead);
	return { items, end };
}

/** «30 или 1 декабря», «с 28 по 2 декабря»: a larger number before a smaller one is of the month before. */
function moveBefore(item: DayItem, next: Day | undefined): void {
	if (next === undefined || item.from <= next) return;
	const monthBefore = plusMonths(item.from, -1);
	const yearBefore = plusMonths(item.from, -12);
	item.from = monthBefore < next ? monthBefore : Math.min(yearBefore, next);
}

function rangeOrPoint(phrase: Phrase, start: number, lead: Lead, point: DayPoint, context: RuleContext): Match {
	const item = toItem(point, start);
	const last = rangeEnd(phrase, point, lead, context);
	if (last !== undefined) {
		let to = last.from;
		if (point.basis === 'weekday' && last.weekday !== undefined) to = item.from + ((last.weekday - weekdayOf(item.from) + 7) % 7);
		if (to > item.from) {
			const { other: _unasked, ...rest } = item;
			return { items: [{ ...rest, to, end: last.end }], end: last.end };
		}
	}
	applyLead(item, lead);
	const items: Item[] = [item];
	if (point.evening) items.push({ kind: 'part', part: 'evening', start, end: point.end });
	return { items, end: point.end };
}

function rangeEnd(phrase: Phrase, point: DayPoint, lead: Lead, context: RuleContext): DayPoint | undefined {
	const connector = point.end;
	const dash = phrase.sign(connector, '-') && (phrase.glued(connector) || lead.role === 'from');
	const spoken = phrase.is(connector, 'through', 'until') || phrase.text(connector) === 'through' || (phrase.text(connector) === 'до' && lead.role === 'from');
	const between = lead.role === 'between' && phrase.is(connector, 'and');
	if (!dash && !spoken && !between) return undefined;
	const index = connector + 1;
	const moving = phrase.tokens.some((token) => token.word?.role === 'move');
	if (moving && phrase.text(connector) === 'to') return undefined;
	const inner: RuleContext = { ...context, neighbour: undefined };
	const numbered = numberedDays(phrase, index, { role: undefined, end: index }, inner);
	const [first] = numbered?.items ?? [];
	if (numbered !== undefined && first?.kind === 'day') return { basis: 'calendar', from: first.from, end: numbered.end };
	return readPoint(phrase, index, inner, 'until', index);
}

function toItem(point: DayPoint, start: number): DayItem {
	const item: DayItem = { kind: 'day', basis: point.basis, from: point.from, start, end: point.end };
	if (point.weekday !== undefined) item.weekday = point.weekday;
	if (point.other !== undefined) item.other = point.other;
	if (point.bygone) item.bygone = true;
	return item;
}

/** What a preposition adds to a day. */
export function applyLead(item: DayItem, lead: Lead): void {
	if (lead.role === 'after' || lead.role === 'from') item.open = 'after';
	if (lead.role === 'before' || lead.role === 'until' || lead.role === 'through') item.open = 'before';
	if (lead.role === 'from') item.origin = true;
	if (lead.role === 'on' || lead.role === 'until') item.target = true;
}
