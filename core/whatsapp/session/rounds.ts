import type { Course, Next } from './course';
import type { Environment } from './environment';
import { Pause } from './pause';
import type { Standing } from './standing';

interface Parts {
	readonly env: Pick<Environment, 'timers' | 'versions'>;
	readonly course: Pick<Course, 'failed'>;
	readonly standing: Pick<Standing, 'set' | 'silence'>;
	/** From one socket to what follows it. */
	readonly round: () => Promise<Next>;
	readonly onError: (error: unknown) => void;
	/** Told when another process has the session now. */
	readonly gone: () => void;
}

/** The rounds of a session, one socket after the other, and the waits between them, until it is stopped or gone. */
export class Rounds {
	readonly #pause: Pause;
	readonly #stopped = new AbortController();
	#life: Promise<void> = Promise.resolve();

	constructor(private readonly parts: Parts) {
		this.#pause = new Pause(parts.env.timers);
	}

	/** Aborts when no further round begins. */
	get stopped(): AbortSignal {
		return this.#stopped.signal;
	}

	start(): void {
		this.#life = this.#run();
	}

	/** Ends a wait, also one that has not begun. */
	wake(): void {
		this.#pause.wake();
	}

	/** A socket is made: what woke the wait before it counts no more. */
	connecting(): void {
		this.#pause.clear();
	}

	/** Begins no further round; resolves when the last has ended. */
	async stop(): Promise<void> {
		this.#stopped.abort();
		this.#pause.wake();
		await this.#life;
	}

	async #run(): Promise<void> {
		const { env, course, standing, round, onError, gone } = this.parts;
		while (!this.stopped.aborted) {
			const next = await round().catch((error: unknown) => {
				onError(error);
				return course.failed(error);
			});
			if (this.stopped.aborted || next.kind === 'connect') continue;
			if (next.kind === 'gone') {
				standing.silence();
				this.#stopped.abort();
				gone();
				return;
			}
			standing.set(next.state, next.reason);
			await this.#pause.wait(next.ms);
			// after a while, or with another version known, also those are tried again that were refused
			if (next.state === 'client_outdated') env.versions.forgive();
		}
	}
}
