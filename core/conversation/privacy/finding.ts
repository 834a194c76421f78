import type { Span } from '../../language/words';

/** What a token stands for; `TEXT` is a client's own text that looks like one of our tokens. */
export type HiddenKind = 'PHONE' | 'EMAIL' | 'CARD' | 'DOCUMENT' | 'NUMBER' | 'LINK' | 'CONTACT' | 'NAME' | 'TEXT';

/** A stretch of a text to be hidden. */
export interface Finding {
	readonly kind: HiddenKind;
	readonly span: Span;
}

/** Every match of a pattern that `kindOf` takes for something to hide. */
export function findAllOf(text: string, pattern: RegExp, kindOf: (match: RegExpExecArray) => HiddenKind | null): Finding[] {
	return [...text.matchAll(pattern)].flatMap((match) => {
		const kind = kindOf(match);
		return kind === null ? [] : [{ kind, span: [match.index, match.index + match[0].length] as const }];
	});
}
