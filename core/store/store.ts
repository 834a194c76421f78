import type { Kysely, Transaction } from 'kysely';
import type { Instant } from '../booking';
import type { Database } from './schema';

/** Which engine stands behind a {@link Store}. */
export type Dialect = 'sqlite' | 'postgres';

/** How much a committed transaction must survive. */
export interface WriteOptions {
	/**
	 * `power` (default): a power cut. `kill`: the end of the process by any signal; a power cut may undo the last such
	 * transactions, whole and in order, which suits leases and answers that would simply be made again.
	 */
	readonly survives?: 'power' | 'kill';
}

/** Short words between the processes of a database. One may be lost: whoever listens also looks by themselves now and then. */
export interface Notices {
	/** At most 7,000 bytes. Rejects with {@link StoreError}. */
	send(payload: string): Promise<void>;
	/** Hears what any process sends, this one included, from the moment `ready` resolves; returns what ends it. */
	listen(heard: (payload: string) => void): { readonly ready: Promise<void>; readonly stop: () => void };
}

/** Tables that Postgres keeps by months. */
export type MonthlyTable = 'inbox' | 'outbox' | 'sync_visit';

/** Months of tables, made by whoever writes; a row whose month is not there goes to the partition for all others. */
export interface Months {
	/** Makes the months of these instants, in a transaction of its own; costs nothing once they are known. */
	ensure(table: MonthlyTable, instants: Iterable<Instant>): Promise<void>;
}

/**
 * An open, migrated database. Reads go through `db`; every write goes through `write`, which begins immediately
 * (SQLite `begin immediate`, Postgres `read committed` with the caller's own row locks) so that two processes queue
 * instead of failing half-way.
 */
export interface Store {
	readonly dialect: Dialect;
	readonly db: Kysely<Database>;
	/** Keyed encryption for texts at rest and keyed hashes for logs. */
	readonly vault: Vault;
	/** Runs `work` in one transaction; rolls back when it throws. Retries only where the engine says nothing was done. */
	write<T>(work: (trx: Transaction<Database>) => Promise<T>, options?: WriteOptions): Promise<T>;
	/** Null where the database has none (SQLite). */
	readonly notices: Notices | null;
	/** Null where tables are whole (SQLite). */
	readonly months: Months | null;
	/** Closes the connection after running transactions end. */
	close(): Promise<void>;
}

/** Encrypts at rest and hashes for logs. The key never leaves it. */
export interface Vault {
	/** AES-256-GCM; the result names the key that made it, so that keys can rotate. */
	seal(plain: string): string;
	/** Opens what `seal` made with this or an earlier key. Throws {@link StoreError} `sealed_with_other_key`. */
	open(sealed: string): string;
	/** Keyed hash, stable for one key, 16 hex characters: stands for a phone or chat id in logs. */
	hash(value: string): string;
	/** The hash by every key, the current one first: what was written before a key rotated is found by it. */
	hashes(value: string): readonly string[];
}
