import type { ConversationStore, OperationRecord, OperationStatus } from '../conversation-store';
import { StoreError } from '../errors';
import { utcInstant } from '../instant';
import type { Store } from '../store';
import { chatColumns, lastSeen, lockTurn, openOptional, operationRecord, sealOptional } from './rows';

/** Ends that may still change: nothing is proven yet. */
const UNPROVEN: readonly OperationStatus[] = ['sending', 'unknown'];

type Claim = Awaited<ReturnType<ConversationStore['claimOperation']>>;

/** An end that a power cut takes back leaves the operation open, and its effect is looked up in the CRM again. */
const LOOKED_UP_AGAIN = { survives: 'kill' } as const;

/** Effects on the CRM, noted before they leave, and the offers they were made from. */
export function operationsOf(store: Store): Pick<ConversationStore, 'claimOperation' | 'settleOperation' | 'doneOperations' | 'offer'> {
	const { vault } = store;
	return {
		claimOperation(turn, operation, at) {
			const now = utcInstant(at);
			return store.write(async (trx): Promise<Claim> => {
				const row = await lockTurn(trx, store.dialect, turn);
				if (row === undefined) return { kind: 'fenced' };
				if (row.last_in_seq > lastSeen(turn)) return { kind: 'newer' };
				const added = await trx
					.insertInto('operation')
					.values({
						...chatColumns(turn.chat),
						key: operation.key,
						pending_id: operation.pendingId,
						kind: operation.kind,
						status: 'sending',
						payload: vault.seal(operation.payload),
						result: null,
						attempts: 0,
						created_at: now,
						updated_at: now,
					})
					.onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
					.returning('key')
					.executeTakeFirst();
				if (added !== undefined) return { kind: 'claimed' };
				const earlier = await trx
					.selectFrom('operation')
					.selectAll()
					.where((eb) => eb.and({ tenant: turn.chat.tenant, key: operation.key }))
					.executeTakeFirstOrThrow();
				return { kind: 'exists', operation: operationRecord(vault, earlier) };
			});
		},

		async settleOperation(tenant, key, status, result, at) {
			const now = utcInstant(at);
			await store.write(async (trx) => {
				const { numUpdatedRows } = await trx
					.updateTable('operation')
					.set((eb) => ({
						status,
						result: sealOptional(vault, result),
						// Counts how often the end was looked for in vain.
						attempts: eb('attempts', '+', status === 'unknown' ? 1 : 0),
						updated_at: now,
					}))
					.where((eb) => eb.and({ tenant, key }))
					.where('status', 'in', UNPROVEN)
					.executeTakeFirst();
				if (numUpdatedRows > 0n) return;
				const proven = await trx
					.selectFrom('operation')
					.select('key')
					.where((eb) => eb.and({ tenant, key }))
					.executeTakeFirst();
				if (proven === undefined) throw new StoreError('not_found', 'An operation is claimed before it is settled.');
			}, LOOKED_UP_AGAIN);
		},

		async doneOperations(chat, limit): Promise<OperationRecord[]> {
			const rows = await store.db
				.selectFrom('operation')
				.selectAll()
				.where((eb) => eb.and({ ...chatColumns(chat), status: 'done' as const }))
				.orderBy('updated_at', 'desc')
				.orderBy('created_at', 'desc')
				.orderBy('key', 'desc')
				.limit(limit)
				.execute();
			return rows.map((row) => operationRecord(vault, row));
		},

		async offer(chat, id) {
			const row = await store.db
				.selectFrom('offer')
				.selectAll()
				.where((eb) => eb.and({ ...chatColumns(chat), id }))
				.executeTakeFirst();
			const payload = openOptional(vault, row?.payload ?? null);
			return row === undefined || payload === null ? null : { id: row.id, payload, fetchedAt: row.fetched_at };
		},
	};
}
