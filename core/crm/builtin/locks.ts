import { sql } from 'kysely';
import type { Context, Db } from './context';

/**
 * Locks of Postgres, held to the end of the transaction. SQLite needs none of them: `begin immediate` lets one writer
 * in at a time.
 */

/** Makes writes under one operation key queue, so that the later one finds the effect of the earlier. */
export async function lockKey({ store, tenant }: Context, trx: Db, key: string): Promise<void> {
	if (store.dialect === 'sqlite') return;
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${tenant} ${key}`}, 0))`.execute(trx);
}

/** Makes writers of one visit queue. */
export async function lockVisit({ store, tenant }: Context, trx: Db, id: string): Promise<void> {
	if (store.dialect === 'sqlite') return;
	await trx.selectFrom('crm_appointment').select('id').where('tenant', '=', tenant).where('id', '=', id).forUpdate().execute();
}

/** Makes writers of one person's calendar queue: visits that share a place and visits that take it whole see each other. */
export async function lockStaff({ store, tenant }: Context, trx: Db, id: string): Promise<void> {
	if (store.dialect === 'sqlite') return;
	await trx.selectFrom('crm_staff').select('id').where('tenant', '=', tenant).where('id', '=', id).forUpdate().execute();
}
