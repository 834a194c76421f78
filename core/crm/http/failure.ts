import type { Failed, FailureCause } from './port';

/** Codes that Node gives only before a connection stands: nothing can have left. */
const BEFORE_CONNECTION: Readonly<Record<string, FailureCause>> = {
	ECONNREFUSED: 'refused',
	ENOTFOUND: 'dns',
	EAI_AGAIN: 'dns',
	EAI_FAIL: 'dns',
	EAI_NODATA: 'dns',
};

/** Codes that tell the cause, but prove that nothing left only when connecting itself raised them. */
const ANY_TIME: Readonly<Record<string, FailureCause>> = {
	ECONNABORTED: 'timeout',
	ETIMEDOUT: 'timeout',
	ESOCKETTIMEDOUT: 'timeout',
	ECONNRESET: 'reset',
	EPIPE: 'reset',
	ERR_SOCKET_CLOSED: 'reset',
	EHOSTUNREACH: 'refused',
	ENETUNREACH: 'refused',
	EADDRNOTAVAIL: 'refused',
	EPROTO: 'tls',
	ERR_CANCELED: 'aborted',
	ABORT_ERR: 'aborted',
};

/** A certificate may be judged after the request was handed to the encrypted stream: no proof either way. */
const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;
const CONNECTING = new Set(['connect', 'getaddrinfo']);
const DEEPEST_CAUSE = 6;

/**
 * What an error of a request says about it. Looks through the causes, since clients and hosts wrap each other's errors;
 * an error that says nothing counts as a connection broken after the request left.
 */
export function failureOf(error: unknown): Failed {
	const chain = causesOf(error);
	if (chain.some(isTooLarge)) return { kind: 'failed', cause: 'too_large', sent: true };
	for (const one of chain) {
		const code = textOf(one, 'code');
		const early = BEFORE_CONNECTION[code];
		if (early !== undefined) return { kind: 'failed', cause: early, sent: false };
		const known = ANY_TIME[code] ?? (TLS.test(code) ? 'tls' : undefined);
		if (known !== undefined) return { kind: 'failed', cause: known, sent: !chain.some(isConnecting) };
	}
	return { kind: 'failed', cause: 'reset', sent: true };
}

/** The error and what caused it, outermost first. */
export function causesOf(error: unknown): readonly object[] {
	const chain: object[] = [];
	for (let one = error; typeof one === 'object' && one !== null && chain.length < DEEPEST_CAUSE; one = 'cause' in one ? one.cause : null) {
		if (chain.includes(one)) break;
		chain.push(one);
	}
	return chain;
}

/** An attempt at several addresses fails with one error for each; all of them must have been at connecting. */
function isConnecting(error: object): boolean {
	if (CONNECTING.has(textOf(error, 'syscall'))) return true;
	const parts: unknown = 'errors' in error ? error.errors : null;
	return Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === 'object' && part !== null && CONNECTING.has(textOf(part, 'syscall')));
}

function isTooLarge(error: object): boolean {
	return /maxContentLength/.test(textOf(error, 'message'));
}

function textOf(holder: object, key: string): string {
	const value: unknown = (holder as Readonly<Record<string, unknown>>)[key];
	return typeof value === 'string' ? value : '';
}
