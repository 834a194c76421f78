import type { proto, WASocket } from '@whiskeysockets/baileys';
import type { HalfParts } from '../ports';
import { composeMessage, UploadFailed } from './compose';
import { kindOf } from './contents';
import { parsePayload, type Payload } from './order';
import { type OutboxChanges, type OutboxHead, readContent } from './outbox';
import type { Progress } from './progress';
import type { ReachOut } from './reach-out';
import { type OutboundRefusal, Refused, serverRefusal } from './refusals';
import { openFor } from './sealing';
import { openMessage, sealMessage } from './stored-message';
import { typingMs } from './typing';
import type { Word, Words } from './words';

/** How long the client may take to hand a message over. */
const HAND_OVER_MS = 60_000;
/** Pause before something that certainly was not sent is tried again; doubles. */
const POSTPONE_MS = 2_000;
/** Times a message is sent over a link that holds, without an answer: once, and three times again. */
const MOST_UNANSWERED = 4;
/** Times it is handed over at all: an end of the link or of the process is no answer, unless the message is the cause of it. */
export const MOST_TRIES = 12;
/** Nothing is given up for those tries any sooner: a process that is killed again and again for another reason makes as many within a minute. */
export const LEAST_TRIED_MS = 15 * 60_000;
/** Times something that certainly was not sent is tried. */
const MOST_ATTEMPTS = 4;

const REACH_OUT = 463;
const STALE_DEVICES = 479;

/** What a row holds, opened. */
export interface Opened {
	readonly payload: Payload;
	/** As it was sent before, sealed. */
	readonly message: string | null;
}

export interface SenderParts extends HalfParts {
	readonly changes: OutboxChanges;
	readonly progress: Progress;
	readonly words: Words;
	readonly reachOut: ReachOut;
	/** Numbers in [0, 1). */
	readonly random: () => number;
	readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
	/** How long the server may take to confirm what it was given, in milliseconds. */
	readonly ackMs: number;
	/** Then a message without a word is sent again although the link held. */
	readonly againMs: number;
}

/** Sends one row after the checks: typing, content, the row's state before and after, and the server's word between them. */
export class Sender {
	/** Rows whose word did not come in time, by the message's id: it may come later. */
	readonly #silent = new Map<string, string>();
	/** How often nobody answered a row over a link that held. */
	readonly #unanswered = new Map<string, number>();

	constructor(private readonly parts: SenderParts) {}

	/** Reads what the row holds; null when somebody removed it. Throws `Refused` `unreadable`. */
	async open({ id }: OutboxHead): Promise<Opened | null> {
		const { store, lease } = this.parts;
		const row = await readContent(store.db, lease.tenant, id);
		return row === undefined ? null : { payload: parsePayload(openFor(store.vault, id, row.payload)), message: row.message };
	}

	/** Shows that somebody types, for as long as it would take. */
	async prepare(socket: WASocket, { chat, tries }: OutboxHead, { payload }: Opened, signal: AbortSignal): Promise<void> {
		const { settings, random, pause } = this.parts;
		const shown = kindOf(payload.content).preparing?.(payload.content);
		if (shown === undefined || !payload.isAnswer || !settings().typing || tries > 0) return;
		await socket.sendPresenceUpdate(shown.shown, chat);
		await pause(typingMs(shown.characters, random), signal);
		await socket.sendPresenceUpdate('paused', chat);
	}

	/** Sends it and writes down what became of it. What it throws happened before anything left, and is for {@link postpone}. */
	async send(socket: WASocket, head: OutboxHead, { payload, message: stored }: Opened, beginsChat: boolean, signal: AbortSignal): Promise<void> {
		const { store, client, changes, lease, settings } = this.parts;
		const context = { store, client, socket, tenant: lease.tenant, session: lease.session, mediaLimitBytes: settings().mediaLimitBytes, signal };
		const message = stored === null ? await composeMessage(context, head.chat, head.waId, payload.content) : openMessage(store, client, head.id, stored);
		if (signal.aborted) return;
		const sealed = stored ?? sealMessage(store, client, head.id, message);
		const traits = { beginsChat, mustKeep: payload.content.kind === 'poll' };
		let word: Word = { kind: 'silence' };
		for (const isLast of [false, true]) {
			if (!(await changes.sending(head, sealed, traits))) return;
			word = await this.#relay(socket, head, payload, message);
			if (isLast || !wantsNewDevices(word)) break;
			await socket.getUSyncDevices([head.chat, socket.user?.lid ?? head.chat], false, false).catch(() => undefined);
		}
		await this.#settle(socket, head, word, signal);
	}

