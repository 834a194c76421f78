import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import type { TurnFeed, TurnItem } from '../../../core/whatsapp/inbound';
import { NOTHING_SAID } from '../../../core/whatsapp/inbound/item';
import { createDispatcher, type Dispatcher, type TurnTaker } from '../../../nodes/shared/whatsapp/dispatcher';
import { runTurn, triggerName } from '../../../nodes/WhatsappSessionTrigger/emission';

const MINUTE_MS = 60_000;
const RUN = { finished: true } as unknown as IRun;

const turn = (turnId: string, tries: number): TurnItem => ({
	...NOTHING_SAID, turnId, session: 'main', chatId: '1@lid', jid: '1@lid', phone: null, lid: '1@lid', pushName: null, messageIds: [], messages: [], timestamp: 1, receivedAt: 1, live: true, pausedUntil: null, tries,
});

/** Turns as a feed gives them, and what it was told; it can be away. */
class Feed implements TurnFeed {
	readonly told: string[] = [];
	readonly #turns = new Map<string, { tries: number; again: number; isDone: boolean }>();
	refusesDone = 0;

	add(turnId: string, tries = 0): void {
		this.#turns.set(turnId, { tries, again: 0, isDone: false });
	}

	isDone(turnId: string): boolean {
		return this.#turns.get(turnId)?.isDone === true;
	}

	next(limit: number): Promise<readonly TurnItem[]> {
		const due = [...this.#turns].filter(([, { again, isDone }]) => !isDone && again <= Date.now());
		return Promise.resolve(due.slice(0, limit).map(([turnId, { tries }]) => turn(turnId, tries)));
	}

	async emitted(turnId: string): Promise<void> {
		this.#change(turnId, 'emitted', ({ tries, ...rest }) => ({ ...rest, tries: tries + 1, again: Date.now() + 10 * MINUTE_MS }));
	}

	async done(turnId: string): Promise<void> {
		if (this.refusesDone > 0) {
			this.refusesDone -= 1;
			throw new Error('the database is away');
		}
		this.#change(turnId, 'done', (row) => ({ ...row, isDone: true }));
	}

	async failed(turnId: string): Promise<void> {
		this.#change(turnId, 'failed', (row) => ({ ...row, again: Date.now() + MINUTE_MS }));
	}

	reopen(): Promise<void> {
		return Promise.resolve();
	}

	onTurns(): () => void {
		return () => undefined;
	}

	#change(turnId: string, word: string, change: (row: { tries: number; again: number; isDone: boolean }) => { tries: number; again: number; isDone: boolean }): void {
		const row = this.#turns.get(turnId);
		if (row === undefined) return;
		this.told.push(`${word} ${turnId}`);
		this.#turns.set(turnId, change(row));
	}
}

/** A published workflow in an n8n that knows the keys it has run. */
class Workflow implements TurnTaker {
	/** Keys of executions, in order; a skipped key is none. */
	readonly runs: string[] = [];
	/** Starts that fail. */
	refuses = 0;
	#ends: (() => void)[] = [];

	constructor(
		private readonly id: string,
		private readonly known: Set<string>,
		private readonly endsAtOnce = true,
	) {}

