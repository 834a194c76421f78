import type { Store } from '../../../core/store';
import { createSync, type StreamReport, type Sync, type SyncOrder } from '../../../core/sync';
import { valueOf } from '../../contract/support/bench';
import type { TestEngine } from '../../support/engines';
import { createCrmDouble, type CrmDouble, fill, T0 } from './double';

export const HOUR = 3_600_000;

/** A small branch, its copy, and an hour between two runs. */
export interface SyncBench {
	readonly store: Store;
	readonly double: CrmDouble;
	readonly sync: Sync;
	readonly tenant: string;
	now: number;
	run(order?: Partial<SyncOrder>): Promise<Readonly<Record<string, StreamReport>>>;
	client(id: string): Promise<Record<string, unknown>>;
	changes(): Promise<readonly string[]>;
}

export type BenchOptions = Parameters<typeof createCrmDouble>[0] & { readonly batchRows?: number };

/** Opens branches of one database, each under a tenant of its own. */
export function benchesOf(engine: TestEngine): (options?: BenchOptions) => Promise<SyncBench> {
	let opened: Promise<Store> | null = null;
	let tenants = 0;
	return async (options = {}) => {
		const store = await (opened ??= engine.open());
		const double = createCrmDouble(options);
		const tenant = `branch ${(tenants += 1)}`;
		fill(double);
		const bench: SyncBench = {
			store, double, tenant,
			now: T0,
			sync: createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => bench.now, batchRows: options.batchRows ?? 1 }),
			async run(order = {}) {
				const { streams } = valueOf(await bench.sync.run({ kind: 'full', ...order }));
				bench.now += HOUR;
				return Object.fromEntries(streams.map((report) => [report.stream, report]));
			},
			client: async (id) => ({ ...(await store.db.selectFrom('sync_client').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirstOrThrow()) }),
			changes: async () => (await store.db.selectFrom('outbox_change').selectAll().where('tenant', '=', tenant).orderBy('seq').execute()).map(({ entity, id, kind }) => `${entity} ${id} ${kind}`),
		};
		return bench;
	};
}
