import { setTimeout as wait } from 'node:timers/promises';
import type { WASocket } from '@whiskeysockets/baileys';
import { StoreError } from '../../store';
import { WhatsappError } from '../errors';
import type { HalfParts, Outbound } from '../ports';
import { Admission } from './admission';
import { listen } from './listen';
import { OutboxChanges, type OutboxHead, readHeads } from './outbox';
import { Progress } from './progress';
import { ReachOut } from './reach-out';
import { LEAST_TRIED_MS, MOST_TRIES, Sender } from './sender';
import { decodeMessage } from './stored-message';
import { watchOutbox } from './sweep';
import { Words } from './words';

/** What an outbound half can be given besides the usual; for tests. */
export interface OutboundOptions {
	/** Numbers in [0, 1), for the jitter of typing. */
	readonly random?: () => number;
	/** Waits while typing is shown; ends at once when the signal does. */
	readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
	/** How long the server may take to confirm a message, in milliseconds. */
	readonly ackMs?: number;
	/** When a message that nobody confirmed is sent again over the same link, in milliseconds. */
	readonly againMs?: number;
}

const ACK_MS = 15_000;
const AGAIN_MS = 30_000;

/** Messages of different chats under way at once. */
const MOST_AT_ONCE = 16;
const DAY_MS = 86_400_000;
/** Messages are kept for recipients who ask again, and for votes. */
const KEPT_MS = 14 * DAY_MS;
const FORGET_EVERY_MS = 3_600_000;
const MOST_FORGOTTEN = 500;

/** A socket that is open, since when, and its end. */
interface Link {
	readonly socket: WASocket;
	readonly openedAt: number;
	readonly closed: AbortController;
}

const pauseFor = async (ms: number, signal: AbortSignal): Promise<void> => void (await wait(ms, undefined, { signal }).catch(() => undefined));

/** The half of a session that sends: takes rows of the outbox in order, one in flight a chat. */
export function createOutbound(parts: HalfParts & OutboundOptions): Outbound {
	return new Dispatcher(parts);
}

class Dispatcher implements Outbound {
	readonly #changes: OutboxChanges;
	readonly #words = new Words();
	readonly #progress: Progress;
	readonly #reachOut: ReachOut;
	readonly #admission: Admission;
	readonly #sender: Sender;
	/** What is under way, by person. */
	readonly #busy = new Map<string, Promise<void>>();
	readonly #deaf: readonly (() => void)[];
	#link: Link | null = null;
	#loaded: Promise<void> | null = null;
	#isStopped = false;
	#isPumping = false;
	#isAsked = false;
	#timer: NodeJS.Timeout | undefined;
	#forgotAt = 0;

