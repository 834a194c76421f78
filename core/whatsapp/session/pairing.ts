import { PairingAttempt, type PairingMethod, type PairingParts } from './pairing-attempt';
import type { PairingProblem } from './service';

/** The wish to link a phone: at most one at a time, from its order to a phone or to the reason why there is none. */
export class Pairing {
	#attempt: PairingAttempt | null = null;

	constructor(private readonly parts: PairingParts) {}

	/** What is under way; null also when it ended without a phone. */
	get attempt(): PairingAttempt | null {
		return this.#attempt?.isOver === false ? this.#attempt : null;
	}

	/** Takes the place of what is under way. */
	begin(method: PairingMethod): PairingAttempt {
		this.#attempt?.end();
		this.#attempt = new PairingAttempt(this.parts, method);
		return this.#attempt;
	}

	/** A phone is linked, or nobody wants it any more: nothing of it is shown. False when nothing was under way. */
	end(): boolean {
		const isUnderWay = this.attempt !== null;
		this.#attempt?.end();
		this.#attempt = null;
		return isUnderWay;
	}

	/** A phone is linked; one of another number than before is told until the next connection. */
	linked(isOther: boolean): void {
		if (isOther) this.fail('wrong_number');
		else this.end();
	}

	/** It cannot succeed; why is shown until the next one. */
	fail(problem: PairingProblem): void {
		this.attempt?.failed(problem);
	}
}
