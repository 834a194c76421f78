/** How a reading of the page ended, as far as the breaker cares. `blocked` is a page for people instead of an answer. */
export type ReadingEnd = 'fine' | 'failed' | 'blocked';

/** What an operator is told. Instants are unix milliseconds. */
export type BreakerState =
	| { readonly kind: 'closed'; readonly failures: number }
	/** Nothing is asked until then. */
	| { readonly kind: 'open'; readonly cause: 'blocked' | 'failures'; readonly until: number }
	/** The pause is over: one question goes through and decides. */
	| { readonly kind: 'half-open'; readonly cause: 'blocked' | 'failures' };

const FAILURES = 3;
const PAUSE_MS = 3_600_000;
/** A probe that never ended counts as none after this long. */
const PROBE_MS = 60_000;

/** Keeps the reader away from a page that does not want it, or that has changed: for an hour, then one question decides. */
export class Breaker {
	private failures = 0;
	private opened: { readonly cause: 'blocked' | 'failures'; readonly until: number } | null = null;
	private probeAt: number | null = null;

	constructor(private readonly clock: () => number) {}

	state(): BreakerState {
		if (this.opened === null) return { kind: 'closed', failures: this.failures };
		const { cause, until } = this.opened;
		return this.clock() < until ? { kind: 'open', cause, until } : { kind: 'half-open', cause };
	}

	/** True when one question may go now; in the half-open state only for the one that is the probe. */
	admit(): boolean {
		const { kind } = this.state();
		if (kind !== 'half-open') return kind === 'closed';
		const now = this.clock();
		if (this.probeAt !== null && now - this.probeAt < PROBE_MS) return false;
		this.probeAt = now;
		return true;
	}

	/** Told once an exchange ends. */
	record(end: ReadingEnd): void {
		const wasHalfOpen = this.state().kind === 'half-open';
		if (end === 'fine') {
			// an answer to a question asked before the breaker opened does not close it
			if (this.opened === null || wasHalfOpen) this.close();
			return;
		}
		this.failures += 1;
		if (end === 'blocked' || wasHalfOpen || this.failures >= FAILURES) this.open(end === 'blocked' ? 'blocked' : 'failures');
	}

	private close(): void {
		this.failures = 0;
		this.opened = null;
		this.probeAt = null;
	}

	private open(cause: 'blocked' | 'failures'): void {
		this.opened = { cause, until: this.clock() + PAUSE_MS };
		this.probeAt = null;
	}
}
