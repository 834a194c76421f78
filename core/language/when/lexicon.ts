import { ENGLISH } from './vocabulary/english';
import { NUMERALS } from './vocabulary/numerals';
import { NOT_TYPOS } from './vocabulary/phrases';
import { RUSSIAN } from './vocabulary/russian';
import type { Word } from './vocabulary/word';

const SHORTEST_FORGIVEN = 5;
const LONGEST_WORD = 16;
/** A wrong first letter is forgiven only where the rest still carries enough of the word. */
const SHORTEST_WITH_WRONG_HEAD = 7;

const words = new Map<string, Word>();
/** Every form with one letter left out, to the forms it may come from. */
const shortened = new Map<string, string[]>();
const notTypos = new Set(NOT_TYPOS);

for (const entry of [...RUSSIAN, ...ENGLISH, ...NUMERALS]) {
	for (const form of entry.forms.split(/\s+/)) {
		words.set(form, { ...words.get(form), ...entry.word });
		if (entry.typos === undefined || form.length < SHORTEST_FORGIVEN) continue;
		for (const key of [form, ...withoutOneLetter(form)]) {
			const forms = shortened.get(key);
			if (forms === undefined) shortened.set(key, [form]);
			else if (!forms.includes(form)) forms.push(form);
		}
	}
}

/** The meaning of a normalised word, exactly or with one slip of the finger; undefined for any other word. */
export function meaningOf(text: string): Word | undefined {
	return words.get(text) ?? forgiven(text);
}

/** The meaning without forgiveness, for splitting words that were typed together. */
export function exactMeaningOf(text: string): Word | undefined {
	return words.get(text);
}

function forgiven(text: string): Word | undefined {
	if (text.length < SHORTEST_FORGIVEN || text.length > LONGEST_WORD || notTypos.has(text)) return undefined;
	for (const key of [text, ...withoutOneLetter(text)]) {
		const form = shortened.get(key)?.find((candidate) => isOneSlipAway(text, candidate));
		if (form !== undefined) return words.get(form);
	}
	return undefined;
}

function* withoutOneLetter(word: string): Generator<string> {
	for (let index = 0; index < word.length; index += 1) yield word.slice(0, index) + word.slice(index + 1);
}

/** One letter added, lost, replaced, or two neighbours swapped. */
function isOneSlipAway(typed: string, form: string): boolean {
	if (typed[0] !== form[0] && form.length < SHORTEST_WITH_WRONG_HEAD) return false;
	let head = 0;
	while (head < typed.length && typed[head] === form[head]) head += 1;
	let tail = 0;
	const longestTail = Math.min(typed.length, form.length) - head;
	while (tail < longestTail && typed.at(-1 - tail) === form.at(-1 - tail)) tail += 1;
	const left = typed.slice(head, typed.length - tail);
	const right = form.slice(head, form.length - tail);
	if (left.length <= 1 && right.length <= 1) return true;
	return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
