/** One message every so many milliseconds, and so many at once after a rest. */
export interface Pace {
	readonly everyMs: number;
	readonly burst: number;
}

/**
 * A token bucket as one number: when it would be full again. It needs no timer, and what was sent before a restart is put back
 * by taking for it once more. Instants are milliseconds since the epoch.
 */
export class Bucket {
	#fullAt = 0;

	/** Milliseconds until one more may be taken, 0 when it may be now. */
	wait({ everyMs, burst }: Pace, now: number): number {
		return Math.max(0, this.#at({ everyMs, burst }, now) - (burst - 1) * everyMs - now);
	}

	/** Takes one, whether or not it waited for it. */
	take(pace: Pace, now: number): void {
		this.#fullAt = Math.max(this.#at(pace, now), now) + pace.everyMs;
	}

	/** True when it is as good as new. */
	isFull(now: number): boolean {
		return this.#fullAt <= now;
	}

	/** A clock that was put back, or a pace that was raised, must not make anybody wait longer than an empty bucket does. */
	#at({ everyMs, burst }: Pace, now: number): number {
		return Math.min(this.#fullAt, now + burst * everyMs);
	}
}
