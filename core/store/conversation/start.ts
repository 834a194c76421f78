import { sql, type Selectable, type Transaction } from 'kysely';
import type { Instant } from '../../booking';
import type { ChatKey, PendingRecord, Turn, TurnStart, WaitingMessage } from '../conversation-store';
import { laterInstant, utcInstant } from '../instant';
import type { Database } from '../schema';
import type { ConversationTable } from '../schema/conversation';
import { statement } from '../statement';
import type { Vault } from '../store';
import { chatColumns, effectiveMode, OPEN, openOptional, operationRecord, pendingRecord, type ChatColumns } from './rows';

type Row = Selectable<ConversationTable>;

/** Who asks for a chat. */
export interface Claimant {
	readonly chat: ChatKey;
	readonly owner: string;
	readonly now: Instant;
	readonly leaseMs: number;
}

interface TakeValues extends ChatColumns {
	readonly owner: string;
	readonly until: Instant;
	readonly now: Instant;
}

const FENCE_UP = sql<number>`fence + 1`;

const takeFree = statement((db, values: TakeValues) =>
	db
		.updateTable('conversation')
		.set({ lease_owner: values.owner, lease_until: values.until, fence: FENCE_UP, updated_at: values.now })
		.where((eb) => eb.and(chatOf(values)))
		.whereRef('last_in_seq', '>', 'answered_seq')
		.where((eb) => eb.or([eb('lease_owner', 'is', null), eb('lease_owner', '=', values.owner), eb('lease_until', '<=', values.now)]))
		.returningAll(),
);

/** The fence too: between the look and the take the lease may have passed to somebody alive. */
const takeFromDead = statement((db, values: TakeValues & { readonly dead: string; readonly deadFence: number }) =>
	db
		.updateTable('conversation')
		.set({ lease_owner: values.owner, lease_until: values.until, fence: FENCE_UP, updated_at: values.now })
		.where((eb) => eb.and(chatOf(values)))
		.whereRef('last_in_seq', '>', 'answered_seq')
		.where((eb) => eb.and({ lease_owner: values.dead, fence: values.deadFence }))
		.returningAll(),
);

/** Who holds a chat in which something waits. */
const holder = statement((db, values: ChatColumns) =>
	db
		.selectFrom('conversation')
		.select(['lease_owner', 'lease_until', 'fence'])
		.where((eb) => eb.and(chatOf(values)))
		.whereRef('last_in_seq', '>', 'answered_seq'),
);

/** None of them came before `since`: by that the database leaves out all other months. */
const waiting = statement((db, values: ChatColumns & { readonly answered: number; readonly since: string }) =>
	db
		.selectFrom('inbox')
		.select(['seq', 'payload', 'received_at'])
		.where((eb) => eb.and(chatOf(values)))
		.where('seq', '>', values.answered)
		.where('received_at', '>=', values.since)
		.orderBy('seq'),
);

const openPendings = statement((db, values: ChatColumns) =>
	db
		.selectFrom('pending_action')
		.selectAll()
		.where((eb) => eb.and({ ...chatOf(values), status: OPEN })),
);

const unresolvedOperations = statement((db, values: ChatColumns & { readonly pendingId: string }) =>
	db
		.selectFrom('operation')
		.selectAll()
		.where((eb) => eb.and(chatOf(values)))
		.where((eb) => eb.or([eb('status', 'in', ['sending', 'unknown']), eb('key', '=', values.pendingId)]))
		.orderBy('created_at')
		.orderBy('key'),
);

function chatOf({ tenant, channel, chat_id }: ChatColumns): ChatColumns {
	return { tenant, channel, chat_id };
}

/** Takes the chat under a new fence when something waits and nobody else holds it, or only a holder that `isDead`. */
async function take(trx: Transaction<Database>, claimant: Claimant, isDead: (owner: string) => boolean): Promise<Row | TurnStart> {
	const { owner, now } = claimant;
	const columns = chatColumns(claimant.chat);
	const values = { ...columns, owner, now, until: laterInstant(now, claimant.leaseMs) };
	const [free] = await takeFree(trx, values);
	if (free !== undefined) return free;
	const [held] = await holder(trx, columns);
	if (held === undefined || held.lease_owner === null || held.lease_until === null) return { kind: 'idle' };
	const [taken] = isDead(held.lease_owner) ? await takeFromDead(trx, { ...values, dead: held.lease_owner, deadFence: held.fence }) : [];
	return taken ?? { kind: 'busy', until: held.lease_until };
}

async function waitingMessages(trx: Transaction<Database>, vault: Vault, columns: ChatColumns, row: Row): Promise<WaitingMessage[]> {
	const rows = await waiting(trx, { ...columns, answered: row.answered_seq, since: row.waiting_since ?? '' });
	return rows.map((row) => ({ seq: row.seq, payload: vault.open(row.payload), receivedAt: row.received_at }));
}

async function openPending(trx: Transaction<Database>, vault: Vault, columns: ChatColumns, now: Instant): Promise<PendingRecord | null> {
	const [row] = await openPendings(trx, columns);
	if (row === undefined) return null;
	if (row.expires_at > now || (await wasConfirmed(trx, row))) return pendingRecord(vault, row);
	await trx
		.updateTable('pending_action')
		.set({ status: 'expired', closed_at: now })
		.where((eb) => eb.and({ tenant: row.tenant, id: row.id }))
		.execute();
	return null;
}

/** The yes came in time: the turn that carried it out ended before it could say so. */
async function wasConfirmed(trx: Transaction<Database>, { tenant, id }: { readonly tenant: string; readonly id: string }): Promise<boolean> {
	const operation = await trx
		.selectFrom('operation')
		.select('key')
		.where((eb) => eb.and({ tenant, key: id }))
		.executeTakeFirst();
	return operation !== undefined;
}

async function unresolved(trx: Transaction<Database>, vault: Vault, columns: ChatColumns, pendingId: string): Promise<Turn['unresolved']> {
	const rows = await unresolvedOperations(trx, { ...columns, pendingId });
	return rows.map((row) => operationRecord(vault, row));
}

/** See {@link ConversationStore.beginTurn}; inside a transaction. */
export async function startTurn(
	trx: Transaction<Database>,
	vault: Vault,
	claimant: Claimant,
	isDead: (owner: string) => boolean,
): Promise<TurnStart> {
	const now = utcInstant(claimant.now);
	const row = await take(trx, { ...claimant, now }, isDead);
	if ('kind' in row) return row;
	const { chat, owner } = claimant;
	const columns = chatColumns(chat);
	const pending = await openPending(trx, vault, columns, now);
	return {
		kind: 'turn',
		turn: {
			chat,
			owner,
			fence: row.fence,
			number: row.turns + 1,
			mode: effectiveMode(row, now),
			state: openOptional(vault, row.state),
			pending,
			unresolved: await unresolved(trx, vault, columns, pending?.id ?? ''),
			messages: await waitingMessages(trx, vault, columns, row),
		},
	};
}
