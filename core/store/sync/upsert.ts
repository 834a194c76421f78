import { type Expression, type Kysely, type RawBuilder, sql, type SqlBool } from 'kysely';
import type { SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { statements } from '../statement';
import { inChunks } from './chunks';
import { type ChangeKind, cleaned, isTimely, NO_EXTRA, type Told, type Value } from './merge';
import { type FieldRule, MERGE_RULES, takenFields } from './rules';

export interface RowChange {
	readonly id: string;
	readonly kind: ChangeKind;
}

/** Tenant and moment, then the values of each row in the order of its columns. */
type Params = readonly Value[];
const FIRST = 2;
interface Written {
	readonly id: string;
	readonly revision: number;
	readonly deleted_at: string | null;
}

const ref = (table: string, column: string): RawBuilder<unknown> => sql.ref(`${table}.${column}`);

/** What a column becomes, as `mergeTold` has it. */
function mergedIn(table: string, rule: FieldRule): RawBuilder<unknown> {
	const [told, kept] = [ref('excluded', rule.field), ref(table, rule.field)];
	if (rule.class === 'mirror') return told;
	return rule.class === 'firstWins' ? sql`coalesce(${kept}, ${told})` : sql`coalesce(${told}, ${kept})`;
}

function isChanged(table: string, entity: SyncedEntity): Expression<SqlBool> {
	const differs = takenFields(entity).map((rule) => sql`${mergedIn(table, rule)} is distinct from ${ref(table, rule.field)}`);
	const flips = sql`(excluded.deleted_at is null) <> (${ref(table, 'deleted_at')} is null)`;
	const changed = sql<SqlBool>`(${sql.join([...differs, flips], sql` or `)})`;
	if (MERGE_RULES[entity].rows === 'latest') return changed;
	const keptAt = ref(table, 'changed_at');
	return sql<SqlBool>`${changed} and (${keptAt} is null or excluded.changed_at is null or excluded.changed_at >= ${keptAt})`;
}

function build(entity: SyncedEntity): (count: number) => (db: Kysely<Database>, params: Params) => { compile(): ReturnType<ReturnType<Kysely<Database>['selectFrom']>['compile']> } {
	const { table } = MERGE_RULES[entity];
	const rules = takenFields(entity);
	return (count) => (db, params) => {
		const columns = ['id', ...rules.map(({ field }) => field), 'extra', 'changed_at', 'deleted_at'];
		const row = (at: number): Record<string, unknown> => ({
			...Object.fromEntries(columns.map((column, index) => [column, params[FIRST + at * columns.length + index]])),
			tenant: params[0], revision: 1, first_seen_at: params[1], updated_at: params[1],
		});
		const set = {
			...Object.fromEntries(rules.map((rule) => [rule.field, mergedIn(table, rule)])),
			extra: sql`case when excluded.extra = ${sql.lit(NO_EXTRA)} then ${ref(table, 'extra')} else excluded.extra end`,
			changed_at: sql`coalesce(excluded.changed_at, ${ref(table, 'changed_at')})`,
			deleted_at: sql`case when excluded.deleted_at is null then null else coalesce(${ref(table, 'deleted_at')}, excluded.deleted_at) end`,
			missing_since: null,
			revision: sql`${ref(table, 'revision')} + 1`,
			updated_at: ref('excluded', 'updated_at'),
		};
		// the columns come from the table of rules, which the compiler cannot follow into one of seven tables
		const rows = Array.from({ length: count }, (_unused, at) => row(at)) as unknown as Database['sync_client'][];
		return db
			.insertInto(table as 'sync_client')
			.values(rows)
			.onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(set as unknown as Partial<Database['sync_client']>).where(isChanged(table, entity)))
			.returning(['id', 'revision', 'deleted_at']);
	};
}

const UPSERTS = Object.fromEntries((Object.keys(MERGE_RULES) as SyncedEntity[]).map((entity) => [entity, statements<Params, Written>(build(entity) as Parameters<typeof statements<Params, Written>>[0])])) as Readonly<
	Record<SyncedEntity, ReturnType<typeof statements<Params, Written>>>
>;

/** The latest word about each record: two of one statement would meet the same row twice. */
function latest(entity: SyncedEntity, told: readonly Told[]): readonly Told[] {
	const byId = new Map<string, Told>();
	for (const one of told) {
		const known = byId.get(one.id);
		if (known === undefined || isTimely(entity, known.changedAt, one.changedAt)) byId.set(one.id, one);
	}
	return byId.size === told.length ? told : [...byId.values()];
}

/** Merges what the CRM told into the copy; gives back what really changed. `at` is the moment, UTC. */
export async function upsertTold(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, told: readonly Told[], at: string): Promise<readonly RowChange[]> {
	const rules = takenFields(entity);
	const changes: RowChange[] = [];
	await inChunks(latest(entity, told), async (chunk) => {
		const params: Value[] = [tenant, at];
		for (const { id, fields, extra, changedAt, deleted } of chunk) {
			params.push(id);
			for (const rule of rules) params.push(cleaned(rule, fields[rule.field]));
			params.push(extra, changedAt, deleted ? at : null);
		}
		const written = await UPSERTS[entity](chunk.length)(trx, params);
		for (const { id, revision, deleted_at: deletedAt } of written) changes.push({ id, kind: revision === 1 ? 'created' : deletedAt === at ? 'deleted' : 'updated' });
	});
	return changes;
}
