import type { Timers } from './tempo';

/** What failed is tried again sooner than usual, but not at once. */
const LEAST_AFTER_ERROR_MS = 1_000;

/** Something done again and again, never twice at once. */
export class Loop {
	#cancel: () => void = () => undefined;
	#running: Promise<void> | null = null;
	#again = false;
	#isOver = false;

	constructor(
		private readonly timers: Timers,
		private readonly everyMs: number,
		/** Resolves with the milliseconds to the next time where that is sooner than usual. */
		private readonly work: () => Promise<number | void>,
		private readonly onError: (error: unknown) => void,
	) {}

	/** Does it now; once more after it when it is being done. */
	kick(): void {
		if (this.#isOver) return;
		this.#cancel();
		if (this.#running === null) this.#running = this.#run();
		else this.#again = true;
	}

	/** Does it after so long, instead of when it was due. */
	in(ms: number): void {
		if (this.#isOver) return;
		this.#cancel();
		this.#cancel = this.timers.after(ms, () => this.kick());
	}

	/** It is not begun again; resolves when what is under way has ended. */
	async stop(): Promise<void> {
		this.#isOver = true;
		this.#cancel();
		await this.#running;
	}

	async #run(): Promise<void> {
		const next = await this.work().catch((error: unknown) => {
			this.onError(error);
			return Math.max(LEAST_AFTER_ERROR_MS, this.everyMs / 5);
		});
		this.#running = null;
		const again = this.#again;
		this.#again = false;
		if (again) this.kick();
		else this.in(Math.min(this.everyMs, next ?? this.everyMs));
	}
}
