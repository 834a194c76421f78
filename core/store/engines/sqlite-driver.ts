import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { StoreError, fromSqlite, sqliteResultCode } from '../errors';

const SQLITE_BUSY = 5;
const STATEMENT_CACHE_SIZE = 200;
/** A transaction that has kept the event loop for so long lets others at it before its next statement or its end. */
const LONGEST_TURN_MS = 10;

interface PreparedStatement {
	readonly statement: StatementSync;
	readonly returnsRows: boolean;
}

/**
 * Repeats an action while another process holds the file, without blocking the event loop: SQLite's own busy handler
 * sleeps inside the call, and would stop the very code whose commit it waits for when both live in one process.
 */
export async function whenFree<T>(action: () => T, patienceMs: number): Promise<T> {
	const deadline = performance.now() + patienceMs;
	for (;;) {
		try {
			return action();
		} catch (error) {
			if (sqliteResultCode(error) !== SQLITE_BUSY || performance.now() >= deadline) throw fromSqlite(error);
		}
		await sleep(1 + Math.random() * 4);
	}
}

class SqliteConnection implements DatabaseConnection {
	private readonly statements = new Map<string, PreparedStatement>();
	private turnedAt = 0;

	constructor(private readonly database: DatabaseSync) {}

	/** A transaction begins. */
	begun(): void {
		this.turnedAt = performance.now();
	}

	/** A transaction has kept the event loop for long. */
	isLong(): boolean {
		return this.database.isTransaction && performance.now() - this.turnedAt > LONGEST_TURN_MS;
	}

	/** Lets others at the event loop. */
	async rest(): Promise<void> {
		await turn();
		this.turnedAt = performance.now();
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		if (this.isLong()) await this.rest();
		try {
			const { statement, returnsRows } = this.prepare(query.sql);
			const parameters = query.parameters as readonly SQLInputValue[];
			if (returnsRows) return { rows: statement.all(...parameters) as R[] };
			const { changes, lastInsertRowid } = statement.run(...parameters);
			return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
		} catch (error) {
			throw fromSqlite(error);
		}
	}

	streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
		throw new StoreError('internal', 'Streaming is not supported; read in pages.');
	}

	/** Keeps the most recently used statements prepared: preparing costs more than running a short one. */
	private prepare(sql: string): PreparedStatement {
		const known = this.statements.get(sql);
		if (known !== undefined) {
			this.statements.delete(sql);
			this.statements.set(sql, known);
			return known;
		}
		const statement = this.database.prepare(sql);
		const prepared = { statement, returnsRows: statement.columns().length > 0 };
		this.statements.set(sql, prepared);
		if (this.statements.size > STATEMENT_CACHE_SIZE) {
			for (const oldest of this.statements.keys()) {
				this.statements.delete(oldest);
				break;
			}
		}
		return prepared;
	}
}

/** A Kysely driver over one open connection; its users take turns, first come first served. */
export class SqliteDriver implements Driver {
	private readonly connection: SqliteConnection;
	private tail: Promise<void> = Promise.resolve();
	private unlock: () => void = () => undefined;
	private closed = false;
	private synchronous: 'full' | 'normal' = 'full';

	constructor(
		private readonly database: DatabaseSync,
		private readonly options: { readonly begin: 'begin' | 'begin immediate'; readonly patienceMs: number },
	) {
		this.connection = new SqliteConnection(database);
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		await this.lock();
		if (this.closed) {
			this.unlock();
			throw new StoreError('closed');
		}
		return this.connection;
	}

	async releaseConnection(): Promise<void> {
		this.unlock();
	}

	async beginTransaction(): Promise<void> {
		await this.begin('full');
	}

	/** The same connection and queue, for transactions that need not survive a power cut. */
	relaxed(): Driver {
		return {
			init: () => this.init(),
			acquireConnection: () => this.acquireConnection(),
			releaseConnection: () => this.releaseConnection(),
			beginTransaction: () => this.begin('normal'),
			commitTransaction: () => this.commitTransaction(),
			rollbackTransaction: () => this.rollbackTransaction(),
			destroy: async () => undefined,
		};
	}

	private async begin(synchronous: 'full' | 'normal'): Promise<void> {
		// Only outside a transaction does SQLite take a new setting; the connection has one user at a time.
		if (this.options.begin === 'begin immediate' && synchronous !== this.synchronous) {
			this.database.exec(`pragma synchronous = ${synchronous}`);
			this.synchronous = synchronous;
		}
		await whenFree(() => this.database.exec(this.options.begin), this.options.patienceMs);
		this.connection.begun();
	}

	async commitTransaction(): Promise<void> {
		// to write a long one may take as long again
		if (this.connection.isLong()) await this.connection.rest();
		try {
			this.database.exec('commit');
		} catch (error) {
			throw fromSqlite(error);
		}
	}

	async rollbackTransaction(): Promise<void> {
		// A full disk or a failed write has already rolled back; a second rollback would hide the first error.
		if (this.database.isTransaction) this.database.exec('rollback');
	}

	/** Kysely's own end is not used: it does nothing when no query ever ran. */
	async destroy(): Promise<void> {
		await this.close();
	}

	/** Waits for the running user, then closes the connection. */
	async close(): Promise<void> {
		await this.lock();
		if (!this.closed) {
			this.closed = true;
			this.database.close();
		}
		this.unlock();
	}

	private async lock(): Promise<void> {
		const before = this.tail;
		let release: () => void = () => undefined;
		this.tail = new Promise((resolve) => {
			release = resolve;
		});
		await before;
		this.unlock = release;
	}
}
