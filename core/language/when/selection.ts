import { plusMonths } from './calendar';
import type { Phrase } from './phrase';
import type { DayItem, Item, MomentItem, PartItem, TimeItem, WishItem } from './types';

/** What the client settled on, after refusals, corrections and talk of the past are put aside. */
export interface Selection {
	days: DayItem[];
	moments: MomentItem[];
	times: TimeItem[];
	parts: PartItem[];
	wishes: WishItem[];
}

/** Words that may stand between a day and «не могу». */
const SUBJECTS = new Set(['я', 'у', 'меня', 'мне', 'мы', 'нам', 'точно', 'уже', 'к', 'сожалению', 'тоже', 'вообще', 'совсем', 'i', 'me', 'we', 'is']);
const MOST_SUBJECTS = 3;
const MEMORY_VERBS = new Set(['была', 'был', 'были', 'ходила', 'ходил', 'приходила', 'приходил', 'стриглась', 'стригся', 'делала', 'visited', 'was', 'came']);
/** Day, hour and part that may be moved together. */
const LONGEST_MOVE = 3;
const FARTHEST_MEMORY = 5;
const ABSENCE = new Set(['буду', 'будет', 'приду', 'будем']);

/** Sorts the items that still stand; `phrase` supplies the words between them. */
export function select(phrase: Phrase, items: readonly Item[]): Selection {
	const placed = items.map((item) => turnedBound(phrase, recalled(phrase, item)));
	return settle(phrase, placed);
}

/** «была у вас 5 ноября»: a day after a verb of memory is the last such day. */
function recalled(phrase: Phrase, item: Item): Item {
	if (item.kind !== 'day' || item.bygone || !isRecalled(phrase, item.start)) return item;
	if (item.basis === 'weekday' && item.to === undefined) return { ...item, from: item.from - 7, bygone: true };
	if (item.basis === 'calendar' && item.to === undefined) return { ...item, from: plusMonths(item.from, -12), bygone: true };
	return item;
}

/** «раньше 12 не могу» asks for twelve or later. */
function turnedBound(phrase: Phrase, item: Item): Item {
	if (item.kind !== 'time' || item.open === undefined || !cannotAfter(phrase, item)) return item;
	return { ...item, open: item.open === 'before' ? 'after' : 'before' };
}

function isRecalled(phrase: Phrase, start: number): boolean {
	for (let index = start - 1; index >= Math.max(0, start - FARTHEST_MEMORY); index -= 1) {
		if (phrase.closed(index)) return false;
		if (MEMORY_VERBS.has(phrase.text(index))) return phrase.text(index + 1) !== 'бы';
	}
	return false;
}

function settle(phrase: Phrase, items: readonly Item[]): Selection {
	const refused = refusedItems(phrase, items);
	const standing = items.filter((item) => !refused.has(item) && item.kind !== 'refused');
	restoreDay(items, refused, standing);
	const latest = afterCorrections(phrase, standing);
	const upcoming = latest.some((item) => (item.kind === 'day' || item.kind === 'moment') && !item.bygone);
	const current = latest.filter((item) => !(upcoming && (item.kind === 'day' || item.kind === 'moment') && item.bygone));
	const moving = phrase.tokens.some((token) => token.word?.role === 'move');
	return {
		days: ofKind(current, 'day').map((item) => withoutMoveBound(phrase, item, moving)),
		moments: ofKind(current, 'moment'),
		times: ofKind(current, 'time'),
		parts: ofKind(current, 'part'),
		wishes: ofKind(current, 'wish').filter(({ wish }) => wish !== 'recurring' || !upcoming),
	};
}

function ofKind<K extends Item['kind']>(items: readonly Item[], kind: K): Extract<Item, { kind: K }>[] {
	return items.filter((item): item is Extract<Item, { kind: K }> => item.kind === kind);
}

/** "move it to Friday": the target of a move is no upper bound. */
function withoutMoveBound(phrase: Phrase, item: DayItem, moving: boolean): DayItem {
	if (!moving || phrase.text(item.start) !== 'to') return item;
	const { open: _bound, ...rest } = item;
	return rest;
}

function refusedItems(phrase: Phrase, items: readonly Item[]): Set<Item> {
	const refused = new Set<Item>();
	items.forEach((item, index) => {
		if (item.kind === 'refused') return;
		if (phrase.is(item.start - 1, 'instead')) refused.add(item);
		else if (refusedBefore(phrase, item)) addGroup(items, index, 1, refused);
		if (refusedAfter(phrase, item, items)) addGroup(items, index, -1, refused);
		for (const left of leftBehind(items, index)) refused.add(left);
	});
	return refused;
}

/** «с четверга 15:00 на пятницу»: what stands before the target of a move. */
function leftBehind(items: readonly Item[], index: number): Item[] {
	const origin = items[index];
	if (origin === undefined || (origin.kind !== 'day' && origin.kind !== 'time') || !origin.origin) return [];
	const left: Item[] = [origin];
	for (let next = index + 1; next < items.length; next += 1) {
		const item = items[next];
		if (item === undefined || item.start !== left.at(-1)?.end) return [];
		if (item.kind === origin.kind && (item.kind === 'day' || item.kind === 'time') && item.target) return left;
		left.push(item);
		if (left.length > LONGEST_MOVE) return [];
	}
	return [];
}

