import type { ModelAnswer, ModelFailure } from '../../../core/conversation/model/port';
import type { Instant } from '../../../core/booking';

type Failed = Extract<ModelAnswer, { kind: 'failed' }>;

/** Where a library or n8n puts the error it wraps. */
const WRAPS = ['cause', 'error', 'response', 'errorResponse'] as const;
const MOST_LAYERS = 12;
/** Longest wait that is believed: a wrong header must not switch a model off for days. */
const LONGEST_WAIT_MS = 3_600_000;

const OUT_OF_QUOTA = /insufficient[_ -]?quota|exceeded your current quota|credit balance|out of credits/i;
const BY_CODE: readonly (readonly [RegExp, ModelFailure])[] = [
	[/^(?:ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED|ABORT_ERR|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|UND_ERR_ABORTED)$/, 'timeout'],
	[/^(?:E[A-Z]+|UND_ERR_[A-Z_]+|CERT_[A-Z_]+|DEPTH_[A-Z_]+|UNABLE_TO_[A-Z_]+)$/, 'unavailable'],
];
const BY_NAME: readonly (readonly [RegExp, ModelFailure])[] = [
	[/^(?:AbortError|TimeoutError|APIConnectionTimeoutError|APIUserAbortError)$/, 'timeout'],
	[/^(?:APIConnectionError|FetchError)$/, 'unavailable'],
	// a library that takes a wrong body apart falls over one of its missing parts
	[/^(?:SyntaxError|TypeError)$/, 'unreadable'],
];
const BY_STATUS: readonly (readonly [(status: number) => boolean, ModelFailure])[] = [
	[(status) => status === 429, 'throttled'],
	[(status) => status === 408 || status === 504, 'timeout'],
	[(status) => status === 409 || status === 425 || status >= 500, 'unavailable'],
	[(status) => status >= 400, 'rejected'],
];

/**
 * Why a model did not answer, told from the thrown error alone: status first, then codes, then names, through every
 * layer that n8n and the provider's library put around it. Texts of errors are looked at for one thing only and never kept.
 *
 * @param now instant from which a wait is counted
 */
export function failureOf(error: unknown, now: Instant): Failed {
	const layers = layersOf(error);
	const cause = causeOf(layers);
	if (cause !== 'throttled') return { kind: 'failed', cause };
	if (layers.some((layer) => [layer['code'], layer['type'], layer['message']].some((text) => typeof text === 'string' && OUT_OF_QUOTA.test(text)))) {
		return { kind: 'failed', cause: 'rejected' };
	}
	const wait = layers.map((layer) => waitOf(layer, now)).find((ms) => ms !== null) ?? null;
	return wait === null ? { kind: 'failed', cause } : { kind: 'failed', cause, retryAt: new Date(Date.parse(now) + Math.min(wait, LONGEST_WAIT_MS)).toISOString() };
}

function causeOf(layers: readonly Record<string, unknown>[]): ModelFailure {
	for (const layer of layers) {
		const status = statusOf(layer);
		if (status !== null) return BY_STATUS.find(([fits]) => fits(status))?.[1] ?? 'unavailable';
	}
	return firstIn(layers, 'code', BY_CODE) ?? firstIn(layers, 'name', BY_NAME) ?? 'unavailable';
}

function firstIn(layers: readonly Record<string, unknown>[], key: string, table: readonly (readonly [RegExp, ModelFailure])[]): ModelFailure | null {
	for (const [pattern, failure] of table) {
		if (layers.some((layer) => typeof layer[key] === 'string' && pattern.test(layer[key]))) return failure;
	}
	return null;
}

/** The error and what it wraps, outermost first. */
function layersOf(error: unknown): readonly Record<string, unknown>[] {
	const layers: Record<string, unknown>[] = [];
	for (const waiting = [error]; waiting.length > 0 && layers.length < MOST_LAYERS; ) {
		const next = waiting.shift();
		if (typeof next !== 'object' || next === null || layers.includes(next as Record<string, unknown>)) continue;
		const layer = next as Record<string, unknown>;
		layers.push(layer);
		waiting.push(...WRAPS.map((key) => layer[key]));
	}
	return layers;
}

/** Some libraries put numbers of their own where others put the status. */
function statusOf(layer: Record<string, unknown>): number | null {
	for (const key of ['status', 'statusCode', 'httpCode']) {
		const status = Number(layer[key] ?? Number.NaN);
		if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
	}
	return null;
}

/** Milliseconds the provider asks to wait, by what a library read or by the header itself. */
function waitOf(layer: Record<string, unknown>, now: Instant): number | null {
	const given = layer['retryAfterMs'];
	if (typeof given === 'number' && Number.isFinite(given) && given >= 0) return given;
	const inMs = Number(header(layer['headers'], 'retry-after-ms') ?? Number.NaN);
	if (inMs >= 0) return inMs;
	const text = header(layer['headers'], 'retry-after')?.trim() ?? '';
	if (text === '') return null;
	const seconds = Number(text);
	if (seconds >= 0) return seconds * 1000;
	const until = Date.parse(text) - Date.parse(now);
	return Number.isFinite(until) ? Math.max(0, until) : null;
}

function header(headers: unknown, name: string): string | null {
	if (typeof headers !== 'object' || headers === null) return null;
	if (headers instanceof Headers) return headers.get(name);
	const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] as unknown;
	return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}
