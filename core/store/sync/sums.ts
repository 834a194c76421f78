import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema';
import { statements } from '../statement';
import { inChunks } from './chunks';

/** The tenant, a flag, then ids. */
type Params = readonly [tenant: string, flag: number, ...ids: string[]];

const ids = (count: number, values: Params): readonly string[] => Array.from({ length: count }, (_unused, at) => values[2 + at] as string);

/**
 * Visits that took place and were not deleted, each line after its discount; sales of goods that were not deleted. A
 * mismatch: the visits add up to more than the CRM sold, or the rest is not what the stream of goods tells, by more than
 * a hundredth. Where no goods were ever read there is nothing to compare the rest with.
 */
const SUM = statements<Params, { id: string }>((count) => (db, values) =>
	db
		.updateTable('sync_client')
		.set((eb) => {
			const took = eb.selectFrom('sync_visit as v').whereRef('v.tenant', '=', 'sync_client.tenant').whereRef('v.client_id', '=', 'sync_client.id').where('v.status', '=', 'arrived').where('v.deleted_at', 'is', null);
			const sold = eb.selectFrom('sync_goods as g').whereRef('g.tenant', '=', 'sync_client.tenant').whereRef('g.client_id', '=', 'sync_client.id').where('g.deleted_at', 'is', null);
			const latest = took.where('v.lines', '<>', '[]').orderBy('v.start_at', 'desc').orderBy('v.id', 'desc').limit(1).select('v.lines');
			return {
				services_amount: took.select(sql<number>`coalesce(sum(v.services_amount), 0)`.as('amount')),
				goods_sold: sold.select(sql<number>`coalesce(sum(g.cost), 0)`.as('amount')),
				last_services: eb.fn.coalesce(latest, 'sync_client.last_services'),
			};
		})
		.where('tenant', '=', values[0])
		.where('id', 'in', ids(count, values))
		.returning('id'),
);

const DERIVE = statements<Params, { id: string }>((count) => (db, values) =>
	db
		.updateTable('sync_client')
		.set({
			goods_difference: sql<number>`total_spent - services_amount`,
			goods_amount: sql<number>`case when total_spent is null then null when total_spent < services_amount then 0 else total_spent - services_amount end`,
			money_mismatch: sql<number>`case when total_spent is null then 0 when total_spent < services_amount then 1 when ${values[1]} = 1 and abs(total_spent - services_amount - goods_sold) * 100 > abs(total_spent - services_amount) then 1 else 0 end`,
		})
		.where('tenant', '=', values[0])
		.where('id', 'in', ids(count, values))
		.returning('id'),
);

/** Makes the sums of clients anew from their visits and sales. `goods`: the sales of this branch are copied. */
export async function sumClients(trx: Kysely<Database>, tenant: string, clientIds: readonly string[], goods: boolean): Promise<void> {
	await inChunks(clientIds, async (chunk) => {
		const params: Params = [tenant, Number(goods), ...chunk];
		await SUM(chunk.length)(trx, params);
		await DERIVE(chunk.length)(trx, params);
	});
}

const TOUCH = statements<Params, never>((count) => (db, values) =>
	db
		.insertInto('sync_touched')
		.values(ids(count, values).map((id) => ({ tenant: values[0], client_id: id, sum_due: 1, total_due: values[1] })))
		// an update and not nothing: whoever is just making the sums must wait for this transaction, or it would miss it
		.onConflict((conflict) => conflict.columns(['tenant', 'client_id']).doUpdateSet({ sum_due: 1, total_due: sql`case when excluded.total_due = 1 then 1 else sync_touched.total_due end` })),
);

/** Notes clients whose sums are due, and with `total` whose totals at the CRM are. */
export async function touchClients(trx: Kysely<Database>, tenant: string, clientIds: Iterable<string>, total: boolean): Promise<void> {
	// in one order, so that two transactions never wait for each other
	const sorted = [...new Set(clientIds)].sort();
	await inChunks(sorted, async (chunk) => {
		await TOUCH(chunk.length)(trx, [tenant, Number(total), ...chunk]);
	});
}

/** Notes every client: after the first copy, which notes nobody on its way. `total` as of {@link touchClients}. */
export async function touchAll(trx: Kysely<Database>, tenant: string, total: boolean): Promise<void> {
	await trx
		.insertInto('sync_touched')
		.columns(['tenant', 'client_id', 'sum_due', 'total_due'])
		.expression((eb) => eb.selectFrom('sync_client').select(['tenant', 'id', eb.lit(1).as('sum_due'), eb.lit(total ? 1 : 0).as('total_due')]).where('tenant', '=', tenant))
		.onConflict((conflict) => conflict.columns(['tenant', 'client_id']).doUpdateSet({ sum_due: 1, ...(total ? { total_due: 1 } : {}) }))
		.execute();
}

const OWNERS = {
	visit: statements<Params, { client_id: string | null }>((count) => (db, values) => db.selectFrom('sync_visit').select('client_id').where('tenant', '=', values[0]).where('id', 'in', ids(count, values))),
	goods: statements<Params, { client_id: string | null }>((count) => (db, values) => db.selectFrom('sync_goods').select('client_id').where('tenant', '=', values[0]).where('id', 'in', ids(count, values))),
} as const;

/** Whose these visits or sales are by the copy, before it changes. */
export async function ownersOf(trx: Kysely<Database>, tenant: string, entity: keyof typeof OWNERS, rowIds: readonly string[]): Promise<readonly string[]> {
	const owners: string[] = [];
	await inChunks(rowIds, async (chunk) => {
		const rows = await OWNERS[entity](chunk.length)(trx, [tenant, 0, ...chunk]);
		for (const { client_id: owner } of rows) if (owner !== null) owners.push(owner);
	});
	return owners;
}
