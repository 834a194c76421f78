import { exactMeaningOf, meaningOf } from './lexicon';
import type { Word } from './vocabulary/word';

/** A number, a word or a sign of the normalised text. */
export interface Token {
	text: string;
	/** Half-open range in the normalised text. */
	from: number;
	to: number;
	/** Set for digits, up to four of them. */
	value?: number;
	/** Set for a word of the vocabulary. */
	word?: Word;
	kind: 'digits' | 'word' | 'sign';
	/** Nothing stands between this token and the one before. */
	glued: boolean;
	/** Belongs to a phone, a price, a quantity, a greeting: no rule may read it. */
	masked?: true;
}

const PIECE = /\d+|\p{L}+(?:'\p{L}+)?|[^\s]/gu;
const MOST_DIGITS = 4;
/** Prepositions people type together with the day that follows. */
const GLUED_HEADS = ['послезавтра', 'завтра', 'сегодня', 'после', 'до', 'на', 'во', 'в', 'к', 'с'];
const SHORTEST_GLUED_TAIL = 4;

/** Splits normalised text; digits and letters part company, and so do «впятницу» and «завтравечером». */
export function tokenise(text: string): Token[] {
	const tokens: Token[] = [];
	for (const match of text.matchAll(PIECE)) {
		const piece = match[0];
		const from = match.index;
		const glued = tokens.at(-1)?.to === from;
		if (/^\d/.test(piece)) tokens.push(numberToken(piece, from, glued));
		else if (/^\p{L}/u.test(piece)) tokens.push(...wordTokens(piece, from, glued));
		else tokens.push({ text: piece, from, to: from + piece.length, kind: 'sign', glued, word: exactMeaningOf(piece) });
	}
	return tokens;
}

function numberToken(text: string, from: number, glued: boolean): Token {
	const token: Token = { text, from, to: from + text.length, kind: 'digits', glued };
	if (text.length <= MOST_DIGITS) token.value = Number(text);
	return token;
}

function wordTokens(text: string, from: number, glued: boolean): Token[] {
	const token = wordToken(text, from, glued);
	if (token.word !== undefined || text.length > 24) return [token];
	for (const head of GLUED_HEADS) {
		if (!text.startsWith(head) || text.length < head.length + SHORTEST_GLUED_TAIL) continue;
		const tail = text.slice(head.length);
		const word = exactMeaningOf(tail);
		if (word === undefined || !namesTime(word)) continue;
		return [wordToken(head, from, glued), wordToken(tail, from + head.length, true)];
	}
	return [token];
}

function wordToken(text: string, from: number, glued: boolean): Token {
	return { text, from, to: from + text.length, kind: 'word', glued, word: meaningOf(text) };
}

function namesTime(word: Word): boolean {
	return (
		word.weekday !== undefined ||
		word.relative !== undefined ||
		word.part !== undefined ||
		word.clock !== undefined ||
		word.role === 'weekend'
	);
}
