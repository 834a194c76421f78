import type { RefusalReason } from '../../booking';
import { type Answer, createTransport, judgeByStatus, type RateWindow, type Transport, type TransportParts, type VendorRules, type Verdict } from '../http';

/** As an operator knows it. */
export const VENDOR = 'EasyWeek';
/** The public API of a workspace; the vendor's `/api/ext` cannot book. */
export const BASE_URL = 'https://my.easyweek.io/api/public/v2';

/** What the vendor counts requests by: the key of a workspace. */
export const RATE_WINDOWS: readonly RateWindow[] = [{ requests: 60, perMs: 60_000 }];

/** A key and the workspace it was made in, as its credential holds them. */
export interface Keys {
	/** With or without `Bearer` before it. */
	readonly apiKey: string;
	/** The workspace's short name, as its address shows it. */
	readonly workspace: string;
}

/** Headers that sign a request of a script; in n8n the credential does the same. */
export function signingHeaders({ apiKey, workspace }: Keys): Readonly<Record<string, string>> {
	return { authorization: `Bearer ${apiKey.trim().replace(/^Bearer\s+/i, '')}`, workspace: workspace.trim() };
}

/** The transport of one workspace; `baseUrl` is the vendor's own when absent. */
export function createEasyweekTransport(parts: Omit<TransportParts, 'rules' | 'baseUrl'> & { readonly baseUrl?: string }): Transport {
	return createTransport({ ...parts, baseUrl: parts.baseUrl ?? BASE_URL, rules: RULES });
}

/** How the vendor's answers are read. */
export const RULES: VendorRules = { vendor: VENDOR, headers: { accept: 'application/json' }, judge };

type Refusal = readonly [RefusalReason, string];

const TAKEN: Refusal = ['slot_taken', 'The time is taken; ask for free slots again.'];
/** Why a time is not accepted is for a look at the free times to tell. */
const NOT_ACCEPTED: Refusal = ['outside_hours', 'The CRM does not accept the time; ask for free slots again.'];
/** What a refused field means, by its last part: a cart names its fields by their place. */
const FIELDS: Readonly<Record<string, Refusal>> = {
	reserved_on: NOT_ACCEPTED,
	datetime_start: NOT_ACCEPTED,
	staffer_uuid: ['staff_unqualified', 'The CRM does not accept the staff member for this; choose another one.'],
	service_uuid: ['service_inactive', 'The service can no longer be booked; choose another one.'],
	phone: ['phone_invalid', 'The CRM does not accept the phone.'],
	customer_phone: ['phone_invalid', 'The CRM does not accept the phone.'],
	first_name: ['name_missing', 'The client has no name; ask for it.'],
	customer_first_name: ['name_missing', 'The client has no name; ask for it.'],
};
const STATUSES: Readonly<Record<number, Refusal>> = {
	400: ['invalid_request', 'The CRM does not accept the request; check that the credential names the workspace.'],
	401: ['credential_invalid', 'The CRM does not accept the credential; make a new API key under Settings, Developers, API keys.'],
	403: ['not_allowed', 'The key does not open this workspace, or the plan has no API; check the workspace of the credential and the plan.'],
	409: TAKEN,
};
const ABOUT_TIME = /\b(time|slot)\b/i;

function judge(answer: Answer): Verdict {
	const { status, body } = answer;
	const isDone = status >= 200 && status < 300;
	if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return isDone ? { kind: 'unreadable' } : judgeByStatus(answer);
	const { message, fields } = failureIn(body.value);
	// an error in an answer of success says nothing about what was done
	if (isDone) return fields === null ? { kind: 'success', payload: body.value } : { kind: 'failed' };
	const plain = judgeByStatus(answer);
	if (plain.kind !== 'refused') return plain;
	const [reason, text] = STATUSES[status] ?? [plain.reason, plain.message];
	if (status !== 422) return { kind: 'refused', reason, message: text };
	const named = fields ?? [];
	const [known] = named.map((field) => FIELDS[field.split('.').at(-1) ?? '']).filter((one) => one !== undefined);
	if (known !== undefined) return { kind: 'refused', reason: known[0], message: known[1] };
	if (ABOUT_TIME.test(message)) return { kind: 'refused', reason: NOT_ACCEPTED[0], message: NOT_ACCEPTED[1] };
	return { kind: 'refused', reason, message: named.length === 0 ? text : `${text} Fields: ${named.join(', ')}.` };
}

const FIELD = /^[a-z][a-z0-9_.]{0,60}$/i;
const MOST_FIELDS = 8;

/** `message` is for matching only: it may name people. `fields` is null where no field is named. */
function failureIn(body: object): { readonly message: string; readonly fields: readonly string[] | null } {
	const message = 'message' in body && typeof body.message === 'string' ? body.message : '';
	const errors: unknown = 'errors' in body ? body.errors : null;
	if (typeof errors !== 'object' || errors === null || Array.isArray(errors)) return { message, fields: null };
	return { message, fields: Object.keys(errors).filter((field) => FIELD.test(field)).slice(0, MOST_FIELDS) };
}
