import { AMENDMENT_WORDS, NO_PHRASES, NO_SYMBOLS, POLITE_WORDS, YES_PHRASES, YES_SYMBOLS } from './lexicon/answers';
import { fold, hasAny, lexicon, toWords, type Words } from './words';

/** How a text answers a yes-or-no question. */
export type Answer = 'yes' | 'no' | 'amend' | 'other';

const yes = lexicon(YES_PHRASES);
const no = lexicon(NO_PHRASES);
const amendment = lexicon(AMENDMENT_WORDS);
const onlyYes = madeOf([...YES_PHRASES, ...POLITE_WORDS]);
const onlyNo = madeOf([...NO_PHRASES, ...POLITE_WORDS]);

/**
 * Reads an answer to a confirmation. `yes` and `no` only for texts made wholly of the closed lists and polite words;
 * an answer with anything more (a time, a «but», a question mark) is `amend`, and never confirms. Thanks, greetings,
 * stickers and silence are `other`.
 */
export function classifyAnswer(text: string): Answer {
	const symbols = symbolsOf(text);
	const words = toWords(squeeze(text));
	const asks = /[?？]/.test(text);
	if (words.list.length === 0) return asks ? 'amend' : ofSymbols(symbols);
	const agrees = hasAny(words, yes) || symbols.yes;
	const refuses = hasAny(words, no) || symbols.no;
	const negated = hasAny(words, NEGATION);
	if (!asks && !refuses && agrees && !negated && !goesOn(text) && onlyYes(words)) return 'yes';
	if (!asks && refuses && !symbols.yes && onlyNo(words)) return 'no';
	if (agrees || refuses || asks || /\d/.test(text) || hasAny(words, amendment)) return 'amend';
	return 'other';
}

/** «да,» and «да —» are the beginning of something: people send sentences in pieces. */
function goesOn(text: string): boolean {
	return /[,;:–—-]\s*$/u.test(text);
}

const NEGATION = lexicon(['не|ни|нет|нельзя|not|no|never', "don't|dont|doesn't|isn't|won't|can't|cannot"]);

/** «дааа» is «да», «ok!!!» is «ok». */
function squeeze(text: string): string {
	return fold(text.normalize('NFC')).replace(/(\p{L})\1{2,}/gu, '$1').replace(/(?<=да|ага|угу|ну)-(?=да|ага|угу|а)/g, ' ');
}

function symbolsOf(text: string): { yes: boolean; no: boolean } {
	const bare = text.replace(/[\u{1F3FB}-\u{1F3FF}]|\uFE0F/gu, '');
	return {
		yes: YES_SYMBOLS.some((symbol) => bare.includes(symbol)) || /^[\s+]*\+[\s+!.]*$/.test(bare),
		no: NO_SYMBOLS.some((symbol) => bare.includes(symbol)),
	};
}

function ofSymbols(symbols: { yes: boolean; no: boolean }): Answer {
	if (symbols.yes) return symbols.no ? 'amend' : 'yes';
	return symbols.no ? 'no' : 'other';
}

/** Tells whether words are these phrases from end to end, in any order and number; linear in the words. */
function madeOf(phrases: readonly string[]): (words: Words) => boolean {
	const known = new Set(phrases);
	const longest = Math.max(...phrases.map((phrase) => phrase.split(' ').length));
	return ({ list }) => {
		const reached = new Set([0]);
		for (let from = 0; from < list.length; from++) {
			if (!reached.has(from)) continue;
			for (let to = from + 1; to <= Math.min(list.length, from + longest); to++) {
				if (known.has(list.slice(from, to).map((word) => word.text).join(' '))) reached.add(to);
			}
		}
		return reached.has(list.length);
	};
}
