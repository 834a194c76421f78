import { type Expression, type ExpressionBuilder, type Kysely, sql, type SqlBool } from 'kysely';
import type { StreamName, SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { statements } from '../statement';
import { inChunks } from './chunks';
import { MERGE_RULES } from './rules';
import type { RowChange } from './upsert';

/** The tenant and the stream, then ids. */
type Params = readonly [tenant: string, stream: string, ...ids: string[]];

const SEE = statements<Params, never>((count) => (db, values) =>
	db
		.insertInto('sync_seen')
		.values(Array.from({ length: count }, (_unused, at) => ({ tenant: values[0], stream: values[1], id: values[2 + at] as string })))
		.onConflict((conflict) => conflict.doNothing()),
);

/** Notes what the open window has shown. */
export async function see(trx: Kysely<Database>, tenant: string, stream: StreamName, ids: readonly string[]): Promise<void> {
	await inChunks(ids, async (chunk) => {
		await SEE(chunk.length)(trx, [tenant, stream, ...chunk]);
	});
}

/** How many records the open window has shown. */
export async function countSeen(db: Kysely<Database>, tenant: string, stream: StreamName): Promise<number> {
	const { count } = await db.selectFrom('sync_seen').select(({ fn }) => fn.countAll<number>().as('count')).where('tenant', '=', tenant).where('stream', '=', stream).executeTakeFirstOrThrow();
	return Number(count);
}

/** Which of these the open window has not shown yet. */
export async function unseenOf(db: Kysely<Database>, tenant: string, stream: StreamName, ids: readonly string[]): Promise<readonly string[]> {
	const seen = new Set<string>();
	for (let from = 0; from < ids.length; from += 500) {
		const rows = await db.selectFrom('sync_seen').select('id').where('tenant', '=', tenant).where('stream', '=', stream).where('id', 'in', ids.slice(from, from + 500)).execute();
		for (const { id } of rows) seen.add(id);
	}
	return ids.filter((id) => !seen.has(id));
}

export interface Reconciliation {
	readonly stream: StreamName;
	readonly entity: SyncedEntity;
	/** When the reading began: what an earlier one missed too is gone. */
	readonly beganAt: string;
	readonly at: string;
	/** Days whose rows are the whole truth at once: schedules. */
	readonly days?: { readonly from: string; readonly to: string };
}

/** More than this share, and more than this many rows, is a fault of the reading and no mass of deletions. */
const MOST_SHARE = 0.05;
const MOST_ROWS = 20;

export type Verdict = { readonly kind: 'done'; readonly deleted: readonly RowChange[]; readonly missing: number } | { readonly kind: 'guarded'; readonly missing: number };

/**
 * Looks for rows that a whole and exact reading has not shown. The first time they are only marked; those an earlier
 * reading missed as well are deleted, softly. Too many at once are left alone.
 */
export async function reconcile(trx: Kysely<Database>, tenant: string, { stream, entity, beganAt, at, days }: Reconciliation): Promise<Verdict> {
	const table = MERGE_RULES[entity].table as 'sync_client';
	const live = trx.selectFrom(table).where('tenant', '=', tenant).where('deleted_at', 'is', null);
	const scoped = days === undefined ? live : live.where(sql<boolean>`date between ${days.from} and ${days.to}`);
	const isSeen = ({ exists, selectFrom }: ExpressionBuilder<Database, 'sync_client'>): Expression<SqlBool> =>
		exists(selectFrom('sync_seen as s').select('s.id').where('s.tenant', '=', tenant).where('s.stream', '=', stream).whereRef('s.id', '=', sql.ref(`${table}.id`)));
	const { all } = await scoped.select(({ fn }) => fn.countAll<number>().as('all')).executeTakeFirstOrThrow();
	const unseen = await scoped.select(['id', 'missing_since']).where((eb) => eb.not(isSeen(eb))).execute();
	const seen = await countSeen(trx, tenant, stream);
	const tooMany = days === undefined ? unseen.length > Math.max(Number(all) * MOST_SHARE, MOST_ROWS) : seen === 0 && unseen.length > 0;
	if (tooMany) return { kind: 'guarded', missing: unseen.length };
	await trx.updateTable(table).set({ missing_since: null }).where('tenant', '=', tenant).where('missing_since', 'is not', null).where(isSeen).execute();
	const gone = unseen.filter(({ missing_since: since }) => days !== undefined || (since !== null && since < beganAt)).map(({ id }) => id);
	const doubtful = unseen.filter(({ missing_since: since }) => since === null).map(({ id }) => id);
	for (let from = 0; from < gone.length; from += 500) {
		await trx.updateTable(table).set(({ eb }) => ({ deleted_at: at, updated_at: at, missing_since: null, revision: eb('revision', '+', 1) })).where('tenant', '=', tenant).where('id', 'in', gone.slice(from, from + 500)).execute();
	}
	if (days === undefined) {
		for (let from = 0; from < doubtful.length; from += 500) await trx.updateTable(table).set({ missing_since: at }).where('tenant', '=', tenant).where('id', 'in', doubtful.slice(from, from + 500)).execute();
	}
	return { kind: 'done', deleted: gone.map((id) => ({ id, kind: 'deleted' })), missing: unseen.length - gone.length };
}
