import type { Transaction } from 'kysely';
import type { Database, Store } from '../../../core/store';

const TABLES = ['sync_company', 'sync_service', 'sync_staff', 'sync_client', 'sync_visit', 'sync_goods', 'sync_schedule', 'sync_stream', 'sync_seen', 'sync_touched', 'sync_reject', 'outbox_change'] as const;
/** When something was done depends on when it was done again; that it was done does not. */
const MOMENTS = ['first_seen_at', 'updated_at', 'missing_since', 'deleted_at', 'changed_to', 'full_at', 'backfilled_to', 'last_ok_at', 'guarded_since', 'first_at', 'last_at', 'at'];
/** Of the road and not of its end; the order of changes of several streams is that of their pages. */
const ROAD = ['tenant', 'seq', 'window_rows', 'window_pages', 'window_rejected', 'window_exact', 'window_counted', 'window_total', 'generation'];

/** All that the store knows of a branch, without moments and progress. */
export async function stateOf(store: Store, tenant: string): Promise<Readonly<Record<string, readonly string[]>>> {
	const state: Record<string, readonly string[]> = {};
	for (const table of TABLES) {
		const rows = await store.db.selectFrom(table as 'sync_client').selectAll().where('tenant', '=', tenant).execute();
		state[table] = rows
			.map((row) => Object.entries(row).filter(([column]) => !ROAD.includes(column)).map(([column, value]) => [column, MOMENTS.includes(column) ? value !== null : value]))
			.map((row) => JSON.stringify(Object.fromEntries(row)))
			.sort();
	}
	return state;
}

export class Killed extends Error {}

export interface Killable {
	readonly store: Store;
	/** Statements and commits so far. */
	readonly steps: number;
	/** Something else the process does; ends it too when its turn is come. */
	step(): void;
}

/** A process that ends at its nth statement or commit, or with `only` at its nth other step: that one is done, and nothing after it. */
export function killable(store: Store, at = Infinity, only?: 'others'): Killable {
	let steps = 0;
	const check = (): void => {
		if (steps >= at) throw new Killed();
	};
	const step = (): void => {
		steps += 1;
		check();
	};
	const statement = only === undefined ? step : check;
	const counting = { transformQuery: <T>({ node }: { readonly node: T }): T => node, transformResult: async <T>({ result }: { readonly result: T }): Promise<T> => (statement(), result) };
	return {
		get steps() {
			return steps;
		},
		step,
		store: {
			...store,
			db: store.db.withPlugin(counting),
			async write(work, options) {
				check();
				const result = await store.write((trx) => work(trx.withPlugin(counting) as Transaction<Database>), options);
				statement();
				return result;
			},
		},
	};
}
