import type { Timers } from './tempo';

/** A timer of the platform goes off at once when it is set for longer: 2^31 milliseconds, less than 25 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** A wait that can be ended early. A wake that comes before it counts for it. */
export class Pause {
	#woken = false;
	#end: (() => void) | null = null;

	constructor(private readonly timers: Timers) {}

	/** Waits so many milliseconds, or for a wake only when null. */
	async wait(ms: number | null): Promise<void> {
		if (this.#woken) {
			this.#woken = false;
			return;
		}
		await new Promise<void>((resolve) => {
			let cancel = (): void => undefined;
			const waitFor = (left: number): void => {
				const now = Math.min(left, LONGEST_MS);
				cancel = this.timers.after(now, () => (left > now ? waitFor(left - now) : this.#end?.()));
			};
			this.#end = () => {
				this.#end = null;
				cancel();
				resolve();
			};
			if (ms !== null) waitFor(ms);
		});
	}

	wake(): void {
		if (this.#end === null) this.#woken = true;
		else this.#end();
	}

	/** Forgets a wake that came before. */
	clear(): void {
		this.#woken = false;
	}
}
