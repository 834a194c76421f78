import type { Selectable, Transaction } from 'kysely';
import type { Instant } from '../../booking';
import type { ChatKey, ConversationStore, PendingRecord, Turn, TurnStart, WaitingMessage } from '../conversation-store';
import { laterInstant, utcInstant } from '../instant';
import type { Database } from '../schema';
import type { ConversationTable } from '../schema/conversation';
import type { Store } from '../store';
import { finishTurn } from './finish';
import { chatColumns, effectiveMode, openOptional, operationRecord, pendingRecord } from './rows';

type Row = Selectable<ConversationTable>;

interface Claimant {
	readonly chat: ChatKey;
	readonly owner: string;
	readonly now: Instant;
	readonly leaseMs: number;
}

/** Takes the chat under a new fence when something waits and nobody else holds it, or only a holder named dead does. */
function take(trx: Transaction<Database>, claimant: Claimant, dead: { owner: string; fence: number } | null): Promise<Row | undefined> {
	const { chat, owner, now, leaseMs } = claimant;
	return trx
		.updateTable('conversation')
		.set((eb) => ({
			lease_owner: owner,
			lease_until: laterInstant(now, leaseMs),
			fence: eb('fence', '+', 1),
			updated_at: now,
		}))
		.where((eb) => eb.and(chatColumns(chat)))
		.whereRef('last_in_seq', '>', 'answered_seq')
		.where((eb) =>
			eb.or([
				eb('lease_owner', 'is', null),
				eb('lease_owner', '=', owner),
				eb('lease_until', '<=', now),
				// The fence too: between the look and the take the lease may have passed to somebody alive.
				...(dead === null ? [] : [eb.and({ lease_owner: dead.owner, fence: dead.fence })]),
			]),
		)
		.returningAll()
		.executeTakeFirst();
}

/** Who holds a chat in which something waits. */
function holder(trx: Transaction<Database>, chat: ChatKey): Promise<Pick<Row, 'lease_owner' | 'lease_until' | 'fence'> | undefined> {
	return trx
		.selectFrom('conversation')
		.select(['lease_owner', 'lease_until', 'fence'])
		.where((eb) => eb.and(chatColumns(chat)))
		.whereRef('last_in_seq', '>', 'answered_seq')
		.executeTakeFirst();
}

/** A power cut that takes the lease back takes nothing else: the messages still wait. */
const REPEATABLE = { survives: 'kill' } as const;

/** Taking, keeping and leaving a chat: the lease, and what a turn needs to know at its start. */
export function turnsOf(store: Store): Pick<ConversationStore, 'beginTurn' | 'finishTurn' | 'abandonTurn' | 'renewLease'> {
	const { vault } = store;

	async function waitingMessages(trx: Transaction<Database>, chat: ChatKey, answered: number): Promise<WaitingMessage[]> {
		const rows = await trx
			.selectFrom('inbox')
			.select(['seq', 'payload', 'received_at'])
			.where((eb) => eb.and(chatColumns(chat)))
			.where('seq', '>', answered)
			.orderBy('seq')
			.execute();
		return rows.map((row) => ({ seq: row.seq, payload: vault.open(row.payload), receivedAt: row.received_at }));
	}

	async function openPending(trx: Transaction<Database>, chat: ChatKey, now: Instant): Promise<PendingRecord | null> {
		const row = await trx
			.selectFrom('pending_action')
			.selectAll()
			.where((eb) => eb.and({ ...chatColumns(chat), status: 'open' as const }))
			.executeTakeFirst();
		if (row === undefined) return null;
		if (row.expires_at > now) return pendingRecord(vault, row);
		await trx
			.updateTable('pending_action')
			.set({ status: 'expired', closed_at: now })
			.where((eb) => eb.and({ tenant: row.tenant, id: row.id }))
			.execute();
		return null;
	}

	async function unresolved(trx: Transaction<Database>, chat: ChatKey): Promise<Turn['unresolved']> {
		const rows = await trx
			.selectFrom('operation')
			.selectAll()
			.where((eb) => eb.and(chatColumns(chat)))
			.where('status', 'in', ['sending', 'unknown'])
			.orderBy('created_at')
			.orderBy('key')
			.execute();
		return rows.map((row) => operationRecord(vault, row));
	}

	return {
		beginTurn(chat, owner, at, leaseMs, isDead = () => false) {
			const now = utcInstant(at);
			const claimant = { chat, owner, now, leaseMs };
			return store.write(async (trx): Promise<TurnStart> => {
				let row = await take(trx, claimant, null);
				if (row === undefined) {
					const held = await holder(trx, chat);
					if (held === undefined || held.lease_owner === null || held.lease_until === null) return { kind: 'idle' };
					if (isDead(held.lease_owner)) row = await take(trx, claimant, { owner: held.lease_owner, fence: held.fence });
					if (row === undefined) return { kind: 'busy', until: held.lease_until };
				}
				return {
					kind: 'turn',
					turn: {
						chat,
						owner,
						fence: row.fence,
						number: row.turns + 1,
						mode: effectiveMode(row, now),
						state: openOptional(vault, row.state),
						pending: await openPending(trx, chat, now),
						unresolved: await unresolved(trx, chat),
						messages: await waitingMessages(trx, chat, row.answered_seq),
					},
				};
			}, REPEATABLE);
		},

		finishTurn: (turn, changes, options) => finishTurn(store, turn, changes, options),

		async abandonTurn(turn) {
			await store.write((trx) =>
				trx
					.updateTable('conversation')
					.set({ lease_owner: null, lease_until: null })
					.where((eb) => eb.and({ ...chatColumns(turn.chat), fence: turn.fence, lease_owner: turn.owner }))
					.execute(),
			);
		},

		async renewLease(turn, now, leaseMs) {
			const until = laterInstant(utcInstant(now), leaseMs);
			const { numUpdatedRows } = await store.write((trx) =>
				trx
					.updateTable('conversation')
					.set({ lease_until: until })
					.where((eb) => eb.and({ ...chatColumns(turn.chat), fence: turn.fence, lease_owner: turn.owner }))
					.executeTakeFirst(),
			);
			return numUpdatedRows > 0n;
		},
	};
}
