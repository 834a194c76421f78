import type { Instant, Phone } from '../booking';

/** Names one conversation. Every query of this file starts from it: there is no read without a tenant. */
export interface ChatKey {
	readonly tenant: string;
	readonly channel: string;
	readonly chatId: string;
}

/** `bot`: the assistant answers. `human`: an operator took over. `paused`: silent until `modeUntil`. */
export type ConversationMode = 'bot' | 'human' | 'paused';

/** A message as it came in. `payload` is JSON text the caller defines; it is sealed at rest. */
export interface IncomingRecord {
	/** The provider's id, unique in the chat; null when the channel gives none (then an identical waiting payload is the same message). */
	readonly messageId: string | null;
	readonly payload: string;
	readonly receivedAt: Instant;
}

/** What `accept` did with a message. */
export type Accepted =
	| { readonly kind: 'accepted'; readonly seq: number }
	/** Seen before. `reply` is the payload of the answer to it when that is already written. */
	| { readonly kind: 'duplicate'; readonly seq: number; readonly reply: string | null };

/** What `receive` did with a message; an accepted one comes with what beginning a turn came to. */
export type Received =
	| { readonly kind: 'accepted'; readonly seq: number; readonly start: TurnStart }
	| (Accepted & { readonly kind: 'duplicate' });

/** Who asks for a chat, and until when. */
export interface TurnClaim {
	readonly owner: string;
	readonly now: Instant;
	readonly leaseMs: number;
	/** Names owners that are certainly gone: their lease is taken over at once, under a new fence. */
	readonly isDead: (owner: string) => boolean;
}

/** A message waiting in a turn. */
export interface WaitingMessage {
	readonly seq: number;
	readonly payload: string;
	readonly receivedAt: Instant;
}

/** The right to work on one chat. Every later write names `fence`; a write with an old fence changes nothing. */
export interface Turn {
	readonly chat: ChatKey;
	readonly owner: string;
	readonly fence: number;
	/** Counts the turns of the chat, from 1. */
	readonly number: number;
	readonly mode: ConversationMode;
	/** JSON text of the conversation's state, null for a new chat. */
	readonly state: string | null;
	/** The open pending action, when there is one. */
	readonly pending: PendingRecord | null;
	/**
	 * Operations of this chat that nobody was told of: those without a known end, and the one of the open pending action
	 * whatever its end, because the turn that sent it died. They come before anything else.
	 */
	readonly unresolved: readonly OperationRecord[];
	/** All unanswered messages, oldest first; never empty. */
	readonly messages: readonly WaitingMessage[];
}

export type TurnStart =
	| { readonly kind: 'turn'; readonly turn: Turn }
	/** Another owner holds the chat until `until`. */
	| { readonly kind: 'busy'; readonly until: Instant }
	/** Nothing waits: another turn has answered it. */
	| { readonly kind: 'idle' };

export const PENDING_KINDS = ['create', 'reschedule', 'cancel'] as const;
export type PendingKind = (typeof PENDING_KINDS)[number];
export type PendingStatus = 'open' | 'confirmed' | 'done' | 'cancelled' | 'expired' | 'refused';

/** A frozen write that waits for the client's yes. `payload` and `summary` are sealed at rest. */
export interface PendingRecord {
	readonly id: string;
	readonly kind: PendingKind;
	/** JSON text of exactly what will be written. */
	readonly payload: string;
	readonly payloadHash: string;
	/** The text the client was shown. */
	readonly summary: string;
	readonly status: PendingStatus;
	readonly createdAt: Instant;
	readonly createdTurn: number;
	readonly expiresAt: Instant;
}

/** `sending`: may have reached the CRM. `done`/`refused`: proven. `unknown`: sent, effect not known. `failed`: proven to have had none. */
export type OperationStatus = 'sending' | 'done' | 'refused' | 'unknown' | 'failed';

/** One effect on the CRM. `payload` and `result` are JSON text, sealed at rest. */
export interface OperationRecord {
	readonly key: string;
	readonly pendingId: string;
	readonly kind: PendingKind;
	readonly status: OperationStatus;
	readonly payload: string;
	readonly result: string | null;
	readonly attempts: number;
	readonly createdAt: Instant;
	readonly updatedAt: Instant;
}

/** A line of the audit log: no personal data, no texts. `data` is JSON text. */
export interface EventRecord {
	readonly kind: string;
	readonly at: Instant;
	readonly data: string;
}

/** Everything a turn changes, written in one transaction. */
export interface TurnChanges {
	readonly state: string;
	/** Answers the messages up to this seq. */
	readonly answeredSeq: number;
	/** JSON text of the reply for the channel; null when the turn is silent. */
	readonly reply: string | null;
	readonly mode?: ConversationMode;
	readonly modeUntil?: Instant | null;
	/** Replaces the open pending action (the old one becomes `cancelled`). */
	readonly openPending?: Omit<PendingRecord, 'status' | 'createdTurn'>;
	/** Ends the open pending action with this status. Ignored when `openPending` is set and the old one is still open. */
	readonly closePending?: Exclude<PendingStatus, 'open'>;
	readonly offers?: readonly OfferRecord[];
	readonly events: readonly EventRecord[];
	/** What the client said of messages that the salon begins; `phone` where the channel vouches for it. */
	readonly silence?: { readonly asked: boolean; readonly phone: Phone | null };
	readonly now: Instant;
}

