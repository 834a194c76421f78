/**
 * Titles and staff names come from CRM fields that anybody at the salon may edit, so nothing of them reaches a reply
 * before it is cleaned here: no control or bidirectional characters, no braces, no line breaks, a capped length.
 * Names of clients are cleaned by `cleanPersonName` of the language module.
 */

const NAME_LIMIT = 40;
const TITLE_LIMIT = 80;
const ADDRESS_LIMIT = 160;
const QUOTE_LIMIT = 600;

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+/gu;
/** Markup and the marks of prompts: nothing a client should read. */
const MARKUP = /<[^<>\n]{1,200}>|[<‹«]\|[^|\n]{0,80}\|[>›»]/gu;
const LINK = /(?:https?:\/\/|www\.)\S+/giu;
/** Chairs and rooms are staff too: a number of one or two digits may follow the words. */
const STAFF_NAME = /\p{L}[\p{L}\p{M}’'.-]*(?: (?:\p{L}[\p{L}\p{M}’'.-]*|\d{1,2}(?!\d)))*/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const LATIN = /\p{Script=Latin}/u;

const segmenter = new Intl.Segmenter();

/** Cuts text to at most `limit` UTF-16 units without splitting a grapheme; a cut text ends with «…». */
export function cutGraphemes(text: string, limit: number): string {
	if (text.length <= limit) return text;
	let kept = '';
	for (const { segment } of segmenter.segment(text)) {
		if (kept.length + segment.length > limit - 1) break;
		kept += segment;
	}
	return `${kept.trimEnd()}…`.slice(0, Math.max(0, limit));
}

/** The name of a person or chair of the salon, or '' when none is left. */
export function cleanStaffName(name: string): string {
	const found = STAFF_NAME.exec(visible(name.replace(/[{}].*$/su, '')))?.[0] ?? '';
	return cutGraphemes(found, NAME_LIMIT).replace(/[ '’-]+$/u, '');
}

/** A service, category or company title, or '' when none is left. */
export function cleanTitle(title: string): string {
	return cutGraphemes(visible(title), TITLE_LIMIT);
}

/** A postal address, or '' when none is left. */
export function cleanAddress(address: string): string {
	return cutGraphemes(visible(address), ADDRESS_LIMIT);
}

/** A text of the salon's own: line breaks and links stay, what could hide or break out does not. */
export function cleanQuote(text: string): string {
	const lines = text.replace(/\r\n?/g, '\n').split('\n').map((line) => line.replace(MARKUP, '').replace(/[^\S\n]+/gu, ' ').replace(INVISIBLE, '').replace(/[{}｛｝]/gu, '').trim());
	return cutGraphemes(lines.join('\n').replace(/\n{3,}/g, '\n\n').trim(), QUOTE_LIMIT);
}

/** The title to show in an English reply: the Latin alias of a Cyrillic title when it has one. */
export function latinTitle(title: string, aliases: readonly string[]): string {
	if (!CYRILLIC.test(title)) return title;
	return aliases.find((alias) => LATIN.test(alias) && !CYRILLIC.test(alias)) ?? title;
}

function visible(text: string): string {
	return text
		.replace(/[\s\u00a0]+/gu, ' ')
		.replace(INVISIBLE, '')
		.replace(MARKUP, '')
		.replace(LINK, '')
		.replace(/[{}｛｝]/gu, '')
		.replace(/ {2,}/g, ' ')
		.trim();
}
