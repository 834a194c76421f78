import type { Instant } from '../../../booking';
import { isSameSecret, SIGNATURE_SECONDS, signatureOf } from '../signature';
import { type EventLocale, type EventProblem, type GatewayEvent, parseEvent } from './event';
import { type FieldRule, mappedEvent } from './field-map';

/** How a platform proves itself, strongest first. There is no way without a secret. */
export const AUTHENTICITIES = ['hmac', 'header', 'query'] as const;
/** One of {@link AUTHENTICITIES}. */
export type Authenticity = (typeof AUTHENTICITIES)[number];

/** A delivery as it came. Header names are in lower case; `body` are the very bytes. */
export interface Delivery {
	readonly headers: Readonly<Record<string, unknown>>;
	readonly query: Readonly<Record<string, unknown>>;
	readonly body: Uint8Array;
}

/** What a delivery is held against. */
export interface Gate {
	readonly authenticity: Authenticity;
	readonly secret: string;
	readonly companyId: string;
	readonly locale: EventLocale;
	/** Unix milliseconds. */
	readonly now: number;
	/** For a platform with a shape of its own. */
	readonly mapping?: readonly FieldRule[];
	readonly onUnknownValue?: (field: string) => void;
}

/** What the platform is answered; `event` only where everything is right. */
export type Reception =
	| { readonly event: GatewayEvent; readonly status: 200 }
	| { readonly event: null; readonly status: 400 | 401 | 403 | 413 | 422; readonly answer: { readonly ok: false; readonly errors: readonly EventProblem[] } };

const MOST_BYTES = 256 * 1024;

/** Checks a delivery: first whether it may come in at all, then what it says. */
export function receive({ headers, query, body }: Delivery, gate: Gate): Reception {
	if (gate.secret === '' || !isAuthentic({ headers, query, body }, gate)) return refusal(401, '', 'The secret or the signature is wrong, or the message is older than five minutes.');
	if (body.length > MOST_BYTES) return refusal(413, '', 'An event has at most 256 KiB.');
	const input = jsonOf(body);
	if (input === undefined) return refusal(400, '', 'The body is not JSON.');
	const receivedAt: Instant = new Date(gate.now).toISOString();
	const parsed = parseEvent(mappedEvent(input, gate.mapping ?? []), gate.locale, receivedAt, gate.onUnknownValue);
	if (!parsed.ok) return { event: null, status: 422, answer: { ok: false, errors: parsed.problems } };
	if (parsed.event.companyId !== gate.companyId) return refusal(403, 'company_id', 'This is another company.');
	return { event: parsed.event, status: 200 };
}

function refusal(status: 400 | 401 | 403 | 413, path: string, message: string): Reception {
	return { event: null, status, answer: { ok: false, errors: [{ path, message }] } };
}

function isAuthentic({ headers, query, body }: Delivery, { authenticity, secret, now }: Gate): boolean {
	if (authenticity === 'header') return isSameSecret(textIn(headers['x-gateway-token']), secret);
	if (authenticity === 'query') return isSameSecret(textIn(query.token), secret);
	const stamp = textIn(headers['x-gateway-timestamp']);
	if (!/^\d{1,12}$/.test(stamp) || Math.abs(now / 1000 - Number(stamp)) > SIGNATURE_SECONDS) return false;
	return isSameSecret(textIn(headers['x-gateway-signature']), signatureOf(secret, Number(stamp), body));
}

/** A header or parameter that comes twice proves nothing. */
function textIn(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function jsonOf(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
	} catch {
		return undefined;
	}
}
