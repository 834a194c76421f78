import { findPhoneNumbersInText, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Span } from './words';

/** A phone written by a person or by a messenger. */
export interface ParsedPhone {
	/** E.164, e.g. `+79161234567`. */
	readonly phone: string;
}

/** A phone inside a text; `span` is its place in the original. */
export interface FoundPhone extends ParsedPhone {
	readonly span: Span;
}

/** Addresses of WhatsApp chats that hold the full international number without its plus. */
const CHAT_ADDRESS = /^\+?(\d{7,15})(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/i;
/** Linked ids hold digits that are not a phone; any other address is not a phone either. */
const ANY_ADDRESS = /@/;
const FEWEST_DIGITS = 7;
const MOST_CHARACTERS = 2000;

/**
 * Reads a whole text as one phone. `country` is the ISO 3166 country by which a number without a country code is read.
 * Null when the text is not one valid number: a short, long or unassigned number, a linked id (`…@lid`), other words.
 */
export function parsePhone(text: string, country: string): ParsedPhone | null {
	const plain = plainDigits(text).trim();
	const address = CHAT_ADDRESS.exec(plain);
	if (address !== null) return valid(`+${address[1]}`, country);
	if (ANY_ADDRESS.test(plain) || /\p{L}/u.test(plain)) return null;
	return valid(plain, country) ?? valid(withPlus(plain), country);
}

const TAIL_DIGITS = 7;

/**
 * Ways in which the end of an E.164 phone is written within its country, the plain digits first: for a search that only
 * knows parts of texts. Empty for what is no phone.
 */
export function phoneTails(phone: string): readonly string[] {
	const parsed = parsePhoneNumberFromString(phone);
	if (parsed === undefined || !parsed.isValid()) return [];
	const tail = parsed.nationalNumber.slice(-TAIL_DIGITS);
	const groups = parsed.formatNational().match(/\d+/g) ?? [];
	const kept: string[] = [];
	for (const group of groups.reverse()) {
		if (kept.join('').length >= TAIL_DIGITS) break;
		kept.unshift(group);
	}
	// whole groups only: a part of one would be another text
	return [...new Set([tail, kept.join('-'), kept.join(' ')])];
}

/** The first phone inside a text, with its place; null when there is none. Reads the first 2,000 characters. */
export function findPhone(text: string, country: string): FoundPhone | null {
	const plain = plainDigits(text.slice(0, MOST_CHARACTERS));
	if ((plain.match(/\d/g)?.length ?? 0) < FEWEST_DIGITS) return null;
	const searchable = plain.replace(/\S*@\S*/g, (address) => ' '.repeat(address.length));
	for (const found of findPhoneNumbersInText(searchable, { defaultCountry: countryCode(country), extended: true })) {
		if (found.number.isValid()) return { phone: found.number.number, span: [found.startsAt, found.endsAt] };
	}
	return findLoose(searchable, country);
}

/** Runs that the library's own search skips: «8 10 …», digits glued to a country code without a plus. */
function findLoose(text: string, country: string): FoundPhone | null {
	for (const match of text.matchAll(/(?<![\d\p{L}])\+?\d[\d ()\-.\u00A0]{5,22}\d(?![\d\p{L}])/gu)) {
		const parsed = parsePhone(match[0], country);
		if (parsed !== null) return { ...parsed, span: [match.index, match.index + match[0].length] };
	}
	return null;
}

/** A client's phone comes with every message. Emptied when full, so it cannot grow. */
const validated = new Map<string, ParsedPhone | null>();
const MOST_VALIDATED = 500;

function valid(text: string, country: string): ParsedPhone | null {
	const key = `${country} ${text}`;
	const known = validated.get(key);
	if (known !== undefined) return known;
	if (validated.size >= MOST_VALIDATED) validated.clear();
	const phone = validate(text, country);
	validated.set(key, phone);
	return phone;
}

function validate(text: string, country: string): ParsedPhone | null {
	const parsed = parsePhoneNumberFromString(text, countryCode(country));
	return parsed !== undefined && parsed.isValid() ? { phone: parsed.number } : null;
}

/** «7 701 …» or «1650…» is an international number whose plus was left out. */
function withPlus(text: string): string {
	return /^\d/.test(text) && text.replace(/\D/g, '').length >= 11 ? `+${text}` : text;
}

function countryCode(country: string): CountryCode | undefined {
	const code = country.toUpperCase();
	return isSupportedCountry(code) ? code : undefined;
}

/** Full-width digits and plus as plain ones; dashes of all kinds as one. The length never changes. */
function plainDigits(text: string): string {
	return text
		.replace(/[\uFF10-\uFF19\uFF0B]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
		.replace(/[\u2010-\u2015\u2212]/g, '-');
}
