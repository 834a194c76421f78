import type { Appointment } from '../../core/booking';
import type { TurnResult } from '../../core/conversation/assistant';
import type { ChannelProfile, InboundMessage, Lang } from '../../core/conversation/message';
import type { CallRecord } from './tap';
import type { Facts } from './world';

/** A message as the client sent it, with what the client meant by it. */
export interface Sent {
	readonly message: InboundMessage;
	/** The client agrees to the summary shown last. Only such a message may lead to a write. */
	readonly consents: boolean;
}

/** What the client sent at once, and what came back; a redelivered message stands twice. */
export interface Exchange {
	readonly at: number;
	readonly sent: readonly Sent[];
	readonly results: readonly TurnResult[];
	/** Who had the chat when it was sent. */
	readonly mode: 'bot' | 'human';
	/** What a model answered while it was handled, call by call. */
	readonly modelSaid: readonly string[];
}

/** A line of the audit log. */
export interface LogLine {
	readonly turn: number;
	readonly kind: string;
	readonly at: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface OfferRow {
	readonly id: string;
	readonly start: string;
	readonly staffId: string;
	readonly serviceIds: readonly string[];
}

export interface PendingRow {
	readonly id: string;
	readonly kind: string;
	readonly status: string;
	readonly createdTurn: number;
}

export interface OperationRow {
	readonly key: string;
	readonly kind: string;
	readonly status: string;
}

/** A row of the inbox: which turn answered the message. */
export interface InboxRow {
	readonly seq: number;
	readonly messageId: string | null;
	readonly answeredTurn: number | null;
	readonly outSeq: number | null;
}

export interface OutboxRow {
	readonly seq: number;
	readonly turn: number;
}

/** Everything a dialogue left behind; the invariants judge this and nothing else. */
export interface DialogueRecord {
	readonly id: string;
	readonly goal: string;
	readonly channel: ChannelProfile;
	/** The language the client writes in from the first word to the last. */
	readonly lang: Lang;
	readonly clientName: string;
	readonly guestName: string | null;
	/** The phone in the envelope, or null. */
	readonly verifiedPhone: string | null;
	/** The phone the client gives when asked. */
	readonly phone: string;
	readonly exchanges: readonly Exchange[];
	readonly log: readonly LogLine[];
	readonly offers: readonly OfferRow[];
	readonly pendings: readonly PendingRow[];
	readonly operations: readonly OperationRow[];
	readonly inbox: readonly InboxRow[];
	readonly outbox: readonly OutboxRow[];
	/** Rows of this chat id under another tenant. */
	readonly foreignRows: number;
	readonly calls: readonly CallRecord[];
	readonly facts: Facts;
	/** First names of other clients of the salon. */
	readonly strangers: readonly string[];
	/** Standing visits before the first and after the last message. */
	readonly before: ReadonlyMap<string, Appointment>;
	readonly after: ReadonlyMap<string, Appointment>;
	/** Visits of this client that stood before the first message. */
	readonly ownVisitIds: readonly string[];
	/** Visits that somebody else made while the dialogue ran. */
	readonly rivalVisitIds: readonly string[];
	/** Whether the goal was reached, as the CRM's rows say. */
	readonly reached: boolean;
}

/** A broken promise. */
export interface Violation {
	readonly guarantee: string;
	readonly what: string;
}
