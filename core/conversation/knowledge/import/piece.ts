/** A piece of a text as a format reads it: before it is cut and hashed. */
export interface Piece {
	/** A question, a heading or the first sentence. */
	readonly title: string;
	readonly body: string;
	/** Other words for the title. */
	readonly aliases: readonly string[];
}

/** A text that does not read as its format; `line` counts from 1. */
export class UnreadableText extends Error {
	constructor(
		readonly reason: 'bad_csv' | 'no_answer_column',
		readonly line: number,
	) {
		super(`${reason} at line ${line}`);
		this.name = 'UnreadableText';
	}
}

const LONGEST_TITLE = 80;

/** The first sentence, or as many of its whole words as a title holds: stands for a heading where there is none. */
export function titleFrom(body: string): string {
	const [sentence = ''] = body.replace(/\s+/g, ' ').trim().split(/(?<=[.!?…])\s/);
	if (sentence.length <= LONGEST_TITLE) return sentence;
	const cut = sentence.slice(0, LONGEST_TITLE + 1);
	const space = cut.lastIndexOf(' ');
	return `${cut.slice(0, space > 20 ? space : LONGEST_TITLE)}…`;
}
