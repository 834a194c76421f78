import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as a simulator's handlers see it. */
export interface SimRequest {
	readonly method: string;
	/** Path and query as they came, before any reading of them. */
	readonly target: string;
	/** Decoded segments are in `params`; this is the raw path without query. */
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	/** The body as it came. */
	readonly text: string;
	/** The body as JSON; undefined when it is empty or no JSON. */
	readonly json: unknown;
	/** Address of the caller, the key of limits per address. */
	readonly address: string;
}

const MAX_BODY_BYTES = 10_000_000;

/** Reads a whole request; `params` are empty until a route is found. */
export async function readRequest(message: IncomingMessage): Promise<SimRequest> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MAX_BODY_BYTES) throw new Error('the request is larger than a simulator takes');
		chunks.push(chunk);
	}
	const text = Buffer.concat(chunks).toString('utf8');
	const target = message.url ?? '/';
	const url = new URL(target, 'http://simulator.invalid');
	return {
		method: message.method ?? 'GET',
		target,
		path: url.pathname,
		params: {},
		query: url.searchParams,
		headers: message.headers,
		text,
		json: parseJson(text),
		address: message.socket.remoteAddress ?? 'unknown',
	};
}

function parseJson(text: string): unknown {
	try {
		return text === '' ? undefined : (JSON.parse(text) as unknown);
	} catch {
		return undefined;
	}
}

/** An object's own entries, or none when it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
