import type { CalendarDate, Instant, LeadStage, Phone, WallTime } from '../booking';
import type { DayPart } from '../language/when';
import type { RememberedFact } from './context';
import type { Lang } from './message';
import { NO_SCRIPTS, type ScriptState } from './scripts/state';

/** Where a value came from. A `client` value is never replaced by an `inferred` one. */
export type Source = 'client' | 'inferred' | 'crm' | 'default';

/** A value with its provenance. */
export interface SlotValue<T> {
	readonly value: T;
	readonly source: Source;
	readonly turn: number;
}

/** When the client wants to come. All fields are in the branch's zone; several may be absent. */
export interface WhenWish {
	/** Separate days; a single day is a list of one. */
	readonly dates?: readonly CalendarDate[];
	/** Inclusive range of days. */
	readonly range?: { readonly from: CalendarDate; readonly to: CalendarDate };
	readonly time?: WallTime;
	readonly timeTo?: WallTime;
	readonly part?: DayPart;
	readonly open?: 'after' | 'before';
	readonly soonest?: boolean;
	/** Two readings can be booked: the client is asked, nothing is assumed. */
	readonly unclear?:
		| { readonly kind: 'am_pm'; readonly times: readonly WallTime[] }
		| { readonly kind: 'which_week'; readonly dates: readonly CalendarDate[] };
}

/** A visit being put together. */
export interface VisitDraft {
	readonly services: SlotValue<readonly string[]> | null;
	/** A service named ambiguously: the ids that fit, to be asked about. */
	readonly serviceCandidates: readonly string[] | null;
	readonly when: SlotValue<WhenWish> | null;
	/** A staff id or `any`. */
	readonly staff: SlotValue<string> | null;
	readonly guest: SlotValue<string> | null;
	/** The offer the client picked; dropped whenever service, time or staff change. */
	readonly offer: ShownOffer | null;
}

/** A slot shown to the client. `id` names a stored offer row. */
export interface ShownOffer {
	readonly ref: string;
	readonly id: string;
	readonly start: Instant;
	readonly staffId: string;
}

/** A visit of the client shown in this conversation. The ref enters only from a lookup bound to the client. */
export interface ShownRecord {
	readonly ref: string;
	readonly appointmentId: string;
	readonly version: string;
}

/** What the assistant asked last, so that a short answer can be read. */
export type Question =
	| { readonly kind: 'service'; readonly options: readonly string[] }
	/** Whether to book what the client usually comes for; `staffId` null for anybody. */
	| { readonly kind: 'usual'; readonly serviceIds: readonly string[]; readonly staffId: string | null }
	| { readonly kind: 'day' }
	| { readonly kind: 'time' }
	| { readonly kind: 'am_pm'; readonly times: readonly WallTime[] }
	| { readonly kind: 'which_week'; readonly dates: readonly CalendarDate[] }
	| { readonly kind: 'staff'; readonly options: readonly string[] }
	| { readonly kind: 'offer' }
	| { readonly kind: 'name' }
	| { readonly kind: 'phone' }
	| { readonly kind: 'name_phone' }
	| { readonly kind: 'confirm' }
	| { readonly kind: 'record'; readonly op: 'cancel' | 'move' }
	| { readonly kind: 'client_choice'; readonly options: readonly string[] }
	/** Asked by the salon: whether the client comes to this visit. */
	| { readonly kind: 'reminder'; readonly appointmentId: string }
	/** Asked by the salon: a mark from 1 to 5. */
	| { readonly kind: 'review'; readonly url: string | null };

export type Phase = 'idle' | 'consulting' | 'collecting' | 'offering' | 'confirming' | 'unknown' | 'managing' | 'done' | 'handoff';

/** Moving or cancelling an own visit. */
export interface ManageDraft {
	readonly op: 'cancel' | 'move';
	/** The chosen visit, when it is known. */
	readonly record: ShownRecord | null;
	readonly when: SlotValue<WhenWish> | null;
	readonly staff: SlotValue<string> | null;
	readonly offer: ShownOffer | null;
}

/** What is known of the client. `phoneVerified` only when the channel vouches for the phone. */
export interface KnownClient {
	readonly name: SlotValue<string> | null;
	readonly phone: Phone | null;
	readonly phoneVerified: boolean;
	/** Chosen card when the phone has several. */
	readonly clientId: string | null;
}

/** The conversation's whole memory: one row, one writer, versioned by `v`. */
export interface ConversationState {
	readonly v: 1;
	readonly phase: Phase;
	readonly lang: Lang;
	/** A language that came once and waits for a second message before it is followed. */
	readonly langCandidate: Lang | null;
	readonly greetedAt: Instant | null;
	readonly lastClientAt: Instant | null;
	readonly visit: VisitDraft | null;
	/** Further visits asked for in the same breath. */
	readonly queue: readonly VisitDraft[];
	readonly manage: ManageDraft | null;
	readonly offers: readonly ShownOffer[];
	readonly records: readonly ShownRecord[];
	readonly question: Question | null;
	readonly client: KnownClient;
	/** Facts already told in this session: fact key -> hash of its rendering. */
	readonly told: Readonly<Record<string, string>>;
	/** The last three texts sent, for repetition control. */
	readonly lastReplies: readonly string[];
	/** Turns in a row that were not understood. */
	readonly misunderstood: number;
	/** Rude messages so far. */
	readonly strikes: number;
	/** Since when the effect of a write is unknown. */
	readonly unknownSince: Instant | null;
	/** Lines that sell said in this session, and whether the client has said no. */
	readonly scripts: ScriptState;
	/** What a model proposed to remember; kept only when a visit is booked. */
	readonly proposals: readonly RememberedFact[];
	/** Whether this session has looked up what the client usually comes for: it does so once. */
	readonly usualLookedUp: boolean;
	/** Services that the client asked the price, length or people of in this session, before any visit was begun. */
	readonly askedAbout: readonly string[];
	/** How far this session has taken the client's lead in the CRM's pipeline. */
	readonly lead: LeadStage | null;
}

/** A fresh conversation. */
export function initialState(lang: Lang): ConversationState {
	return {
		v: 1,
		phase: 'idle',
		lang,
		langCandidate: null,
		greetedAt: null,
		lastClientAt: null,
		visit: null,
		queue: [],
		manage: null,
		offers: [],
		records: [],
		question: null,
		client: { name: null, phone: null, phoneVerified: false, clientId: null },
		told: {},
		lastReplies: [],
		misunderstood: 0,
		strikes: 0,
		unknownSince: null,
		scripts: NO_SCRIPTS,
		proposals: [],
		usualLookedUp: false,
		askedAbout: [],
		lead: null,
	};
}

/** An empty visit. */
export const EMPTY_VISIT: VisitDraft = { services: null, serviceCandidates: null, when: null, staff: null, guest: null, offer: null };
