import type { RefusalReason } from '../../booking';
import type { Answer } from './answer';

/** What an answer means to its vendor. */
export type Verdict =
	/** The vendor did it; `payload` goes to the call's schema. */
	| { readonly kind: 'success'; readonly payload: unknown }
	/** The vendor understood and said no: nothing was done. `message` holds no words of the vendor, which may name people. */
	| { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string }
	/** One request too many. `pauseMs` is how long to stay away where the vendor says it in no header. */
	| { readonly kind: 'throttled'; readonly message?: string; readonly pauseMs?: number }
	/** A fault of the vendor: what was done is not known. `message` says what an operator can do, where that is known. */
	| { readonly kind: 'failed'; readonly message?: string }
	/** Not an answer of this vendor: another envelope, HTML, half a JSON. */
	| { readonly kind: 'unreadable'; readonly message?: string };

/** What makes a vendor different for the transport. */
export interface VendorRules {
	/** As an operator knows it. */
	readonly vendor: string;
	/** Sent with every request; no secrets. */
	readonly headers: Readonly<Record<string, string>>;
	/** Reads an answer. {@link judgeByStatus} is the rest of every vendor's judgement. */
	judge(answer: Answer): Verdict;
}

const REFUSALS: Readonly<Record<number, readonly [RefusalReason, string]>> = {
	400: ['invalid_request', 'The CRM does not accept the request.'],
	401: ['credential_invalid', 'The CRM does not accept the credential; renew it.'],
	402: ['not_allowed', 'The licence of the account has ended; the owner has to renew it in the CRM.'],
	403: ['not_allowed', 'The user of the credential has no right to this in the CRM; give the right or use another user.'],
	404: ['not_found', 'The CRM has no such record.'],
	405: ['unsupported', 'The CRM does not offer this.'],
	409: ['invalid_request', 'The CRM says the request contradicts what it holds.'],
	410: ['not_found', 'The CRM has no such record any more.'],
	422: ['invalid_request', 'The CRM does not accept the values.'],
};

/** The plain meaning of a status, for what a vendor's own rules do not decide; a success is never decided here. */
export function judgeByStatus({ status, body }: Answer): Exclude<Verdict, { kind: 'success' }> {
	if (status === 429) return { kind: 'throttled' };
	if (status >= 500 || status === 408 || status === 425) return { kind: 'failed' };
	const [reason, message] = REFUSALS[status] ?? [];
	// a page of a proxy is not the vendor's word, except that nobody lets a request in without the key
	if (reason === undefined || message === undefined || (body.kind === 'text' && status !== 401)) return { kind: 'unreadable' };
	return { kind: 'refused', reason, message };
}
