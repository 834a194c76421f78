import { readLead } from './lead';
import { readNumber } from './numbers';
import type { Phrase } from './phrase';
import { aheadRule } from './rules/ahead';
import { clockRule } from './rules/clock';
import { dayRule } from './rules/day';
import { partPhraseRule, partRule } from './rules/part';
import { periodRule } from './rules/period';
import type { Match, Rule, RuleContext } from './rules/rule';
import { habitRule, wishRule } from './rules/wish';
import type { Item } from './types';

/** Tried in this order at every token; the first that reads something wins. */
const RULES: readonly Rule[] = [habitRule, aheadRule, dayRule, periodRule, partPhraseRule, wishRule, clockRule, partRule];

const JOINING_SIGNS = new Set([',', '-', '(', ')', ':', '/', '\\']);
const MOST_JOINING = 3;

/** All expressions of time in the order of the text. */
export function findItems(phrase: Phrase, context: Omit<RuleContext, 'neighbour' | 'alternative'>): Item[] {
	const items: Item[] = [];
	let index = 0;
	while (index < phrase.length) {
		const match = readAt(phrase, index, { ...context, ...before(phrase, index, items.at(-1)) });
		if (match === undefined) {
			index += 1;
			continue;
		}
		items.push(...match.items);
		index = match.end;
	}
	return items;
}

function readAt(phrase: Phrase, index: number, context: RuleContext): Match | undefined {
	const afterItem = context.neighbour !== undefined && context.neighbour.end === index - 1;
	if (phrase.masked(index) || (phrase.insideNumber(index) && !afterItem)) return undefined;
	for (const rule of RULES) {
		const match = rule(phrase, index, context);
		if (match !== undefined && match.items.length > 0 && match.end > index) return match;
	}
	return refusedNumber(phrase, index);
}

/** «не 25, а 26 ноября»: the refused number must not count as anything. */
function refusedNumber(phrase: Phrase, start: number): Match | undefined {
	if (!phrase.is(start, 'not')) return undefined;
	const number = readNumber(phrase, readLead(phrase, start + 1).end);
	if (number === undefined) return undefined;
	const comma = phrase.sign(number.end, ',') ? 1 : 0;
	if (!phrase.is(number.end + comma, 'but')) return undefined;
	return { items: [{ kind: 'refused', start, end: number.end }], end: number.end };
}

/** What stands just before a token: the item it touches, and whether «или» or «лучше» links it to a time. */
function before(phrase: Phrase, index: number, last: Item | undefined): Pick<RuleContext, 'neighbour' | 'alternative'> {
	if (last === undefined || index - last.end > MOST_JOINING) return { neighbour: undefined, alternative: false };
	let joined = true;
	let linked = false;
	for (let between = last.end; between < index; between += 1) {
		if (phrase.is(between, 'or', 'correction')) linked = true;
		else if (!JOINING_SIGNS.has(phrase.text(between))) joined = false;
	}
	// «в 11, 12 или 13»: a comma also links when «или» is still to come.
	const listed = linked || (index > last.end && phrase.is(index + 1, 'or'));
	return { neighbour: joined && !linked ? last : undefined, alternative: joined && listed && last.kind === 'time' };
}
