import {
	CompiledQuery,
	HandleEmptyInListsPlugin,
	Kysely,
	PostgresAdapter,
	PostgresDriver,
	PostgresIntrospector,
	PostgresQueryCompiler,
	replaceWithNoncontingentExpression,
	sql,
	type DatabaseConnection,
	type PostgresCursor,
	type PostgresPool,
	type PostgresPoolClient,
	type PostgresQueryResult,
	type Transaction,
} from 'kysely';
import { Pool, types, type PoolClient } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, fromPostgres } from '../errors';
import type { Database } from '../schema';
import type { Engine } from './engine';
import { createMonths } from './postgres-months';
import { createNotices } from './postgres-notices';
import { checkOwner, protectTables } from './postgres-rows';

export interface PostgresOptions {
	readonly connectionString: string;
	/** Schema that holds the tables; created when missing. */
	readonly schema: string;
	/** Most connections at a time. */
	readonly max: number;
}

const CONNECT_TIMEOUT_MS = 5000;
const QUERY_TIMEOUT_MS = 20_000;
const INT8 = 20;
const MAX_TRIES = 5;
/** The server rolled back because of other transactions: nothing was done, so the same work may run again. */
const RETRYABLE: ReadonlySet<string> = new Set(['40001', '40P01']);

/**
 * Settings travel inside the transaction (`set local`): a transaction pooler such as Supabase's refuses or forgets
 * settings of a session. A process that hangs gives its row locks back after a minute.
 */
const BEGIN = [
	'begin isolation level read committed',
	"set local statement_timeout = '15s'",
	"set local lock_timeout = '5s'",
	"set local idle_in_transaction_session_timeout = '60s'",
].join('; ');

class Driver extends PostgresDriver {
	override async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw(BEGIN));
	}

	override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		try {
			await connection.executeQuery(CompiledQuery.raw('rollback'));
		} catch {
			// The connection is gone and with it the transaction; the error that led here is the one to report.
		}
	}
}

function safeInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new StoreError('corrupt', 'An integer is larger than a number can hold.');
	return value;
}

/** A pool client whose errors are StoreErrors, and which is thrown away once its connection has failed. */
class MappedClient implements PostgresPoolClient {
	private broken = false;

	constructor(
		private readonly client: PoolClient,
		private readonly onRelease: () => void,
	) {}

	query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
	query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
	query<R>(text: string | PostgresCursor<R>, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
		if (typeof text !== 'string') throw new StoreError('internal', 'Cursors are not supported; read in pages.');
		return this.run<R>(text, parameters);
	}

	release(): void {
		this.client.release(this.broken);
		this.onRelease();
	}

	private async run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
		try {
			const { command, rowCount, rows } = await this.client.query(text, [...parameters]);
			return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows };
		} catch (error) {
			const failure = fromPostgres(error);
			// The answer never came and must not meet the next query, or the server has announced the connection's end.
			this.broken ||= failure.code === 'unreachable';
			throw failure;
		}
	}
}

/** A pool whose errors are StoreErrors and whose end waits for its users: the driver's own would leave some waiting. */
class MappedPool implements PostgresPool {
	private users = 0;
	private ending: Promise<void> | null = null;
	private drained: () => void = () => undefined;

	constructor(private readonly pool: Pool) {}

	async connect(): Promise<PostgresPoolClient> {
		if (this.ending !== null) throw new StoreError('closed');
		this.users++;
		try {
			return new MappedClient(await this.pool.connect(), () => this.leave());
		} catch (error) {
			this.leave();
			throw fromPostgres(error);
		}
	}

	end(): Promise<void> {
		this.ending ??= new Promise<void>((resolve) => {
			this.drained = resolve;
			if (this.users === 0) resolve();
		}).then(() => this.pool.end());
		return this.ending;
	}

	private leave(): void {
		this.users--;
		if (this.users === 0) this.drained();
	}
}

function createPool(options: PostgresOptions): Pool {
	const pool = new Pool({
		connectionString: options.connectionString,
		max: options.max,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		query_timeout: QUERY_TIMEOUT_MS,
		keepAlive: true,
		allowExitOnIdle: true,
		types: {
			getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
				oid === INT8 ? safeInteger : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
		},
	});
	// A connection that breaks between two queries says so in an event, which nobody hearing it would end the process.
	// The next query on it fails and tells the caller; the pool replaces idle ones.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool;
}

async function ensureSchema(trx: Transaction<Database>, schema: string): Promise<void> {
	const found = await sql`select 1 from pg_catalog.pg_namespace where nspname = ${schema}`.execute(trx);
	if (found.rows.length === 0) await sql`create schema ${sql.id(schema)}`.execute(trx);
}

/**
 * Connects to Postgres or Supabase (also through a transaction pooler: no named statements, no session state).
 * `int8` is read as a number. A write that the server rolled back because of others is tried again, at most five
 * times; nothing else is. A connection lost during commit is `commit_unknown`, any other lost one `unreachable`.
 */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
	const { schema } = options;
	const pool = new MappedPool(createPool(options));
	const root = new Kysely<Database>({
		dialect: {
			createDriver: () => new Driver({ pool }),
			createAdapter: () => new PostgresAdapter(),
			createQueryCompiler: () => new PostgresQueryCompiler(),
			createIntrospector: (db) => new PostgresIntrospector(db),
		},
		// `in ()` is no one of nothing on SQLite and a syntax error here
		plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
	});

	const notices = createNotices(options, root);

	async function attempt<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
		let committing = false;
		try {
			return await root.transaction().execute(async (trx) => {
				const result = await work(trx.withSchema(schema));
				committing = true;
				return result;
			});
		} catch (error) {
			if (committing && error instanceof StoreError && error.code === 'unreachable') {
				throw new StoreError('commit_unknown', undefined, error.engineCode);
			}
			throw error;
		}
	}

	async function write<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
		for (let tries = 1; ; tries++) {
			try {
				return await attempt(work);
			} catch (error) {
				const retryable = error instanceof StoreError && error.engineCode !== null && RETRYABLE.has(error.engineCode);
				if (!retryable || tries >= MAX_TRIES) throw error;
			}
			await sleep(Math.random() * 20 * 2 ** tries);
		}
	}

	const protect = (trx: Transaction<Database>): Promise<void> => protectTables(trx, schema);
	const months = createMonths({ schema, db: root, write, protect, now: () => new Date() });

	return {
		dialect: 'postgres',
		db: root.withSchema(schema),
		write,
		async beginMigration(trx) {
			await sql`select pg_advisory_xact_lock(hashtext(${`ai-admin:${schema}`}))`.execute(trx);
			await ensureSchema(trx, schema);
			await sql`set local search_path to ${sql.id(schema)}`.execute(trx);
			await checkOwner(trx, schema);
		},
		endMigrations: protect,
		async ready() {
			await months.begin();
		},
		notices,
		months,
		async close() {
			notices.close();
			await pool.end();
		},
	};
}
