import makeWASocket, {
	type BaileysEventMap, type ConnectionState, generateMessageIDV2, proto, type UserFacingSocketConfig, type WAMessage, type WASocket,
} from '@whiskeysockets/baileys';
import type { Stanza } from '../wire/stanza';
import { Watch } from '../wire/watch';
import { MemoryAuth } from './memory-auth';

const { HistorySyncType } = proto.HistorySync;
const HISTORY = new Set<number>([HistorySyncType.INITIAL_BOOTSTRAP, HistorySyncType.PUSH_NAME, HistorySyncType.NON_BLOCKING_DATA, HistorySyncType.INITIAL_STATUS_V3]);
/** What a server on loopback needs to answer a close, in milliseconds. */
const PATIENCE = 500;
const IGNORED = ['@g.us', '@broadcast', '@newsletter', '@bot'];
const SILENT = { level: 'silent', child: () => SILENT, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };

function quiet(): void {
	// the tests assert what the client does, not what it logs
}

/** Why a connection ended. */
export interface Ending {
	readonly code: number | undefined;
	readonly message: string;
}

/** The unmodified client with the options the product gives it, and its events kept for tests. */
export class TestClient {
	readonly upserts: { readonly message: WAMessage; readonly type: string; readonly requestId?: string }[] = [];
	readonly updates: BaileysEventMap['messages.update'] = [];
	readonly states: Partial<ConnectionState>[] = [];
	readonly endings: Ending[] = [];
	readonly events: { readonly name: string; readonly payload: unknown }[] = [];
	readonly #watch = new Watch();
	#socket: WASocket | null = null;

	constructor(
		private readonly url: string,
		readonly auth: MemoryAuth = new MemoryAuth(),
		private readonly options: Partial<UserFacingSocketConfig> = {},
	) {}

	get socket(): WASocket {
		if (this.#socket === null) throw new Error('the client was not started');
		return this.#socket;
	}

	/** A new socket on the kept state. */
	start(): this {
		const { state, save } = this.auth.open();
		const socket = makeWASocket({
			waWebSocketUrl: this.url,
			auth: state,
			logger: SILENT,
			syncFullHistory: false,
			markOnlineOnConnect: false,
			emitOwnEvents: false,
			defaultQueryTimeoutMs: 30_000,
			keepAliveIntervalMs: 20_000,
			shouldSyncHistoryMessage: ({ syncType }) => HISTORY.has(Number(syncType)),
			shouldIgnoreJid: (jid) => IGNORED.some((server) => jid.endsWith(server)),
			transactionOpts: { maxCommitRetries: 3, delayBetweenTriesMs: 500 },
			...this.options,
		});
		this.#socket = socket;
		socket.ev.on('creds.update', save);
		socket.ev.on('connection.update', (update) => {
			this.states.push(update);
			if (update.connection === 'close') {
				socket.ev.flush();
				const error = update.lastDisconnect?.error as (Error & { output?: { statusCode: number } }) | undefined;
				this.endings.push({ code: error?.output?.statusCode, message: error?.message ?? '' });
			}
			this.#watch.notify();
		});
		socket.ev.on('messages.upsert', ({ messages, type, requestId }) => {
			messages.forEach((message) => this.upserts.push({ message, type, ...(requestId === undefined ? {} : { requestId }) }));
			this.#watch.notify();
		});
		socket.ev.on('messages.update', (updates) => {
			this.updates.push(...updates);
			this.#watch.notify();
		});
		socket.ev.process((all) => {
			for (const [name, payload] of Object.entries(all)) this.events.push({ name, payload });
			this.#watch.notify();
		});
		return this;
	}

	/** Waits for something of this client. */
	async until<T>(find: () => T | undefined, what: string, timeoutMs?: number): Promise<T> {
		return await this.#watch.until(find, what, timeoutMs);
	}

	/** The QR code it shows, after those it showed before. */
	async qr(after = 0): Promise<string> {
		return await this.until(() => this.states.flatMap(({ qr }) => qr ?? [])[after], 'a QR code');
	}

	/** Resolves when it has been open so many times. */
	async open(times = 1): Promise<void> {
		await this.until(() => (this.states.filter(({ connection }) => connection === 'open').length >= times ? true : undefined), 'the client is open');
	}

	/** Why it closed, the first time or a later one. */
	async ending(after = 0, timeoutMs?: number): Promise<Ending> {
		return await this.until(() => this.endings[after], 'the client closes', timeoutMs);
	}

	/** The message with the id once it has content. */
	async message(id: string): Promise<{ readonly message: WAMessage; readonly type: string }> {
		return await this.until(() => this.upserts.find(({ message }) => message.key.id === id && message.message), `the message ${id}`);
	}

	/** Texts in the order they came, without the client's own. */
	texts(): readonly string[] {
		return this.upserts.filter(({ message }) => message.key.fromMe !== true).flatMap(({ message }) => message.message?.conversation ?? []);
	}

	async event(name: string): Promise<unknown> {
		return (await this.until(() => this.events.find((event) => event.name === name), `the event ${name}`)).payload;
	}

	/** Sends and waits for the server's word. */
	async send(jid: string, content: Parameters<WASocket['sendMessage']>[1], id = generateMessageIDV2(this.socket.user?.id), timeoutMs = 5000): Promise<Stanza | undefined> {
		const ack = this.socket.waitForMessage<Stanza>(id, timeoutMs);
		await this.socket.sendMessage(jid, content, { messageId: id });
		return await ack;
	}

	/** Ends the socket as a shutdown does; nothing is unlinked. A link that nobody answers on is given up. */
	async stop(): Promise<void> {
		const ended = this.#socket;
		if (ended === null) return;
		const giveUp = setTimeout(() => (ended.ws as unknown as { socket: { terminate(): void } | null }).socket?.terminate(), PATIENCE);
		if (!ended.ws.isClosed) await ended.end(undefined);
		clearTimeout(giveUp);
	}
}
