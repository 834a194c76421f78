import type { Appointment, CalendarDate, Company, PriceRange, RefusalReason, Service, StaffMember, WallTime } from '../../booking';
import type { Snippet } from '../knowledge/port';
import type { SlotValue, WhenWish } from '../state';

/** A slot ready to be shown. */
export interface OfferView {
	readonly ref: string;
	/** Stored offer id, for button ids. */
	readonly id: string;
	readonly start: string;
	readonly end: string;
	readonly staffName: string;
	readonly serviceTitles: readonly string[];
	readonly price: PriceRange | null;
}

/** A visit ready to be shown. */
export interface RecordView {
	readonly ref: string;
	readonly start: string;
	readonly end: string;
	readonly staffName: string | null;
	readonly serviceTitles: readonly string[];
	readonly price: PriceRange | null;
	readonly status: Appointment['status'];
}

/** Why offers differ from what was asked; `exact` when they do not. */
export type OfferSituation =
	| 'exact'
	| 'free_that_day'
	| 'nearest'
	| 'taken'
	| 'outside_hours'
	| 'closed_day'
	| 'nothing_that_day'
	| 'staff_not_that_day'
	| 'soonest';

/**
 * Everything the assistant can say, with the facts it needs. Policy chooses intents; the composer words them. A reason,
 * intent or language without a template does not compile.
 */
export interface IntentData {
	// questions
	ask_service: { readonly options: readonly Service[]; readonly why: 'missing' | 'ambiguous' | 'not_found' };
	/** Whether to book what the client usually comes for. */
	ask_usual: { readonly serviceTitles: readonly string[]; readonly staff: StaffMember | null };
	ask_day: { readonly serviceTitles: readonly string[] };
	ask_time: { readonly date: CalendarDate | null };
	ask_am_pm: { readonly times: readonly WallTime[]; readonly date: CalendarDate | null };
	ask_which_week: { readonly dates: readonly CalendarDate[] };
	ask_staff: { readonly options: readonly StaffMember[]; readonly why: 'missing' | 'ambiguous' | 'not_found' | 'unqualified' };
	ask_name: Record<string, never>;
	ask_phone: { readonly why: 'missing' | 'invalid' };
	ask_name_phone: Record<string, never>;
	ask_client_choice: { readonly names: readonly string[] };
	ask_what_to_change: Record<string, never>;
	// offers and confirmation
	offer: { readonly offers: readonly OfferView[]; readonly situation: OfferSituation; readonly purpose: 'create' | 'reschedule' };
	no_offers: { readonly wish: SlotValue<WhenWish> | null };
	confirm_create: { readonly offer: OfferView; readonly clientName: string | null; readonly guestName: string | null; readonly company: Company; readonly pendingId: string };
	confirm_reschedule: { readonly record: RecordView; readonly offer: OfferView; readonly pendingId: string };
	confirm_cancel: { readonly record: RecordView; readonly pendingId: string };
	// effects: only from a commit record of this turn, or of an earlier turn for `already_done`
	booked: { readonly record: RecordView; readonly company: Company; readonly clientName: string | null };
	rescheduled: { readonly record: RecordView };
	cancelled: { readonly record: RecordView };
	already_done: { readonly kind: 'create' | 'reschedule' | 'cancel'; readonly record: RecordView };
	effect_unknown: Record<string, never>;
	effect_still_unknown: Record<string, never>;
	// refusals
	refused: { readonly reason: RefusalReason; readonly phone: string | null };
	/** The CRM's own page, where the client finishes by hand what was agreed. */
	finish_on_page: { readonly url: string };
	crm_unavailable: Record<string, never>;
	pending_dropped: { readonly kind: 'create' | 'reschedule' | 'cancel' };
	pending_expired: Record<string, never>;
	stale_button: Record<string, never>;
	time_past: { readonly date: CalendarDate | null };
	too_far: { readonly days: number };
	recurring_unsupported: Record<string, never>;
	// own visits
	records: { readonly records: readonly RecordView[] };
	no_records: { readonly identity: 'verified' | 'chat' };
	choose_record: { readonly op: 'cancel' | 'move'; readonly records: readonly RecordView[] };
	identity_needed: Record<string, never>;
	// what the salon says first
	reminder: { readonly record: RecordView; readonly company: Company; readonly note: string | null };
	see_you: { readonly record: RecordView };
	review_request: { readonly company: Company; readonly note: string | null };
	review_thanks: { readonly url: string | null };
	review_sorry: Record<string, never>;
	win_back: { readonly serviceTitles: readonly string[]; readonly note: string | null };
	birthday: { readonly company: Company; readonly clientName: string | null; readonly note: string | null };
	// answers
	prices: { readonly services: readonly Service[]; readonly more: number };
	durations: { readonly services: readonly Service[]; readonly more: number };
	services: { readonly categories: readonly { readonly title: string; readonly services: readonly Service[] }[] };
	address: { readonly company: Company };
	hours: { readonly company: Company; readonly date: CalendarDate | null };
	contacts: { readonly company: Company };
	staff_list: { readonly staff: readonly StaffMember[]; readonly service: Service | null };
	faq_unknown: Record<string, never>;
	/** The salon's own words, checked by `speakable`. */
	knowledge: { readonly snippet: Snippet };
	script: { readonly text: string };
	/** What was heard in a voice message, said back. */
	heard: { readonly name: string | null; readonly phone: string | null };
	// talk
	hello: Record<string, never>;
	thanks: Record<string, never>;
	bye: Record<string, never>;
	how_are_you: Record<string, never>;
	/** `name`: how the salon calls its assistant, or null. */
	who_are_you: { readonly company: Company; readonly name: string | null };
	smalltalk_other: Record<string, never>;
	next_visit: { readonly serviceTitles: readonly string[] };
	not_understood: { readonly attempt: number };
	media_unreadable: { readonly kind: 'voice' | 'image' | 'location' | 'contact' | 'other' };
	handoff: { readonly cause: HandoffCause };
	handoff_alarm: Record<string, never>;
	stopped: Record<string, never>;
	resumed: Record<string, never>;
	abuse_warning: { readonly attempt: number };
	abuse_pause: Record<string, never>;
	other_language: Record<string, never>;
	budget_reached: Record<string, never>;
}

export const HANDOFF_CAUSES = ['asked', 'not_understood', 'alarm', 'effect_unknown', 'question', 'no_slots', 'over_budget'] as const;
export type HandoffCause = (typeof HANDOFF_CAUSES)[number];

export type Intent = keyof IntentData;

/** One thing to say. */
export type Utterance = { [K in Intent]: { readonly intent: K; readonly data: IntentData[K] } }[Intent];

/** Builds an utterance with its data checked against the intent. */
export function say<K extends Intent>(intent: K, data: IntentData[K]): Utterance {
	return { intent, data } as Utterance;
}
