import type { RememberedFact } from './context';

/**
 * The closed vocabulary in which an understander (rules or a model) says what the client wants. Phrases travel as raw
 * text; dates, services, staff and identity are resolved by code. There is no act that writes.
 */
export const ASK_TOPICS = ['price', 'duration', 'address', 'hours', 'staff', 'services', 'availability', 'contacts', 'faq'] as const;
export type AskTopic = (typeof ASK_TOPICS)[number];

export const SMALLTALK_KINDS = ['hello', 'thanks', 'bye', 'how_are_you', 'who_are_you', 'other'] as const;
export type SmalltalkKind = (typeof SMALLTALK_KINDS)[number];

export const CORRECTABLE_FIELDS = ['service', 'when', 'staff', 'name', 'phone', 'guest'] as const;
export type CorrectableField = (typeof CORRECTABLE_FIELDS)[number];

/** What a client says about a visit; every field is the client's own words. */
export interface VisitWords {
	readonly serviceText?: string;
	readonly whenText?: string;
	/** A name, or `any` when the client does not care. */
	readonly staffText?: string;
	/** Who the visit is for when not the client: «дочка», «муж», a name. */
	readonly forOther?: string;
	/** Name and phone as written, when given as contact data. */
	readonly nameText?: string;
	readonly phoneText?: string;
}

export type Act =
	| ({ readonly type: 'book' } & VisitWords)
	| ({ readonly type: 'fill' } & VisitWords)
	| { readonly type: 'correct'; readonly field: CorrectableField; readonly text: string }
	/** `ref` is a handle shown to the client: `o1`.. offers, `r1`.. records, `v1`.. services, `s1`.. staff. */
	| { readonly type: 'pick'; readonly ref: string }
	| { readonly type: 'ask'; readonly topic: AskTopic; readonly text: string }
	| { readonly type: 'manage'; readonly op: 'list' | 'cancel' | 'move'; readonly recordText?: string; readonly whenText?: string; readonly staffText?: string }
	| { readonly type: 'yes' }
	| { readonly type: 'no' }
	| { readonly type: 'smalltalk'; readonly kind: SmalltalkKind }
	| { readonly type: 'human' }
	| { readonly type: 'stop' }
	| { readonly type: 'none' };

/** At most four acts a turn, in the order the client said them. */
export interface Understanding {
	readonly acts: readonly Act[];
	readonly source: 'rules' | 'model';
	/** 0..1; below 0.5 the policy prefers a question to an assumption. */
	readonly confidence: number;
	/** A model's own words for a first sentence: shown only after the lint, never in place of a fact. */
	readonly draft?: string;
	/** What a model proposes to remember of the client; kept only after a visit is booked. */
	readonly remember?: readonly RememberedFact[];
}
