import { PhraseTable } from '../phrase-table';
import type { Phrase } from '../phrase';
import { readNumber } from '../numbers';
import type { WishItem } from '../types';
import { EARLIER, LATER, RECURRING, SOONEST } from '../vocabulary/phrases';
import type { Match, Rule } from './rule';

const wishes = [
	{ wish: 'soonest' as const, table: new PhraseTable(SOONEST) },
	{ wish: 'earlier' as const, table: new PhraseTable(EARLIER) },
	{ wish: 'later' as const, table: new PhraseTable(LATER) },
];
const habits = new PhraseTable(RECURRING);

/** «в ближайшее время», «пораньше», «на 15 минут позже». */
export const wishRule: Rule = (phrase, start) => {
	const shift = shiftBy(phrase, start);
	if (shift !== undefined) return shift;
	let best: WishItem | undefined;
	for (const { wish, table } of wishes) {
		const end = table.match(phrase, start);
		if (end !== undefined && end > (best?.end ?? start)) best = { kind: 'wish', wish, start, end };
	}
	if (best === undefined && start === 0 && phrase.closed(1)) {
		if (phrase.is(0, 'sooner')) best = { kind: 'wish', wish: 'earlier', start, end: 1 };
		if (phrase.is(0, 'later')) best = { kind: 'wish', wish: 'later', start, end: 1 };
	}
	return best && { items: [best], end: best.end };
};

/** «на 15 минут позже»: moves a point this text does not know. */
function shiftBy(phrase: Phrase, start: number): Match | undefined {
	const number = phrase.is(start, 'on') ? readNumber(phrase, start + 1) : undefined;
	if (number === undefined || phrase.word(number.end).unit === undefined) return undefined;
	const direction = number.end + 1;
	if (!phrase.is(direction, 'sooner', 'later')) return undefined;
	const wish = phrase.is(direction, 'sooner') ? 'earlier' : 'later';
	return { items: [{ kind: 'wish', wish, start, end: direction + 1 }], end: direction + 1 };
}

/** «каждый вторник», «по вторникам», «раз в неделю», "every Tuesday", "on Mondays". */
export const habitRule: Rule = (phrase, start) => {
	const end = habits.match(phrase, start) ?? everyEnd(phrase, start) ?? pluralEnd(phrase, start);
	return end === undefined ? undefined : { items: [{ kind: 'wish', wish: 'recurring', start, end }], end };
};

function everyEnd(phrase: Phrase, start: number): number | undefined {
	if (!phrase.is(start, 'every')) return undefined;
	const number = readNumber(phrase, start + 1);
	const index = number?.end ?? start + 1;
	const word = phrase.word(index);
	const named = word.weekday !== undefined || word.unit !== undefined || word.part !== undefined || word.role === 'weekend';
	return named ? index + 1 : undefined;
}

function pluralEnd(phrase: Phrase, start: number): number | undefined {
	const index = phrase.is(start, 'through', 'in') ? start + 1 : start;
	return phrase.word(index).plural ? index + 1 : undefined;
}
