import { readClock, type ClockRead } from '../clock-face';
import { readLead, type Lead, type LeadRole } from '../lead';
import { countsNext } from '../numbers';
import type { Phrase } from '../phrase';
import type { TimeItem } from '../types';
import type { Rule, RuleContext } from './rule';

/** From this hour on «N часов» names a time: no visit lasts that long. */
const LONGEST_VISIT_HOURS = 8;
/** Words before «на 2 часа» that ask for a time rather than a length. */
const BOOKING_STEMS = /^(запи|перен|перез|постав|заброн|внес|давай|можн|лучш|тогда|пусть|подойдет|удобн)/;

/** Leads after which «10 до 12» or 10-12 is a stretch of hours. */
const STRETCH_LEADS: ReadonlySet<LeadRole> = new Set<LeadRole>(['from', 'between', 'in', 'toward', 'on', 'at']);

/** A clock time or a stretch between two, with its preposition. */
export const clockRule: Rule = (phrase, start, context) => {
	const lead = readLead(phrase, start);
	const first = readClock(phrase, lead.end, lead.role);
	if (first === undefined) return undefined;
	const second = rangeEnd(phrase, first, lead, context);
	if (second !== undefined) {
		const item: TimeItem = { kind: 'time', begin: first.time, finish: second.time, start, end: second.end };
		return { items: [item], end: second.end };
	}
	if (!isAccepted(phrase, start, lead, first, context)) return undefined;
	return { items: [withLead({ kind: 'time', begin: first.time, start, end: first.end }, phrase, lead)], end: first.end };
};

/** What a preposition adds to a time. */
function withLead(item: TimeItem, phrase: Phrase, lead: Lead): TimeItem {
	if (lead.role === 'after' || lead.role === 'from') item.open = 'after';
	if (lead.role === 'before' || lead.role === 'through') item.open = 'before';
	if (lead.role === 'until' && phrase.text(lead.end - 1) !== 'to') item.open = 'before';
	if (lead.role === 'from') item.origin = true;
	if (lead.role === 'on' || lead.role === 'until') item.target = true;
	return item;
}

/** The second time after «до», "to", a dash, or «и» of «между ... и». */
function rangeEnd(phrase: Phrase, first: ClockRead, lead: Lead, context: RuleContext): ClockRead | undefined {
	const connector = first.end;
	const dash = phrase.sign(connector, '-');
	const spoken = phrase.is(connector, 'until', 'through') || phrase.text(connector) === 'до';
	const between = lead.role === 'between' && phrase.is(connector, 'and');
	if (!dash && !spoken && !between) return undefined;
	if (lead.role === 'before' || lead.role === 'after') return undefined;
	const moving = phrase.text(connector) === 'to' && phrase.tokens.some((token) => token.word?.role === 'move');
	if (moving) return undefined;
	const inner = readLead(phrase, connector + 1);
	const second = readClock(phrase, inner.role === undefined || inner.role === 'in' ? inner.end : connector + 1, 'until');
	if (second === undefined || countsNext(phrase, second.time.hour, second.end)) return undefined;
	const afterSecond = phrase.word(second.end);
	const counted = afterSecond.unit !== undefined || afterSecond.month !== undefined || afterSecond.role === 'date-noun';
	if (second.shape === 'bare' && counted) return undefined;
	const opened = lead.role !== undefined && STRETCH_LEADS.has(lead.role);
	const bothWritten = first.shape === 'written' && second.shape === 'written';
	const longHours = second.shape === 'hours' && second.time.hour >= LONGEST_VISIT_HOURS;
	const certain = bothWritten || first.shape === 'exact' || second.shape === 'exact' || longHours;
	return opened || certain || followsDay(context) ? second : undefined;
}

function followsDay({ neighbour }: RuleContext): boolean {
	return neighbour !== undefined && neighbour.kind !== 'time' && neighbour.kind !== 'refused' && neighbour.kind !== 'moment';
}

/** Whether this number in this place is a time and not a length, a quantity or a date. */
function isAccepted(phrase: Phrase, start: number, lead: Lead, read: ClockRead, context: RuleContext): boolean {
	const length = phrase.word(start - 1).manyUnits && lead.role === 'on';
	if (length && (read.shape === 'bare' || read.shape === 'hours')) return false;
	const besideDay = followsDay(context) || context.alternative;
	switch (read.shape) {
		case 'exact':
			return !phrase.word(read.end).counted;
		case 'written':
			return isWrittenTime(phrase, lead, read, besideDay);
		case 'hours':
			return isHourNotLength(phrase, start, lead, read, besideDay);
		case 'bare':
			return isHourNotQuantity(phrase, lead, read, besideDay);
	}
}

function isWrittenTime(phrase: Phrase, lead: Lead, read: ClockRead, besideDay: boolean): boolean {
	const next = phrase.word(read.end);
	if (next.counted || next.unit !== undefined) return false;
	const signed = phrase.tightSign(lead.end + 1, '.-,;');
	if (lead.role === 'for') return false;
	if (phrase.digits(lead.end)?.length === 4) return lead.role === 'in' || lead.role === 'at' || lead.role === 'toward' || besideDay;
	return signed || besideDay || (lead.role !== undefined && lead.role !== 'about') || (lead.end === 0 && phrase.closed(read.end) && read.time.minute > 0);
}

function isHourNotLength(phrase: Phrase, start: number, lead: Lead, read: ClockRead, besideDay: boolean): boolean {
	if (phrase.is(read.end, 'ago', 'sooner', 'later')) return false;
	const long = read.time.hour >= LONGEST_VISIT_HOURS;
	switch (lead.role) {
		case 'in':
		case 'at':
		case 'toward':
		case 'before':
		case 'after':
		case 'from':
			return phrase.text(lead.end - 1) !== 'in';
		case 'on':
			if (read.time.part !== undefined || read.time.minute > 0) return long || besideDay;
			return long || besideDay || start === 0 || BOOKING_STEMS.test(phrase.text(start - 1));
		case 'between':
		case 'through':
		case 'until':
		case 'for':
			return false;
		default:
			return besideDay || (long && phrase.word(lead.end).unit === undefined && start === 0);
	}
}

function isHourNotQuantity(phrase: Phrase, lead: Lead, read: ClockRead, besideDay: boolean): boolean {
	const next = phrase.word(read.end);
	if (countsNext(phrase, read.time.hour, read.end) && lead.role !== 'in') return false;
	if (next.counted || next.unit !== undefined || next.month !== undefined || next.role === 'date-noun' || next.role === 'times') return false;
	if (phrase.masked(read.end) && phrase.glued(read.end)) return false;
	if (phrase.sign(read.end, '+') || phrase.sign(read.end, '%')) return false;
	const preposition = phrase.text(lead.end - 1);
	switch (lead.role) {
		case 'in':
			return preposition !== 'in' && preposition !== 'on';
		case 'at':
		case 'toward':
			return true;
		case 'on':
		case 'before':
		case 'after':
			return !phrase.unknown(lead.end);
		case 'from':
			return !phrase.unknown(read.end);
		case 'about':
			return besideDay || (!phrase.unknown(read.end) && phrase.closed(read.end));
		case 'until':
			return preposition !== 'to' || besideDay || phrase.tokens.some((token) => token.word?.role === 'move');
		case undefined:
			return besideDay;
		default:
			return false;
	}
}
