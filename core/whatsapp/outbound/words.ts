/** What became of a message that was handed to the client. */
export type Word =
	| { readonly kind: 'accepted' }
	/** By the server, with its code. */
	| { readonly kind: 'refused'; readonly code: number }
	/** The client gave it back; it may have left all the same. */
	| { readonly kind: 'broken'; readonly error: unknown }
	/** Nobody said anything in time, or the link went. */
	| { readonly kind: 'silence' };

const SILENCE: Word = { kind: 'silence' };

/** Messages under way and who waits for the server's word on them. */
export class Words {
	readonly #waiting = new Map<string, (word: Word) => void>();

	/** Begins to wait for a word on this id; to be called before the message leaves. */
	expect(waId: string): { readonly word: Promise<Word>; silentAfter(ms: number): void } {
		let timer: NodeJS.Timeout | undefined;
		const word = new Promise<Word>((resolve) => {
			this.#waiting.set(waId, (heard) => {
				clearTimeout(timer);
				this.#waiting.delete(waId);
				resolve(heard);
			});
		});
		return {
			word,
			silentAfter: (ms) => {
				clearTimeout(timer);
				if (this.#waiting.has(waId)) timer = setTimeout(() => this.hear(waId, SILENCE), ms).unref();
			},
		};
	}

	/** A word came; false when nobody waits for it any more. */
	hear(waId: string, word: Word): boolean {
		const settle = this.#waiting.get(waId);
		settle?.(word);
		return settle !== undefined;
	}

	/** The link is gone: no word will come. */
	lost(): void {
		for (const settle of [...this.#waiting.values()]) settle(SILENCE);
	}
}
