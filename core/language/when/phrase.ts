import type { Token } from './tokens';
import type { Role, Word } from './vocabulary/word';

const NOTHING: Word = {};

/** Read access to the tokens of one text; a masked token has no meaning to any rule. */
export class Phrase {
	constructor(readonly tokens: readonly Token[]) {}

	get length(): number {
		return this.tokens.length;
	}

	text(index: number): string {
		return this.tokens[index]?.text ?? '';
	}

	word(index: number): Word {
		const token = this.tokens[index];
		return token === undefined || token.masked ? NOTHING : (token.word ?? NOTHING);
	}

	role(index: number): Role | undefined {
		return this.word(index).role;
	}

	is(index: number, ...roles: readonly Role[]): boolean {
		const role = this.role(index);
		return role !== undefined && roles.includes(role);
	}

	/** Digits as they were typed, unless masked or longer than four. */
	digits(index: number): { value: number; length: number } | undefined {
		const token = this.tokens[index];
		if (token?.value === undefined || token.masked) return undefined;
		return { value: token.value, length: token.text.length };
	}

	glued(index: number): boolean {
		return this.tokens[index]?.glued ?? false;
	}

	sign(index: number, sign: string): boolean {
		return this.tokens[index]?.text === sign && this.tokens[index]?.masked === undefined;
	}

	/** Sign with no space on either side: part of a number such as 15.30. */
	tightSign(index: number, signs: string): boolean {
		const token = this.tokens[index];
		return (
			token?.kind === 'sign' && !token.masked && signs.includes(token.text) && token.glued && this.glued(index + 1)
		);
	}

	/** The tail of 23.11 or 10-12: no number of its own. */
	insideNumber(index: number): boolean {
		return this.digits(index) !== undefined && this.digits(index - 2) !== undefined && this.tightSign(index - 1, '.-/:,');
	}

	/** A word outside the vocabulary. */
	unknown(index: number): boolean {
		const token = this.tokens[index];
		return token?.kind === 'word' && token.word === undefined;
	}

	masked(index: number): boolean {
		return this.tokens[index]?.masked === true;
	}

	/** End of the text or a sign that closes a clause. */
	closed(index: number): boolean {
		const token = this.tokens[index];
		return token === undefined || (token.kind === 'sign' && token.word === undefined);
	}
}
