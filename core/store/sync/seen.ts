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
	/** The salon says that so many are really gone; a reading that showed nothing at all is a fault nevertheless. */
	readonly acceptsMissing?: boolean;
}

/** More than this share, and more than this many rows, is a fault of the reading and no mass of deletions. */
const MOST_SHARE = 0.05;
const MOST_ROWS = 20;

export type Verdict = { readonly kind: 'done'; readonly deleted: readonly RowChange[]; readonly missing: number } | { readonly kind: 'guarded'; readonly missing: number };

interface Unseen {
	readonly rows: readonly { readonly id: string; readonly missing_since: string | null }[];
	/** So many that it is a fault of the reading. */
	readonly tooMany: boolean;
}

/** More missing rows of all than this are a fault of the reading. */
export function mostMissing(all: number): number {
	return Math.max(all * MOST_SHARE, MOST_ROWS);
}

/** Whether so many missing rows of all are a fault of the reading. */
export function areTooMany(missing: number, all: number): boolean {
	return missing > mostMissing(all);
}

/** One look-up a row: of an `exists` Postgres makes a join, which it plans badly while it knows nothing of rows just written. */
function isSeen(table: string, tenant: string, stream: StreamName) {
	return (eb: ExpressionBuilder<Database, 'sync_client'>): Expression<SqlBool> =>
		eb(eb.selectFrom('sync_seen as s').select('s.id').where('s.tenant', '=', tenant).where('s.stream', '=', stream).whereRef('s.id', '=', sql.ref(`${table}.id`)).limit(1), 'is not', null);
}

/** Live rows that the open window has not shown. What a tick brought since it began may have come behind its back. */
async function missed(db: Kysely<Database>, tenant: string, { stream, entity, beganAt, days, acceptsMissing = false }: Omit<Reconciliation, 'at'>): Promise<Unseen> {
	const table = MERGE_RULES[entity].table as 'sync_client';
	const live = db.selectFrom(table).where('tenant', '=', tenant).where('deleted_at', 'is', null);
	const scoped = days === undefined ? live : live.where(sql<boolean>`(date is null or date between ${days.from} and ${days.to})`);
	const { all } = await scoped.select(({ fn }) => fn.countAll<number>().as('all')).executeTakeFirstOrThrow();
	const shown = isSeen(table, tenant, stream);
	const rows = await scoped.select(['id', 'missing_since']).where('first_seen_at', '<=', beganAt).where((eb) => eb.not(shown(eb))).execute();
	const isEmpty = (await countSeen(db, tenant, stream)) === 0;
	const isFault = days === undefined && !acceptsMissing ? areTooMany(rows.length, Number(all)) : isEmpty && rows.length > 0;
	return { rows, tooMany: isFault };
}

/** Whether the open window has not shown so many rows that it is a fault of the reading. */
export async function missesTooMany(db: Kysely<Database>, tenant: string, of: Omit<Reconciliation, 'at'>): Promise<boolean> {
	return (await missed(db, tenant, of)).tooMany;
}

/** Rows that the open window is about to delete, to be looked for by their ids before. */
export async function doomed(db: Kysely<Database>, tenant: string, { stream, entity, beganAt, acceptsMissing }: Pick<Reconciliation, 'stream' | 'entity' | 'beganAt' | 'acceptsMissing'>): Promise<readonly string[]> {
	const { rows, tooMany } = await missed(db, tenant, { stream, entity, beganAt, acceptsMissing });
	return tooMany ? [] : rows.filter(({ missing_since: since }) => since !== null && since < beganAt).map(({ id }) => id);
}

/** Marks rows as missing, or deletes them softly. */
export async function lose(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, { gone, doubtful }: { readonly gone: readonly string[]; readonly doubtful: readonly string[] }, at: string): Promise<void> {
	const table = MERGE_RULES[entity].table as 'sync_client';
	for (let from = 0; from < gone.length; from += 500) {
		await trx.updateTable(table).set(({ eb }) => ({ deleted_at: at, updated_at: at, missing_since: null, revision: eb('revision', '+', 1) })).where('tenant', '=', tenant).where('id', 'in', gone.slice(from, from + 500)).execute();
	}
	for (let from = 0; from < doubtful.length; from += 500) await trx.updateTable(table).set({ missing_since: at }).where('tenant', '=', tenant).where('id', 'in', doubtful.slice(from, from + 500)).execute();
}

/**
 * Looks for rows that a whole and exact reading has not shown. The first time they are only marked; those an earlier
 * reading missed as well are deleted, softly. Too many at once are left alone.
 */
export async function reconcile(trx: Kysely<Database>, tenant: string, { stream, entity, beganAt, at, days, acceptsMissing }: Reconciliation): Promise<Verdict> {
	const table = MERGE_RULES[entity].table as 'sync_client';
	const { rows, tooMany } = await missed(trx, tenant, { stream, entity, beganAt, days, acceptsMissing });
	if (tooMany) return { kind: 'guarded', missing: rows.length };
	await trx.updateTable(table).set({ missing_since: null }).where('tenant', '=', tenant).where('missing_since', 'is not', null).where(isSeen(table, tenant, stream)).execute();
	const gone = rows.filter(({ missing_since: since }) => days !== undefined || (since !== null && since < beganAt)).map(({ id }) => id);
	const doubtful = days === undefined ? rows.filter(({ missing_since: since }) => since === null).map(({ id }) => id) : [];
	await lose(trx, tenant, entity, { gone, doubtful }, at);
	return { kind: 'done', deleted: gone.map((id) => ({ id, kind: 'deleted' })), missing: rows.length - gone.length };
}
