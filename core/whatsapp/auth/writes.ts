import { WhatsappError } from '../errors';
import { throughPassing } from '../passing';

/** Waits before a write is tried again, in milliseconds. */
const PAUSES: readonly number[] = [50, 250, 1000];

export interface WriteQueueOptions {
	/** Told once, when a write has failed for good: the socket has to be ended. */
	readonly onFailure: (error: WhatsappError) => void;
	readonly sleep?: (ms: number) => Promise<unknown>;
}

/** The writes of one session, one after the other. After one that failed for good every further one is refused. */
export class WriteQueue {
	#last: Promise<unknown> = Promise.resolve();
	#failure: WhatsappError | null = null;

	constructor(private readonly options: WriteQueueOptions) {}

	/** Throws when an earlier write or read has failed: what was read now could be older than what the client knows. */
	check(): void {
		if (this.#failure !== null) throw this.#failure;
	}

	/** Runs `write` after those before it, again after a passing failure. */
	async run(write: () => Promise<void>): Promise<void> {
		const done = this.#last.then(async () => {
			this.check();
			await this.#try(write);
		});
		this.#last = done.catch(() => undefined);
		await done;
	}

	/** Reads at once, again after a passing failure. One that fails for good stops everything, as the client would take it for an answer: that there is nothing. */
	async read<T>(read: () => Promise<T>): Promise<T> {
		this.check();
		return await this.#try(read);
	}

	/** Stops everything that comes after, for a state that cannot be read. */
	fail(error: WhatsappError): WhatsappError {
		if (this.#failure === null) {
			this.#failure = error;
			this.options.onFailure(error);
		}
		return this.#failure;
	}

	/** Resolves when everything queued so far has ended. */
	async idle(): Promise<void> {
		await this.#last;
	}

	async #try<T>(work: () => Promise<T>): Promise<T> {
		return await throughPassing(work, PAUSES, this.options.sleep).catch((error: unknown) => {
			throw this.fail(error instanceof WhatsappError ? error : new WhatsappError('state_not_saved', undefined, error));
		});
	}
}
