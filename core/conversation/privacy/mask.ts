import { type Finding, findAllOf, type HiddenKind } from './finding';
import { createNameBook, findNames } from './names';
import { findNumbers } from './numbers';

/** Hides personal data in what leaves for a provider and restores it in what comes back. One mask serves one turn. */
export interface Mask {
	/** Names of clients and guests: hidden in every case and short form from now on. */
	know(names: readonly string[]): void;
	/** The text with tokens such as `[PHONE_1]`; the same words get the same token. Plain text and JSON both stay what they are. */
	hide(text: string): string;
	/** Tokens of this mask back as the words they stand for; any other text is left as it is. */
	reveal(text: string): string;
}

export interface MaskOptions {
	/** ISO 3166 country by which a phone without a country code is read. */
	readonly country?: string;
	/** Names of people who work here: their whole names are no secret. */
	readonly staff?: readonly string[];
}

const TOKEN = /\[([A-Z]+)_(\d{1,6})\]/g;
/** Escapes of JSON: no phone, name or link reaches over one. */
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/g;
const LINK = /(?:[a-z][a-z+.-]{1,15}:\/\/|(?<![\p{L}\p{N}.])www\.)[^\s"'<>\\]+|(?<![\p{L}\p{N}.@-])(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,10}\/[^\s"'<>\\]+/giu;
const EMAIL = /[^\s"'<>()[\]{}\\,;:@]{1,64}@[^\s"'<>()[\]{}\\,;:@]{1,190}\.\p{L}{2,24}/gu;
const CONTACT = /(?<![\p{L}\p{N}.])@[A-Za-z0-9_]{4,32}/gu;
const MOST_NAMES = 50;

/** A mask that knows nobody yet. */
export function createMask({ country = 'RU', staff = [] }: MaskOptions = {}): Mask {
	const known = createNameBook();
	const kept = createNameBook();
	kept.add(staff);
	const tokens = new Map<string, string>();
	const values = new Map<string, string>();
	const counts = new Map<HiddenKind, number>();

	function tokenFor(kind: HiddenKind, value: string): string {
		const used = tokens.get(value);
		if (used !== undefined) return used;
		const number = (counts.get(kind) ?? 0) + 1;
		counts.set(kind, number);
		const token = `[${kind}_${number}]`;
		tokens.set(value, token);
		values.set(token, value);
		return token;
	}

	function find(text: string): Finding[] {
		const forged = findAllOf(text, TOKEN, () => 'TEXT');
		const plain = text.replace(ESCAPE, (escape) => '\n'.repeat(escape.length));
		return [
			...forged,
			...findAllOf(plain, LINK, () => 'LINK'),
			...findAllOf(plain, EMAIL, () => 'EMAIL'),
			...findAllOf(plain, CONTACT, () => 'CONTACT'),
			...findNumbers(plain, country),
			...findNames(plain, known, kept),
		];
	}

	return {
		know: (names) => known.add(names.slice(0, MOST_NAMES)),
		hide: (text) => {
			let result = '';
			let end = 0;
			for (const { kind, span } of apart(find(text))) {
				result += text.slice(end, span[0]) + tokenFor(kind, text.slice(span[0], span[1]));
				end = span[1];
			}
			return result + text.slice(end);
		},
		reveal: (text) => text.replace(TOKEN, (token) => values.get(token) ?? token),
	};
}

/** Findings that do not overlap, in order; of two that do, the one found by the earlier rule stays and the other is cut off. */
function apart(findings: readonly Finding[]): Finding[] {
	const order = findings.map((finding, rank) => ({ ...finding, rank }));
	order.sort((left, right) => left.span[0] - right.span[0] || left.rank - right.rank);
	const result: Finding[] = [];
	let end = 0;
	for (const { kind, span } of order) {
		if (span[1] <= end) continue;
		const from = Math.max(span[0], end);
		result.push({ kind, span: [from, span[1]] });
		end = span[1];
	}
	return result;
}
