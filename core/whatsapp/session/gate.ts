import type { Timers } from './tempo';

/** A place among the handshakes under way; give it back once, later calls do nothing. */
export type LeaveGate = () => void;

interface Waiting {
	readonly enter: (leave: LeaveGate) => void;
}

/** Lets so many handshakes of a process run at once, and none begin together: each costs tens of milliseconds of CPU. */
export class HandshakeGate {
	readonly #waiting: Waiting[] = [];
	#under = 0;
	#pausing = false;

	constructor(
		private readonly timers: Timers,
		private readonly most: number,
		private readonly staggerMs: number,
	) {}

	get underway(): number {
		return this.#under;
	}

	/** Waits for a place; `cancelled` gives up. Null when it was given up. */
	async enter(cancelled: AbortSignal): Promise<LeaveGate | null> {
		if (cancelled.aborted) return null;
		return await new Promise((resolve) => {
			const waiting: Waiting = {
				enter: (leave) => {
					cancelled.removeEventListener('abort', giveUp);
					resolve(leave);
				},
			};
			const giveUp = (): void => {
				const place = this.#waiting.indexOf(waiting);
				if (place < 0) return;
				this.#waiting.splice(place, 1);
				resolve(null);
			};
			cancelled.addEventListener('abort', giveUp, { once: true });
			this.#waiting.push(waiting);
			this.#admit();
		});
	}

	#admit(): void {
		if (this.#pausing || this.#under >= this.most) return;
		const next = this.#waiting.shift();
		if (next === undefined) return;
		this.#under += 1;
		this.#pausing = true;
		this.timers.after(this.staggerMs, () => {
			this.#pausing = false;
			this.#admit();
		});
		let left = false;
		next.enter(() => {
			if (left) return;
			left = true;
			this.#under -= 1;
			this.#admit();
		});
	}
}
