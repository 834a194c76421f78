import type { proto, WASocket } from '@whiskeysockets/baileys';
import type { ClientLibrary } from './client-library';
import type { Store } from '../store';
import type { WhatsappError } from './errors';
import type { Lease, SessionKey } from './lease';
import type { SessionSettings } from './session/settings';

/** Where a session stands; every state has a sentence for its owner. */
export const SESSION_STATES = [
	'idle', 'connecting', 'needs_pairing', 'pairing', 'open', 'degraded', 'reconnecting', 'passkey_required',
	'client_outdated', 'logged_out', 'conflict', 'banned', 'stopped',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** Milliseconds since the epoch. */
export type Clock = () => number;

/**
 * What happened for those who wait for it: within the process at once, between processes by NOTIFY where the database
 * has it. A signal may be lost, so that everyone who listens also looks by themselves now and then.
 */
export type Topic = 'turns' | 'outbox' | 'results' | 'commands' | 'state';
export interface Signals {
	/** `detail` is an id at most. */
	send(topic: Topic, key: SessionKey, detail?: string): void;
	/** Returns what ends it. */
	on(topic: Topic, key: SessionKey, heard: (detail: string | undefined) => void): () => void;
}

/** An event of a session's health: counts and codes, nothing of people. */
export type HealthReporter = (kind: string, detail?: Readonly<Record<string, string | number | boolean | null>>) => void;

/** What both halves of a session are made with, once for a lease. */
export interface HalfParts {
	readonly store: Store;
	readonly client: ClientLibrary;
	readonly lease: Lease;
	/** The present ones: an operator may change them while the session runs. */
	readonly settings: () => SessionSettings;
	readonly signals: Signals;
	readonly clock: Clock;
	readonly health: HealthReporter;
	/** Something that must end the socket; the session connects anew, or stops when the lease is gone. */
	readonly onFailure: (error: WhatsappError) => void;
}

/** The half of a session that receives; one for all sockets it has in turn while its lease lasts. */
export interface Inbound {
	/** Given to the socket as `makeSignalRepository`: what is decrypted is on disk before the server hears of it. */
	signalRepository(make: ClientLibrary['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository']): ClientLibrary['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository'];
	/** Listens to a socket that was just made, before anything comes over it. */
	attach(socket: WASocket): void;
	/** To be called first, synchronously, when a socket closes: hands out what its event buffer holds. */
	flush(socket: WASocket): void;
	/** Resolves when everything received so far is stored; rejects with the failure that must end the socket. */
	settled(): Promise<void>;
	/** Reads what a crash left behind; to be called once when the lease is taken. */
	recover(): Promise<void>;
	stop(): Promise<void>;
}

/** The half of a session that sends. */
export interface Outbound {
	/** The socket is open: rows are taken, one in flight a chat. */
	opened(socket: WASocket): void;
	/** The link is gone: what was under way is unknown until the next login. */
	closed(): void;
	/** The socket's `getMessage`: what a recipient asks for again. */
	message(key: proto.IMessageKey): Promise<proto.IMessage | undefined>;
	/** Begins no new chats before then, in milliseconds since the epoch; a longer pause that holds already stays. Rejects with a StoreError or `lease_lost`. */
	pauseNewChats(until: number): Promise<void>;
	/** Takes no further row and waits for acks, at most so long. */
	stop(waitMs: number): Promise<void>;
}
