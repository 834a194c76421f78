import type { RefusalReason } from '../../booking';
import { type Answer, createTransport, judgeByStatus, type RateWindow, type Transport, type TransportParts, type VendorRules, type Verdict } from '../http';
import { isRecord } from '../reading';
import { type Brand, YCLIENTS } from './brands';

/** What the vendor counts requests by: the outgoing address, whoever's they are. */
export const RATE_WINDOWS: readonly RateWindow[] = [
	{ requests: 5, perMs: 1000 },
	{ requests: 200, perMs: 60_000 },
];

/** Keys of an account, as its credential holds them. */
export interface Keys {
	readonly partnerToken: string;
	readonly userToken: string;
	/** Only some marketplace applications need it. */
	readonly partnerId?: string;
}

/** Headers that sign a request of a script; in n8n the credential does the same. A user token may be pasted with its word before it. */
export function signingHeaders({ partnerToken, userToken, partnerId }: Keys): Readonly<Record<string, string>> {
	const named: Readonly<Record<string, string>> = partnerId === undefined || partnerId === '' ? {} : { 'x-partner-id': partnerId };
	return { authorization: `Bearer ${partnerToken}, User ${userToken.replace(/^\s*User\s+/i, '')}`, ...named };
}

/** The transport of one account; `baseUrl` is the brand's own when absent. */
export function createYclientsTransport(parts: Omit<TransportParts, 'rules' | 'baseUrl'> & { readonly baseUrl?: string }, brand: Brand = YCLIENTS): Transport {
	return createTransport({ ...parts, baseUrl: parts.baseUrl ?? brand.baseUrl, rules: rulesOf(brand) });
}

/** How the brand's answers are read. */
export function rulesOf({ vendor, accept }: Brand): VendorRules {
	return { vendor, headers: { accept }, judge };
}

const THROTTLED = /лимит запросов|too many requests|rate limit|request limit/i;
/** Both brands speak the language of the account, whichever it is. */
const BUSY = /занят|нерабоч|не работает|busy|occupied|not available|already (?:booked|taken)|non-working/i;
const UNSIGNED = /авториз|токен|unauthori[sz]ed|authori[sz]ation|token/i;
const BUSY_STATUSES: ReadonlySet<number> = new Set([409, 422]);

/** Inner codes of online booking. The vendor does not say where in the body they stand. */
const CODES: Readonly<Record<number, readonly [RefusalReason, string]>> = {
	431: ['phone_invalid', 'The CRM does not accept the phone.'],
	432: ['not_allowed', 'The branch asks clients for an SMS code; turn that off, or let the assistant book through the journal.'],
	433: ['slot_taken', 'The time is taken; ask for free slots again.'],
	434: ['client_blocked', 'The phone is on the black list of the branch; a person has to decide.'],
	435: ['name_missing', 'The client has no name; ask for it.'],
	436: ['slot_taken', 'Nobody is free at this time; ask for free slots again.'],
	437: ['invalid_request', 'Two parts of the visit overlap.'],
	438: ['service_inactive', 'The service can no longer be booked; choose another one.'],
};
const TAKEN: Verdict = { kind: 'refused', reason: 'slot_taken', message: 'The time is taken or outside working hours; ask for free slots again.' };

function judge(answer: Answer): Verdict {
	const { status, body } = answer;
	const isDone = status >= 200 && status < 300;
	if (body.kind === 'empty') return isDone ? { kind: 'success', payload: { data: null, meta: {} } } : judgeByStatus(answer);
	if (body.kind === 'text' || !isRecord(body.value)) return isDone ? { kind: 'unreadable' } : judgeByStatus(answer);
	const { success, data, meta } = body.value;
	if (success === true) return isDone ? { kind: 'success', payload: { data, meta: isRecord(meta) ? meta : {} } } : { kind: 'failed' };
	if (isDone && success !== false) return { kind: 'unreadable' };
	return judgeFailure(answer, body.value);
}

/** A failure may come with any status, 200 included. */
function judgeFailure(answer: Answer, body: Readonly<Record<string, unknown>>): Verdict {
	const { status } = answer;
	const { message, code, isConflict, fields } = failureIn(body);
	if (status === 429 || THROTTLED.test(message)) return { kind: 'throttled' };
	if (status >= 500) return { kind: 'failed' };
	const known = code === null ? undefined : CODES[code];
	if (known !== undefined) return { kind: 'refused', reason: known[0], message: known[1] };
	if (BUSY_STATUSES.has(status) && (isConflict || BUSY.test(message))) return TAKEN;
	if (status < 400) return UNSIGNED.test(message) ? judgeByStatus({ ...answer, status: 401 }) : { kind: 'failed' };
	const plain = judgeByStatus(answer);
	if (plain.kind !== 'refused' || fields.length === 0) return plain;
	const [only] = fields;
	const reason = fields.length === 1 && only === 'phone' ? 'phone_invalid' : plain.reason;
	return { ...plain, reason, message: `${plain.message} Fields: ${fields.join(', ')}.` };
}

const FIELD = /^[a-z][a-z0-9_.[\]]{0,40}$/i;
const MOST_FIELDS = 8;

interface FailureFacts {
	/** For matching only: it may name people. */
	readonly message: string;
	readonly code: number | null;
	readonly isConflict: boolean;
	readonly fields: readonly string[];
}

function failureIn(body: Readonly<Record<string, unknown>>): FailureFacts {
	const meta = recordOf(body.meta);
	const errors = recordOf(body.errors);
	const nested = recordOf(meta.errors);
	const message = [meta.message, errors.message, body.message].find((one) => typeof one === 'string') ?? '';
	const code = [meta.code, errors.code, nested.code, body.code].map(Number).find((one) => Number.isInteger(one) && one > 0) ?? null;
	const fields = Object.keys(nested).filter((key) => FIELD.test(key) && key !== 'code' && key !== 'id');
	return { message: String(message), code, isConflict: meta.conflict === true, fields: fields.slice(0, MOST_FIELDS) };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return isRecord(value) ? value : {};
}
