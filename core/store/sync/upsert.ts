import { type CompiledQuery, type Kysely, PostgresAdapter, sql } from 'kysely';
import type { SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { statements } from '../statement';
import { inChunks } from './chunks';
import { type ChangeKind, cleaned, isTimely, type Told, type Value } from './merge';
import { isChanged, merges, type Written } from './merge-sql';
import { MERGE_RULES, takenFields } from './rules';
import { upsertByMonth } from './upsert-visits';

export interface RowChange {
	readonly id: string;
	readonly kind: ChangeKind;
	/** Whose a visit or a sale was before. */
	readonly owner?: string;
}

/** Tenant and moment, then the values of each row in the order of its columns. */
type Params = readonly Value[];
const FIRST = 2;
type Build = (count: number) => (db: Kysely<Database>, params: Params) => { compile(): CompiledQuery<Written> };

function build(entity: SyncedEntity, returns: boolean): Build {
	const { table } = MERGE_RULES[entity];
	const columns = ['id', ...takenFields(entity).map(({ field }) => field), 'extra', 'changed_at', 'deleted_at'];
	return (count) => (db, params) => {
		const row = (at: number): Record<string, unknown> => ({
			...Object.fromEntries(columns.map((column, index) => [column, params[FIRST + at * columns.length + index]])),
			tenant: params[0], revision: sql.lit(1), first_seen_at: params[1], updated_at: params[1],
		});
		const set = { ...Object.fromEntries(merges(entity, table)), updated_at: sql.ref('excluded.updated_at') };
		// the columns come from the table of rules, which the compiler cannot follow into one of seven tables
		const rows = Array.from({ length: count }, (_unused, at) => row(at)) as unknown as Database['sync_client'][];
		const upsert = db
			.insertInto(table as 'sync_client')
			.values(rows)
			.onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(set as unknown as Partial<Database['sync_client']>).where(isChanged(entity, table)));
		return (returns ? upsert.returning(['id', 'revision', 'deleted_at']) : upsert) as ReturnType<ReturnType<Build>>;
	};
}

type Upsert = ReturnType<typeof statements<Params, Written>>;

function all(returns: boolean): Readonly<Record<SyncedEntity, Upsert>> {
	return Object.fromEntries((Object.keys(MERGE_RULES) as SyncedEntity[]).map((entity) => [entity, statements<Params, Written>(build(entity, returns))])) as Record<SyncedEntity, Upsert>;
}

const MERGE = all(true);
/** Of rows that are not there yet: SQLite takes half the time where it need not say what it wrote. */
const ADD = all(false);

interface Known {
	readonly id: string;
	readonly owner: string | null;
}

const KNOWN = Object.fromEntries(
	(Object.keys(MERGE_RULES) as SyncedEntity[]).map((entity) => [
		entity,
		statements<Params, Known>((count) => (db, params) =>
			db
				.selectFrom(MERGE_RULES[entity].table as 'sync_visit')
				.select(['id', isOwned(entity) ? 'client_id as owner' : sql<null>`null`.as('owner')])
				.where('tenant', '=', params[0] as string)
				.where('id', 'in', Array.from({ length: count }, (_unused, at) => params[1 + at] as string)),
		),
	]),
) as Readonly<Record<SyncedEntity, ReturnType<typeof statements<Params, Known>>>>;

function isOwned(entity: SyncedEntity): boolean {
	return entity === 'visit' || entity === 'goods';
}

/** Rows that are there, with whose they are. */
async function ownersOfKnown(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, told: readonly Told[]): Promise<ReadonlyMap<string, string | null>> {
	const owners = new Map<string, string | null>();
	await inChunks(told, async (chunk) => {
		for (const { id, owner } of await KNOWN[entity](chunk.length)(trx, [tenant, ...chunk.map((one) => one.id)])) owners.set(id, owner);
	});
	return owners;
}

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
	const words = latest(entity, told);
	if (words.length === 0) return [];
	const changeOf = ({ id, revision, deleted_at: deletedAt }: Written, owner: string | null): RowChange => ({ id, kind: revision === 1 ? 'created' : deletedAt === at ? 'deleted' : 'updated', ...(owner === null ? {} : { owner }) });
	if (entity === 'visit' && trx.getExecutor().adapter instanceof PostgresAdapter) return (await upsertByMonth(trx, tenant, words, at)).map((written) => changeOf(written, written.owner));
	const owners = await ownersOfKnown(trx, tenant, entity, words);
	const fresh = words.filter(({ id }) => !owners.has(id));
	await inChunks(fresh, async (chunk) => void (await ADD[entity](chunk.length)(trx, paramsOf(entity, [tenant, at], chunk))));
	const changes = new Map<string, RowChange>(fresh.map(({ id }) => [id, { id, kind: 'created' }]));
	const known = fresh.length === 0 ? words : words.filter(({ id }) => owners.has(id));
	await inChunks(known, async (chunk) => {
		for (const written of await MERGE[entity](chunk.length)(trx, paramsOf(entity, [tenant, at], chunk))) changes.set(written.id, changeOf(written, owners.get(written.id) ?? null));
	});
	// in the order in which the CRM told of them
	return words.flatMap(({ id }) => changes.get(id) ?? []);
}

function paramsOf(entity: SyncedEntity, [tenant, at]: readonly [string, string], told: readonly Told[]): Params {
	const rules = takenFields(entity);
	const params: Value[] = [tenant, at];
	for (const { id, fields, extra, changedAt, deleted } of told) {
		params.push(id);
		for (const rule of rules) params.push(cleaned(rule, fields[rule.field]));
		params.push(extra, changedAt, deleted ? at : null);
	}
	return params;
}
