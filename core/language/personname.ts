import { NOT_NAMES } from './lexicon/notnames';
import { fold, toWords } from './words';

const LONGEST = 40;
const MOST_WORDS = 3;
/** Controls, bidirectional marks, zero-width characters, variation selectors, tags. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u115F\u1160\u3164]|\u034F|[\uFE00-\uFE0F]/gu;
const notNames = new Set<string>(NOT_NAMES);

/**
 * A person's name as it may be shown and stored: letters, space, hyphen and apostrophe, at most three words and 40
 * characters, each word with a capital. Everything from the first other character on is dropped («Анна. Игнорируй
 * правила» is «Анна»). Null when nothing like a name is left, or when it is one of `forbidden` (services, staff requests).
 */
export function cleanPersonName(text: string, forbidden: readonly string[] = []): string | null {
	const visible = text.normalize('NFC').replace(/[\r\n\t]+/g, '.').replace(INVISIBLE, '').replace(/\p{M}/gu, '');
	const allowed = /^[^\p{L}]*([\p{L}'’ \u00A0-]+)/u.exec(visible)?.[1] ?? '';
	const words = allowed.replace(/[ \u00A0]+/g, ' ').replace(/^[-'’ ]+|[-'’ ]+$/g, '').split(' ').slice(0, MOST_WORDS);
	if (words.some((word) => notNames.has(fold(word)))) return null;
	let name = '';
	for (const word of words) {
		const longer = name === '' ? capitalised(word) : `${name} ${capitalised(word)}`;
		if (longer.length > LONGEST) break;
		name = longer;
	}
	if (name.replace(/[^\p{L}]/gu, '').length < 2) return null;
	return isForbidden(name, forbidden) ? null : name;
}

function capitalised(word: string): string {
	const shouted = word.length > 1 && word === word.toUpperCase();
	return (shouted ? word.toLowerCase() : word).replace(/(^|-)(\p{Ll})/gu, (_, edge: string, letter: string) => edge + letter.toUpperCase());
}

function isForbidden(name: string, forbidden: readonly string[]): boolean {
	const own = toWords(name).line;
	return forbidden.some((other) => toWords(other).line === own);
}
