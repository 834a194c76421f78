const PATIENCE = 15_000;

/** Lets a test wait until something has happened, without asking again and again. */
export class Watch {
	#waiting: (() => void)[] = [];

	/** Something changed: everyone who waits looks again. */
	notify(): void {
		this.#waiting.splice(0).forEach((look) => look());
	}

	/** The first answer of `find` that is not undefined; rejects with `what` after `timeoutMs`. */
	async until<T>(find: () => T | undefined, what: string, timeoutMs = PATIENCE): Promise<T> {
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			this.notify();
		}, timeoutMs);
		try {
			for (;;) {
				const found = find();
				if (found !== undefined) return found;
				if (late) throw new Error(`${what}: not within ${timeoutMs} ms`);
				await new Promise<void>((resolve) => this.#waiting.push(resolve));
			}
		} finally {
			clearTimeout(timer);
		}
	}
}
