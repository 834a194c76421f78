import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import type { SyncVisitTable } from '../schema/sync';
import { statement } from '../statement';
import { cleaned, type Told, type Value } from './merge';
import { isChanged, merges, type Written } from './merge-sql';
import { takenFields } from './rules';

const RULES = takenFields('visit');
const TYPES = { text: 'text', integer: 'bigint', real: 'double precision' } as const;
/** What is told, in the order of the parameters; the tenant and the moment stand before. */
const COLUMNS: readonly { readonly name: string; readonly type: string }[] = [
	{ name: 'id', type: 'text' },
	...RULES.map(({ field, type }) => ({ name: field, type: TYPES[type] })),
	...['extra', 'changed_at', 'deleted_at'].map((name) => ({ name, type: 'text' })),
];
const NAMES = COLUMNS.map(({ name }) => name) as readonly (keyof SyncVisitTable)[];

/** With whose it was before. */
export type WrittenVisit = Written & { readonly owner: string | null };

type Params = readonly [tenant: string, at: string, ...columns: (readonly Value[])[]];

/**
 * The merge of visits where they stand by months: a key of the table holds the month, so that a visit is found by its
 * place. One moved to another month is moved with its row; one whose row is gone with its month is written anew.
 */
const UPSERT = statement<Params, WrittenVisit>((db, params) => {
	// placeholders: taken by their place, not by iterating
	const [tenant, at] = [params[0], params[1]];
	const columns = sql.join(COLUMNS.map(({ type }, index) => sql`${params[2 + index]}::${sql.raw(type)}[]`));
	const text = (value: string) => sql<string>`${value}::text`;
	const set = { ...Object.fromEntries(merges('visit', 'v')), updated_at: text(at) };
	return db
		.with((cte) => cte('told').materialized(), () => sql<SyncVisitTable>`(select * from unnest(${columns}) as t (${sql.join(NAMES.map((name) => sql.ref(name)))}))`)
		.with((cte) => cte('here').materialized(), (qb) =>
			// a limit keeps the engine from turning the joins round: where it knows nothing of the tables yet, as in a first
			// copy, it would walk all visits of the branch for every part
			qb
				.selectFrom('told as t')
				.innerJoinLateral((eb) => eb.selectFrom('sync_visit_place').select(['id', 'start_at']).where('tenant', '=', tenant).whereRef('id', '=', 't.id').limit(1).as('p'), (join) => join.onTrue())
				.innerJoinLateral((eb) => eb.selectFrom('sync_visit').select(['id', 'start_at', 'client_id']).where('tenant', '=', tenant).whereRef('id', '=', 'p.id').whereRef('start_at', '=', 'p.start_at').limit(1).as('v'), (join) => join.onTrue())
				.select(['v.id', 'v.start_at', 'v.client_id']),
		)
		.with('added', (qb) =>
			qb
				.insertInto('sync_visit')
				.columns([...NAMES, 'tenant', 'first_seen_at', 'updated_at', 'revision'])
				.expression((eb) =>
					eb
						.selectFrom('told as t')
						.select(NAMES.map((name) => `t.${name}` as const))
						.select([text(tenant).as('tenant'), text(at).as('first_seen_at'), text(at).as('updated_at'), sql<number>`1`.as('revision')])
						.where(({ not, exists, selectFrom }) => not(exists(selectFrom('here as h').select('h.id').whereRef('h.id', '=', 't.id')))),
				)
				.returning(['id', 'revision', 'deleted_at', 'start_at', sql<string | null>`null::text`.as('owner')]),
		)
		.with('changed', (qb) =>
			qb
				.updateTable('sync_visit as v')
				.from('told as excluded')
				.innerJoin('here as h', 'h.id', 'excluded.id')
				.set(set)
				.where('v.tenant', '=', tenant)
				.whereRef('v.id', '=', 'h.id')
				.whereRef('v.start_at', '=', 'h.start_at')
				.where(isChanged('visit', 'v'))
				.returning(['v.id', 'v.revision', 'v.deleted_at', 'v.start_at', 'h.client_id as owner']),
		)
		.with('written', (qb) => qb.selectFrom('added').selectAll().unionAll(qb.selectFrom('changed').selectAll()))
		.with('placed', (qb) =>
			qb
				.insertInto('sync_visit_place')
				.columns(['tenant', 'id', 'start_at'])
				.expression((eb) =>
					eb
						.selectFrom('written as w')
						.select([text(tenant).as('tenant'), 'w.id', 'w.start_at'])
						.where(({ not, exists, selectFrom }) => not(exists(selectFrom('here as h').select('h.id').whereRef('h.id', '=', 'w.id').whereRef('h.start_at', '=', 'w.start_at')))),
				)
				.onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet((eb) => ({ start_at: eb.ref('excluded.start_at') }))),
		)
		.selectFrom('written')
		.select(['id', 'revision', 'deleted_at', 'owner']);
});

/** Merges visits, each told of once, into their months. */
export function upsertByMonth(trx: Kysely<Database>, tenant: string, told: readonly Told[], at: string): Promise<readonly WrittenVisit[]> {
	return UPSERT(trx, [
		tenant,
		at,
		told.map(({ id }) => id),
		...RULES.map((rule) => told.map(({ fields }) => cleaned(rule, fields[rule.field]))),
		told.map(({ extra }) => extra),
		told.map(({ changedAt }) => changedAt),
		told.map(({ deleted }) => (deleted ? at : null)),
	]);
}
