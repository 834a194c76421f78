import type { FamilySimulator } from './family';

/** One answer as a plain client sees it. */
export interface Told {
	readonly status: number;
	readonly type: string;
	readonly text: string;
	/** The body as JSON; an empty object when it is none. */
	readonly body: Readonly<Record<string, unknown>>;
	readonly headers: Headers;
}

/** Asks an account with a token; the plainest client there is, for the simulator's own tests. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Told>;

/** A client with this token, or with a fresh long-lived one. */
export function asker(simulator: Pick<FamilySimulator, 'url' | 'oauth'>, token = simulator.oauth.issueLongLived()): Ask {
	return async (method, path, body, headers = {}) => {
		const response = await fetch(`${simulator.url}${path}`, {
			method,
			redirect: 'manual',
			headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, type: response.headers.get('content-type') ?? '', text, body: parsed(text), headers: response.headers };
	};
}

function parsed(text: string): Readonly<Record<string, unknown>> {
	try {
		return JSON.parse(text) as Readonly<Record<string, unknown>>;
	} catch {
		return {};
	}
}

/** Rows of a HAL list. */
export function rowsIn(told: Told, key: string): readonly Readonly<Record<string, unknown>>[] {
	const embedded = told.body._embedded as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> | undefined;
	return embedded?.[key] ?? [];
}
