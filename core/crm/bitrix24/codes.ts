import type { RefusalReason } from '../../booking';
import type { Verdict } from '../http';

/** What the vendor's word for a failure means. */
export type Failure = Exclude<Verdict, { readonly kind: 'success' }>;

const no = (reason: RefusalReason, message: string): Failure => ({ kind: 'refused', reason, message });

const GONE = no('not_found', 'The portal has no such record.');
const NO_RIGHT = no('not_allowed', 'The user of the webhook or application has no right to this; give the right in the portal. A portal whose plan has no REST answers the same.');
const NO_SCOPE = no('not_allowed', 'The webhook or application lacks a permission; tick crm, booking, catalog and user in its settings.');
const BAD_VALUE = no('invalid_request', 'The portal does not accept a field or a value.');
const THROTTLED: Failure = { kind: 'throttled' };
const FAILED: Failure = { kind: 'failed' };

/** By the code in upper case: modules do not agree on the case, and some give numbers. */
const MEANINGS: Readonly<Record<string, Failure>> = {
	QUERY_LIMIT_EXCEEDED: THROTTLED,
	// one method is out of its time, not the account out of its requests
	OPERATION_TIME_LIMIT: FAILED,
	INTERNAL_SERVER_ERROR: FAILED,
	ERROR_UNEXPECTED_ANSWER: FAILED,
	OVERLOAD_LIMIT: no('not_allowed', 'Bitrix24 has blocked the REST of the portal by hand; its owner has to write to the support of Bitrix24.'),
	PORTAL_DELETED: no('not_allowed', 'The portal is deleted; use the address of another one.'),
	PAYMENT_REQUIRED: no('not_allowed', 'The licence of the portal or of the application has ended; its owner has to renew it.'),
	NO_AUTH_FOUND: no('credential_invalid', 'The portal does not accept the credential: it does not know this webhook or token. Make a new one, and check that the address is of the right portal.'),
	INVALID_TOKEN: no('credential_invalid', 'The portal does not accept the credential; connect the application again.'),
	EXPIRED_TOKEN: no('credential_invalid', 'The access token of the credential has ended and could not be renewed; connect the application again.'),
	INVALID_GRANT: no('credential_invalid', 'The credential cannot be renewed; connect the application again.'),
	INVALID_CLIENT: no('credential_invalid', 'The authorization server does not know the application; check its id and secret.'),
	WRONG_CLIENT: no('credential_invalid', 'The authorization server does not know the application; check its id and secret.'),
	METHOD_CONFIRM_WAITING: no('not_allowed', 'An administrator has to approve this method in the portal.'),
	ACCESS_DENIED: NO_RIGHT,
	'200040300010': NO_RIGHT,
	INVALID_CREDENTIALS: NO_RIGHT,
	USER_ACCESS_ERROR: no('not_allowed', 'The user of the webhook or application may not use it; choose an active employee of the portal.'),
	ALLOWED_ONLY_INTRANET_USER: no('not_allowed', 'The user of the webhook or application is no employee; choose an active employee of the portal.'),
	INSUFFICIENT_SCOPE: NO_SCOPE,
	INVALID_SCOPE: NO_SCOPE,
	ERROR_METHOD_NOT_FOUND: no('unsupported', 'The portal has no such method: the module is absent, switched off or too old.'),
	ERROR_BATCH_METHOD_NOT_ALLOWED: no('invalid_request', 'The method cannot be part of a batch; call it alone.'),
	ERROR_BATCH_LENGTH_EXCEEDED: no('invalid_request', 'A batch has at most 50 commands.'),
	INVALID_REQUEST: no('invalid_request', 'The portal takes requests over HTTPS only; begin its address with https://.'),
	NOT_FOUND: GONE,
	ERROR_NOT_FOUND: GONE,
	'1009': GONE,
	'1019': GONE,
	'1021': GONE,
	'1018': no('slot_taken', 'The time is taken; ask for free slots again.'),
	'0': BAD_VALUE,
	'100': BAD_VALUE,
	'422': BAD_VALUE,
	INVALID_ARG_VALUE: BAD_VALUE,
};

/** The meaning of a code, which may be a word, a number or nothing; null for one that is not in the table. */
export function meaningOf(code: unknown): Failure | null {
	if (typeof code !== 'string' && typeof code !== 'number') return null;
	const key = String(code).toUpperCase();
	if (Object.hasOwn(MEANINGS, key)) return MEANINGS[key] ?? null;
	return key.startsWith('CRM_FIELD_ERROR') ? BAD_VALUE : null;
}
