import { badFilter } from '../errors';
import { type Literal, readLiteral } from '../literals';

export type Token =
	| { readonly kind: 'literal'; readonly literal: Literal }
	| { readonly kind: 'word'; readonly text: string }
	| { readonly kind: 'sign'; readonly text: '(' | ')' | ',' | ':' };

const PATTERN = /\s+|(guid'[^']*'|datetime'[^']*'|'(?:[^']|'')*')|([\p{L}_][\p{L}\p{N}_.]*(?:\/[\p{L}_][\p{L}\p{N}_.]*)*)|(-?\d+(?:\.\d+)?[mMdDfFlL]?)|([(),:])/uy;

/** Splits a filter into tokens; anything that is none, a bare guid among them, is code 14. */
export function tokensOf(source: string): readonly Token[] {
	const tokens: Token[] = [];
	PATTERN.lastIndex = 0;
	while (PATTERN.lastIndex < source.length) {
		const [whole, quoted, word, number, sign] = PATTERN.exec(source) ?? [];
		if (whole === undefined) throw badFilter();
		if (quoted !== undefined || number !== undefined || word === 'true' || word === 'false') tokens.push({ kind: 'literal', literal: readLiteral(quoted ?? number ?? word ?? '') });
		else if (word !== undefined) tokens.push({ kind: 'word', text: word });
		else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign as '(' });
	}
	return tokens;
}