/** A slot shown to the client, made only from a CRM answer. `payload` is JSON text. */
export interface OfferRecord {
	readonly id: string;
	readonly payload: string;
	readonly fetchedAt: Instant;
}

export type TurnEnd =
	| { readonly kind: 'saved'; readonly outSeq: number | null }
	/** A message arrived after the turn began: nothing was saved; begin again with it. */
	| { readonly kind: 'newer' }
	/** An operator took over while the turn ran: the state was saved, the reply was not, nothing may be sent. */
	| { readonly kind: 'muted' }
	/** The lease was lost: nothing was saved, nothing may be sent. */
	| { readonly kind: 'fenced' };

/** A conversation as an operator sees it. */
export interface ConversationSummary {
	readonly chat: ChatKey;
	readonly mode: ConversationMode;
	readonly modeUntil: Instant | null;
	readonly turns: number;
	readonly waiting: number;
	readonly lastMessageAt: Instant | null;
	readonly lastReplyAt: Instant | null;
	readonly state: string | null;
}

/** One line of a transcript. */
export interface TranscriptLine {
	readonly direction: 'in' | 'out';
	readonly seq: number;
	readonly payload: string;
	readonly at: Instant;
}

/** Inbox, lease, state, pending actions, operations, offers, outbox and audit of conversations. */
export interface ConversationStore {
	/** Puts a message into the inbox, once. */
	accept(chat: ChatKey, message: IncomingRecord): Promise<Accepted>;
	/** `accept` and `beginTurn` in one transaction: the usual way of a message that finds its chat free. */
	receive(chat: ChatKey, message: IncomingRecord, claim: TurnClaim): Promise<Received>;
	/** Takes the chat for `leaseMs` when something waits and nobody else holds it. An expired pending action is closed first. */
	/** `isDead` may name owners that are certainly gone: their lease is taken over at once, under a new fence. */
	beginTurn(chat: ChatKey, owner: string, now: Instant, leaseMs: number, isDead?: (owner: string) => boolean): Promise<TurnStart>;
	/** Ends the turn. With `unlessNewer` a message that came meanwhile makes it `newer`. Releases the lease unless `newer`. */
	finishTurn(turn: Turn, changes: TurnChanges, options: { unlessNewer: boolean }): Promise<TurnEnd>;
	/** Lets the chat go without answering: the messages stay waiting. */
	abandonTurn(turn: Turn): Promise<void>;
	/** Extends the lease; false when it is lost. */
	renewLease(turn: Turn, now: Instant, leaseMs: number): Promise<boolean>;
	/** The answer already written for a message, or null while it waits. */
	replyTo(chat: ChatKey, seq: number): Promise<{ answered: boolean; reply: string | null }>;

	/**
	 * Marks a write as about to leave; under the turn's fence. `exists` returns the earlier row for the same key; `newer`
	 * means that the client has written more than the turn has read, so that its yes may have gone on with a «but».
	 */
	claimOperation(
		turn: Turn,
		operation: Pick<OperationRecord, 'key' | 'pendingId' | 'kind' | 'payload'>,
		now: Instant,
	): Promise<{ kind: 'claimed' } | { kind: 'exists'; operation: OperationRecord } | { kind: 'newer' } | { kind: 'fenced' }>;
	/** Writes the end of an operation; a proven end is never overwritten. */
	settleOperation(tenant: string, key: string, status: OperationStatus, result: string | null, now: Instant): Promise<void>;
	/** Operations this chat ended with `done`, newest first: what the chat itself booked, moved or cancelled. */
	doneOperations(chat: ChatKey, limit: number): Promise<readonly OperationRecord[]>;
	/** An offer of this chat by id, or null. */
	offer(chat: ChatKey, id: string): Promise<OfferRecord | null>;

	/** Sets who answers; creates the conversation row when there is none. */
	setMode(chat: ChatKey, mode: ConversationMode, until: Instant | null, now: Instant): Promise<void>;
	/** A person answers this chat until then at least: what keeps the assistant silent for longer, or for good, stays as it is. Creates the row when there is none. */
	leaveToPerson(chat: ChatKey, until: Instant, now: Instant): Promise<void>;
	get(chat: ChatKey): Promise<ConversationSummary | null>;
	/** Newest first. `before` is the `lastMessageAt` of the last row of the previous page. */
	list(filter: { tenant: string; mode?: ConversationMode; channel?: string; before?: Instant; limit: number }): Promise<readonly ConversationSummary[]>;
	transcript(chat: ChatKey, limit: number): Promise<readonly TranscriptLine[]>;
	events(chat: ChatKey, limit: number): Promise<readonly (EventRecord & { seq: number; turn: number })[]>;
	/** Chats in `bot` mode with messages older than `before` that nobody works on: what a crash left behind. */
	unanswered(tenant: string, before: Instant, now: Instant, limit: number): Promise<readonly ChatKey[]>;
	/** Whether the client is not to be written to first: by what was said in this chat, or of a phone that the channel vouches for. */
	isSilenced(chat: ChatKey, phone: Phone | null): Promise<boolean>;
	/** Counts turns of the chat since `since`; for the daily budget. */
	turnsSince(chat: ChatKey, since: Instant): Promise<number>;
}
