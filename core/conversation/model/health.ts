import type { Instant } from '../../booking';
import type { ModelFailure } from './port';

/** Failures that tell of the provider and not of the request. */
const ILL: ReadonlySet<ModelFailure> = new Set(['throttled', 'unavailable', 'timeout']);
/** Longer than a turn waits for a provider, so that one which hangs does not cost the next message its wait too. */
const FIRST_REST_MS = 15_000;
const LONGEST_REST_MS = 60_000;

interface Record {
	readonly failures: number;
	readonly restUntil: number;
}

/**
 * Remembers which providers fail, so that the next turns do not wait for them again. Kept by the process for one set of
 * models: two tenants with keys of their own have healths of their own.
 */
export interface ModelHealth {
	/** Whether the provider of this name is left alone at `now`. */
	isResting(name: string, now: Instant): boolean;
	/** Rests a provider that is throttled, away or hangs: 15 s, doubled with every failure in a row, or until `retryAt`; at most 60 s. */
	failed(name: string, cause: ModelFailure, now: Instant, retryAt?: Instant): void;
	succeeded(name: string): void;
}

/** A health without a history. */
export function createModelHealth(): ModelHealth {
	const records = new Map<string, Record>();
	return {
		isResting: (name, now) => Date.parse(now) < (records.get(name)?.restUntil ?? 0),
		failed: (name, cause, now, retryAt) => {
			if (!ILL.has(cause)) return;
			const failures = (records.get(name)?.failures ?? 0) + 1;
			records.set(name, { failures, restUntil: Date.parse(now) + restOf(failures, now, retryAt) });
		},
		succeeded: (name) => void records.delete(name),
	};
}

function restOf(failures: number, now: Instant, retryAt: Instant | undefined): number {
	const asked = retryAt === undefined ? NaN : Date.parse(retryAt) - Date.parse(now);
	const own = FIRST_REST_MS * 2 ** Math.min(failures - 1, 10);
	return Math.min(LONGEST_REST_MS, Number.isFinite(asked) ? Math.max(0, asked) : own);
}
