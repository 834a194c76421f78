import type { Store } from '../../../../core/store';

/** A store whose writes a test can keep waiting; reading goes on. */
export class HeldWrites {
	readonly store: Store;
	readonly #under = new Set<Promise<unknown>>();
	#free: Promise<void> = Promise.resolve();

	constructor(store: Store) {
		this.store = {
			...store,
			write: async (work, options) => {
				// held anew since it was let go
				for (let free: Promise<void> | null = null; free !== this.#free; ) await (free = this.#free);
				const done = store.write(work, options);
				this.#under.add(done);
				return await done.finally(() => void this.#under.delete(done));
			},
		};
	}

	/** Resolves when nothing is being written, with what lets the writes go on that come from now. */
	async hold(): Promise<() => void> {
		let goOn = (): void => undefined;
		this.#free = new Promise((resolve) => (goOn = resolve));
		await Promise.allSettled(this.#under);
		return goOn;
	}
}
