import type { BinaryNode, UserFacingSocketConfig, WASocket } from '@whiskeysockets/baileys';
import { type Ending, endingOf, hearFailures, watchSocket } from '../connection';
import type { ClientLibrary } from '../client-library';
import type { Clock, Inbound } from '../ports';
import type { Tempo } from './tempo';

/** What a socket tells its session. */
export interface SocketEvents {
	/** Logged in: everything may be sent. */
	open(socket: WASocket): void;
	/** A text to be shown as a QR code; the account is not linked yet. */
	qr(text: string): void;
	/** A phone has accepted this device; the server asks for a restart next. */
	paired(): void;
	/** The account asks for a passkey before it accepts the device. */
	passkey(): void;
	/** A request before the login was refused. */
	refused(): void;
	/** The account has to be saved. */
	creds(): void;
	/** Something came from the phone itself. */
	phoneSeen(): void;
	/** The client could not answer a stanza; when that matters, the socket ends by itself. */
	failed(error: unknown): void;
}

export interface LiveSocketParts {
	readonly client: ClientLibrary;
	readonly options: UserFacingSocketConfig;
	readonly inbound: Pick<Inbound, 'attach' | 'flush'>;
	readonly events: SocketEvents;
	readonly clock: Clock;
	readonly tempo: Tempo;
}

/** How one socket ended. */
export interface Ended {
	readonly ending: Ending;
	/** How long it was open; 0 when it never was. */
	readonly openMs: number;
}

/** A callback name of the client for a stanza that it does nothing with. */
const PASSKEY = 'CB:notification,type:passkey_prologue_request';
const REFUSED = 'CB:iq,type:error';
const FROM_PEOPLE = ['CB:message', 'CB:receipt', 'CB:notification'] as const;

/** One socket of the client from its making to its end. */
export class LiveSocket {
	/** Resolves when the client has reported the end, and never rejects. */
	readonly ended: Promise<Ended>;
	readonly socket: WASocket;
	lastFrameAt: number | null = null;
	lastReceiptAt: number | null = null;
	#openedAt: number | null = null;

	constructor(private readonly parts: LiveSocketParts) {
		const { client, options, inbound, events, clock, tempo } = parts;
		this.socket = client.makeWASocket(options);
		const { socket } = this;
		hearFailures(socket, (error) => events.failed(error));
		const watchdog = watchSocket(socket, { connectMs: tempo.connect + tempo.watch, silenceMs: tempo.silence, askMs: tempo.keepAlive, tickMs: tempo.watch });
		this.ended = new Promise((resolve) => {
			socket.ev.on('connection.update', ({ connection, qr, isNewLogin, lastDisconnect }) => {
				if (connection === 'close') {
					// first of all, synchronously: the client forgets right after this what its buffer holds
					inbound.flush(socket);
					watchdog.stop();
					resolve({ ending: endingOf(lastDisconnect?.error), openMs: this.#openedAt === null ? 0 : clock() - this.#openedAt });
					return;
				}
				if (qr !== undefined) events.qr(qr);
				if (isNewLogin === true) events.paired();
				if (connection === 'open') this.#opened();
			});
		});
		inbound.attach(socket);
		socket.ev.on('creds.update', () => events.creds());
		this.#listen();
	}

	get isOpen(): boolean {
		return this.#openedAt !== null && this.socket.ws.isOpen;
	}

	/** Ends it; `ended` resolves soon, whatever the other side does. */
	close(error?: Error): void {
		this.socket.end(error).catch(() => undefined);
	}

	#opened(): void {
		this.#openedAt = this.parts.clock();
		this.parts.events.open(this.socket);
	}

	#listen(): void {
		const { ws } = this.socket;
		const { events, clock } = this.parts;
		ws.on('frame', () => void (this.lastFrameAt = clock()));
		ws.on('CB:receipt', () => void (this.lastReceiptAt = clock()));
		ws.on(PASSKEY, () => events.passkey());
		ws.on(REFUSED, () => {
			if (this.#openedAt === null) events.refused();
		});
		for (const name of FROM_PEOPLE) {
			ws.on(name, ({ attrs }: BinaryNode) => {
				if (this.#isPhone(attrs['from']) || this.#isPhone(attrs['participant'])) events.phoneSeen();
			});
		}
	}

	/** The account's own address without a device is its phone. */
	#isPhone(jid: string | undefined): boolean {
		const { user } = this.socket;
		if (jid === undefined || user === undefined) return false;
		const [name = '', server] = jid.split('@');
		if (name.includes(':')) return false;
		return [user.id, user.lid].some((own) => own !== undefined && own.split('@')[1] === server && own.split(/[:@]/)[0] === name);
	}
}
