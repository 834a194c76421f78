const FIRST_MS = 5_000;
const LONGEST_MS = 300_000;
/** A connection that held so long was a good one: the next waits begin anew. */
const GOOD_MS = 60_000;

/** The waits between the attempts of one session; they grow, and never end. */
export class Backoff {
	#attempts = 0;

	/** `random` gives numbers in [0, 1). */
	constructor(private readonly random: () => number = Math.random) {}

	/** Attempts since the last good connection. */
	get attempts(): number {
		return this.#attempts;
	}

	/** Milliseconds to wait before the next attempt: anything up to a bound that doubles, so that sessions do not come back together. */
	next(leastMs = 0): number {
		// beyond this power the bound is reached, and the number stays one
		const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.#attempts, 16));
		this.#attempts += 1;
		return leastMs + Math.floor(this.random() * Math.max(0, bound - leastMs));
	}

	/** A connection ended that was open for so long, in milliseconds. */
	wasOpen(milliseconds: number): void {
		if (milliseconds >= GOOD_MS) this.#attempts = 0;
	}
}