	/** Nobody confirmed it, however often it was sent. */
	async giveUp(head: OutboxHead): Promise<void> {
		this.#silent.delete(head.waId);
		this.#unanswered.delete(head.id);
		await this.parts.changes.failed(head.id, 'no_answer');
		this.parts.health('send_failed', { code: 'no_answer' });
		this.#tell(head);
	}

	/** Something went wrong before anything was handed over: later again, or never. */
	async postpone(head: OutboxHead, error: unknown): Promise<void> {
		const { changes, clock, health } = this.parts;
		const code = finalCode(head, error);
		if (code === null) await changes.postponed(head.id, clock() + POSTPONE_MS * 2 ** head.tries);
		else {
			await changes.failed(head.id, code);
			health('send_failed', { code });
		}
		this.#tell(head);
	}

	/** The server's word on a message of ours, however late. */
	async heard(waId: string, word: Word): Promise<void> {
		if (this.parts.words.hear(waId, word)) return;
		const id = this.#silent.get(waId);
		if (id === undefined) return;
		this.#silent.delete(waId);
		if (word.kind === 'accepted') await this.parts.progress.note(waId, 'acked');
		if (word.kind === 'refused') await this.parts.changes.failed(id, serverRefusal(word.code));
	}

	async #relay(socket: WASocket, { chat, waId }: OutboxHead, { content }: Payload, message: proto.IMessage): Promise<Word> {
		const { words, ackMs } = this.parts;
		const { attributes, nodes } = kindOf(content);
		this.#silent.delete(waId);
		const expected = words.expect(waId);
		expected.silentAfter(HAND_OVER_MS);
		socket.relayMessage(chat, message, { messageId: waId, additionalAttributes: { ...attributes }, additionalNodes: [...(nodes ?? [])] }).then(
			() => expected.silentAfter(ackMs),
			(error: unknown) => void words.hear(waId, { kind: 'broken', error }),
		);
		return await expected.word;
	}

	async #settle(socket: WASocket, head: OutboxHead, word: Word, signal: AbortSignal): Promise<void> {
		const { changes, progress, health, reachOut, clock, againMs } = this.parts;
		const unanswered = (this.#unanswered.get(head.id) ?? 0) + (signal.aborted ? 0 : 1);
		this.#unanswered.delete(head.id);
		if (word.kind === 'accepted') {
			await progress.note(head.waId, 'acked');
			return;
		}
		if (word.kind === 'refused') {
			health('send_refused', { code: word.code });
			// new chats are closed at once; how long they stay so is asked while the row is settled
			const asked = word.code === REACH_OUT ? reachOut.refused(socket) : undefined;
			await Promise.all([asked, changes.failed(head.id, serverRefusal(word.code)).then(() => this.#tell(head))]);
			return;
		}
		if (word.kind === 'broken' && lacksKeys(word.error)) {
			await changes.failed(head.id, 'no_keys');
		} else if (unanswered >= MOST_UNANSWERED) {
			await this.giveUp(head);
			return;
		} else {
			this.#silent.set(head.waId, head.id);
			this.#unanswered.set(head.id, unanswered);
			health('send_unknown', { tries: head.tries + 1 });
			await changes.unknown(head.id, clock() + againMs);
		}
		this.#tell(head);
	}

	#tell({ id }: OutboxHead): void {
		this.parts.signals.send('results', this.parts.lease, id);
	}
}

/** Why a message that could not be sent never will be; null when it is tried again. */
function finalCode({ tries }: OutboxHead, error: unknown): OutboundRefusal | null {
	if (error instanceof Refused) return error.code;
	if (tries + 1 < MOST_ATTEMPTS) return null;
	return error instanceof UploadFailed ? 'upload_failed' : 'not_sent';
}

/** The server did not take it for the list of devices, or has no keys of one of them: the list may be an old one. */
const wantsNewDevices = (word: Word): boolean => (word.kind === 'refused' && word.code === STALE_DEVICES) || (word.kind === 'broken' && lacksKeys(word.error));

/** The client's error for a device that the server has no keys of: `item-not-found` or `not-acceptable`. */
function lacksKeys(error: unknown): boolean {
	const { data } = error as { readonly data?: unknown };
	return data === 404 || data === 406;
}
