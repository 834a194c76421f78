import { createTurnFeed, type TurnFeed, type TurnItem } from '../../../core/whatsapp/inbound';
import type { SessionKey } from '../../../core/whatsapp';
import { storeSignals } from '../../../core/whatsapp/session';
import type { Store } from '../../../core/store';
import { processState } from '../process-state';

/** A workflow that gets the turns of a session. */
export interface TurnTaker {
	/** Names the workflow, however often it is saved: a turn it has finished is not given to it again. */
	readonly name: string;
	/**
	 * Resolves when the workflow is through with the turn; rejects when it could not be started. `isLeftOver`: a process before this one gave the turn,
	 * and the workflow may have died with it.
	 */
	take(turn: TurnItem, isLeftOver: boolean): Promise<void>;
}

/** Gives the turns of one session to the workflows of this process: each turn to all of them, one turn of a chat at a time. */
export interface Dispatcher {
	/** Returns what ends it; turns under way are waited for by who gave them. */
	attach(taker: TurnTaker, mostAtOnce: number): () => void;
	/** Looks for turns. */
	look(): void;
	/** Resolves when nothing is being written. */
	idle(): Promise<void>;
}

const SWEEP_MS = 2_000;
/** Pauses before a turn is given again that could not be started, or marked again that was finished; then the feed gives it again later. */
const AGAIN_MS = [2_000, 10_000, 30_000];
/** Executions that chats of this process may have at once, whatever the sessions. */
const MOST_IN_PROCESS = 20;
/** Turns remembered that came to no end here, such as those of people who were erased. */
const MOST_GIVINGS = 1_000;

/** The dispatcher of a session, one a process: what was given and by whom must outlive the saving of a workflow. */
export function dispatcherOf(store: Store, key: SessionKey): Dispatcher {
	const ofStore = processState('whatsapp-dispatchers', 1, () => new WeakMap<Store, Map<string, Dispatcher>>());
	const known = ofStore.get(store) ?? new Map<string, Dispatcher>();
	ofStore.set(store, known);
	const name = `${key.tenant}\n${key.session}`;
	const found = known.get(name) ?? createDispatcher(createTurnFeed(store, { ...key, signals: storeSignals(store), clock: Date.now }));
	known.set(name, found);
	return found;
}

export const createDispatcher = (feed: TurnFeed): Dispatcher => new SessionDispatcher(feed);

/** What this process knows of a turn that it gave, until that is marked done. */
interface Giving {
	readonly isLeftOver: boolean;
	readonly finishedBy: Set<string>;
}

const running = (): { count: number } => processState('whatsapp-executions', 1, () => ({ count: 0 }));

class SessionDispatcher implements Dispatcher {
	readonly #takers = new Map<TurnTaker, number>();
	readonly #given = new Set<string>();
	readonly #givings = new Map<string, Giving>();
	#opened: Promise<void> | null = null;
	#looking: Promise<void> = Promise.resolve();
	#isAsked = false;
	#end: (() => void) | null = null;

	constructor(private readonly feed: TurnFeed) {}

	attach(taker: TurnTaker, mostAtOnce: number): () => void {
		this.#takers.set(taker, mostAtOnce);
		this.#end ??= this.listen();
		this.look();
		return () => {
			this.#takers.delete(taker);
			if (this.#takers.size > 0) return;
			this.#end?.();
			this.#end = null;
		};
	}

	look(): void {
		if (this.#isAsked) return;
		this.#isAsked = true;
		// a store that is away is asked again by the sweep
		this.#looking = this.#looking.then(() => this.give()).catch(() => undefined);
	}

	async idle(): Promise<void> {
		await this.#looking;
	}

	private listen(): () => void {
		const stop = this.feed.onTurns(() => this.look());
		const sweep = setInterval(() => this.look(), SWEEP_MS);
		sweep.unref();
		return () => {
			stop();
			clearInterval(sweep);
		};
	}

	private async give(): Promise<void> {
		this.#isAsked = false;
		const most = Math.max(0, ...this.#takers.values());
		const room = Math.min(most - this.#given.size, MOST_IN_PROCESS - running().count);
		if (room <= 0) return;
		// what a process before this one gave and did not finish
		this.#opened ??= this.feed.reopen().catch((error: unknown) => {
			this.#opened = null;
			throw error;
		});
		await this.#opened;
		// turns under way may be among those that are listed
		const turns = await this.feed.next(room + this.#given.size);
		for (const turn of turns.filter(({ turnId }) => !this.#given.has(turnId)).slice(0, room)) {
			this.#given.add(turn.turnId);
			running().count++;
			void this.run(turn).finally(() => {
				this.#given.delete(turn.turnId);
				running().count--;
				this.look();
			});
		}
	}

	/** Never rejects: a turn that is not marked done comes again, to whoever has not finished it. */
	private async run(turn: TurnItem): Promise<void> {
		try {
			const giving = this.givingOf(turn);
			const asked = [...this.#takers.keys()].filter(({ name }) => !giving.finishedBy.has(name));
			if (asked.length > 0) {
				await this.feed.emitted(turn.turnId);
				await Promise.all(asked.map((taker) => this.offer(taker, turn, giving)));
			}
			const present = new Set([...this.#takers.keys()].map(({ name }) => name));
			const isFinished = giving.finishedBy.size > 0 && asked.every(({ name }) => giving.finishedBy.has(name) || !present.has(name));
			if (isFinished) await this.finish(turn.turnId);
			else await this.feed.failed(turn.turnId);
		} catch {
			// a store that is away gives it again later still
			await this.feed.failed(turn.turnId).catch(() => undefined);
		}
	}

	/** Never rejects. A taker that leaves before it could start its workflow leaves the turn to the next one. */
	private async offer(taker: TurnTaker, turn: TurnItem, { isLeftOver, finishedBy }: Giving): Promise<void> {
		for (const pause of [0, ...AGAIN_MS]) {
			if (pause > 0) await sleep(pause);
			if (pause > 0 && !this.#takers.has(taker)) return;
			try {
				await taker.take(turn, isLeftOver);
				finishedBy.add(taker.name);
				return;
			} catch {
				// again, or later by the feed
			}
		}
	}

	/** What its workflows have done is not undone by a store that cannot be told so: only the mark is tried again. */
	private async finish(turnId: string): Promise<void> {
		for (const pause of AGAIN_MS) {
			try {
				await this.feed.done(turnId);
				return void this.#givings.delete(turnId);
			} catch {
				await sleep(pause);
			}
		}
		await this.feed.done(turnId);
		this.#givings.delete(turnId);
	}

	private givingOf({ turnId, tries }: TurnItem): Giving {
		const known = this.#givings.get(turnId);
		if (known !== undefined) return known;
		const giving = { isLeftOver: tries > 0, finishedBy: new Set<string>() };
		this.#givings.set(turnId, giving);
		for (const oldest of this.#givings.keys()) {
			if (this.#givings.size <= MOST_GIVINGS) break;
			if (!this.#given.has(oldest)) this.#givings.delete(oldest);
		}
		return giving;
	}
}

/** A wait that keeps no process alive. */
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
