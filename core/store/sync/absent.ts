import type { Kysely } from 'kysely';
import type { SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { MERGE_RULES } from './rules';

/** When the rows of a table happen. */
const OWN_TIME: Readonly<Partial<Record<SyncedEntity, string>>> = { visit: 'start_at', goods: 'sold_at' };

/** A window of rows by their own time, UTC, half-open, and what a reading of it has shown. */
export interface ShownWindow {
	readonly entity: SyncedEntity;
	readonly from: string;
	readonly to: string;
	readonly ids: ReadonlySet<string>;
}

export interface Absent {
	/** Live rows of the window that were not shown. */
	readonly ids: readonly string[];
	/** Those of them that an earlier reading missed too. */
	readonly again: ReadonlySet<string>;
	/** Shown, though an earlier reading had missed them. */
	readonly found: readonly string[];
	/** How many live rows of the window the copy holds. */
	readonly of: number;
}

/** Compares what the copy holds of a window with what a reading of it has shown. */
export async function absentOf(db: Kysely<Database>, tenant: string, { entity, from, to, ids }: ShownWindow): Promise<Absent> {
	const column = OWN_TIME[entity];
	if (column === undefined) return { ids: [], again: new Set(), found: [], of: 0 };
	const rows = await db
		.selectFrom(MERGE_RULES[entity].table as 'sync_visit')
		.select(['id', 'missing_since'])
		.where('tenant', '=', tenant).where('deleted_at', 'is', null).where(column as 'start_at', '>=', from).where(column as 'start_at', '<', to)
		.execute();
	const absent = rows.filter(({ id }) => !ids.has(id));
	return {
		ids: absent.map(({ id }) => id),
		again: new Set(absent.filter(({ missing_since: since }) => since !== null).map(({ id }) => id)),
		found: rows.filter(({ id, missing_since: since }) => since !== null && ids.has(id)).map(({ id }) => id),
		of: rows.length,
	};
}

/** Takes back that rows were missing. */
export async function find(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, ids: readonly string[]): Promise<void> {
	const table = MERGE_RULES[entity].table as 'sync_visit';
	for (let from = 0; from < ids.length; from += 500) await trx.updateTable(table).set({ missing_since: null }).where('tenant', '=', tenant).where('id', 'in', ids.slice(from, from + 500)).execute();
}
