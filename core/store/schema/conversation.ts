import type { ConversationMode, OperationStatus, PendingKind, PendingStatus } from '../conversation-store';

/** Columns that name a chat; every table of a conversation starts its key with the tenant. */
interface ChatColumns {
	tenant: string;
	channel: string;
	chat_id: string;
}

/** Instants below are UTC ISO text with milliseconds, so that text order is time order. «Sealed» is made by the vault. */
export interface ConversationTable extends ChatColumns {
	mode: ConversationMode;
	/** End of a mode other than `bot`; null for no end. */
	mode_until: string | null;
	/** Sealed JSON. */
	state: string | null;
	/** Finished turns. */
	turns: number;
	/** Grows with every lease; a write that names an older one changes nothing. */
	fence: number;
	lease_owner: string | null;
	lease_until: string | null;
	last_in_seq: number;
	/** Messages up to this one are answered. */
	answered_seq: number;
	last_out_seq: number;
	last_event_seq: number;
	/** When the oldest unanswered message came; null when nothing waits. */
	waiting_since: string | null;
	last_message_at: string | null;
	last_reply_at: string | null;
	updated_at: string;
}

export interface InboxTable extends ChatColumns {
	seq: number;
	message_id: string | null;
	/** Sealed JSON. */
	payload: string;
	/** Keyed hash of the plain payload: finds a repeated message without an id. */
	payload_hash: string;
	received_at: string;
	answered_at: string | null;
	answered_turn: number | null;
	/** The outbox line that answers it; null while it waits and after a silent turn. */
	out_seq: number | null;
}

export interface OutboxTable extends ChatColumns {
	seq: number;
	turn: number;
	/** Sealed JSON. */
	payload: string;
	created_at: string;
}

export interface PendingActionTable extends ChatColumns {
	id: string;
	kind: PendingKind;
	status: PendingStatus;
	/** Sealed JSON. */
	payload: string;
	payload_hash: string;
	/** Sealed text. */
	summary: string;
	created_at: string;
	created_turn: number;
	expires_at: string;
	closed_at: string | null;
}

export interface OperationTable extends ChatColumns {
	key: string;
	pending_id: string;
	kind: PendingKind;
	status: OperationStatus;
	/** Sealed JSON. */
	payload: string;
	/** Sealed JSON. */
	result: string | null;
	attempts: number;
	created_at: string;
	updated_at: string;
}

export interface OfferTable extends ChatColumns {
	id: string;
	/** Sealed JSON. */
	payload: string;
	fetched_at: string;
}

export interface ConversationEventTable extends ChatColumns {
	seq: number;
	turn: number;
	kind: string;
	at: string;
	data: string;
}

export interface ConversationTables {
	conversation: ConversationTable;
	inbox: InboxTable;
	outbox: OutboxTable;
	pending_action: PendingActionTable;
	operation: OperationTable;
	offer: OfferTable;
	conversation_event: ConversationEventTable;
}
