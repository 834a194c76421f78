import { sql } from 'kysely';
import type { Store } from '../../store';
import { holdLease, type Lease } from '../lease';
import { channelOf } from './identity';

/** Closed again after a power cut, under the same id. */
const REPEATABLE = { survives: 'kill' } as const;
const OPEN = sql.lit(1);

/** Closes the turns that are due and wait for none of the messages named; how many there were. */
export async function closeDue(store: Store, lease: Lease, now: number, waitingFor: readonly string[]): Promise<number> {
	const { tenant, session } = lease;
	const channel = channelOf(session);
	return await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		let due = trx.updateTable('collected_turn').set({ is_open: 0, closed_at: now }).where('tenant', '=', tenant).where('channel', '=', channel).where('is_open', '=', OPEN).where('due_at', '<=', now);
		if (waitingFor.length > 0) {
			const held = trx.selectFrom('collected_message').select('turn_id').where('tenant', '=', tenant).where('channel', '=', channel).where('message_id', 'in', waitingFor);
			due = due.where('turn_id', 'not in', held);
		}
		return (await due.returning('turn_id').execute()).length;
	}, REPEATABLE);
}

/** When the next open turn is due; null when none is open. */
export async function nextDue({ db }: Store, { tenant, session }: Lease): Promise<number | null> {
	const row = await db
		.selectFrom('collected_turn')
		.select((eb) => eb.fn.min('due_at').as('due'))
		.where('tenant', '=', tenant)
		.where('channel', '=', channelOf(session))
		.where('is_open', '=', OPEN)
		.executeTakeFirst();
	return row?.due === null || row?.due === undefined ? null : Number(row.due);
}
