import { ADDRESS_WORDS, FIRM_GREETINGS, SOFT_GREETINGS } from './lexicon/courtesy';
import { fold } from './words';

const EDGE = '(?![\\p{L}\\p{N}])';
const FIRM = `(?:${FIRM_GREETINGS.join('|')})${EDGE}`;
const SOFT = `(?:${SOFT_GREETINGS.join('|')})${EDGE}`;
const ADDRESS = `(?:[ ,]+(?:${ADDRESS_WORDS.join('|')})${EDGE})*`;
/** Punctuation, spaces, emoji and their joiners that may stand around a greeting. */
const DECORATION = '(?:[\\s,.!;:)(~*_"«»…\\-–—\\p{Extended_Pictographic}\\p{Emoji_Modifier}]|\\u200D|\\uFE0F)*';
const PAUSE = '(?=\\s*(?:[,.!;:)(…\\-–—\\n]|\\p{Extended_Pictographic}|$))';

const CLIENT_GREETING = new RegExp(`^${DECORATION}(?:${FIRM}|${SOFT})${ADDRESS}${DECORATION}`, 'u');
const REPLY_GREETING = new RegExp(`^${DECORATION}(?:${FIRM}|${SOFT}${ADDRESS}(?:${PAUSE}|(?= \\p{L})))${ADDRESS}`, 'u');
/** Up to three capitalised words between the greeting and a mark that ends an address: «, Анна Петровна!». */
const NAME = /^[ ,]*(?:\p{Lu}[\p{L}'’-]*)(?: \p{Lu}[\p{L}'’-]*){0,2}(?=\s*(?:[,.!;:)…]|\p{Extended_Pictographic}|$))/u;
const LEADING_DECORATION = new RegExp(`^${DECORATION}`, 'u');

/** A client's text without its opening greetings. `rest` is the end of the original text, unchanged. */
export function stripGreeting(text: string): { greeted: boolean; rest: string } {
	const folded = fold(text);
	let end = 0;
	for (let match = CLIENT_GREETING.exec(folded); match !== null; match = CLIENT_GREETING.exec(folded.slice(end))) {
		end += match[0].length;
	}
	return { greeted: end > 0, rest: text.slice(end) };
}

/**
 * A reply without any greeting: at its start and after every line break, with the name and emoji that follow. The
 * greeting is the assistant's own decision, so whatever a model adds goes away. What follows starts with a capital.
 */
export function stripGreetingsFromReply(text: string): string {
	const lines = text.split('\n');
	const stripped = lines.map(stripLine);
	const kept = stripped.filter((line, index) => line !== '' || lines[index]?.trim() === '');
	return kept.join('\n').trim();
}

function stripLine(line: string): string {
	let rest = line;
	for (let end = greetingEnd(rest); end > 0; end = greetingEnd(rest)) {
		rest = rest.slice(end);
		const name = NAME.exec(rest);
		rest = rest.slice(name?.[0].length ?? 0).replace(LEADING_DECORATION, '');
		rest = rest.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
	}
	return rest;
}

/** Length of a greeting at the start, or 0. A soft greeting needs a pause, or a name and then a pause. */
function greetingEnd(line: string): number {
	const head = fold(line.slice(0, LONGEST_GREETING));
	const match = REPLY_GREETING.exec(head);
	if (match === null) return 0;
	const end = match[0].length;
	const rest = line.slice(end);
	const firm = FIRM_START.test(head);
	return firm || PAUSE_START.test(rest) || NAME.test(rest) ? end : 0;
}

/** A line is read greeting by greeting: looking at all of it each time would take the square of its length. */
const LONGEST_GREETING = 500;
const FIRM_START = new RegExp(`^${DECORATION}${FIRM}`, 'u');
const PAUSE_START = new RegExp(`^${PAUSE}`, 'u');
