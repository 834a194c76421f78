import type * as v from 'valibot';
import { type Outcome, ok, refused, unavailable } from '../../booking';
import type { HttpMethod, HttpRequest } from './port';
import { below, type Query } from './url';

/** One call of a vendor's API. `schema` says what a successful answer is; anything else is no answer. */
export interface Call<T> {
	/** Stable short name for events and errors, such as `book_times`; never an id. */
	readonly name: string;
	readonly method: HttpMethod;
	/** Below the base address; made with the `path` tag, so that ids are encoded. */
	readonly path: string;
	readonly query?: Query;
	readonly headers?: Readonly<Record<string, string>>;
	/** At most one of the two. */
	readonly json?: unknown;
	readonly form?: Readonly<Record<string, string>>;
	/** A longer answer is `too_large`; 16 MB when absent. */
	readonly maxBytes?: number;
	readonly schema: v.GenericSchema<unknown, T>;
	/** Most attempts of a read where a vendor must not be asked again; the lane's own number when absent. */
	readonly attempts?: number;
	/** Asked before each attempt of a read, also while it waits for its turn: one that nobody waits for any more is not sent. */
	readonly isWanted?: () => boolean;
}

/** Headers that sign a request: fixed, or made anew for each, where tokens rotate. */
export type HeaderSource = Readonly<Record<string, string>> | (() => Promise<Readonly<Record<string, string>>>);

/** What the requests of one account share. */
export interface Address {
	readonly baseUrl: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly signing: HeaderSource;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** The request of a call. Refused when its path leaves the API, unavailable when it cannot be signed. */
export async function requestOf<T>(call: Call<T>, { baseUrl, headers, signing }: Address, timeoutMs: number): Promise<Outcome<HttpRequest>> {
	const url = below(baseUrl, call.path, call.query);
	if (url === null) return refused('invalid_request', 'The path leaves the address of the API; use a path below it.');
	const signed = typeof signing === 'function' ? await signing().catch(() => null) : signing;
	if (signed === null) return unavailable('The credential of the CRM could not be renewed.');
	const body = bodyOf(call);
	return ok({
		method: call.method,
		url,
		headers: { ...body?.headers, ...headers, ...call.headers, ...signed },
		...(body === null ? {} : { body: body.text }),
		timeoutMs: Math.max(timeoutMs, 1),
		maxBytes: call.maxBytes ?? MOST_BYTES,
	});
}

function bodyOf<T>({ json, form }: Call<T>): { readonly text: string; readonly headers: Readonly<Record<string, string>> } | null {
	if (form !== undefined) return { text: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
	return json === undefined ? null : { text: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
}
