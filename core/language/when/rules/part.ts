import { readLead } from '../lead';
import { PhraseTable } from '../phrase-table';
import type { DayItem, DayPart, Item, PartItem } from '../types';
import { PART_PHRASES } from '../vocabulary/phrases';
import type { Rule } from './rule';

const phrases = Object.entries(PART_PHRASES).map(([part, lines]) => ({ part: part as DayPart, table: new PhraseTable(lines) }));

/** Part of the day said with several words: «после обеда», «во второй половине дня». */
export const partPhraseRule: Rule = (phrase, start) => {
	let best: PartItem | undefined;
	for (const { part, table } of phrases) {
		const end = table.match(phrase, start);
		if (end !== undefined && end > (best?.end ?? start)) best = { kind: 'part', part, start, end };
	}
	return best && { items: [best], end: best.end };
};

/** Part of the day said with one word: «утром», «на вечер», "this evening". */
export const partRule: Rule = (phrase, start, { today, neighbour }) => {
	const ofToday = phrase.is(start, 'this') && phrase.word(start + 1).part !== undefined;
	const lead = ofToday ? { role: undefined, end: start + 1 } : readLead(phrase, start);
	const { part, ofPart } = phrase.word(lead.end);
	if (part === undefined) return undefined;
	const genitive = ofPart !== undefined && !/^[a-z]/.test(phrase.text(lead.end));
	if (genitive && lead.role === undefined && neighbour === undefined) return undefined;
	const end = lead.end + 1;
	const item: PartItem = { kind: 'part', part, start, end };
	if (lead.role === 'before' || lead.role === 'after') item.open = lead.role;
	const items: Item[] = [item];
	if (ofToday) {
		const day: DayItem = { kind: 'day', basis: 'relative', from: today, start, end };
		items.unshift(day);
	}
	return { items, end };
};
