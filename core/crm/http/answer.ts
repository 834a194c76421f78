import type { Answered } from './port';

/**
 * What an answer's body is. HTML, XML, broken and half JSON are all `text`; only whole JSON is `json`. The words of a text
 * are for a vendor whose own format it is.
 */
export type Body = { readonly kind: 'empty' } | { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'text'; readonly text?: string };

/** An answer with its body read. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Body;
}

/** Reads the body of an answer; the content type is not believed. */
export function readAnswer({ status, headers, body }: Answered): Answer {
	return { status, headers, body: readBody(body) };
}

function readBody(bytes: Uint8Array): Body {
	const text = new TextDecoder('utf-8').decode(bytes).trim();
	if (text === '') return { kind: 'empty' };
	try {
		return { kind: 'json', value: JSON.parse(text) as unknown };
	} catch {
		return { kind: 'text', text };
	}
}

const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'x-trace-id', 'request-id', 'x-amzn-requestid', 'cf-ray'];
const REQUEST_ID = /^[A-Za-z0-9._:-]{4,80}$/;

/** The vendor's own name for the exchange, for a question to its support; null when it gave none. */
export function requestIdOf(headers: Readonly<Record<string, string>>): string | null {
	for (const name of REQUEST_ID_HEADERS) {
		const value = headers[name];
		if (value !== undefined && REQUEST_ID.test(value)) return value;
	}
	return null;
}

const LONGEST_PAUSE_MS = 3_600_000;

/** `Retry-After` in milliseconds, given as seconds or as a date; null when absent or unreadable. At most an hour. */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | null {
	const value = headers['retry-after']?.trim();
	if (value === undefined || value === '') return null;
	const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
	return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS);
}
