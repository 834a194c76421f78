import { declined, fullNamesOf } from '../../language/firstname';
import { NOT_NAMES } from '../../language/lexicon/notnames';
import { STOP_WORDS } from '../../language/lexicon/stopwords';
import { surnameForms } from '../../language/surname';
import { fold, toWords, type Word, type Words } from '../../language/words';
import type { Finding } from './finding';

const notNames = new Set<string>([...NOT_NAMES, ...STOP_WORDS]);
const SHORTEST = 2;
const MOST_WORDS_OF_A_NAME = 4;
const LONGEST_NAME = 100;
const PATRONYMIC = /(?:ович|евич|ич|овн|евн|ичн|иничн)(?:а|у|ем|ом|е|ы|ой|ою)?$/;
const SURNAME = /(?:[оеё]в|[иы]н)(?:а|ой|у|ым|е|ы)?$|(?:ск|цк)(?:ий|ая|ого|ому|ой|ую|им|ом)$|(?:енко|[чщ]ук|юк|[ая]н|дзе|швили|ко|их|ых)$/;
/** Endings that are a surname's even in lower case, where «маша чистка» must stay. */
const PLAIN_SURNAME = /(?:[оеё]в|[оеё]ва|[оеё]вой|[оеё]ву|(?:ск|цк)(?:ий|ая|ому|ого)|енко|швили|дзе|ович|евич|овна|евна)$/;
const SHORTEST_SURNAME = 4;
const INTRODUCED = /(?:меня зовут|зовут меня|мое имя|имя и фамилия|имя фамилия|на имя|фио|фамилия|имя|my name is|my name's|full name|surname|name is|name)[ :,—–-]{1,4}$/;
const LONGEST_INTRODUCTION = 24;

/** Names that are looked for in every case and short form. */
export interface NameBook {
	add(names: readonly string[]): void;
	has(word: string): boolean;
}

/** An empty book. */
export function createNameBook(): NameBook {
	const forms = new Set<string>();
	const fullNames = new Set<string>();
	return {
		add: (names) => {
			for (const word of names.flatMap((name) => toWords(name.slice(0, LONGEST_NAME)).list.slice(0, MOST_WORDS_OF_A_NAME))) {
				if (word.text.length < SHORTEST || notNames.has(word.text) || !/^\p{L}/u.test(word.text)) continue;
				for (const form of [...declined(word.text), ...surnameForms(word.text)]) forms.add(form);
				for (const full of fullNamesOf(word.text)) fullNames.add(full);
			}
		},
		has: (word) => forms.has(word) || [...fullNamesOf(word)].some((full) => fullNames.has(full)),
	};
}

/**
 * Names of people: every word of `known`, a first name beside a surname or patronymic, a surname with initials, and what
 * follows «меня зовут». A first name alone stays, and so does a whole name of `kept`.
 */
export function findNames(text: string, known: NameBook, kept: NameBook): Finding[] {
	const words = toWords(text);
	const found: Finding[] = [];
	for (let at = 0; at < words.list.length; at++) {
		const end = nameEnd(words, at, known, kept);
		const first = words.list[at];
		const last = words.list[end - 1];
		if (end === at || first === undefined || last === undefined) continue;
		found.push({ kind: 'NAME', span: [first.from, last.to] });
		at = end - 1;
	}
	return found;
}

/** Index after the name that begins at `at`; `at` when none does. */
function nameEnd(words: Words, at: number, known: NameBook, kept: NameBook): number {
	const group = neighbours(words, at);
	const [first] = group;
	if (first === undefined) return at;
	let run = 0;
	while (run < group.length && known.has(group[run]?.text ?? '')) run++;
	if (run > 0) return at + withFamily(words, group, run);
	const introduced = isIntroduced(words, first) ? introducedLength(words, group) : 0;
	const family = isFirstName(first) || isFamily(words, first) ? withFamily(words, group, 1) : 0;
	const length = Math.max(introduced, family > 1 && group.slice(0, family).some(isFirstOrInitial) ? family : 0);
	const isKept = length > 0 && group.slice(0, length).every((word) => kept.has(word.text));
	return isKept ? at : at + length;
}

/** A word and those that follow it with nothing but a space, a hyphen or the dot of an initial between. */
function neighbours(words: Words, at: number): Word[] {
	const group: Word[] = [];
	for (const word of words.list.slice(at, at + MOST_WORDS_OF_A_NAME)) {
		const last = group.at(-1);
		if (!/^\p{L}/u.test(word.text) || (last !== undefined && !/^(?:[ -]|(?<=^)\. ?)$/.test(words.source.slice(last.to, word.from)))) break;
		group.push(word);
	}
	return group;
}

/** Takes in surnames, patronymics, first names and initials that follow. */
function withFamily(words: Words, group: readonly Word[], from: number): number {
	let length = from;
	while (length < group.length) {
		const word = group[length];
		if (word === undefined || !(isFamily(words, word) || isInitial(words, word) || (isFirstName(word) && isCapital(words, word)))) break;
		length++;
	}
	return length;
}

function isFirstOrInitial(word: Word): boolean {
	return isFirstName(word) || word.text.length === 1;
}

function isFirstName(word: Word): boolean {
	return fullNamesOf(word.text).size > 0;
}

function isFamily(words: Words, word: Word): boolean {
	if (word.text.length < SHORTEST_SURNAME || notNames.has(word.text) || isFirstName(word)) return false;
	return isCapital(words, word) ? SURNAME.test(word.text) || PATRONYMIC.test(word.text) : PLAIN_SURNAME.test(word.text);
}

function isInitial(words: Words, word: Word): boolean {
	return word.text.length === 1 && isCapital(words, word) && words.source[word.to] === '.';
}

function isCapital(words: Words, word: Word): boolean {
	return /^\p{Lu}/u.test(words.source.slice(word.from, word.from + 2));
}

function isIntroduced(words: Words, word: Word): boolean {
	return INTRODUCED.test(fold(words.source.slice(Math.max(0, word.from - LONGEST_INTRODUCTION), word.from)));
}

/** The first word after «меня зовут», and capitalised ones after it. */
function introducedLength(words: Words, group: readonly Word[]): number {
	const [first] = group;
	if (first === undefined || notNames.has(first.text) || first.text.length < SHORTEST) return 0;
	let length = 1;
	while (length < group.length && !notNames.has(group[length]?.text ?? '') && isCapital(words, group[length] ?? first)) length++;
	return length;
}