/** Day, part and hour said in one breath are refused together. */
function addGroup(items: readonly Item[], index: number, step: 1 | -1, refused: Set<Item>): void {
	let current = items[index];
	const kinds = new Set<Item['kind']>();
	for (let position = index; current !== undefined; position += step) {
		refused.add(current);
		kinds.add(current.kind);
		const neighbour = items[position + step];
		const touching = neighbour !== undefined && (step === 1 ? current.end === neighbour.start : neighbour.end === current.start);
		const together: boolean = touching || neighbour?.start === current.start;
		current = together && neighbour !== undefined && !kinds.has(neighbour.kind) ? neighbour : undefined;
	}
}

/** «не завтра», «кроме среды», «вместо вторника», «не могу завтра». */
function refusedBefore(phrase: Phrase, item: Item): boolean {
	const before = item.start - 1;
	if (phrase.is(before, 'except')) return true;
	if (phrase.is(before, 'not') || phrase.is(before, 'instead')) return phrase.text(before) !== 'no' || item.kind === 'day';
	if (phrase.is(before, 'of') && phrase.is(before - 1, 'instead')) return true;
	const cannot = isCannot(phrase, before) && phrase.is(before - 1, 'not');
	const busy = phrase.is(before, 'busy') && !phrase.is(before - 1, 'not');
	return (cannot || busy) && !phrase.sign(item.end, '?');
}

/** «завтра не могу», «в среду я занята», "Tuesday doesn't work". */
function refusedAfter(phrase: Phrase, item: Item, items: readonly Item[]): boolean {
	const end = cannotAfter(phrase, item);
	if (end === undefined || (item.kind === 'time' && item.open !== undefined)) return false;
	return !items.some((other) => other.start === end);
}

/** Token index after «я не могу» or «занята» that follows an item; a question refuses nothing. */
function cannotAfter(phrase: Phrase, item: Item): number | undefined {
	let index = item.end;
	while (index - item.end < MOST_SUBJECTS && SUBJECTS.has(phrase.text(index))) index += 1;
	const busy = phrase.is(index, 'busy');
	if (!busy && !(phrase.is(index, 'not') && isCannot(phrase, index + 1))) return undefined;
	const end = busy ? index + 1 : index + 2;
	return phrase.sign(end, '?') || phrase.text(end) === 'ли' ? undefined : end;
}

/** «могу», «получится», «буду»: refusals once «не» stands before them. */
function isCannot(phrase: Phrase, index: number): boolean {
	return phrase.is(index, 'cannot') || ABSENCE.has(phrase.text(index));
}

/** «завтра в 5 не могу, давайте в 6» keeps the day. */
function restoreDay(items: readonly Item[], refused: ReadonlySet<Item>, standing: Item[]): void {
	if (standing.some(({ kind }) => kind === 'day' || kind === 'moment')) return;
	if (!standing.some(({ kind }) => kind === 'time' || kind === 'part')) return;
	const partial = items.some((item) => refused.has(item) && (item.kind === 'time' || item.kind === 'part'));
	const day = items.find((item) => refused.has(item) && item.kind === 'day');
	if (partial && day !== undefined) standing.unshift(day);
}

type Topic = 'day' | 'clock' | 'wish';

const TOPICS: Record<Item['kind'], Topic> = {
	day: 'day', moment: 'day', time: 'clock', part: 'clock', wish: 'wish', refused: 'wish',
};

/** After «нет, лучше ...» only the last word on each topic counts. */
function afterCorrections(phrase: Phrase, items: readonly Item[]): Item[] {
	let stretch = 0;
	const stretches = items.map((item, index) => {
		const previous = items[index - 1];
		if (previous !== undefined && hasCorrection(phrase, previous.end, item.start)) stretch += 1;
		return stretch;
	});
	const last = new Map<Topic, number>();
	items.forEach((item, index) => last.set(TOPICS[item.kind], stretches[index] ?? 0));
	return items.filter((item, index) => {
		const kept = last.get(TOPICS[item.kind]) === stretches[index];
		return kept || item.kind === 'part';
	});
}

function hasCorrection(phrase: Phrase, from: number, to: number): boolean {
	for (let index = from; index < to; index += 1) {
		if (phrase.text(index) === 'no' && phrase.sign(index + 1, ',')) return true;
		if (phrase.text(index) === 'нет') {
			// «мест нет» and «если завтра нет» state a fact; the interjection stands alone.
			const alone = phrase.closed(index - 1) || phrase.is(index - 1, 'but', 'correction');
			if (alone && !phrase.sign(index + 1, '?')) return true;
		} else if (phrase.is(index, 'correction')) return true;
	}
	return false;
}
