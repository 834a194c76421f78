import type { Outcome } from '../../../booking';
import { Breaker } from './breaker';

/** Most answers that are remembered. */
const MOST_ENTRIES = 500;

/** An answer and when it came, unix milliseconds. */
export interface Remembered<T> {
	readonly at: number;
	readonly outcome: Promise<Outcome<T>>;
}

/**
 * What must outlive one use of the reader: the breaker and the answers, so that a page is asked rarely whoever asks. One
 * for a company and its settings; kept in the process.
 */
export class WidgetMemory {
	readonly breaker: Breaker;
	private readonly answers = new Map<string, Remembered<unknown>>();

	/** `clock` is unix milliseconds. */
	constructor(readonly clock: () => number) {
		this.breaker = new Breaker(clock);
	}

	/** A good answer not older than `ms`, else a new one; those who ask together share it. Failures are never kept. */
	async recall<T>(key: string, ms: number, read: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
		// a key always names the same call, so what it holds is of the call's type
		const known = this.answers.get(key) as Remembered<T> | undefined;
		const age = known === undefined ? -1 : this.clock() - known.at;
		if (known !== undefined && age >= 0 && age < ms) return known.outcome;
		const fresh: Remembered<T> = { at: this.clock(), outcome: read() };
		if (this.answers.size >= MOST_ENTRIES) this.answers.clear();
		this.answers.set(key, fresh);
		const outcome = await fresh.outcome;
		if (outcome.kind !== 'ok' && this.answers.get(key) === fresh) this.answers.delete(key);
		return outcome;
	}
}
