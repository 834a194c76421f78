import type { Answer } from './answer';
import type { SimRequest } from './request';

/** Answers one kind of request. */
export type Handler = (request: SimRequest) => Answer | Promise<Answer>;

/** A method and a path with `{name}` for a segment. */
export interface Route {
	readonly method: string;
	readonly path: string;
	readonly handle: Handler;
}

/** Declares a route; a slash at the end of a request's path is ignored. */
export function route(method: string, path: string, handle: Handler): Route {
	return { method, path, handle };
}

/** Where a request goes: a handler with its parameters, or why not. */
export type Match = { readonly kind: 'found'; readonly handle: Handler; readonly params: Readonly<Record<string, string>> } | { readonly kind: 'no-path' | 'no-method' };

/** Finds routes; the first declared wins. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
	const compiled = routes.map((one) => ({ ...one, parts: partsOf(one.path) }));
	return (method, path) => {
		const segments = partsOf(path);
		let pathKnown = false;
		for (const { method: wanted, parts, handle } of compiled) {
			const params = matchParts(parts, segments);
			if (params === null) continue;
			if (wanted === method) return { kind: 'found', handle, params };
			pathKnown = true;
		}
		return { kind: pathKnown ? 'no-method' : 'no-path' };
	};
}

function partsOf(path: string): readonly string[] {
	return path.split('/').filter((part) => part !== '');
}

function matchParts(parts: readonly string[], segments: readonly string[]): Record<string, string> | null {
	if (parts.length !== segments.length) return null;
	const params: Record<string, string> = {};
	for (const [index, part] of parts.entries()) {
		const segment = segments[index] ?? '';
		if (part.startsWith('{')) params[part.slice(1, -1)] = decode(segment);
		else if (part !== segment) return null;
	}
	return params;
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
