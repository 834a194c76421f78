interface Wish {
	readonly done: Promise<void>;
	readonly settle: (result: { readonly error: unknown } | null) => void;
}

/** The wish to unlink the device: one at a time. It goes before whatever else ends the socket meanwhile, and is settled whatever happens. */
export class Unlinking {
	#wish: Wish | null = null;
	#isOver = false;

	/** It was asked for, and is not done yet. */
	get isAsked(): boolean {
		return this.#wish !== null;
	}

	/** Resolves when it is done; rejects when it failed, or when the session ended before. */
	async ask(): Promise<void> {
		if (this.#isOver) throw ended();
		this.#wish ??= newWish();
		await this.#wish.done;
	}

	/** Does what was asked for. Rejects as `work` does. */
	async carryOut(work: () => Promise<void>): Promise<void> {
		const wish = this.#wish;
		this.#wish = null;
		try {
			await work();
			wish?.settle(null);
		} catch (error) {
			wish?.settle({ error });
			throw error;
		}
	}

	/** Nobody will do it any more. */
	giveUp(): void {
		this.#isOver = true;
		this.#wish?.settle({ error: ended() });
		this.#wish = null;
	}
}

const ended = (): Error => new Error('the session ended before it was unlinked');

function newWish(): Wish {
	let settle: Wish['settle'] = () => undefined;
	const done = new Promise<void>((resolve, reject) => {
		settle = (result) => (result === null ? resolve() : reject(result.error));
	});
	return { done, settle };
}
