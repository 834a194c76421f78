import type { Store } from '../../store';
import type { WriteQueue } from '../auth/writes';
import type { Lease } from '../lease';
import type { Clock } from '../ports';
import { closeDue, nextDue } from './closing';

/** Runs something after so many milliseconds, once; what it returns takes that back. */
export type Timer = (ms: number, run: () => void) => () => void;

/** The process's own timer. */
export const processTimer: Timer = (ms, run) => {
	const timer = setTimeout(run, ms);
	return () => clearTimeout(timer);
};

export interface CloserParts {
	readonly store: Store;
	readonly lease: Lease;
	readonly clock: Clock;
	readonly after: Timer;
	readonly writes: WriteQueue;
	/** Ids of messages whose files are on their way. */
	readonly waitingFor: () => readonly string[];
	readonly onClosed: () => void;
}

/** A turn that waits for a file is looked at again when that has come; this is for the case that it was forgotten, or that the store was away. */
const HELD_MS = 1_000;
/** The longest that a timer is set for: a clock may be put right meanwhile. */
const LONGEST_MS = 60_000;

/** Closes turns when they are due: when that is stands in the store, a timer only says when to look. */
export class Closer {
	#takeBack: (() => void) | null = null;
	#at = Infinity;
	#stopped = false;

	constructor(private readonly parts: CloserParts) {}

	/** A turn may be due then. */
	expect(at: number): void {
		if (this.#stopped || at >= this.#at) return;
		this.#at = at;
		this.#takeBack?.();
		this.#takeBack = this.parts.after(Math.min(LONGEST_MS, Math.max(0, at - this.parts.clock())), () => void this.look().catch(() => this.#soon()));
	}

	/** Closes what is due, and sets the timer for what will be. A failure to write is the queue's to report. */
	async look(): Promise<void> {
		const { store, lease, clock, writes, waitingFor, onClosed } = this.parts;
		this.#at = Infinity;
		let closed = 0;
		await writes.run(async () => void (closed = await closeDue(store, lease, clock(), waitingFor())));
		if (closed > 0) onClosed();
		const due = await nextDue(store, lease);
		if (due !== null) this.expect(due <= clock() ? clock() + HELD_MS : due);
	}

	/** What is due waits for nothing else to come; a queue that takes nothing more ends with its session, and the next one looks. */
	#soon(): void {
		try {
			this.parts.writes.check();
		} catch {
			return;
		}
		this.expect(this.parts.clock() + HELD_MS);
	}

	stop(): void {
		this.#stopped = true;
		this.#takeBack?.();
	}
}
