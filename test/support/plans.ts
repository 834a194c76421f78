import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { Store } from '../../core/store';
import type { TestEngine } from './engines';

/** One line of how an engine carries a statement out. */
export interface PlanLine {
	readonly sql: string;
	readonly line: string;
}

/** What makes tables has no plan. */
const READS_OR_WRITES = /^(select|insert|update|delete|with)\b/;

type Live = (store: Store) => Promise<void>;

/** The plans of every statement about `ours` that reaches the engine while `live` lasts; an empty table is planned like a full one. */
export function plansOf(engine: TestEngine, ours: RegExp, live: Live): Promise<readonly PlanLine[]> {
	return engine.config.engine === 'sqlite' ? ofSqlite(engine, engine.config.path, ours, live) : ofPostgres(engine, engine.config.connectionString, ours, live);
}

async function ofSqlite(engine: TestEngine, path: string, ours: RegExp, live: Live): Promise<readonly PlanLine[]> {
	const store = await engine.open();
	const prepare = jest.spyOn(DatabaseSync.prototype, 'prepare');
	await live(store);
	const shipped = new Set(prepare.mock.calls.map(([sql]) => sql));
	prepare.mockRestore();
	const database = new DatabaseSync(path);
	const plans = [...shipped].filter((sql) => ours.test(sql) && READS_OR_WRITES.test(sql)).flatMap((sql) => (database.prepare(`explain query plan ${sql}`).all() as { readonly detail: string }[]).map(({ detail }) => ({ sql, line: detail })));
	database.close();
	return plans;
}

async function ofPostgres(engine: TestEngine, connectionString: string, ours: RegExp, live: Live): Promise<readonly PlanLine[]> {
	const store = await engine.open();
	const query = jest.spyOn(Client.prototype, 'query');
	await live(store);
	const shipped = new Map<string, readonly unknown[]>();
	for (const [text, values] of query.mock.calls as unknown as readonly [unknown, unknown][]) {
		if (typeof text === 'string' && ours.test(text) && READS_OR_WRITES.test(text) && Array.isArray(values)) shipped.set(text, values);
	}
	query.mockRestore();
	const client = new Client({ connectionString });
	await client.connect();
	try {
		// an empty table is read from end to end by any plan but a forbidden one
		await client.query('set enable_seqscan = off');
		const plans: PlanLine[] = [];
		for (const [sql, values] of shipped) {
			const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...values]);
			plans.push(...rows.map(({ 'QUERY PLAN': line }) => ({ sql, line })));
		}
		return plans;
	} finally {
		await client.end();
	}
}

/** Lines that read a table from end to end, but for the tables named as small. */
export function scansIn(plans: readonly PlanLine[], small: RegExp): readonly string[] {
	const isScan = ({ line }: PlanLine): boolean => (/^SCAN/.test(line) && !/CONSTANT ROW|VALUES CLAUSE|\bUSING (COVERING )?INDEX\b/.test(line)) || /Seq Scan on/.test(line);
	return plans.filter((one) => isScan(one) && !small.test(one.line)).map(({ line, sql }) => `${line}: ${sql.slice(0, 200)}`);
}
