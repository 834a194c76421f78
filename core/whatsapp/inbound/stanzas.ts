import { AsyncResource } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { ClientLibrary } from '../client-library';
import type { Decrypted } from './arrival';

type MakeRepository = ClientLibrary['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository'];

type Listener = (node: BinaryNode) => unknown;

/** What the journal has to do with messages. */
export interface Keeping {
	keep(decrypted: Omit<Decrypted, 'me'>): Promise<void>;
	/** Whether the message of a stanza was kept before. */
	isKept(attrs: Decrypted['attrs']): Promise<boolean>;
}

interface OnItsWay {
	readonly attrs: Decrypted['attrs'];
	/** The copy that the client works with. */
	readonly given: BinaryNode;
}

const MESSAGE = 'CB:message';
/** Longer than anything the client does for a message; what never ends, as over a link that is gone, must not hold back all that comes after it. */
const PATIENCE_MS = 20_000;
/** Padding alone: the client reads a message that says nothing, and confirms it. */
const NOTHING = Uint8Array.of(1);
/** The client's own word for a ciphertext that was read before; it asks for nothing then, and has to confirm it. */
const KEY_USED = 'Key used already or never filled';

/** Waits for what is under way, but not for ever. */
async function atMost(work: unknown, ms: number): Promise<void> {
	const patience = new AbortController();
	const late = wait(ms, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
	try {
		await Promise.race([work, late]);
	} finally {
		patience.abort();
	}
}

/**
 * The stanzas of messages on their way to the client. It decrypts without telling which stanza a ciphertext came in, and may
 * let a message overtake an earlier one of the same chat: what it does before it takes its own lock takes longer for some, and
 * a backlog has a queue of its own. Here they come to it one after the other.
 */
export class Stanzas {
	readonly #byContent = new WeakMap<Uint8Array, OnItsWay>();
	#last: Promise<void> = Promise.resolve();
	/** The last transaction of keys, over whichever socket: one of a link that has just gone must not be undone by the next. */
	readonly transactions: { last: Promise<unknown> } = { last: Promise.resolve() };

	/** Stands between a new socket and its client's own listeners; to be called before anything comes over it. */
	watch({ ws }: Pick<WASocket, 'ws'>): void {
		const listeners = ws.listeners(MESSAGE) as Listener[];
		ws.removeAllListeners(MESSAGE);
		ws.on(MESSAGE, (node: BinaryNode) => {
			const given = inLine(node);
			if (Array.isArray(node.content)) for (const { content } of node.content) if (content instanceof Uint8Array) this.#byContent.set(content, { attrs: node.attrs, given });
			this.#last = this.#last.then(async () => {
				// a message that nobody confirmed comes again
				if (!ws.isOpen) return;
				for (const listener of listeners) await atMost(listener(given), PATIENCE_MS);
			}).catch(() => undefined);
		});
	}

	attrsOf(ciphertext: Uint8Array): Readonly<Record<string, string>> | undefined {
		return this.#byContent.get(ciphertext)?.attrs;
	}

	/**
	 * Lets nobody confirm a message that could not be read. The client asks for it again and then confirms it all the same, under the id that the repeated one
	 * has too: that is on its way by then, and a link that breaks before it was read would take it along for good.
	 */
	withhold(ciphertext: Uint8Array): void {
		const given = this.#byContent.get(ciphertext)?.given;
		if (given === undefined) return;
		Object.defineProperty(given, 'tag', {
			// only a confirmation reads it any more
			get: () => {
				throw new Error('A message that could not be read is not confirmed.');
			},
		});
	}

	/** Resolves when the client is through with every stanza so far. */
	async idle(): Promise<void> {
		await this.#last;
	}
}

/** Without the mark of a backlog, which would lead it into the client's other queue. */
function inLine({ attrs: { offline: _offline, ...attrs }, ...node }: BinaryNode): BinaryNode {
	return { ...node, attrs };
}

/**
 * Has every decrypted message stored before the client goes on with it. `keep` runs inside the client's own transaction of keys:
 * the message is on disk before its one-time keys are used up, so that a crash between the two finds either a message that
 * can be decrypted once more or one that is stored, and a failure to store leaves the keys as they were. One that was stored and comes again, as its
 * receipt was lost, has no keys left: it is confirmed, where the client would ask for it and have its sender begin a new session each time.
 */
export function keepDecrypted(make: MakeRepository, stanzas: Stanzas, { keep, isKept }: Keeping): MakeRepository {
	// the client knows its transactions by the asynchronous context: nothing that `keep` starts may look like a part of this one
	const outside = new AsyncResource('whatsapp-inbound');
	return (auth, logger, findNumbers) => {
		oneAtATime(auth.keys, stanzas.transactions);
		const repository = make(auth, logger, findNumbers);
		const decryptMessage: typeof repository.decryptMessage = async (options) => {
			const { jid, ciphertext } = options;
			const attrs = stanzas.attrsOf(ciphertext);
			if (attrs === undefined) return await repository.decryptMessage(options);
			try {
				return await inTransaction(auth.keys, jid, async () => {
					const plaintext = await repository.decryptMessage(options);
					await outside.runInAsyncScope(keep, undefined, { attrs, plaintext });
					return plaintext;
				});
			} catch (error) {
				if (await isKept(attrs).catch(() => false)) return NOTHING;
				if (!isKeyUsed(error)) stanzas.withhold(ciphertext);
				throw error;
			}
		};
		return { ...repository, decryptMessage };
	};
}

const isKeyUsed = (error: unknown): boolean => typeof error === 'object' && error !== null && 'message' in error && error.message === KEY_USED;

type Keys = Parameters<MakeRepository>[0]['keys'];

/** The keys the client makes a repository with have its transactions, though their type is the plain one. */
type TransactedKeys = Keys & {
	transaction?: <T>(work: () => Promise<T>, name: string) => Promise<T>;
	isInTransaction?(): boolean;
};

async function inTransaction<T>(keys: TransactedKeys, name: string, work: () => Promise<T>): Promise<T> {
	return keys.transaction === undefined ? await work() : await keys.transaction(work, name);
}

/**
 * The client lets a transaction that reads a message and one that writes to the same person run side by side, and the later one undoes the step of
 * the other in their common session: the next message goes out under a key that was used, and its phone cannot read it. Here they wait for each other.
 */
function oneAtATime(keys: TransactedKeys, transactions: Stanzas['transactions']): void {
	const { transaction } = keys;
	if (transaction === undefined) return;
	keys.transaction = async (work, name) => {
		// inside another one it is a part of that
		if (keys.isInTransaction?.() === true) return await transaction(work, name);
		const done = atMost(transactions.last, PATIENCE_MS).then(async () => await transaction(work, name));
		transactions.last = done.catch(() => undefined);
		return await done;
	};
}
