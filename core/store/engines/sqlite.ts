import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Driver } from 'kysely';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError, fromSqlite } from '../errors';
import type { Database } from '../schema';
import type { Engine } from './engine';
import { SqliteDriver, whenFree } from './sqlite-driver';

/** How long a write waits for another process before it fails with `busy`. */
const PATIENCE_MS = 5000;
const CACHE_KB = 16_000;
/** Pages of 4 KB in the log. */
const CHECKPOINT_PAGES = 4000;

type SqliteModule = typeof import('node:sqlite');

/** Node's SQLite, or a clear refusal where this Node has none. `load` is for tests. */
export function requireSqlite(
	load: () => SqliteModule | undefined = () => process.getBuiltinModule?.('node:sqlite'),
): SqliteModule {
	const sqlite = load();
	if (sqlite === undefined) throw new StoreError('needs_node_24', `This is Node.js ${process.versions.node}.`);
	return sqlite;
}

/** Folder 0700 and file 0600 when they are new; the log files of SQLite take the mode of the file. */
function createPrivately(path: string): void {
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		closeSync(openSync(path, 'a', 0o600));
	} catch (error) {
		throw fromSqlite(error);
	}
}

async function configureWriter(writer: DatabaseSync): Promise<void> {
	const mode = await whenFree(() => writer.prepare('pragma journal_mode = wal').get(), PATIENCE_MS);
	if (mode?.['journal_mode'] !== 'wal') throw new StoreError('unsupported_volume');
	// Both modes survive a killed process; only `full` survives a power cut. Measured on an SSD it costs 0.2 ms a
	// transaction instead of 0.02, and a note that a write has left for the CRM is worth that. Transactions that a power
	// cut may undo without harm say so, see WriteOptions.
	writer.exec('pragma synchronous = full');
	// A copy of a CRM writes tens of megabytes: its pages are kept at hand and go to the file four times as seldom.
	writer.exec(`pragma cache_size = -${CACHE_KB}`);
	writer.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
	// From here on whenFree() waits, see there.
	writer.exec('pragma busy_timeout = 0');
}

function kysely(driver: Driver): Kysely<Database> {
	return new Kysely<Database>({
		dialect: {
			createDriver: () => driver,
			createAdapter: () => new SqliteAdapter(),
			createQueryCompiler: () => new SqliteQueryCompiler(),
			createIntrospector: (db) => new SqliteIntrospector(db),
		},
	});
}

/**
 * Opens or creates a SQLite file on a local disk: one connection writes, a second one reads the last committed state.
 * Throws {@link StoreError} `needs_node_24`, `read_only`, `disk_full`, `unreachable`, `unsupported_volume`, `corrupt`.
 */
export async function openSqlite(path: string): Promise<Engine> {
	const { DatabaseSync } = requireSqlite();
	createPrivately(path);

	const opened: DatabaseSync[] = [];
	const open = (readOnly: boolean) => {
		const database = new DatabaseSync(path, { readOnly, timeout: PATIENCE_MS, enableForeignKeyConstraints: true });
		opened.push(database);
		return database;
	};
	let writer: SqliteDriver;
	let reader: SqliteDriver;
	try {
		const writing = open(false);
		await configureWriter(writing);
		writer = new SqliteDriver(writing, { begin: 'begin immediate', patienceMs: PATIENCE_MS });
		reader = new SqliteDriver(open(true), { begin: 'begin', patienceMs: PATIENCE_MS });
	} catch (error) {
		for (const database of opened) database.close();
		throw fromSqlite(error);
	}

	const writingDb = kysely(writer);
	const relaxedDb = kysely(writer.relaxed());
	return {
		dialect: 'sqlite',
		db: kysely(reader),
		write: (work, options) => (options?.survives === 'kill' ? relaxedDb : writingDb).transaction().execute(work),
		// `begin immediate` already keeps every other process out.
		beginMigration: async () => undefined,
		endMigrations: async () => undefined,
		ready: async () => undefined,
		notices: null,
		months: null,
		async close() {
			await reader.close();
			await writer.close();
		},
	};
}
