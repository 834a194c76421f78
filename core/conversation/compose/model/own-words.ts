import { fold } from '../../../language/words';
import type { Catalogue } from '../../catalogue';
import type { Lang } from '../../message';
import { lintDraft } from '../lint';
import { greets } from './clean';
import { JOY, OWN_WORD_PATTERNS, REGRET, STATED_PATTERNS } from './own-words-patterns';
import type { Rejection } from './rejection';
import type { Mood } from './subject';
import { wordsBeyondTone } from './vocabulary';

/** What a model's own words are judged by. No fact and no effect of the turn excuses anything in them. */
export interface OwnWordsContext {
	readonly catalogue: Catalogue;
	readonly lang: Lang;
	readonly mood: Mood;
	/** What the reply asks about; nothing for a first sentence, which asks nothing. */
	readonly topics: readonly RegExp[];
}

/** Stands in place of a fact in the words around it. */
export const FACT_MARK = '□';

/** Everything but letters, plain punctuation, emoji and the mark of a fact: signs of markup, money, links, handles. */
const UNUSUAL = /[^\p{L}\p{N}\s.,!?:;()«»"“”„'’‘–—□\p{Extended_Pictographic}\p{Regional_Indicator}-]/u;
/** Words spelt with gaps, so that no word list sees them. */
const SPACED_OUT = /(?<!\p{L})(?:\p{L}[\s.,:;–—□-]+){4,}\p{L}(?!\p{L})/u;
const LETTERS = /\p{L}/gu;
const OWN_ALPHABETS = /[\p{Script=Cyrillic}\p{Script=Latin}]/u;
const NO_FACTS = new Map<string, string>();
const NO_EFFECTS = new Set<never>();

/**
 * Why words of a model may not be shown, or null when they may. They may carry tone, thanks, empathy, an invitation to
 * go on, and the question; whatever only code can know is refused: facts, days, effects, promises, yes and no. Names and
 * other languages fall to the vocabulary. `text` is clean and holds `FACT_MARK` in place of handles.
 */
export function rejectionOf(text: string, context: OwnWordsContext): Rejection | null {
	if (UNUSUAL.test(text) || SPACED_OUT.test(text)) return 'markup';
	if ((text.match(LETTERS) ?? []).some((letter) => !OWN_ALPHABETS.test(letter))) return 'script';
	// Not even a list number: a row of the model's own would take the number of an offer.
	if (/\p{N}/u.test(text)) return 'number';
	const [violation] = lintDraft(text, { facts: NO_FACTS, effects: NO_EFFECTS, catalogue: context.catalogue, lang: context.lang });
	if (violation !== undefined) return violation.kind;
	const folded = fold(text);
	// A fact stands where its mark does, so a word after it begins a phrase of its own.
	const spaced = folded.replaceAll(FACT_MARK, ' , ').replace(/[^\S\n]+/gu, ' ');
	const said = OWN_WORD_PATTERNS.find(({ pattern }) => pattern.test(spaced)) ?? statedIn(spaced);
	if (said !== undefined) return said.kind;
	if (greets(text)) return 'greeting';
	if (wordsBeyondTone(folded, context.lang, context.topics).length > 0) return 'word';
	if (context.mood === 'bad' && JOY.test(folded)) return 'mood';
	return context.mood === 'good' && REGRET.test(folded) ? 'mood' : null;
}

function statedIn(folded: string): (typeof STATED_PATTERNS)[number] | undefined {
	const stated = (folded.match(/[^.!?\n]+[.!?]*/gu) ?? []).filter((sentence) => !sentence.includes('?'));
	return STATED_PATTERNS.find(({ pattern }) => stated.some((sentence) => pattern.test(sentence)));
}
