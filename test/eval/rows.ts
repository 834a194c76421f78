import { type ChatKey } from '../../core/store';
import type { InboxRow, LogLine, OfferRow, OperationRow, OutboxRow, PendingRow } from './record';
import type { World } from './world';

/** A slot as frozen in a pending action or shown in an offer. */
type Slot = Omit<OfferRow, 'id'>;

/** What a chat left in the database. */
export interface Rows {
	readonly log: readonly LogLine[];
	readonly offers: readonly OfferRow[];
	readonly pendings: readonly PendingRow[];
	readonly operations: readonly OperationRow[];
	readonly inbox: readonly InboxRow[];
	readonly outbox: readonly OutboxRow[];
	/** Slot of each pending action that has one, by its id. */
	readonly slots: ReadonlyMap<string, Slot>;
}

/** Reads the rows of a chat straight from the tables. */
export async function readRows({ store, conversations }: Pick<World, 'store' | 'conversations'>, chat: ChatKey): Promise<Rows> {
	const { db, vault } = store;
	const [offers, pendings, operations, inbox, outbox, events] = await Promise.all([
		db.selectFrom('offer').selectAll().where('tenant', '=', chat.tenant).where('channel', '=', chat.channel).where('chat_id', '=', chat.chatId).execute(),
		db.selectFrom('pending_action').selectAll().where('tenant', '=', chat.tenant).where('channel', '=', chat.channel).where('chat_id', '=', chat.chatId).execute(),
		db.selectFrom('operation').selectAll().where('tenant', '=', chat.tenant).where('channel', '=', chat.channel).where('chat_id', '=', chat.chatId).execute(),
		db.selectFrom('inbox').selectAll().where('tenant', '=', chat.tenant).where('channel', '=', chat.channel).where('chat_id', '=', chat.chatId).execute(),
		db.selectFrom('outbox').selectAll().where('tenant', '=', chat.tenant).where('channel', '=', chat.channel).where('chat_id', '=', chat.chatId).execute(),
		conversations.events(chat, 2000),
	]);
	const slots = new Map<string, Slot>();
	for (const row of pendings) {
		const { slot } = JSON.parse(vault.open(row.payload)) as { slot?: Slot };
		if (slot !== undefined) slots.set(row.id, { start: slot.start, staffId: slot.staffId, serviceIds: slot.serviceIds });
	}
	return {
		log: events.map(({ turn, kind, at, data }) => ({ turn, kind, at, data: JSON.parse(data) as Record<string, unknown> })),
		offers: offers.map((row) => {
			const { start, staffId, serviceIds } = JSON.parse(vault.open(row.payload)) as Slot;
			return { id: row.id, start, staffId, serviceIds };
		}),
		pendings: pendings.map((row) => ({ id: row.id, kind: row.kind, status: row.status, createdTurn: row.created_turn })),
		operations: operations.map((row) => ({ key: row.key, kind: row.kind, status: row.status })),
		inbox: inbox.map((row) => ({ seq: row.seq, messageId: row.message_id, answeredTurn: row.answered_turn, outSeq: row.out_seq })),
		outbox: outbox.map((row) => ({ seq: row.seq, turn: row.turn })),
		slots,
	};
}

/** How many rows a chat id has in a world's tables, whatever its channel. */
export async function rowsOf({ store, tenant }: World, chat: ChatKey): Promise<number> {
	const count = await Promise.all(
		(['inbox', 'outbox', 'offer', 'pending_action', 'operation', 'conversation_event'] as const).map((table) =>
			store.db
				.selectFrom(table)
				.select((eb) => eb.fn.countAll<number>().as('rows'))
				.where('tenant', '=', tenant)
				.where('chat_id', '=', chat.chatId)
				.executeTakeFirstOrThrow(),
		),
	);
	return count.reduce((sum, { rows }) => sum + Number(rows), 0);
}
