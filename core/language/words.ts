/** A word of a text: folded, with its place in the original. */
export interface Word {
	readonly text: string;
	readonly from: number;
	readonly to: number;
}

/** Half-open range of positions in the original text. */
export type Span = readonly [from: number, to: number];

/** A text cut into words, ready for lexicons. */
export interface Words {
	readonly source: string;
	readonly list: readonly Word[];
	/** Folded words with one space around each: patterns of a lexicon run over it. */
	readonly line: string;
}

/** A compiled list of phrases. */
export interface Lexicon {
	readonly pattern: RegExp;
}

const WORD = /\p{L}[\p{L}\p{M}'’]*|\p{N}+/gu;

/** Lower case, ё as е, one apostrophe, plain digits. The length never changes, so positions stay valid. */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	const base = lower.length === text.length ? lower : text.replace(/\p{Lu}/gu, (letter) => sameLengthLower(letter));
	return base
		.replace(/ё/g, 'е')
		.replace(/[’ʼ`]/g, "'")
		.replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

function sameLengthLower(letter: string): string {
	const lower = letter.toLowerCase();
	return lower.length === letter.length ? lower : letter;
}

/** Cuts a text into folded words; digits and letters are separate words («3часа» is two). */
export function toWords(source: string): Words {
	const folded = fold(source);
	const list: Word[] = [];
	for (const match of folded.matchAll(WORD)) {
		list.push({ text: match[0], from: match.index, to: match.index + match[0].length });
	}
	return { source, list, line: ` ${list.map((word) => word.text).join(' ')} ` };
}

/**
 * Compiles phrases. A phrase is words separated by spaces; `стриж*` is any ending, `a|b` is a choice, `мою?` may be
 * absent, `..` is a gap of at most three words, `^` and `$` are the ends of the text.
 */
export function lexicon(phrases: readonly string[]): Lexicon {
	const parts = phrases.map((phrase) => phrase.split(' ').map(compileToken).join(''));
	return { pattern: new RegExp(`(?<= )(?:${parts.join('|')})`, 'g') };
}

function compileToken(token: string): string {
	if (token === '..') return '(?:[^ ]+ ){0,3}?';
	if (token === '^') return '(?<=^ )';
	if (token === '$') return '$';
	const optional = token.endsWith('?');
	const body = optional ? token.slice(0, -1) : token;
	const choices = body.split('|').map((choice) => choice.replace(/\*$/, '[^ ]*'));
	return `(?:(?:${choices.join('|')}) )${optional ? '?' : ''}`;
}

/** Whether any phrase of the lexicon occurs. */
export function hasAny(words: Words, list: Lexicon): boolean {
	return words.line.search(list.pattern) >= 0;
}

/** Every place where a phrase occurs, as ranges of the original text. */
export function findAll(words: Words, list: Lexicon): Span[] {
	const spans: Span[] = [];
	let position = 1;
	let index = 0;
	for (const match of words.line.matchAll(list.pattern)) {
		while (position < match.index) position += (words.list[index++]?.text.length ?? 0) + 1;
		const first = words.list[index];
		let last = index - 1;
		for (let length = match[0].length; length > 0; ) length -= (words.list[++last]?.text.length ?? length) + 1;
		const end = words.list[last];
		if (first !== undefined && end !== undefined) spans.push([first.from, end.to]);
	}
	return spans;
}

/** The words of a text that no phrase of the lexicon covers. */
export function wordsOutside(words: Words, list: Lexicon): Word[] {
	const spans = findAll(words, list);
	let next = 0;
	return words.list.filter((word) => {
		while (next < spans.length && (spans[next]?.[1] ?? 0) <= word.from) next++;
		const span = spans[next];
		return span === undefined || word.from < span[0];
	});
}

/** The text with these stretches replaced by spaces, so that all positions stay. */
export function blanked(text: string, spans: readonly (Span | undefined | null)[]): string {
	let result = text;
	for (const span of spans) {
		if (span) result = result.slice(0, span[0]) + ' '.repeat(span[1] - span[0]) + result.slice(span[1]);
	}
	return result;
}
