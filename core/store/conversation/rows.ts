import { sql, type Insertable, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Instant } from '../../booking';
import type { ChatKey, ConversationMode, OperationRecord, PendingRecord, Turn } from '../conversation-store';
import type { Database } from '../schema';
import type { ConversationTable, OperationTable, PendingActionTable } from '../schema/conversation';
import { statement } from '../statement';
import type { Dialect, Vault } from '../store';

/** The columns that name a chat. */
export interface ChatColumns {
	readonly tenant: string;
	readonly channel: string;
	readonly chat_id: string;
}

/** Written into the statement, not bound to it: only so does a database use the index of open pending actions. */
export const OPEN = sql.lit<'open'>('open');

/** The columns that name a chat: the start of every query and of every inserted row. */
export function chatColumns(chat: ChatKey): ChatColumns {
	return { tenant: chat.tenant, channel: chat.channel, chat_id: chat.chatId };
}

/** The row of a chat in which nothing has happened yet. */
export function newConversation(chat: ChatKey, now: Instant): Insertable<ConversationTable> {
	return {
		...chatColumns(chat),
		mode: 'bot',
		mode_until: null,
		state: null,
		turns: 0,
		fence: 0,
		lease_owner: null,
		lease_until: null,
		last_in_seq: 0,
		answered_seq: 0,
		last_out_seq: 0,
		last_event_seq: 0,
		waiting_since: null,
		last_message_at: null,
		last_reply_at: null,
		updated_at: now,
	};
}

/** Seals a text that may be missing. */
export function sealOptional(vault: Vault, plain: string | null): string | null {
	return plain === null ? null : vault.seal(plain);
}

/** Opens a text that may be missing. */
export function openOptional(vault: Vault, sealed: string | null): string | null {
	return sealed === null ? null : vault.open(sealed);
}

/** Who answers at `now`: a mode other than `bot` ends at its `mode_until`. */
export function effectiveMode(row: Pick<ConversationTable, 'mode' | 'mode_until'>, now: Instant): ConversationMode {
	return row.mode_until !== null && row.mode_until <= now ? 'bot' : row.mode;
}

/** Number of the last message a turn has read. */
export function lastSeen(turn: Turn): number {
	return turn.messages.reduce((last, message) => Math.max(last, message.seq), 0);
}

interface Holding extends ChatColumns {
	readonly fence: number;
	readonly lease_owner: string;
}

const ofTurn = (db: Kysely<Database>, { tenant, channel, chat_id, fence, lease_owner }: Holding) =>
	db
		.selectFrom('conversation')
		.selectAll()
		.where((eb) => eb.and({ tenant, channel, chat_id, fence, lease_owner }));

const LOCKS = {
	sqlite: statement((db, values: Holding) => ofTurn(db, values)),
	postgres: statement((db, values: Holding) => ofTurn(db, values).forUpdate()),
} as const;

/**
 * The conversation of a turn, locked until the transaction ends, or undefined when the turn has lost its lease. The
 * owner is compared too: after a turn has ended nobody owns the chat, though the fence is still the same.
 */
export function lockTurn(
	trx: Transaction<Database>,
	dialect: Dialect,
	turn: Turn,
): Promise<Selectable<ConversationTable> | undefined> {
	return LOCKS[dialect](trx, { ...chatColumns(turn.chat), fence: turn.fence, lease_owner: turn.owner }).then(([row]) => row);
}

export function operationRecord(vault: Vault, row: Selectable<OperationTable>): OperationRecord {
	return {
		key: row.key,
		pendingId: row.pending_id,
		kind: row.kind,
		status: row.status,
		payload: vault.open(row.payload),
		result: openOptional(vault, row.result),
		attempts: row.attempts,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}

export function pendingRecord(vault: Vault, row: Selectable<PendingActionTable>): PendingRecord {
	return {
		id: row.id,
		kind: row.kind,
		payload: vault.open(row.payload),
		payloadHash: row.payload_hash,
		summary: vault.open(row.summary),
		status: row.status,
		createdAt: row.created_at,
		createdTurn: row.created_turn,
		expiresAt: row.expires_at,
	};
}
