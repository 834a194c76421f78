import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely';
import type { SyncedEntity } from '../../booking';
import { NO_EXTRA } from './merge';
import { type FieldRule, MERGE_RULES, takenFields } from './rules';

/** A row that was added or changed. */
export interface Written {
	readonly id: string;
	readonly revision: number;
	readonly deleted_at: string | null;
}

const ref = (table: string, column: string): RawBuilder<unknown> => sql.ref(`${table}.${column}`);

/** What a column becomes, as `mergeTold` has it; what is told is called `excluded`. */
function mergedIn(table: string, rule: FieldRule): RawBuilder<unknown> {
	const [told, kept] = [ref('excluded', rule.field), ref(table, rule.field)];
	if (rule.class === 'mirror') return told;
	return rule.class === 'firstWins' ? sql`coalesce(${kept}, ${told})` : sql`coalesce(${told}, ${kept})`;
}

/** Whether a word changes a row of `table`. */
export function isChanged(entity: SyncedEntity, table: string): Expression<SqlBool> {
	const differs = takenFields(entity).map((rule) => sql`${mergedIn(table, rule)} is distinct from ${ref(table, rule.field)}`);
	const flips = sql`(excluded.deleted_at is null) <> (${ref(table, 'deleted_at')} is null)`;
	const changed = sql<SqlBool>`(${sql.join([...differs, flips], sql` or `)})`;
	if (MERGE_RULES[entity].rows === 'latest') return changed;
	const keptAt = ref(table, 'changed_at');
	return sql<SqlBool>`${changed} and (${keptAt} is null or excluded.changed_at is null or excluded.changed_at >= ${keptAt})`;
}

/** Every column that a word sets, with what it becomes. */
export function merges(entity: SyncedEntity, table: string): readonly (readonly [column: string, value: RawBuilder<unknown>])[] {
	return [
		...takenFields(entity).map((rule) => [rule.field, mergedIn(table, rule)] as const),
		['extra', sql`case when excluded.extra = ${sql.lit(NO_EXTRA)} then ${ref(table, 'extra')} else excluded.extra end`],
		['changed_at', sql`coalesce(excluded.changed_at, ${ref(table, 'changed_at')})`],
		['deleted_at', sql`case when excluded.deleted_at is null then null else coalesce(${ref(table, 'deleted_at')}, excluded.deleted_at) end`],
		['missing_since', sql`null`],
		['revision', sql`${ref(table, 'revision')} + 1`],
	];
}
