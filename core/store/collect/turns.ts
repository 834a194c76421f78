import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { chatColumns } from '../conversation/rows';
import type { ChatKey } from '../conversation-store';
import type { Database } from '../schema';
import type { Vault } from '../store';

/** How long a turn waits, in milliseconds. */
export interface CollectRules {
	/** Silence after the last message that ends a turn. */
	readonly quietMs: number;
	/** A turn ends at the latest this long after its first message, however much is written. */
	readonly mostMs: number;
}

/** A message with the turn it waits in. */
export type Collected =
	/** `first`: the turn began with it. */
	| { readonly kind: 'added'; readonly turnId: string; readonly dueAt: number; readonly first: boolean }
	/** Delivered before; it has its turn already. */
	| { readonly kind: 'seen' };

/** A message as it is collected: JSON text, known by its id in the chat. */
export interface CollectedMessage {
	readonly messageId: string;
	readonly payload: string;
}

/**
 * Channels that begin so have an owner who closes their turns and sees to it that a workflow gets them: nobody else closes,
 * repeats or removes them.
 */
export const OWNED_CHANNEL = 'whatsapp:';

/** Written into the statement, not bound to it: only so do both engines find the index of open turns. */
const OPEN = sql.lit(1);

type Trx = Transaction<Database>;

/** Puts a message into the chat's open turn, or opens one; the end of the turn moves. `now` is milliseconds since the epoch. */
export async function collectIn(trx: Trx, vault: Vault, chat: ChatKey, { messageId, payload }: CollectedMessage, { quietMs, mostMs }: CollectRules, now: number): Promise<Collected> {
	const columns = chatColumns(chat);
	const fresh = { ...columns, turn_id: randomUUID(), is_open: 1, opened_at: now, due_at: now + Math.min(quietMs, mostMs), closed_at: null, owner: null, emitted_at: null, done_at: null, tries: 0 };
	// the row of the open turn is locked by this, whether it was there or not
	const turn = await trx
		.insertInto('collected_turn')
		.values(fresh)
		.onConflict((conflict) => conflict.columns(['tenant', 'channel', 'chat_id']).where('is_open', '=', OPEN).doUpdateSet((eb) => ({ owner: eb.ref('collected_turn.owner') })))
		.returning(['turn_id', 'opened_at'])
		.executeTakeFirstOrThrow();
	const { position } = await trx
		.selectFrom('collected_message')
		.select((eb) => eb.fn.coalesce(eb.fn.max('position'), sql.lit(-1)).as('position'))
		.where('tenant', '=', chat.tenant)
		.where('turn_id', '=', turn.turn_id)
		.executeTakeFirstOrThrow();
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('collected_message')
		.values({ ...columns, message_id: messageId, turn_id: turn.turn_id, position: Number(position) + 1, payload: vault.seal(payload), received_at: now })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (Number(numInsertedOrUpdatedRows ?? 0) === 0) {
		if (turn.turn_id === fresh.turn_id) await trx.deleteFrom('collected_turn').where('tenant', '=', chat.tenant).where('turn_id', '=', fresh.turn_id).execute();
		return { kind: 'seen' };
	}
	const dueAt = Math.max(now, Math.min(Number(turn.opened_at) + mostMs, now + quietMs));
	const first = turn.turn_id === fresh.turn_id;
	if (!first) await trx.updateTable('collected_turn').set({ due_at: dueAt }).where('tenant', '=', chat.tenant).where('turn_id', '=', turn.turn_id).execute();
	return { kind: 'added', turnId: turn.turn_id, dueAt, first };
}

/** A turn of one message that waits for no other: it does not touch the chat's open turn. False when the message was seen before. */
export async function collectAloneIn(trx: Trx, vault: Vault, chat: ChatKey, { messageId, payload }: CollectedMessage, now: number): Promise<boolean> {
	const columns = chatColumns(chat);
	const turnId = randomUUID();
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('collected_message')
		.values({ ...columns, message_id: messageId, turn_id: turnId, position: 0, payload: vault.seal(payload), received_at: now })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (Number(numInsertedOrUpdatedRows ?? 0) === 0) return false;
	await trx
		.insertInto('collected_turn')
		.values({ ...columns, turn_id: turnId, is_open: 0, opened_at: now, due_at: now, closed_at: now, owner: null, emitted_at: null, done_at: null, tries: 0 })
		.execute();
	return true;
}

/** Leads the turns of `from` that are not done to the chat `to`: both are one person. An open turn of each becomes one. */
export async function mergeChatsIn(trx: Trx, { tenant, channel, chatId: from }: ChatKey, to: string): Promise<void> {
	const open = await trx
		.selectFrom('collected_turn')
		.select(['turn_id', 'chat_id', 'opened_at', 'due_at'])
		.where('tenant', '=', tenant)
		.where('channel', '=', channel)
		.where('chat_id', 'in', [from, to])
		.where('is_open', '=', OPEN)
		.execute();
	const [left, kept] = [open.find(({ chat_id }) => chat_id === from), open.find(({ chat_id }) => chat_id === to)];
	// the same message under both addresses is kept once
	await trx
		.deleteFrom('collected_message')
		.where((eb) => eb.and({ tenant, channel, chat_id: from }))
		.where('message_id', 'in', trx.selectFrom('collected_message').select('message_id').where((eb) => eb.and({ tenant, channel, chat_id: to })))
		.execute();
	if (left !== undefined && kept !== undefined) {
		await renumber(trx, tenant, [left, kept].sort((a, b) => Number(a.opened_at) - Number(b.opened_at)).map(({ turn_id }) => turn_id), kept.turn_id);
		await trx.deleteFrom('collected_turn').where('tenant', '=', tenant).where('turn_id', '=', left.turn_id).execute();
		const [opened_at, due_at] = [Math.min(Number(left.opened_at), Number(kept.opened_at)), Math.max(Number(left.due_at), Number(kept.due_at))];
		await trx.updateTable('collected_turn').set({ opened_at, due_at }).where('tenant', '=', tenant).where('turn_id', '=', kept.turn_id).execute();
	}
	for (const table of ['collected_turn', 'collected_message'] as const) {
		await trx.updateTable(table).set({ chat_id: to }).where((eb) => eb.and({ tenant, channel, chat_id: from })).execute();
	}
}

/** Puts the messages of several turns into one, in the order in which they came. */
async function renumber(trx: Trx, tenant: string, turnIds: readonly string[], into: string): Promise<void> {
	const rows = await trx.selectFrom('collected_message').select(['channel', 'chat_id', 'message_id']).where('tenant', '=', tenant).where('turn_id', 'in', turnIds).orderBy('received_at').orderBy('position').execute();
	for (const [position, row] of rows.entries()) {
		await trx.updateTable('collected_message').set({ turn_id: into, position }).where((eb) => eb.and({ tenant, ...row })).execute();
	}
}
