/**
 * The four ways a CRM call can end. An empty answer is `ok` with an empty list; a call that could not be made
 * is `unavailable`; a write whose effect cannot be told is `unknown`. None of the three is ever folded into another.
 */
export type Outcome<T> = Ok<T> | Refused | Unknown | Unavailable;

/** The CRM did what was asked. */
export interface Ok<T> {
	readonly kind: 'ok';
	readonly value: T;
}

/** The CRM said no, and would say no again to the same call. `message` is for an operator, in English. */
export interface Refused {
	readonly kind: 'refused';
	readonly reason: RefusalReason;
	readonly message: string;
	/** What to do with the client instead, where the vendor has another way than its API. */
	readonly handoff?: Handoff;
}

/** Where a client goes with what the CRM cannot do by itself: a page to finish on, or a person of the salon. */
export type Handoff = { readonly kind: 'link'; readonly url: string; readonly text: string } | { readonly kind: 'human'; readonly text: string };

/** A write left and no proof of its effect came back: read back by `operation`, never repeat blindly. */
export interface Unknown {
	readonly kind: 'unknown';
	readonly operation: OperationKey;
}

/** Throttled, down, or a read that timed out. Nothing was changed. `retryAt` is an ISO 8601 instant. */
export interface Unavailable {
	readonly kind: 'unavailable';
	readonly cause: string;
	readonly retryAt?: string;
}

/** Names one intended effect; unique within a tenant. The same key never has two effects. */
export type OperationKey = string;

/** Why a CRM (or our own guard in front of it) said no. The set is closed: every reason has a template. */
export const REFUSAL_REASONS = [
	'slot_taken',
	'slot_in_past',
	'too_soon',
	'too_far',
	'outside_hours',
	'staff_unqualified',
	'staff_inactive',
	'service_inactive',
	'resource_busy',
	'self_overlap',
	'client_blocked',
	'client_invalid',
	'phone_invalid',
	'name_missing',
	'not_found',
	'not_own',
	'already_cancelled',
	'too_late_to_change',
	'version_conflict',
	'not_allowed',
	'credential_invalid',
	'invalid_request',
	'unsupported',
] as const;

/** One of {@link REFUSAL_REASONS}. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Wraps a value the CRM returned. */
export function ok<T>(value: T): Ok<T> {
	return { kind: 'ok', value };
}

/** Builds a refusal; `message` says what happened and what to do, without personal data. */
export function refused(reason: RefusalReason, message: string): Refused {
	return { kind: 'refused', reason, message };
}

/** Marks a write whose effect is not known. */
export function unknown(operation: OperationKey): Unknown {
	return { kind: 'unknown', operation };
}

/** Marks a call that could not be made or a read that failed. */
export function unavailable(cause: string, retryAt?: string): Unavailable {
	return retryAt === undefined ? { kind: 'unavailable', cause } : { kind: 'unavailable', cause, retryAt };
}

/** Applies `map` to the value of an `ok` outcome and passes every other kind through unchanged. */
export function mapOutcome<T, U>(outcome: Outcome<T>, map: (value: T) => U): Outcome<U> {
	return outcome.kind === 'ok' ? ok(map(outcome.value)) : outcome;
}
