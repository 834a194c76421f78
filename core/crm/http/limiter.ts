/** Who asks: a dialogue has a client waiting, the other lanes leave a reserve for it. */
export const LANES = ['dialogue', 'incremental', 'full', 'backfill'] as const;
export type Lane = (typeof LANES)[number];

/** A request may go now, or may ask again after a pause. */
export type Grant = { readonly kind: 'granted'; readonly at: number } | { readonly kind: 'wait'; readonly ms: number };

/** How many requests a vendor allows in a sliding window. */
export interface RateWindow {
	readonly requests: number;
	readonly perMs: number;
}

/**
 * Counts the requests to one vendor from one egress address, over all tenants and processes. Instants are milliseconds
 * since the epoch.
 */
export interface Limiter {
	/** Takes the right to one request, or says how long to wait before asking again. */
	take(lane: Lane): Promise<Grant>;
	/** The vendor refused a request granted at this moment as one too many; `retryAfterMs` is its own word, or null. */
	refused(grantedAt: number, retryAfterMs: number | null): Promise<void>;
}
