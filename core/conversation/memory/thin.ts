import * as v from 'valibot';

/** Parts of a dialogue's state that quote somebody. */
const QUOTES = ['lastReplies', 'proposals'] as const;
const State = v.pipe(v.string(), v.parseJson(), v.looseObject({ v: v.literal(1), phase: v.string() }));

/** A stored state without the texts it quotes; everything else, and a state of another kind, stays as it is. */
export function withoutTexts(state: string): string {
	const parsed = v.safeParse(State, state);
	if (!parsed.success) return state;
	const quoting = QUOTES.filter((key) => {
		const quotes = parsed.output[key];
		return Array.isArray(quotes) && quotes.length > 0;
	});
	if (quoting.length === 0) return state;
	return JSON.stringify({ ...parsed.output, ...Object.fromEntries(quoting.map((key) => [key, []])) });
}
