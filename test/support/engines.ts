import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openStore, type Dialect, type Store, type StoreConfig, type StoreOptions } from '../../core/store';

/** Database of the tests; its role may create schemas. */
export const POSTGRES_URL = process.env['TEST_POSTGRES_URL'] ?? 'postgres://root@127.0.0.1:5432/test';
export const TEST_KEYS: readonly string[] = ['a passphrase for tests'];

/** One empty database, for the tests of one file. */
export interface TestEngine {
	readonly dialect: Dialect;
	/** Where the database is: for child processes and further stores. */
	readonly config: StoreConfig;
	/** Opens one more store on the same database; closed after the tests when the test did not. */
	open(options?: Partial<StoreOptions>): Promise<Store>;
}

/** Runs `work` on a plain connection to the test server, outside any store. */
export async function onPostgres<T>(work: (client: Client) => Promise<T>): Promise<T> {
	const client = new Client({ connectionString: POSTGRES_URL });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

/** Ends a connection from the server's side; returns when the server no longer knows it. */
export async function terminateBackend(pid: number): Promise<void> {
	await onPostgres(async (client) => {
		await client.query('select pg_terminate_backend($1)', [pid]);
		for (let alive = 1; alive > 0; ) {
			const { rowCount } = await client.query('select 1 from pg_stat_activity where pid = $1', [pid]);
			alive = rowCount ?? 0;
		}
	});
}

interface Place {
	readonly config: StoreConfig;
	drop(): Promise<void>;
}

const PLACES: Readonly<Record<Dialect, () => Place>> = {
	sqlite() {
		const folder = mkdtempSync(join(tmpdir(), 'ai-admin-store-'));
		return {
			config: { engine: 'sqlite', path: join(folder, 'store.sqlite') },
			drop: async () => rmSync(folder, { recursive: true, force: true }),
		};
	},
	postgres() {
		const schema = `test_${randomBytes(6).toString('hex')}`;
		return {
			config: { engine: 'postgres', connectionString: POSTGRES_URL, schema, max: 8 },
			async drop() {
				await onPostgres((client) => client.query(`drop schema if exists ${schema} cascade`));
			},
		};
	},
};

/** Asked in a child process, because jest wants to know which tests exist before anything asynchronous ran. */
function askForPostgres(): boolean {
	const script = `const { Client } = require('pg');
		const client = new Client({ connectionString: process.argv[1], connectionTimeoutMillis: 3000 });
		client.connect().then(() => process.exit(0), () => process.exit(1));`;
	return spawnSync(process.execPath, ['-e', script, POSTGRES_URL], { cwd: __dirname }).status === 0;
}

let reachable: boolean | undefined;

function postgresReachable(): boolean {
	if (reachable !== undefined) return reachable;
	reachable = askForPostgres();
	if (!reachable) process.stderr.write('\nSKIPPED: Postgres is not reachable, its half of these tests did not run.\n');
	return reachable;
}

/**
 * Declares the same tests for both engines (or for the named ones), each on an empty database of its own that is removed at the end. Where
 * Postgres is not reachable its half is skipped with a printed line, or fails when the environment has CI=1.
 */
export function describeEngines(
	declare: (name: Dialect, engine: TestEngine) => void,
	dialects: readonly Dialect[] = ['sqlite', 'postgres'],
): void {
	for (const dialect of dialects) {
		if (dialect === 'postgres' && !postgresReachable()) {
			if (process.env['CI'] === '1') {
				it('reaches Postgres, which CI requires', () => {
					throw new Error(`No Postgres at ${POSTGRES_URL}`);
				});
			}
			continue;
		}
		describe(`on ${dialect}`, () => {
			const place = PLACES[dialect]();
			const opened: Store[] = [];
			afterAll(async () => {
				await Promise.all(opened.map((store) => store.close()));
				await place.drop();
			});
			declare(dialect, {
				dialect,
				config: place.config,
				async open(options = {}) {
					const store = await openStore(place.config, { keys: TEST_KEYS, ...options });
					opened.push(store);
					return store;
				},
			});
		});
	}
}
