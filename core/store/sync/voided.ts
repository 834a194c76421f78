import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { statement, statements } from '../statement';
import { inChunks } from './chunks';
import { isTimely, type Value } from './merge';
import { MERGE_RULES } from './rules';
import type { RowChange } from './upsert';

/** A record that the CRM has and that is by its own word none of the list, such as time that is nobody's. */
export interface Voided {
	readonly id: string;
	/** UTC; null where the vendor does not say since when. */
	readonly changedAt: string | null;
}

interface Live {
	readonly id: string;
	readonly owner: string | null;
	readonly changed_at: string | null;
}

/** The tenant, then ids. */
type Ids = readonly Value[];
interface End {
	readonly tenant: string;
	readonly id: string;
	readonly at: string;
	readonly changedAt: string | null;
}

const idsOf = (count: number, values: Ids): readonly string[] => Array.from({ length: count }, (_unused, at) => values[1 + at] as string);

function ofEntities<T>(make: (table: 'sync_visit', owner: 'client_id' | null) => T): Readonly<Record<SyncedEntity, T>> {
	const entities = Object.keys(MERGE_RULES) as SyncedEntity[];
	return Object.fromEntries(entities.map((entity) => [entity, make(MERGE_RULES[entity].table as 'sync_visit', entity === 'visit' || entity === 'goods' ? 'client_id' : null)])) as Record<SyncedEntity, T>;
}

const LIVE = ofEntities((table, owner) =>
	statements<Ids, Live>((count) => (db, values) =>
		db
			.selectFrom(table)
			.select(['id', owner === null ? sql<null>`null`.as('owner') : 'client_id as owner', 'changed_at'])
			.where('tenant', '=', values[0] as string)
			.where('id', 'in', idsOf(count, values))
			.where('deleted_at', 'is', null),
	),
);

/** Most voided records never were a visit: Postgres need not look for those in every month. */
const PLACED = statements<Ids, { id: string }>((count) => (db, values) => db.selectFrom('sync_visit_place').select('id').where('tenant', '=', values[0] as string).where('id', 'in', idsOf(count, values)));

const END = ofEntities((table) =>
	statement<End, never>((db, { tenant, id, at, changedAt }) =>
		db
			.updateTable(table)
			.set(({ eb, fn, val }) => ({ deleted_at: at, updated_at: at, missing_since: null, revision: eb('revision', '+', 1), changed_at: fn.coalesce(val(changedAt), 'changed_at') }))
			.where('tenant', '=', tenant)
			.where('id', '=', id),
	),
);

async function found<T extends { readonly id: string }>(trx: Kysely<Database>, tenant: string, ids: readonly string[], by: (count: number) => (runner: Kysely<Database>, values: Ids) => Promise<readonly T[]>): Promise<readonly T[]> {
	const rows: T[] = [];
	await inChunks(ids, async (chunk) => void rows.push(...(await by(chunk.length)(trx, [tenant, ...chunk]))));
	return rows;
}

/**
 * Deletes, softly, live rows of records that were voided since; gives back what it deleted. Null when they are more than
 * `most`: that is a fault of the settings or of the rights, and none is deleted. `at` is the moment, UTC.
 */
export async function dropVoided(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, voided: readonly Voided[], most: number, at: string): Promise<readonly RowChange[] | null> {
	const sinceById = new Map(voided.map(({ id, changedAt }) => [id, changedAt]));
	const ids = [...sinceById.keys()];
	const isPlaced = entity === 'visit' && trx.getExecutor().adapter instanceof PostgresAdapter;
	const known = isPlaced ? (await found(trx, tenant, ids, PLACED)).map(({ id }) => id) : ids;
	const live = await found(trx, tenant, known, LIVE[entity]);
	const gone = live.filter(({ id, changed_at: keptAt }) => isTimely(entity, keptAt, sinceById.get(id) ?? null));
	if (gone.length > most) return null;
	for (const { id } of gone) await END[entity](trx, { tenant, id, at, changedAt: sinceById.get(id) ?? null });
	return gone.map(({ id, owner }) => ({ id, kind: 'deleted', ...(owner === null ? {} : { owner }) }));
}
