import type { Kysely, Transaction } from 'kysely';
import type { Dialect, Months, Notices, WriteOptions } from '../store';
import type { Database } from '../schema';

/** What the store needs from a database engine; errors of all its promises are {@link StoreError}. */
export interface Engine {
	readonly dialect: Dialect;
	/** For reads: they never wait for a running write. */
	readonly db: Kysely<Database>;
	/** One transaction that holds off other writers of the same rows (Postgres) or of the whole file (SQLite). */
	write<T>(work: (trx: Transaction<Database>) => Promise<T>, options?: WriteOptions): Promise<T>;
	/** First statement of a migration's transaction: one process migrates at a time, bare table names resolve, and the user sees all rows. */
	beginMigration(trx: Transaction<Database>): Promise<void>;
	/** After the last step: what holds for every table holds for the new ones. */
	endMigrations(trx: Transaction<Database>): Promise<void>;
	/** Once the schema is there. */
	ready(): Promise<void>;
	/** Null where the engine has none. */
	readonly notices: Notices | null;
	/** Null where tables are whole. */
	readonly months: Months | null;
	/** Waits for running transactions, then closes. Closing twice is harmless. */
	close(): Promise<void>;
}
