import type { Outcome, RefusalReason } from '../../booking';

/**
 * What a tool tells the model: data, and for everything that is not `ok` what to do next. Business refusals are
 * results, never exceptions: a model can read a result.
 */
export type ToolResult =
	| ({ readonly status: 'ok' } & Readonly<Record<string, unknown>>)
	/** Nothing was written; the client must answer `summary` with a yes of their own. */
	| { readonly status: 'needs_confirmation'; readonly pendingId: string; readonly summary: string; readonly next: string }
	| { readonly status: 'refused'; readonly reason: RefusalReason | DeskRefusal; readonly next: string }
	/** The CRM could not be asked; nothing was written. */
	| { readonly status: 'unavailable'; readonly next: string }
	/** A write left and its effect is not known. */
	| { readonly status: 'unknown'; readonly next: string };

/** A result that changed nothing, or not provably. */
export type Failed = Extract<ToolResult, { readonly status: 'refused' | 'unavailable' | 'unknown' }>;

/** Refusals of the desk itself, in front of the CRM. */
export type DeskRefusal =
	| 'phone_needed'
	| 'name_needed'
	| 'identity_needed'
	| 'not_this_client'
	| 'unknown_slot'
	| 'unknown_service'
	| 'unknown_staff'
	| 'nothing_to_confirm'
	| 'other_pending'
	| 'same_message'
	| 'not_a_yes'
	| 'person_answers'
	| 'chat_busy';

/** What the model is told to do; every refusal of the desk has its sentence. */
const NEXT: Record<DeskRefusal, string> = {
	phone_needed: 'Ask the client to write their phone number in the chat. Never fill in a number yourself.',
	name_needed: 'Ask the client for their name and call the tool again with it.',
	identity_needed: 'The channel does not prove the phone of this client, so no client card may be shown. Booking is still possible.',
	not_this_client: 'Use an appointmentId from get_client_appointments: only visits of this client can be changed.',
	unknown_slot: 'Call get_available_slots and use a slotId it returned in this chat.',
	unknown_service: 'Call get_services and use ids it returned.',
	unknown_staff: 'Call get_staff and use an id it returned.',
	nothing_to_confirm: 'Nothing waits for a confirmation. Call create_appointment, reschedule_appointment or cancel_appointment first.',
	other_pending: 'Another action waits for a confirmation now. Show the client its summary and ask again.',
	same_message: 'Show the summary to the client and wait for their next message. A confirmation in the same message does not count.',
	not_a_yes: 'The last message of the client is not a plain yes. Ask whether to go on, or make the change they asked for.',
	person_answers: 'A person of the salon answers this chat now. Do not book or change anything; tell the client that a person will reply.',
	chat_busy: 'Another message of this chat is being worked on. Try once more.',
};

const UNAVAILABLE = 'The booking system does not answer now. Nothing was booked or changed. Tell the client so and offer to try later.';

/** A refusal of the desk. */
export function deskRefused(reason: DeskRefusal): Failed {
	return { status: 'refused', reason, next: NEXT[reason] };
}

/** A refusal of the CRM, or of a guard that stands in for it. */
export function crmRefused(reason: RefusalReason): Failed {
	return { status: 'refused', reason, next: `The booking system refused: ${reason}. Nothing was changed. Tell the client and offer another way.` };
}

/** The CRM was not reached. */
export function deskUnavailable(): Failed {
	return { status: 'unavailable', next: UNAVAILABLE };
}

/** A write whose effect is not proven. */
export function deskUnknown(): Failed {
	return { status: 'unknown', next: 'It is not known yet whether the change was saved. Tell the client it is being checked. Do not say it is done and do not repeat it.' };
}

/** Maps everything but `ok` of a read. */
export function readFailed(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): Failed {
	return outcome.kind === 'refused' ? crmRefused(outcome.reason) : deskUnavailable();
}
