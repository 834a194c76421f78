import type { Transaction } from 'kysely';
import { chatColumns } from '../conversation/rows';
import type { ChatKey } from '../conversation-store';
import type { Database } from '../schema';
import type { Store } from '../store';
import { type Collected, type CollectedMessage, collectIn, type CollectRules, OWNED_CHANNEL } from './turns';

/** A turn as it is handed on: JSON texts in the order in which they came. */
export interface ClosedTurn extends ChatKey {
	readonly turnId: string;
	readonly payloads: readonly string[];
}

/** What asking for a turn came to. */
export type Closing =
	| { readonly kind: 'closed'; readonly turn: ClosedTurn }
	/** More was written: whoever brought that waits for the turn. */
	| { readonly kind: 'later' }
	/** Somebody else has it. */
	| { readonly kind: 'taken' };

/** Makes one turn of several short messages, across processes and restarts. Errors are StoreErrors. */
export interface Collector {
	/** Puts a message into the chat's open turn, or opens one; the end of the turn moves. The same id is taken once. */
	add(chat: ChatKey, message: CollectedMessage, rules: CollectRules): Promise<Collected>;
	/** Hands a turn that is due to one caller. */
	close(tenant: string, turnId: string): Promise<Closing>;
	/** Hands on the chat's open turn before it is due; null when there is none. */
	closeNow(chat: ChatKey): Promise<ClosedTurn | null>;
	/**
	 * Hands on what a crash left behind: turns that nobody took `graceMs` after they were due, and turns of the last hour
	 * whose process `isDead` and may not have passed them on: their messages may come a second time, under the same turn id.
	 */
	closeLeftOver(tenant: string, graceMs: number, isDead: (owner: string) => boolean): Promise<readonly ClosedTurn[]>;
}

export interface CollectorOptions {
	/** Names this process, for those who look for what a dead one left. */
	readonly owner: string;
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
}

/** How long the id of a message is known after it came. */
const REMEMBERED_MS = 7 * 86_400_000;
const HANDED_ON_MS = 3_600_000;
const MOST_REMOVED = 100;
const MOST_LEFT_OVER = 100;

type Trx = Transaction<Database>;

/** The collector of a store. */
export function createCollector(store: Store, { owner, clock = Date.now }: CollectorOptions): Collector {
	const { vault } = store;

	/** Takes a turn that fits under the caller's condition; of two callers one gets it. */
	async function take(trx: Trx, tenant: string, turnId: string, dueBy: number | null, from: string | null): Promise<ClosedTurn | null> {
		let query = trx.updateTable('collected_turn').set({ is_open: 0, closed_at: clock(), owner }).where('tenant', '=', tenant).where('turn_id', '=', turnId);
		query = from === null ? query.where('is_open', '=', 1) : query.where('is_open', '=', 0).where('owner', '=', from);
		if (dueBy !== null) query = query.where('due_at', '<=', dueBy);
		const row = await query.returning(['channel', 'chat_id']).executeTakeFirst();
		if (row === undefined) return null;
		const messages = await trx.selectFrom('collected_message').select('payload').where('tenant', '=', tenant).where('turn_id', '=', turnId).orderBy('position').execute();
		return { tenant, channel: row.channel, chatId: row.chat_id, turnId, payloads: messages.map(({ payload }) => vault.open(payload)) };
	}

	return {
		add: (chat, message, rules) =>
			store.write(async (trx) => {
				const now = clock();
				await forget(trx, chat.tenant, now - REMEMBERED_MS);
				return await collectIn(trx, vault, chat, message, rules, now);
			}),

		close: (tenant, turnId) =>
			store.write(async (trx): Promise<Closing> => {
				const turn = await take(trx, tenant, turnId, clock(), null);
				if (turn !== null) return { kind: 'closed', turn };
				const row = await trx.selectFrom('collected_turn').select('is_open').where('tenant', '=', tenant).where('turn_id', '=', turnId).executeTakeFirst();
				return { kind: row?.is_open === 1 ? 'later' : 'taken' };
			}),

		closeNow: (chat) =>
			store.write(async (trx) => {
				const open = await trx
					.selectFrom('collected_turn')
					.select('turn_id')
					.where((eb) => eb.and({ ...chatColumns(chat), is_open: 1 }))
					.executeTakeFirst();
				return open === undefined ? null : take(trx, chat.tenant, open.turn_id, null, null);
			}),

		async closeLeftOver(tenant, graceMs, isDead) {
			const now = clock();
			const rows = await store.db
				.selectFrom('collected_turn')
				.select(['turn_id', 'is_open', 'owner'])
				.where('tenant', '=', tenant)
				.where('channel', 'not like', `${OWNED_CHANNEL}%`)
				.where((eb) => eb.or([eb.and([eb('is_open', '=', 1), eb('due_at', '<=', now - graceMs)]), eb.and([eb('is_open', '=', 0), eb('closed_at', '>', now - HANDED_ON_MS)])]))
				.orderBy('opened_at')
				.execute();
			const lost = rows.filter((row) => row.is_open === 1 || (row.owner !== null && isDead(row.owner))).slice(0, MOST_LEFT_OVER);
			const turns: ClosedTurn[] = [];
			for (const row of lost) {
				const turn = await store.write((trx) => take(trx, tenant, row.turn_id, row.is_open === 1 ? now - graceMs : null, row.is_open === 1 ? null : row.owner));
				if (turn !== null && turn.payloads.length > 0) turns.push(turn);
			}
			return turns;
		},
	};
}

/** Removes a few turns that are long over, with their messages. */
async function forget(trx: Trx, tenant: string, before: number): Promise<void> {
	const old = await trx.selectFrom('collected_message').select(['channel', 'chat_id', 'message_id', 'turn_id']).where('tenant', '=', tenant).where('channel', 'not like', `${OWNED_CHANNEL}%`).where('received_at', '<', before).limit(MOST_REMOVED).execute();
	if (old.length === 0) return;
	const turns = [...new Set(old.map((row) => row.turn_id))];
	const over = await trx.deleteFrom('collected_turn').where('tenant', '=', tenant).where('turn_id', 'in', turns).where('is_open', '=', 0).returning('turn_id').execute();
	const ids = over.map((row) => row.turn_id);
	if (ids.length > 0) await trx.deleteFrom('collected_message').where('tenant', '=', tenant).where('turn_id', 'in', ids).execute();
}
