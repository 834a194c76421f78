import { STOP_WORDS } from '../../../language/lexicon/stopwords';
import { stem, withinOneEdit } from '../../../language/stem';
import { type Span, toWords, type Word } from '../../../language/words';

const stopWords = new Set<string>(STOP_WORDS);
/** Shorter words are other words already with one letter changed. */
const SHORTEST_TYPO = 5;
const NEGATIONS = new Set(['не', 'ни', 'нет', 'кроме', 'вместо', 'not', 'no', 'except', 'without', "don't", "can't"]);

/** The client's words, to see whether a model's phrase was taken from them. */
export interface ClientWords {
	/** Whether every word that means something stands in the text, in any case, with one typo in long ones. Digits must be the same. */
	hold(phrase: string): boolean;
	/** Whether at least one word that means something does. */
	touch(phrase: string): boolean;
	/** Where the phrase stands, word by word in its order; null when it does not. */
	place(phrase: string): Span | null;
	/** Whether the word before a place takes it back: «не завтра». */
	isNegated(span: Span): boolean;
	/** The sentence a place lies in. */
	sentence(span: Span): string;
}

/** Reads a text once for many questions. */
export function clientWords(text: string): ClientWords {
	const words = toWords(text);
	const exact = new Set(words.list.map((word) => word.text));
	const stems = [...new Set(words.list.map((word) => stem(word.text)))];
	const isSaid = (word: Word): boolean => {
		if (exact.has(word.text)) return true;
		if (/^\p{N}/u.test(word.text)) return false;
		const root = stem(word.text);
		return stems.some((other) => other === root || (root.length >= SHORTEST_TYPO && withinOneEdit(root, other)));
	};
	const meaningful = (phrase: string): Word[] => toWords(phrase).list.filter((word) => !stopWords.has(word.text) || exact.has(word.text));

	return {
		hold: (phrase) => {
			const list = meaningful(phrase);
			return list.length > 0 && list.every(isSaid);
		},
		touch: (phrase) => meaningful(phrase).some((word) => word.text.length > 2 && isSaid(word)),
		place: (phrase) => {
			const wanted = toWords(phrase).list.map((word) => word.text);
			for (let at = 0; wanted.length > 0 && at + wanted.length <= words.list.length; at++) {
				const run = words.list.slice(at, at + wanted.length);
				const [first, last] = [run[0], run.at(-1)];
				if (first !== undefined && last !== undefined && run.every((word, index) => word.text === wanted[index])) return [first.from, last.to];
			}
			return null;
		},
		isNegated: (span) => {
			const index = words.list.findIndex((word) => word.from >= span[0]);
			return [words.list[index - 1], words.list[index - 2]].some((word) => word !== undefined && NEGATIONS.has(word.text));
		},
		sentence: (span) => {
			const from = Math.max(...['.', '!', '?', '\n', ';'].map((end) => text.lastIndexOf(end, span[0]))) + 1;
			const rest = text.slice(span[1]).search(/[!?\n;]|\.(?!\d)/);
			return text.slice(from, rest < 0 ? text.length : span[1] + rest);
		},
	};
}
