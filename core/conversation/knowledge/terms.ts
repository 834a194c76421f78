import { stem, withinOneEdit } from '../../language/stem';
import { toWords } from '../../language/words';
import { EMPTY_STARTS, EMPTY_WORDS, SUBJECTS } from './lexicon';

/** A word of a text as the search sees it: `key` is its subject (`#parking`) or its stem. */
export interface Term {
	readonly key: string;
	/** The folded word itself; two words for a phrase. */
	readonly word: string;
}

const MOST_WORDS = 400;
const BUCKET = 2;
const VERB_ENDINGS = ['ировать', 'овать', 'ывать', 'ивать', 'ить', 'ать', 'ять', 'еть', 'уть', 'ете', 'ите', 'ешь', 'ишь', 'ает', 'яет', 'ует', 'ают', 'яют', 'уют', 'ют', 'ут', 'ят', 'ит', 'ет'] as const;
const ENGLISH_ENDINGS = ['ings', 'ing', 'edly', 'ied', 'ies', 'ed', 'es', 'ly', 's', 'e'] as const;
const SHORTEST = 3;
const SHORTEST_TYPO_START = 7;

interface SubjectStart {
	readonly key: string;
	readonly first: string;
	/** Start of the second word of a phrase. */
	readonly second: string | null;
	/** The word is exactly this, not only begun by it. */
	readonly whole: boolean;
}

/** Starts by their first letters, phrases before single words, longer before shorter. */
const starts = new Map<string, SubjectStart[]>();
for (const [subject, list] of Object.entries(SUBJECTS)) {
	for (const text of list) {
		const whole = text.endsWith('=');
		const [first = '', second = null] = (whole ? text.slice(0, -1) : text).split(/[ -]/);
		const bucket = starts.get(first.slice(0, BUCKET)) ?? [];
		bucket.push({ key: `#${subject}`, first, second, whole });
		starts.set(first.slice(0, BUCKET), bucket);
	}
}
for (const bucket of starts.values()) {
	bucket.sort((a, b) => Number(b.second !== null) - Number(a.second !== null) || Number(b.whole) - Number(a.whole) || b.first.length - a.first.length);
}

/** Starts long enough to be recognised with a typo, by their first letter. */
const longStarts = new Map<string, SubjectStart[]>();
for (const start of [...starts.values()].flat()) {
	if (start.second !== null || start.whole || start.first.length < SHORTEST_TYPO_START) continue;
	longStarts.set(start.first.slice(0, 1), [...(longStarts.get(start.first.slice(0, 1)) ?? []), start]);
}

function subjectAt(word: string, next: string | undefined): { readonly key: string; readonly words: 1 | 2 } | null {
	for (const start of starts.get(word.slice(0, BUCKET)) ?? []) {
		if (start.whole ? word !== start.first : !word.startsWith(start.first)) continue;
		if (start.second === null) return { key: start.key, words: 1 };
		if (next?.startsWith(start.second) === true) return { key: start.key, words: 2 };
	}
	return null;
}

/** The words of a text that carry its subject, in their order. Question words, courtesies and small words are left out. */
export function termsOf(text: string): readonly Term[] {
	const words = toWords(text).list.slice(0, MOST_WORDS).map((word) => word.text);
	const terms: Term[] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		const next = words[at + 1];
		const subject = subjectAt(word, next);
		if (subject?.words === 2) {
			terms.push({ key: subject.key, word: `${word} ${next}` });
			at++;
		} else if (EMPTY_WORDS.has(word) || EMPTY_STARTS.some((start) => word.startsWith(start))) continue;
		else if (subject !== null) terms.push({ key: subject.key, word });
		else if (word.length > 1 || /\d/.test(word)) terms.push({ key: searchStem(word), word });
	}
	return terms;
}

const VERB = /(?:ть|ться|ти|тись|чь|ете|ите|ешь|ишь|ется|ится|утся|ются|ятся|атся|ают|яют|уют|ает|яет|ует|дет|дут|аю|яю|ую|ал|ала|али|ил|ила|или|лся|лась|лись|усь|юсь|йте)$/;
const SHORTEST_VERB = 5;

/** Words that say how or how much rather than what: verbs by their ending, and numbers. A guess, so it only weighs. */
export function isBeside(word: string): boolean {
	return /^\p{N}+$/u.test(word) || (word.length >= SHORTEST_VERB && VERB.test(word));
}

/** The one subject a word is a typo of, or null: by a start of seven letters or more, the first letter right. */
export function subjectMeant(word: string): string | null {
	const meant = new Set<string>();
	for (const start of longStarts.get(word.slice(0, 1)) ?? []) {
		const { length } = start.first;
		if ([length - 1, length, length + 1].some((size) => size <= word.length && withinOneEdit(word.slice(0, size), start.first))) meant.add(start.key);
	}
	const [only] = meant;
	return only !== undefined && meant.size === 1 ? only : null;
}

/** A word without its endings, verbs included: «оплатить», «оплата» and «оплате» are one. Input is folded. */
function searchStem(word: string): string {
	if (/^[a-z']+$/.test(word)) return withoutEnding(word.replace(/'s?$/, ''), ENGLISH_ENDINGS);
	if (!/^[а-я]+$/.test(word)) return word;
	const active = word.length > 5 ? word.replace(/с[яь]$/, '') : word;
	const verb = withoutEnding(active, VERB_ENDINGS);
	return verb === active ? stem(active) : stem(verb);
}

function withoutEnding(word: string, endings: readonly string[]): string {
	const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= SHORTEST);
	return ending === undefined ? word : word.slice(0, -ending.length);
}
