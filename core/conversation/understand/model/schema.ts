import * as v from 'valibot';
import { ASK_TOPICS, CORRECTABLE_FIELDS, SMALLTALK_KINDS } from '../../acts';
import { MEMORY_KEYS, type RememberedFact } from '../../context';
import type { Handles } from './handles';

export const MOST_DRAFT_CHARACTERS = 200;
const MOST_ACTS = 4;
const MOST_PHRASE = 160;
const MOST_TEXT = 500;
const MOST_FACTS = 2;
const MOST_FACT = 120;
const MOST_ISSUES = 3;
const MIDDLING = 0.5;
/** Nothing a client sees: controls, bidirectional marks, zero-width characters. */
const UNSEEN = /[\p{Cc}\p{Cf}]/u;

const Phrase = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_PHRASE));
const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_TEXT));

/** Acts in the words of the model: catalogue handles beside the client's words, none of them trusted yet. */
function actsSchema(handles: Handles) {
	const words = {
		serviceText: v.optional(Phrase),
		serviceRef: v.optional(v.picklist([...handles.services.keys()])),
		whenText: v.optional(Phrase),
		staffText: v.optional(Phrase),
		staffRef: v.optional(v.picklist([...handles.staff.keys()])),
		forOther: v.optional(Phrase),
		nameText: v.optional(Phrase),
		phoneText: v.optional(Phrase),
	};
	const act = v.variant('type', [
		v.strictObject({ type: v.literal('book'), ...words }),
		v.strictObject({ type: v.literal('fill'), ...words }),
		v.strictObject({ type: v.literal('correct'), field: v.picklist(CORRECTABLE_FIELDS), text: Text }),
		v.strictObject({ type: v.literal('pick'), ref: v.picklist([...handles.picks.keys(), ...handles.services.keys(), ...handles.staff.keys()]) }),
		v.strictObject({ type: v.literal('ask'), topic: v.picklist(ASK_TOPICS), text: v.optional(Text, '') }),
		v.strictObject({
			type: v.literal('manage'),
			op: v.picklist(['list', 'cancel', 'move']),
			recordText: v.optional(Phrase),
			whenText: v.optional(Phrase),
			staffText: v.optional(Phrase),
		}),
		v.strictObject({ type: v.literal('yes') }),
		v.strictObject({ type: v.literal('no') }),
		v.strictObject({ type: v.literal('smalltalk'), kind: v.picklist(SMALLTALK_KINDS) }),
		v.strictObject({ type: v.literal('human') }),
		v.strictObject({ type: v.literal('stop') }),
		v.strictObject({ type: v.literal('none') }),
	]);
	return v.pipe(v.array(act), v.minLength(1), v.maxLength(MOST_ACTS));
}

export type ModelAct = v.InferOutput<ReturnType<typeof actsSchema>>[number];

/** An answer of the right shape. */
export interface ModelReading {
	readonly acts: readonly ModelAct[];
	readonly confidence: number;
	readonly draft: string | null;
	readonly remember: readonly RememberedFact[];
}

/** A reading, or what is wrong with it in a few words that repeat nothing of it. */
export type Checked = { readonly kind: 'ok'; readonly reading: ModelReading } | { readonly kind: 'wrong'; readonly why: string };

const Envelope = v.strictObject({
	acts: v.unknown(),
	// What is not an act cannot do harm: a bad one is left out instead of asked for again.
	draft: v.fallback(v.nullish(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_DRAFT_CHARACTERS), v.check((text) => !UNSEEN.test(text)))), null),
	remember: v.fallback(v.nullish(v.array(v.unknown())), null),
	lang: v.optional(v.unknown()),
	confidence: v.fallback(v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), MIDDLING), MIDDLING),
});
const Fact = v.strictObject({ key: v.picklist(MEMORY_KEYS), value: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_FACT), v.check((text) => !UNSEEN.test(text))) });

/** Checks what a model answered against the vocabulary of acts and the handles of this turn. Never throws. */
export function checkReading(answer: unknown, handles: Handles): Checked {
	const envelope = v.safeParse(Envelope, withoutEmpty(answer));
	if (!envelope.success) return wrong(envelope.issues);
	const acts = v.safeParse(actsSchema(handles), actsOf(envelope.output.acts));
	if (!acts.success) return wrong(acts.issues, ['acts']);
	const { draft, remember, confidence } = envelope.output;
	const facts = (remember ?? []).slice(0, MOST_FACTS).flatMap((fact) => {
		const read = v.safeParse(Fact, fact);
		return read.success ? [read.output] : [];
	});
	return { kind: 'ok', reading: { acts: acts.output, confidence, draft: draft ?? null, remember: facts } };
}

/** A model that has nothing to say in a field often writes null or an empty string. */
function withoutEmpty(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== ''));
}

function actsOf(acts: unknown): unknown {
	return Array.isArray(acts) ? acts.map(withoutEmpty) : acts;
}

interface Issue {
	readonly path?: readonly { readonly key: unknown }[];
	readonly type: string;
	readonly expected: string | null;
}

const PLAIN_KEY = /^[A-Za-z0-9_]{1,20}$/;

function wrong(issues: readonly Issue[], under: readonly string[] = []): Checked {
	const lines = issues.slice(0, MOST_ISSUES).map(({ path, type }) => {
		const keys = [...under, ...(path ?? []).map(({ key }) => String(key))].filter((key) => PLAIN_KEY.test(key));
		return `${keys.join('.') || 'object'}: ${type === 'strict_object' ? 'unknown or missing key' : type}`;
	});
	return { kind: 'wrong', why: lines.join('; ') };
}
