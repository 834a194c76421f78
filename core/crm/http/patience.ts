import type { Lane } from './limiter';

/** How long a lane may take over one call. */
export interface Patience {
	/** All attempts of a read together, and the wait for the right to write. */
	readonly deadlineMs: number;
	/** One attempt of a read. */
	readonly readMs: number;
	/** A write: longer, because its end is worth knowing. */
	readonly writeMs: number;
	readonly attempts: number;
}

const BACKGROUND: Patience = { deadlineMs: 180_000, readMs: 60_000, writeMs: 60_000, attempts: 6 };

/** A client waits for a dialogue; nobody waits for the rest. */
export const PATIENCE: Readonly<Record<Lane, Patience>> = {
	dialogue: { deadlineMs: 20_000, readMs: 8_000, writeMs: 25_000, attempts: 5 },
	incremental: BACKGROUND,
	full: BACKGROUND,
	backfill: BACKGROUND,
};

const FIRST_MS = 400;
const LONGEST_MS = 16_000;

/** Pause before the next attempt: anything from zero to a bound that doubles (full jitter). */
export function jitter(attempt: number, random: () => number): number {
	return Math.floor(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)));
}
