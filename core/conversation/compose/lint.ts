import { fold } from '../../language/words';
import type { Catalogue } from '../catalogue';
import type { Lang } from '../message';
import type { Facts } from './facts';
import { AVAILABILITY_WORDS, DAY_WORDS, EFFECT_PATTERNS, FACT_PATTERNS, type Effect, type ViolationKind } from './lint-patterns';
import { strayServices, strayStaff } from './lint-names';
import type { Utterance } from './utterance';

/** What a draft is judged by. */
export interface LintContext {
	readonly facts: Facts;
	readonly catalogue: Catalogue;
	/** Effects of this turn, from its commit records only. */
	readonly effects: ReadonlySet<Effect>;
	readonly lang: Lang;
}

/** One thing a draft may not say; `found` is the text that says it. */
export interface Violation {
	readonly kind: ViolationKind;
	readonly found: string;
}

/** Stands for a fact: neither a letter, a digit nor a space, so no pattern reaches over it. */
const MARK = '□';
const LIST_NUMBER = /^[ \t]*(?:[1-9]|10)[.)](?=[ \t])/gmu;
const QUOTED_NUMBER = /[«"“](?:[1-9]|10)[»"”]/gu;

/**
 * What the text outside known handles claims and no fact or effect of the turn backs: empty when the draft may be sent.
 * Numbers are allowed only as list numbers and as «2» to answer with. Rendering is judged by `renderDraft`, not here.
 */
export function lintDraft(draft: string, context: LintContext): readonly Violation[] {
	const text = outsideFacts(draft, context.facts);
	const folded = fold(text);
	const countable = folded.replace(LIST_NUMBER, '').replace(QUOTED_NUMBER, MARK);
	return [
		...FACT_PATTERNS.flatMap(({ kind, pattern }) => matches(kind, countable, pattern)),
		...EFFECT_PATTERNS.filter(({ allowedBy }) => !allowedBy.some((effect) => context.effects.has(effect))).flatMap(({ pattern }) =>
			matches('effect', folded, pattern),
		),
		...availability(folded),
		...strayStaff(text, context.facts, context.catalogue).map((found) => ({ kind: 'name' as const, found })),
		...strayServices(text, context.facts, context.catalogue).map((found) => ({ kind: 'service' as const, found })),
		...otherScript(text, context.lang),
	];
}

/** The effects that the utterances of a turn prove. */
export function effectsOf(utterances: readonly Utterance[]): ReadonlySet<Effect> {
	const proven = new Set<Effect>();
	for (const { intent, data } of utterances) {
		if (intent === 'booked') proven.add('create');
		else if (intent === 'rescheduled') proven.add('reschedule');
		else if (intent === 'cancelled') proven.add('cancel');
		else if (intent === 'already_done') proven.add(data.kind);
	}
	return proven;
}

/** The draft with known handles masked; look-alike digits and letters become plain, invisible and combining characters go. */
function outsideFacts(draft: string, facts: Facts): string {
	const masked = draft.replace(/\{([^{}]*)\}/g, (whole, handle: string) => (facts.has(handle) ? MARK : whole));
	return masked.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, '').replace(/[^\S\n]+/gu, ' ');
}

function matches(kind: ViolationKind, text: string, pattern: RegExp): Violation[] {
	return [...text.matchAll(pattern)].map(([found]) => ({ kind, found }));
}

function availability(folded: string): Violation[] {
	return (folded.match(/[^.!?\n]+[.!?]*/gu) ?? [])
		.filter((sentence) => !sentence.includes('?') && sentence.search(DAY_WORDS) >= 0 && sentence.search(AVAILABILITY_WORDS) >= 0)
		.map((found) => ({ kind: 'availability', found }));
}

/** An English reply holds no Cyrillic of its own; a Russian one may name a messenger, no more. */
function otherScript(text: string, lang: Lang): Violation[] {
	const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
	const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
	const foreign = lang === 'en' ? cyrillic > 0 : latin > cyrillic;
	return foreign ? [{ kind: 'language', found: lang === 'en' ? 'cyrillic' : 'latin' }] : [];
}
