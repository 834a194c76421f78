import { fieldsOf, weekdayOf } from './calendar';
import type { Phrase } from './phrase';
import type { Day, DayItem } from './types';

/** The day or days that were meant. */
export interface DayChoice {
	/** In the order they were said; empty when only a time was said. */
	days: Day[];
	/** Inclusive end of a range that starts with the only day. */
	to?: Day;
	open?: 'after' | 'before';
	/** A second reading of the only day, and the question that decides. */
	other?: Day;
	question?: 'which_week' | 'day';
}

const LONGEST_GAP = 2;
/** A period at least this long is a whole month. */
const MONTH_SPAN = 27;

/** Brings day expressions together: «во вторник на следующей неделе», «пятница, 27 ноября», lists, ranges. */
export function chooseDays(phrase: Phrase, items: readonly DayItem[]): DayChoice {
	let left = insideMonth(insideWeek([...items]));
	const conflict = agree(phrase, left);
	left = conflict.items;
	const single = distinct(left);
	const [first, second] = single;
	if (first === undefined) return { days: [] };
	if (conflict.other !== undefined && second === undefined) return { days: [first.from], other: conflict.other, question: 'day' };
	if (second === undefined) return fromOne(first);
	if (first.open === 'after' && second.open === 'before' && second.from > first.from && single.length === 2) {
		return { days: [first.from], to: second.from };
	}
	if (single.some(({ to }) => to !== undefined)) return spanOf(single);
	return { days: single.map(({ from }) => from) };
}

function fromOne(item: DayItem): DayChoice {
	const choice: DayChoice = { days: [item.from] };
	// «с 12 по 12 декабря» is one day
	if (item.to !== undefined && item.to > item.from) choice.to = item.to;
	if (item.open !== undefined) choice.open = item.open;
	if (item.other !== undefined) {
		choice.other = item.other;
		choice.question = 'which_week';
	}
	return choice;
}

function spanOf(items: readonly DayItem[]): DayChoice {
	const from = Math.min(...items.map((item) => item.from));
	const to = Math.max(...items.map((item) => item.to ?? item.from));
	return to > from ? { days: [from], to } : { days: [from] };
}

/** A weekday beside a week belongs to that week; «через неделю в среду» may also count from the nearest one. */
function insideWeek(items: DayItem[]): DayItem[] {
	const named = items.find(({ week, weekday }) => week !== undefined && weekday === undefined);
	if (named?.week === undefined || !items.some(({ weekday }) => weekday !== undefined)) return items;
	const monday = named.week;
	return items
		.filter((item) => item !== named)
		.map((item) => {
			if (item.weekday === undefined) return item;
			const from = monday + item.weekday - 1;
			const { other: _decided, ...rest } = item;
			const moved: DayItem = { ...rest, from };
			if (item.to !== undefined) moved.to = from + (item.basis === 'period' ? 1 : item.to - item.from);
			if (named.basis === 'relative') moved.other = from + 7;
			return moved;
		});
}

/** A date beside a month belongs to it: «в январе, 5 числа». */
function insideMonth(items: DayItem[]): DayItem[] {
	const period = items.find((item) => item.basis === 'period' && item.to !== undefined);
	const to = period?.to;
	if (period === undefined || to === undefined || items.length < 2) return items;
	const others = items.filter((item) => item !== period);
	const moved = others.map((item) => {
		const inside = item.from >= period.from && item.from <= to;
		if (inside || item.to !== undefined || item.basis !== 'calendar' || to - period.from < MONTH_SPAN) return item;
		const day = to - fieldsOf(to).date + fieldsOf(item.from).date;
		return day >= period.from && day <= to ? { ...item, from: day } : item;
	});
	return moved.every((item) => item.from >= period.from && item.from <= to) ? moved : items;
}

/** A weekday and a date side by side name one day; when they differ the client is asked. */
function agree(phrase: Phrase, items: readonly DayItem[]): { items: DayItem[]; other?: Day } {
	const kept: DayItem[] = [];
	let other: Day | undefined;
	for (const item of items) {
		const previous = kept.at(-1);
		const pair = previous && asPair(previous, item);
		if (previous === undefined || pair === undefined || !sideBySide(phrase, previous, item)) {
			kept.push(item);
			continue;
		}
		const { other: _decided, ...date } = pair.date;
		kept[kept.length - 1] = { ...date, start: previous.start, end: item.end };
		if (weekdayOf(pair.date.from) !== pair.weekday.weekday) other = pair.weekday.from;
	}
	return { items: kept, other };
}

function asPair(one: DayItem, two: DayItem): { date: DayItem; weekday: DayItem } | undefined {
	if (one.to !== undefined || two.to !== undefined) return undefined;
	if (one.basis === 'weekday' && (two.basis === 'calendar' || two.basis === 'relative')) return { date: two, weekday: one };
	if (two.basis === 'weekday' && (one.basis === 'calendar' || one.basis === 'relative')) return { date: one, weekday: two };
	return undefined;
}

function sideBySide(phrase: Phrase, one: DayItem, two: DayItem): boolean {
	if (two.start - one.end > LONGEST_GAP) return false;
	for (let index = one.end; index < two.start; index += 1) {
		if (phrase.tokens[index]?.kind !== 'sign' && !phrase.is(index, 'the')) return false;
	}
	return true;
}

function distinct(items: readonly DayItem[]): DayItem[] {
	return items.filter((item, index) => items.findIndex(({ from, to }) => from === item.from && to === item.to) === index);
}
