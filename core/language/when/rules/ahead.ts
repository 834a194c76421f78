import { mondayOf, plusMonths, weekdayOf } from '../calendar';
import { readLead } from '../lead';
import { readAmount } from '../numbers';
import type { Phrase } from '../phrase';
import type { Day, DayItem, MomentItem } from '../types';
import type { Unit } from '../vocabulary/word';
import type { Match, Rule, RuleContext } from './rule';

const MINUTES_IN_HOUR = 60;
/** Further ahead nothing is booked, and the calendar stays inside four-digit years. */
const MOST_UNITS = 400;

interface Span {
	unit: Unit;
	least: number;
	most: number;
	end: number;
	extraMinutes: number;
	/** No number was said before the unit. */
	bare: boolean;
	/** «через день» skips a day. */
	skipsDay?: boolean;
}

/** A point counted from now: «через полтора часа», «недели через две», "in three days", «2 дня назад». */
export const aheadRule: Rule = (phrase, start, context) => {
	const within = withinSpan(phrase, start, context);
	if (within !== undefined) return within;
	const past = agoSpan(phrase, start);
	if (past !== undefined) return toMatch(past, start, { direction: -1 }, context);
	const lead = readLead(phrase, start);
	const softEnd = phrase.text(lead.end - 1) === 'in' ? lead.end - 1 : lead.end;
	for (const index of new Set([start, softEnd])) {
		const open = index !== start && (lead.role === 'after' || lead.role === 'before') ? lead.role : undefined;
		const found = aheadSpan(phrase, index) ?? invertedSpan(phrase, index) ?? fromNowSpan(phrase, index);
		if (found !== undefined) return toMatch(found, start, { direction: 1, open }, context);
		const weekday = weekdayAfterNext(phrase, index, start, context.today);
		if (weekday !== undefined) return weekday;
	}
	return undefined;
};

function aheadSpan(phrase: Phrase, start: number): Span | undefined {
	if (!phrase.is(start, 'ahead')) return undefined;
	const soft = phrase.is(start + 1, 'about') ? start + 2 : start + 1;
	const direct = spanAt(phrase, soft);
	if (direct === undefined) return undefined;
	// «через недели две»: the number follows its unit.
	const following = direct.bare ? readAmount(phrase, direct.end) : undefined;
	const adjustable = following !== undefined && phrase.word(direct.end - 1).manyUnits;
	return adjustable ? { ...direct, least: following.least, most: following.most, end: following.end, bare: false, skipsDay: false } : direct;
}

/** «недели через две», «часа через полтора», «минут через сорок». */
function invertedSpan(phrase: Phrase, start: number): Span | undefined {
	const unit = phrase.word(start).unit;
	if (unit === undefined || !phrase.is(start + 1, 'ahead')) return undefined;
	const amount = readAmount(phrase, start + 2);
	if (amount === undefined || phrase.word(amount.end).unit !== undefined) return undefined;
	return { unit, least: amount.least, most: amount.most, end: amount.end, extraMinutes: 0, bare: false };
}

/** "two days from now", "a week from today". */
function fromNowSpan(phrase: Phrase, start: number): Span | undefined {
	const span = spanAt(phrase, start);
	if (span === undefined || !phrase.is(span.end, 'from')) return undefined;
	const anchored = phrase.text(span.end + 1) === 'now' || phrase.word(span.end + 1).relative === 0;
	return anchored ? { ...span, end: span.end + 2 } : undefined;
}

/** «в течение недели», "within two hours": from now until then. */
function withinSpan(phrase: Phrase, start: number, context: RuleContext): Match | undefined {
	const russian = phrase.text(start) === 'в' && /^течени[еи]$/.test(phrase.text(start + 1));
	if (!russian && phrase.text(start) !== 'within') return undefined;
	const span = spanAt(phrase, russian ? start + 2 : start + 1);
	const last = span && toMatch(span, start, { direction: 1 }, context);
	const [item] = last?.items ?? [];
	if (last === undefined || item === undefined) return undefined;
	if (item.kind === 'day') {
		const week: DayItem = { kind: 'day', basis: 'period', from: context.today, to: item.to ?? item.from, start, end: last.end };
		return { items: [week], end: last.end };
	}
	if (item.kind !== 'moment' || item.day !== context.today) return undefined;
	const now = context.momentAfter(0);
	return { items: [{ ...item, minutes: now.minutes, until: item.minutes }], end: last.end };
}

function agoSpan(phrase: Phrase, start: number): Span | undefined {
	const span = spanAt(phrase, start);
	if (span === undefined || !phrase.is(span.end, 'ago')) return undefined;
	return { ...span, end: span.end + 1 };
}

