import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { Store } from '../../../core/store';
import { createChangeFeed, createSync } from '../../../core/sync';
import { describeEngines } from '../../support/engines';
import { createCrmDouble, edit, fill, T0 } from './double';

interface Shipped {
	readonly sql: string;
	readonly parameters: readonly unknown[];
}

const OURS = /\b(sync_|outbox_)/;
/** Of a book that holds one row a stream or a month of runs, or that is swept whole on purpose: nothing else may be read from end to end. */
const SMALL = /sync_stream|sync_run|outbox_reader|outbox_head/;

/** Everything the engine says to the database while a branch lives through all that the sync does. */
async function live(store: Store): Promise<void> {
	const double = createCrmDouble({ pageSize: 2 });
	let now = T0;
	const sync = createSync({ store, crm: double.crm, reader: double.reader, tenant: 'plans', clock: () => now });
	const feed = createChangeFeed(store, 'plans');
	await feed.next('reader', 10);
	fill(double);
	for (const step of ['full', 'edit', 'full', 'full', 'incremental', 'backfill'] as const) {
		if (step === 'edit') edit(double);
		else await sync.run({ kind: step });
		now += 3_600_000;
	}
	double.put('clients', { ...double.rows.get('clients')?.get('1'), id: '99', bad: true } as never);
	await sync.run({ kind: 'full' });
	await feed.confirm('reader', (await feed.next('reader', 10)).at(-1)?.seq ?? 0);
	await feed.forget('2000-01-01');
	await sync.book.latest(10);
	await sync.book.streams();
}

describe('no statement of the sync reads a table from end to end', () => {
	describeEngines((_dialect, engine) => {
		it('on SQLite', async () => {
			const store = await engine.open();
			const prepare = jest.spyOn(DatabaseSync.prototype, 'prepare');
			await live(store);
			const shipped = new Set(prepare.mock.calls.map(([sql]) => sql));
			prepare.mockRestore();
			const path = engine.config.engine === 'sqlite' ? engine.config.path : '';
			const database = new DatabaseSync(path);
			const ours = [...shipped].filter((sql) => OURS.test(sql));
			expect(ours.length).toBeGreaterThan(50);
			const scans = ours.flatMap((sql) => {
				const plan = database.prepare(`explain query plan ${sql}`).all() as { readonly detail: string }[];
				return plan.filter(({ detail }) => /^SCAN/.test(detail) && !/CONSTANT ROW|VALUES CLAUSE|\bUSING (COVERING )?INDEX\b/.test(detail) && !SMALL.test(detail)).map(({ detail }) => `${detail}: ${sql.slice(0, 200)}`);
			});
			const sums = ours.filter((sql) => sql.startsWith('update "sync_client" set "services_amount"')).flatMap((sql) => database.prepare(`explain query plan ${sql}`).all() as { readonly detail: string }[]);
			const byId = ours.filter((sql) => /"id" in \(/.test(sql)).flatMap((sql) => database.prepare(`explain query plan ${sql}`).all() as { readonly detail: string }[]);
			database.close();
			expect(scans).toEqual([]);
			// what is asked for by ids is found by them, not among all of the branch
			expect(byId.filter(({ detail }) => /\(tenant=\?\)$/.test(detail))).toEqual([]);
			// an index of the whole branch would do too, and read all its visits for every client
			const visits = sums.map(({ detail }) => detail).filter((detail) => /^SEARCH v /.test(detail));
			expect(new Set(visits)).toEqual(new Set(['SEARCH v USING INDEX sync_visit_client (tenant=? AND client_id=?)']));
		});
	}, ['sqlite']);

	describeEngines((_dialect, engine) => {
		it('on Postgres', async () => {
			const store = await engine.open();
			const shipped = new Map<string, Shipped>();
			const query = jest.spyOn(Client.prototype, 'query');
			await live(store);
			for (const [text, values] of query.mock.calls as unknown as readonly [unknown, unknown][]) {
				if (typeof text === 'string' && OURS.test(text) && Array.isArray(values)) shipped.set(text, { sql: text, parameters: values });
			}
			query.mockRestore();
			expect(shipped.size).toBeGreaterThan(50);
			const scans: string[] = [];
			const config = engine.config.engine === 'postgres' ? engine.config : null;
			const client = new Client({ connectionString: config?.connectionString });
			await client.connect();
			// an empty table is read from end to end by any plan but a forbidden one
			await client.query('set enable_seqscan = off');
			for (const { sql, parameters } of shipped.values()) {
				const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
				for (const { 'QUERY PLAN': line } of rows) if (/Seq Scan on/.test(line) && !SMALL.test(line)) scans.push(`${line}: ${sql.slice(0, 200)}`);
			}
			await client.end();
			expect(scans).toEqual([]);
		});
	}, ['postgres']);
});
