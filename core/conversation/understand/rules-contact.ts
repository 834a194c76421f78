import { fullNamesOf } from '../../language/firstname';
import { NOT_NAMES } from '../../language/lexicon/notnames';
import { cleanPersonName } from '../../language/personname';
import { blanked, findAll, lexicon, type Span, toWords, type Word, type Words } from '../../language/words';
import type { Facts, Said } from './rules-facts';
import { FOR_KIN, KIN } from './rules-lexicon';

const PHONE_LIKE = /(?<![\p{L}\d])\+?\d[\d()\-.\s\u00A0\u2010-\u2015]{5,24}\d(?![\p{L}\d])/gu;
const FEWEST_DIGITS = 9;
const MOST_DIGITS = 15;
const MOST_NAME_WORDS = 3;
const notNames = new Set<string>(NOT_NAMES);
const introduction = lexicon(['имя на', 'меня зовут', 'зовут меня', 'мое имя', 'мене звати', 'на имя', 'имя', 'мое имя это', 'my name is', "my name's", 'name is', 'name', 'menya zovut', 'under? the name', 'call me']);
/** «зовут» and «я» introduce a name only when a known name follows. */
const softIntroduction = lexicon(['зовут', 'я', 'это', 'i am', "i'm", 'im', 'this is', 'its', "it's"]);
const bookWhom = lexicon(['запишите|записать|запиши|записывайте']);
const age = /^[\s,(]*\d{1,2}(?:\s*(?:год|года|лет|годика|месяц(?:а|ев)?|years? old|y\.?o\.?))(?![\p{L}])/iu;

/**
 * A run of digits that looks like a phone, as written: 9 to 15 digits that are not a date. Whether it is a valid phone
 * is decided later, by the salon's country.
 */
export function findPhoneLike(text: string): Said | null {
	for (const match of text.matchAll(PHONE_LIKE)) {
		const digits = match[0].replace(/\D/g, '').length;
		if (digits < FEWEST_DIGITS || digits > MOST_DIGITS || looksLikeDate(match[0])) continue;
		const to = match.index + match[0].length;
		return { text: match[0], span: [match.index, to] };
	}
	return null;
}

function looksLikeDate(run: string): boolean {
	return /^\d{1,2}[.\-/]\d{1,2}[.\-/](?:\d{2}|\d{4})(?!\d)|^\d{4}-\d{2}-\d{2}(?!\d)/.test(run);
}

/** «меня зовут Анна»: the name as written. */
export function findNameIntroduction(text: string, words: Words): Said | null {
	for (const span of findAll(words, introduction)) {
		const said = nameAfter(text, words, span[1], () => true);
		if (said !== null) return said;
	}
	for (const span of findAll(words, softIntroduction)) {
		const said = nameAfter(text, words, span[1], (word) => fullNamesOf(word.text).has(word.text));
		if (said !== null) return said;
	}
	return null;
}

const phoneWords = new Set(['телефон', 'тел', 'номер', 'мой', 'мобильный', 'phone', 'number', 'tel']);

/** «Ирина, 8 916 …»: a known name right beside a phone is the name that goes with it. */
export function findNameBeside(text: string, words: Words, phone: Span): Said | null {
	const before = words.list.filter((word) => word.to <= phone[0] && !phoneWords.has(word.text));
	const after = words.list.find((word) => word.from >= phone[1]);
	for (const word of [before[before.length - 1], before[before.length - 2], after]) {
		if (word !== undefined && fullNamesOf(word.text).size > 0) return nameAfter(text, words, word.from, (one) => !TO_PERSON.test(text.slice(0, one.from)));
	}
	return null;
}

const TO_PERSON = /(?:^|\s)(?:к|ко|у|with|to) $/iu;

function nameAfter(text: string, words: Words, from: number, accepts: (word: Word) => boolean): Said | null {
	const index = words.list.findIndex((word) => word.from >= from);
	const first = words.list[index];
	if (first === undefined || notNames.has(first.text) || !/^\p{L}/u.test(first.text) || !accepts(first) || !isGap(text.slice(from, first.from))) return null;
	let last = first;
	for (const next of words.list.slice(index + 1, index + MOST_NAME_WORDS)) {
		const apart = text.slice(last.to, next.from) !== ' ' && text.slice(last.to, next.from) !== '-';
		if (apart || notNames.has(next.text) || !/^\p{Lu}/u.test(text.slice(next.from, next.to))) break;
		last = next;
	}
	const span: Span = [first.from, last.to];
	return { text: text.slice(span[0], span[1]), span };
}

function isGap(between: string): boolean {
	return /^[\s:,—–-]{0,4}$/.test(between);
}

/**
 * Who the visit is for when not for the client: «дочки», «маму Ирину», «сына 5 лет». The span holds the age too, which
 * is no date. `isStaff` tells whether a stretch names a person who works here.
 */
export function findGuest(text: string, words: Words, isStaff: (span: Span) => boolean): Said | null {
	const [told] = findAll(words, FOR_KIN);
	const kin = told === undefined ? undefined : findAll(words, KIN).find((span) => span[0] >= told[0] && span[1] <= told[1]);
	if (kin !== undefined) return withName(text, words, kin);
	for (const verb of findAll(words, bookWhom)) {
		const said = nameAfter(text, words, verb[1], (word) => [...fullNamesOf(word.text)].length > 0 && !fullNamesOf(word.text).has(word.text));
		if (said !== null && !isStaff(said.span)) return said;
	}
	return null;
}

function withName(text: string, words: Words, kin: Span): Said {
	const index = words.list.findIndex((word) => word.from >= kin[1]);
	const next = words.list[index];
	const named = next !== undefined && /^[ ,]{1,2}$/.test(text.slice(kin[1], next.from)) && fullNamesOf(next.text).size > 0 ? next.to : kin[1];
	const years = age.exec(text.slice(named))?.[0].length ?? 0;
	return { text: text.slice(kin[0], named), span: [kin[0], named + years] };
}

const contactNoise = /(?:^|[\s,;:])(?:телефон|тел|номер(?: телефона)?|мой номер|моб|phone|number|имя|name|зовут|меня|я|это|мой|my|is|i'm|i am|и|and)(?=[\s,;:.]|$)/giu;

/** The name in an answer to a question for it: what is left beside the phone, when it can be nothing else. */
export function nameAnswer(facts: Facts, forbidden: readonly string[], onlyKnown = false): Said | null {
	if (facts.name !== null) return facts.name;
	const candidate = blanked(facts.text, [facts.phone?.span]).replace(contactNoise, (noise) => ' '.repeat(noise.length));
	const start = candidate.search(/\p{L}/u);
	if (facts.asks || start < 0) return null;
	const stretch = /^[\p{L}'’ -]+/u.exec(candidate.slice(start))?.[0].trim() ?? '';
	const words = toWords(stretch).list;
	const known = words.some((word) => fullNamesOf(word.text).has(word.text));
	const plain = words.length > 0 && words.length <= MOST_NAME_WORDS && words.every((word) => !notNames.has(word.text));
	if (onlyKnown && !known) return null;
	if (!plain || (!known && words.length === MOST_NAME_WORDS && !/^\p{Lu}/u.test(stretch))) return null;
	if (!known && (facts.service !== null || facts.when !== null || facts.staff !== null)) return null;
	return cleanPersonName(stretch, forbidden) === null ? null : { text: stretch, span: [start, start + stretch.length] };
}