/** An amount with its unit: «2 часа», «полчаса», «неделю», «день-два», «2 с половиной часа», "half an hour". */
function spanAt(phrase: Phrase, start: number): Span | undefined {
	let index = phrase.is(start, 'the') ? start + 1 : start;
	if (phrase.is(index, 'quarter') && phrase.word(index + 1).unit === 'hour') {
		return { unit: 'minute', least: 15, most: 15, end: index + 2, extraMinutes: 0, bare: false };
	}
	if (phrase.text(index) === 'half' && phrase.is(index + 1, 'the')) {
		if (phrase.word(index + 2).unit !== 'hour') return undefined;
		return { unit: 'minute', least: 30, most: 30, end: index + 3, extraMinutes: 0, bare: false };
	}
	const amount = readAmount(phrase, index);
	let { least, most } = amount ?? { least: 1, most: 1 };
	index = amount?.end ?? index;
	if (amount !== undefined && phrase.text(index) === 'с' && phrase.text(index + 1) === 'половиной') {
		least += 0.5;
		most += 0.5;
		index += 2;
	}
	if (amount !== undefined && phrase.tightSign(index, '-')) index += 1;
	const word = phrase.word(index);
	const unit = word.unit;
	if (unit === undefined || least > MOST_UNITS || most > MOST_UNITS) return undefined;
	if (word.halfUnit) return halfUnitSpan(unit, index + 1);
	index += 1;
	if (amount === undefined && phrase.sign(index, '-')) {
		const second = readAmount(phrase, index + 1);
		if (second !== undefined) return { unit, least, most: second.most, end: second.end, extraMinutes: 0, bare: false };
	}
	const minutes = unit === 'hour' ? minutesAfterHours(phrase, index) : undefined;
	return {
		unit,
		least,
		most,
		end: minutes?.end ?? index,
		extraMinutes: minutes?.value ?? 0,
		bare: amount === undefined,
		skipsDay: amount === undefined && phrase.text(index - 1).startsWith('ден'),
	};
}

function halfUnitSpan(unit: Unit, end: number): Span {
	const [whole, count]: [Unit, number] = unit === 'hour' ? ['minute', 30] : unit === 'week' ? ['week', 2] : ['month', 6];
	return { unit: whole, least: count, most: count, end, extraMinutes: 0, bare: false };
}

/** «через час с половиной», «через 1 час 20 минут». */
function minutesAfterHours(phrase: Phrase, index: number): { value: number; end: number } | undefined {
	if (phrase.text(index) === 'с' && phrase.text(index + 1) === 'половиной') return { value: 30, end: index + 2 };
	if (phrase.is(index, 'and') && phrase.is(index + 1, 'the') && phrase.text(index + 2) === 'half') return { value: 30, end: index + 3 };
	const amount = readAmount(phrase, index);
	if (amount === undefined || phrase.word(amount.end).unit !== 'minute' || amount.least >= MINUTES_IN_HOUR) return undefined;
	return { value: amount.least, end: amount.end + 1 };
}

function toMatch(span: Span, start: number, how: { direction: 1 | -1; open?: 'after' | 'before' }, context: RuleContext): Match {
	const located = { start, end: span.end };
	if (span.unit === 'hour' || span.unit === 'minute') {
		const factor = (span.unit === 'hour' ? MINUTES_IN_HOUR : 1) * how.direction;
		const moment = context.momentAfter(span.least * factor + span.extraMinutes * how.direction);
		const item: MomentItem = { kind: 'moment', day: moment.day, minutes: moment.minutes, ...located };
		if (how.direction < 0) item.bygone = true;
		const last = context.momentAfter(span.most * factor + span.extraMinutes * how.direction);
		if (span.most > span.least && last.day === moment.day) item.until = last.minutes;
		return { items: [item], end: span.end };
	}
	const count = (amount: number) => (span.skipsDay && how.direction > 0 ? 2 : amount) * how.direction;
	const from = later(context.today, span.unit, count(span.least));
	const item: DayItem = { kind: 'day', basis: 'relative', from, ...located };
	if (span.most > span.least) item.to = later(context.today, span.unit, count(span.most));
	if (how.direction < 0) item.bygone = true;
	if (how.open !== undefined) item.open = how.open;
	if (span.unit === 'week' && how.direction > 0) item.week = mondayOf(from);
	return { items: [item], end: span.end };
}

function later(day: Day, unit: Unit, amount: number): Day {
	if (unit === 'month') return plusMonths(day, Math.trunc(amount)) + Math.trunc((amount % 1) * 30);
	if (unit === 'year') return plusMonths(day, Math.trunc(amount * 12));
	return day + Math.trunc(amount * (unit === 'week' ? 7 : 1));
}

/** «через пятницу» skips one; the nearest is the other reading. */
function weekdayAfterNext(phrase: Phrase, index: number, start: number, today: Day): Match | undefined {
	if (!phrase.is(index, 'ahead') || phrase.text(index) === 'in') return undefined;
	const { weekday } = phrase.word(index + 1);
	if (weekday === undefined) return undefined;
	const nearest = today + ((weekday - weekdayOf(today) + 7) % 7 || 7);
	const item: DayItem = { kind: 'day', basis: 'weekday', weekday, from: nearest + 7, other: nearest, start, end: index + 2 };
	return { items: [item], end: index + 2 };
}
