import { STOP_WORDS } from '../../../core/language/lexicon/stopwords';
import { stem } from '../../../core/language/stem';
import { toWords } from '../../../core/language/words';

const SMALL_WORDS: ReadonlySet<string> = new Set(STOP_WORDS);
const SHORTEST_WORD = 3;
const MOST_WORDS = 400;
/** Letters two forms of one root share: «припарковаться» and «парковка», «оплатить» and «оплата». */
const SHARED_LETTERS = 5;
const LONGER_ENDING = 2;

/**
 * How much of a question a text speaks about, 0..1: the share of its content words that the text has in some form. For
 * stores that give no score: the nearest of all texts is still a wrong answer when none is near.
 */
export function relevance(question: string, text: string): number {
	const asked = contentStems(question);
	if (asked.length === 0) return 0;
	const told = contentStems(text);
	return asked.filter((word) => told.some((other) => sameRoot(word, other))).length / asked.length;
}

function contentStems(text: string): readonly string[] {
	const words = toWords(text).list.slice(0, MOST_WORDS);
	return [...new Set(words.filter(({ text: word }) => word.length >= SHORTEST_WORD && !SMALL_WORDS.has(word)).map(({ text: word }) => stem(word)))];
}

function sameRoot(left: string, right: string): boolean {
	const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
	if (longer.startsWith(shorter) && longer.length - shorter.length <= LONGER_ENDING) return true;
	for (let from = 0; from + SHARED_LETTERS <= shorter.length; from++) {
		if (longer.includes(shorter.slice(from, from + SHARED_LETTERS))) return true;
	}
	return false;
}
