import type { SessionKey } from '../lease';
import type { SessionState } from '../ports';
import type { SessionSettingsInput } from './settings';

/** Where a session stands, for nodes, pages and whoever watches. */
export interface SessionStatus extends SessionKey {
	readonly state: SessionState;
	/** Milliseconds since the epoch. */
	readonly since: number;
	/** A word of ours or of the client for why; null while all is well. */
	readonly reason: string | null;
	/** What the state means and what to do about it, in the session's language. */
	readonly sentence: string;
	/** Digits of the linked number; null while none is linked. */
	readonly phone: string | null;
	readonly lastFrameAt: number | null;
	/** Messages that no workflow was given yet, and messages that wait to be sent. */
	readonly backlogIn: number;
	readonly backlogOut: number;
	/** How long the oldest message that could be sent waits. */
	readonly queueAgeMs: number;
	/** Which process runs the session. */
	readonly owner: 'this process' | 'another' | null;
}

/** What a pairing page shows. */
export interface PairingView {
	readonly method: 'qr' | 'code';
	/** Text of the QR code, to be drawn by the page. */
	readonly qr?: string;
	/** Eight characters to type into the phone. */
	readonly code?: string;
	/** Milliseconds since the epoch until when `qr` or `code` is good; 0 when neither is shown. */
	readonly goodUntil: number;
	/** Round of QR codes, from 1; after the third the code is the better way. */
	readonly round: number;
	readonly state: SessionState;
	/**
	 * Why it does not go on: `qr_expired`, `code_expired`, `code_refused`, `passkey_required`, `pairing_failed`; `wrong_number`: it is linked, with another
	 * number than before. Null while all is well.
	 */
	readonly problem: PairingProblem | null;
	/** What to do now, in the session's language. */
	readonly sentence: string;
}
export type PairingProblem = 'qr_expired' | 'code_expired' | 'code_refused' | 'wrong_number' | 'passkey_required' | 'pairing_failed';

/** What is asked of the process that runs a session. */
export type SessionOrder =
	/** Shows QR codes; three rounds. Refused `already_linked` on a linked session. */
	| { readonly kind: 'pairQr' }
	/** Shows a code for this phone, in digits with the country. Value: `{ code }`. */
	| { readonly kind: 'pairCode'; readonly phone: string }
	| { readonly kind: 'cancelPairing' }
	/** Connects anew, also out of a state in which the session rests. */
	| { readonly kind: 'restart' }
	/** Unlinks the device; its state is kept aside for 7 days. */
	| { readonly kind: 'logOut' }
	/** Which of the phones have WhatsApp. Value: `{ phones: { phone, exists }[] }`. */
	| { readonly kind: 'checkNumbers'; readonly phones: readonly string[] }
	| { readonly kind: 'typing'; readonly chat: string; readonly on: boolean }
	| { readonly kind: 'markRead'; readonly chat: string; readonly ids: readonly string[] }
	/** Seals the stored state with the current encryption key. Value: `{ changed }`. */
	| { readonly kind: 'reseal' };
export type SessionOrderKind = SessionOrder['kind'];

/** The answer to an order: an empty answer and a failed one are never the same. */
export type SessionAnswer =
	| { readonly status: 'ok'; readonly value: unknown }
	/** It was not done; `reason` is a word, `sentence` says what to do. */
	| { readonly status: 'refused' | 'unavailable'; readonly reason: string; readonly sentence: string }
	/** It was begun, and nobody knows how it ended. */
	| { readonly status: 'unknown'; readonly reason: string; readonly sentence: string };

/** What a subscriber is told; handlers must not throw. All of them are wakes: what there is has to be read from the tables. */
export interface SessionHandlers {
	/** A turn may be ready. */
	readonly onTurn?: () => void;
	/** Something became of a message that was sent; `outboxId` when it is known. */
	readonly onDelivery?: (outboxId: string | undefined) => void;
	/** The state changed. Also called once with the present state. */
	readonly onState?: (status: SessionStatus) => void;
}

/** What a restored session has to expect. */
export interface RestoredSession {
	/** Milliseconds since the epoch when the backup was made. */
	readonly takenAt: number;
	readonly keys: number;
	readonly sentence: string;
}

/** The WhatsApp sessions of one process on one store. */
export interface WhatsappService {
	/**
	 * Wants the session to run: notes it (`desired = run`, settings) and takes it here when this process runs sessions and nobody else has
	 * it. Without a subscriber this process wants it for two minutes, and again with every call; for session hosts the note stays until a
	 * process that listened has left. Resolves when it is noted, not when the session is open. Throws {@link WhatsappError} `settings_invalid`.
	 */
	ensure(key: SessionKey, settings?: SessionSettingsInput): Promise<void>;
	/** Listens, and keeps the session wanted until two minutes after the last subscriber has left. Returns at once; call the result to leave. */
	subscribe(key: SessionKey, handlers: SessionHandlers): () => void;
	/** Throws nothing for a session nobody ever wanted: it is `idle`. */
	status(key: SessionKey): Promise<SessionStatus>;
	list(tenant: string): Promise<readonly SessionStatus[]>;
	/** Asks the process that runs the session, which may be this one, and waits for the answer, 30 s unless set; then it is `unknown` what came of it. */
	command(key: SessionKey, order: SessionOrder, timeoutMs?: number): Promise<SessionAnswer>;
	/** What a pairing page shows; null when nothing is under way. */
	pairing(key: SessionKey): Promise<PairingView | null>;
	/** An operator's version of the client (`2.3000.1234567890`), null for none. Sessions that rest as `client_outdated` try it at once. */
	setVersion(version: string | null): Promise<void>;
	/** The session's state as one sealed text, which only a store with the same encryption key opens. The session may run meanwhile. */
	backup(key: SessionKey): Promise<string>;
	/** Puts a state back; the present one, if any, is kept aside for 7 days. Refused while another process runs the session. */
	restore(key: SessionKey, backup: string): Promise<RestoredSession>;
	/** Ends every socket in order and gives the sessions back; nothing is unlinked. */
	shutdown(): Promise<void>;
}