	constructor(private readonly parts: HalfParts & OutboundOptions) {
		const { store, lease, clock, health, signals } = parts;
		this.#changes = new OutboxChanges(store, lease, clock);
		this.#progress = new Progress(parts);
		this.#reachOut = new ReachOut({ clock, health, save: async (until) => await this.#changes.pauseNewChats(until) });
		this.#admission = new Admission(parts, this.#reachOut);
		this.#sender = new Sender({
			...parts,
			random: parts.random ?? Math.random,
			pause: parts.pause ?? pauseFor,
			ackMs: parts.ackMs ?? ACK_MS,
			againMs: parts.againMs ?? AGAIN_MS,
			changes: this.#changes,
			progress: this.#progress,
			words: this.#words,
			reachOut: this.#reachOut,
		});
		this.#deaf = [signals.on('outbox', lease, () => this.#wake()), watchOutbox(store, lease, clock, () => this.#wake())];
	}

	opened(socket: WASocket): void {
		this.closed();
		this.#link = { socket, openedAt: this.parts.clock(), closed: new AbortController() };
		listen(socket, this.parts.client, {
			word: (waId, word) => void this.#guarded(async () => await this.#sender.heard(waId, word)),
			receipt: (waId, level) => {
				this.#words.hear(waId, { kind: 'accepted' });
				void this.#progress.note(waId, level);
			},
			reachOut: this.#reachOut,
			run: (work) => void this.#guarded(work),
		});
		this.#wake();
	}

	closed(): void {
		this.#link?.closed.abort();
		this.#link = null;
		this.#words.lost();
	}

	async message({ id }: Parameters<Outbound['message']>[0]): ReturnType<Outbound['message']> {
		const { store, client, lease } = this.parts;
		return typeof id === 'string' ? await decodeMessage(store, client, lease, id) : undefined;
	}

	async pauseNewChats(until: number): Promise<void> {
		await this.#load();
		await this.#reachOut.pause(until);
	}

	async stop(waitMs: number): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#timer);
		for (const end of this.#deaf) end();
		const patience = new AbortController();
		const idle = Promise.all(this.#busy.values());
		await Promise.race([idle, pauseFor(waitMs, patience.signal)]);
		patience.abort();
		this.closed();
		await idle;
		await this.#progress.idle();
	}

	#wake(): void {
		this.#isAsked = true;
		if (!this.#isPumping) void this.#pump();
	}

	async #pump(): Promise<void> {
		this.#isPumping = true;
		while (this.#isAsked && this.#link !== null && !this.#isStopped) {
			this.#isAsked = false;
			await this.#guarded(async () => {
				await this.#load();
				await this.#takeDue();
			});
		}
		this.#isPumping = false;
	}

	/** What an earlier process sent and was told is taken over before anything is decided. */
	async #load(): Promise<void> {
		this.#loaded ??= this.#admission.load();
		await this.#loaded.catch((error: unknown) => {
			this.#loaded = null;
			throw error;
		});
	}

	async #takeDue(): Promise<void> {
		const { store, lease, clock } = this.parts;
		const heads = await readHeads(store.db, lease, clock());
		let next = Infinity;
		for (const head of inTurn(heads)) {
			const link = this.#link;
			if (link === null || this.#isStopped || this.#busy.size >= MOST_AT_ONCE) break;
			if (this.#busy.has(head.person)) continue;
			const at = Math.max(dueAt(head, link), this.#admission.soonest(head.person));
			if (at > clock()) next = Math.min(next, at);
			else this.#start(head, link);
		}
		this.#wakeAt(next);
		await this.#forget();
	}

	#start(head: OutboxHead, link: Link): void {
		const task = this.#guarded(async () => await this.#take(head, link)).then((isWell) => {
			this.#busy.delete(head.person);
			this.#admission.done(head);
			// a store that is away is not asked without a pause: the sweep goes on
			if (isWell) this.#wake();
		});
		this.#busy.set(head.person, task);
	}

	async #take(head: OutboxHead, { socket, closed: { signal } }: Link): Promise<void> {
		if (head.tries >= MOST_TRIES && this.parts.clock() - head.queuedAt >= LEAST_TRIED_MS) {
			await this.#sender.giveUp(head);
			return;
		}
		try {
			const opened = await this.#sender.open(head);
			if (opened === null) return;
			const admitted = await this.#admission.admit(head, opened.payload.isAnswer, socket);
			if (admitted.kind === 'later') return;
			await this.#sender.prepare(socket, head, opened, signal);
			if (!signal.aborted) await this.#sender.send(socket, head, opened, admitted.beginsChat, signal);
		} catch (error) {
			if (error instanceof StoreError || error instanceof WhatsappError) throw error;
			// what a socket that is gone could not do says nothing of the message
			if (!signal.aborted) await this.#sender.postpone(head, error);
		}
	}

	#wakeAt(at: number): void {
		clearTimeout(this.#timer);
		if (at < Infinity && !this.#isStopped) this.#timer = setTimeout(() => this.#wake(), Math.max(1, at - this.parts.clock())).unref();
	}

	async #forget(): Promise<void> {
		const now = this.parts.clock();
		if (now - this.#forgotAt < FORGET_EVERY_MS) return;
		this.#forgotAt = now;
		await this.#changes.forget(now - KEPT_MS, MOST_FORGOTTEN);
	}

	/** Runs what writes, false when it failed: a lost lease ends the session; after any other failure the row is taken again, under its id. */
	async #guarded(work: () => Promise<void>): Promise<boolean> {
		try {
			await work();
			return true;
		} catch (error) {
			if (error instanceof WhatsappError) this.parts.onFailure(error);
			this.parts.health('outbox_not_saved', { code: error instanceof StoreError || error instanceof WhatsappError ? error.code : 'internal' });
			return false;
		}
	}
}

/** The first row of every person; who waits for an answer goes before others. */
function inTurn(heads: readonly OutboxHead[]): readonly OutboxHead[] {
	const first = new Map<string, OutboxHead>();
	for (const head of heads) if (!first.has(head.person)) first.set(head.person, head);
	return [...first.values()].sort((a, b) => (b.lastInAt ?? 0) - (a.lastInAt ?? 0) || a.seq - b.seq);
}

/** When a row may be taken: one whose fate is not known at the next login, or when its time has come. */
function dueAt({ state, sentAt, notBefore }: OutboxHead, { openedAt }: Link): number {
	const isFromBefore = state !== 'queued' && (sentAt === null || sentAt < openedAt);
	return isFromBefore ? 0 : notBefore;
}
