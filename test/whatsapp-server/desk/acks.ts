/** What the server does with a message of a device. */
export type AckOutcome =
	| { readonly kind: 'accepted' }
	/** Delivered, but the sender never learns that. */
	| { readonly kind: 'ackLost' }
	/** Neither delivered nor answered. */
	| { readonly kind: 'swallowed' }
	/** Refused by a code, such as 463 or 479. */
	| { readonly kind: 'refused'; readonly code: number };

interface Rule {
	readonly outcome: AckOutcome;
	left: number;
}

/** The script of answers to messages; without a rule they are accepted. */
export class AckPolicy {
	#rules: Rule[] = [];
	/** New chats are refused by 463 until then: seconds since 1970; null while there is no lock. */
	lockedUntil: number | null = null;

	refuse(code: number, times = 1): void {
		this.#rules.push({ outcome: { kind: 'refused', code }, left: times });
	}

	lose(times = 1): void {
		this.#rules.push({ outcome: { kind: 'ackLost' }, left: times });
	}

	swallow(times = 1): void {
		this.#rules.push({ outcome: { kind: 'swallowed' }, left: times });
	}

	clear(): void {
		this.#rules = [];
		this.lockedUntil = null;
	}

	/** The outcome of the next message; `newChat` when the receiver never wrote first. */
	next(newChat: boolean, nowSeconds: number): AckOutcome {
		const rule = this.#rules.find(({ left }) => left > 0);
		if (rule !== undefined) {
			rule.left -= 1;
			return rule.outcome;
		}
		return newChat && this.lockedUntil !== null && nowSeconds < this.lockedUntil ? { kind: 'refused', code: 463 } : { kind: 'accepted' };
	}
}
