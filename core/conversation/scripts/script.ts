import * as v from 'valibot';
import { SCRIPT_STAGES, type ScriptKind, type ScriptStage } from '../../store/assistant';
import { ASK_TOPICS, type Act } from '../acts';
import type { Lang } from '../message';

/** What a client's message may be about, for triggers. */
export const SCRIPT_INTENTS = [
	...ASK_TOPICS.map((topic) => `ask_${topic}` as const),
	'hello',
	'thanks',
	'book',
	'fill',
	'correct',
	'pick',
	'manage',
] as const;
export type ScriptIntent = (typeof SCRIPT_INTENTS)[number];

/** When a script may speak: all that is given must hold. */
export interface ScriptTrigger {
	/** Any of them; empty for whatever the message is about. */
	readonly intents: readonly ScriptIntent[];
	/** Any of these words or phrases, in any case form; empty for whatever the words are. */
	readonly words: readonly string[];
}

/** A line of the salon's own that may be added to an answer. `{service}` stands for the first offered service's title. */
export interface SalesScript {
	readonly id: string;
	readonly kind: ScriptKind;
	readonly stage: ScriptStage;
	readonly trigger: ScriptTrigger;
	/** A language without a text is not spoken. */
	readonly text: Readonly<Record<Lang, string | null>>;
	/** Most uses in one dialogue. */
	readonly maxUses: number;
	/** An upsell offers one of these and is silent when none of them can be had; empty for a line without an offer. */
	readonly serviceIds: readonly string[];
	readonly active: boolean;
}

const line = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(most, `must be at most ${most} characters`));
const body = v.optional(v.nullable(line(300)), null);

const Trigger = v.pipe(
	v.strictObject({
		intents: v.optional(v.array(v.picklist(SCRIPT_INTENTS, `must be of: ${SCRIPT_INTENTS.join(', ')}`)), []),
		words: v.optional(v.pipe(v.array(line(60)), v.maxLength(50, 'must have at most 50 words')), []),
	}),
	v.check(({ intents, words }) => intents.length + words.length > 0, 'must name an intent or a word'),
);

/** The form of a script as operators give it. */
export const ScriptSchema = v.pipe(
	v.strictObject({
		id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be 1 to 40 of: a-z, 0-9, - and _')),
		kind: v.picklist(['script', 'objection'], 'must be script or objection'),
		stage: v.picklist(SCRIPT_STAGES, `must be one of: ${SCRIPT_STAGES.join(', ')}`),
		trigger: Trigger,
		text: v.strictObject({ ru: body, en: body }),
		maxUses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1, 'must be at least 1'), v.maxValue(5, 'must be at most 5')), 1),
		serviceIds: v.optional(v.pipe(v.array(line(100)), v.maxLength(50, 'must have at most 50 ids')), []),
		active: v.optional(v.boolean(), true),
	}),
	v.forward(
		v.check(({ text }) => text.ru !== null || text.en !== null, 'must have Russian or English words'),
		['text'],
	),
	v.forward(
		v.check(({ text, serviceIds }) => serviceIds.length > 0 || !`${text.ru}${text.en}`.includes('{service}'), 'must name services where the text has {service}'),
		['serviceIds'],
	),
);

/** What a message is about, as triggers name it. */
export function intentsOf(acts: readonly Act[]): readonly ScriptIntent[] {
	const intents = acts.flatMap((act): string[] => {
		if (act.type === 'ask') return [`ask_${act.topic}`];
		if (act.type === 'smalltalk') return [act.kind];
		return [act.type];
	});
	return SCRIPT_INTENTS.filter((intent) => intents.includes(intent));
}
