import type { Timers } from './tempo';

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
			const cancel = ms === null ? () => undefined : this.timers.after(ms, () => this.#end?.());
			this.#end = () => {
				this.#end = null;
				cancel();
				resolve();
			};
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
