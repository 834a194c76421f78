import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../../store';
import { WhatsappError } from '../errors';

/** Waits before a write is tried again, in milliseconds. */
const PAUSES: readonly number[] = [50, 250, 1000];
/** Nothing was saved, or it is not known: the same values written again are right in both cases. */
const PASSING = new Set(['busy', 'unreachable', 'commit_unknown']);

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

	async #try(write: () => Promise<void>): Promise<void> {
		for (const pause of [...PAUSES, null]) {
			try {
				await write();
				return;
			} catch (error) {
				if (pause === null || !(error instanceof StoreError) || !PASSING.has(error.code)) {
					throw this.fail(error instanceof WhatsappError ? error : new WhatsappError('state_not_saved', undefined, error));
				}
				await (this.options.sleep ?? wait)(pause);
			}
		}
	}
}