	get name(): string {
		return triggerName(this.#functions());
	}

	async take(given: TurnItem, isLeftOver: boolean): Promise<void> {
		await runTurn(this.#functions(), { json: {} }, given, isLeftOver);
	}

	end(): void {
		for (const end of this.#ends.splice(0)) end();
	}

	#functions(): ITriggerFunctions {
		const functions = {
			getWorkflow: () => ({ id: this.id }),
			getNode: () => ({ id: 'node' }),
			helpers: {
				createDeferredPromise: () => {
					let settle: { resolve(run: IRun): void; reject(error: Error): void } = { resolve: () => undefined, reject: () => undefined };
					const promise = new Promise<IRun>((resolve, reject) => (settle = { resolve, reject }));
					return { promise, ...settle };
				},
			},
			emit: (_items: unknown, _response: unknown, done: { resolve(run: IRun | undefined): void; reject(error: Error): void }, key: string) => {
				if (this.refuses > 0) {
					this.refuses -= 1;
					return done.reject(new Error('the database of n8n is away'));
				}
				if (this.known.has(key)) return done.resolve(undefined);
				this.known.add(key);
				this.runs.push(key);
				if (this.endsAtOnce) done.resolve(RUN);
				else this.#ends.push(() => done.resolve(RUN));
			},
		};
		return functions as unknown as ITriggerFunctions;
	}
}

describe('a turn given to workflows', () => {
	let feed: Feed;
	let dispatcher: Dispatcher;
	let known: Set<string>;
	const leave: (() => void)[] = [];
	beforeEach(() => {
		jest.useFakeTimers();
		feed = new Feed();
		dispatcher = createDispatcher(feed);
		known = new Set();
	});
	afterEach(() => {
		for (const one of leave.splice(0)) one();
		jest.useRealTimers();
	});
	const attach = (...workflows: readonly Workflow[]): void => void leave.push(...workflows.map((one) => dispatcher.attach(one, 2)));
	const pass = async (ms: number): Promise<void> => void (await jest.advanceTimersByTimeAsync(ms));

	it('is only marked again when a workflow was through with it and that could not be noted', async () => {
		const one = new Workflow('one', known);
		feed.add('t');
		feed.refusesDone = 2;
		attach(one);
		await pass(15_000);
		expect(one.runs).toEqual(['wa:t:one:node']);
		expect(feed.told).toEqual(['emitted t', 'done t']);
		feed.add('u');
		feed.refusesDone = 6;
		await pass(45_000);
		expect(feed.told.at(-1)).toBe('failed u');
		await pass(2 * MINUTE_MS);
		expect([feed.isDone('u'), one.runs.slice(1)]).toEqual([true, ['wa:u:one:node']]);
	});

	it('is given again only to the workflow that could not be started', async () => {
		const [able, unable] = [new Workflow('able', known), new Workflow('unable', known)];
		unable.refuses = 5;
		feed.add('t');
		attach(able, unable);
		await pass(MINUTE_MS);
		expect([able.runs, unable.runs, feed.told]).toEqual([['wa:t:able:node'], [], ['emitted t', 'failed t']]);
		await pass(2 * MINUTE_MS);
		expect([able.runs, unable.runs, feed.isDone('t')]).toEqual([['wa:t:able:node'], ['wa:t:unable:node'], true]);
	});

	it('does not come again while a workflow is at it, whatever becomes of another', async () => {
		const [slow, unable] = [new Workflow('slow', known, false), new Workflow('unable', known)];
		unable.refuses = 4;
		feed.add('t');
		attach(slow, unable);
		await pass(5 * MINUTE_MS);
		expect([slow.runs, feed.told]).toEqual([['wa:t:slow:node'], ['emitted t']]);
		slow.end();
		await pass(2 * MINUTE_MS);
		expect([slow.runs, unable.runs, feed.isDone('t')]).toEqual([['wa:t:slow:node'], ['wa:t:unable:node'], true]);
	});

	it('is done when the workflow that could not be started is gone', async () => {
		const [able, unable] = [new Workflow('able', known), new Workflow('unable', known)];
		unable.refuses = Infinity;
		feed.add('t');
		attach(able, unable);
		await pass(1_000);
		leave.pop()?.();
		await pass(2_000);
		expect([able.runs, feed.isDone('t')]).toEqual([['wa:t:able:node'], true]);
	});

	it('is not given to a workflow that was saved after it had finished', async () => {
		const [before, unable] = [new Workflow('saved', known, false), new Workflow('unable', known)];
		unable.refuses = 5;
		feed.add('t');
		attach(before, unable);
		await pass(1_000);
		leave[0]?.();
		const after = new Workflow('saved', new Set());
		attach(after);
		before.end();
		await pass(3 * MINUTE_MS);
		expect([after.runs, unable.runs, feed.isDone('t')]).toEqual([[], ['wa:t:unable:node'], true]);
	});

	it('of a process before this one runs once more under another key, each workflow once', async () => {
		known.add('wa:t:one:node').add('wa:t:two:node');
		const [one, two] = [new Workflow('one', known), new Workflow('two', known)];
		two.refuses = 4;
		feed.add('t', 1);
		feed.refusesDone = 5;
		attach(one, two);
		await pass(6 * MINUTE_MS);
		expect([one.runs, two.runs, feed.isDone('t')]).toEqual([['wa:t:one:node:1'], ['wa:t:two:node:1'], true]);
	});
});
