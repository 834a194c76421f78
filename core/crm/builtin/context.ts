import type { Kysely } from 'kysely';
import { type Instant, type OperationKey, type Outcome, unavailable, unknown } from '../../booking';
import { type Database, type Store, StoreError } from '../../store';

/** Reads may come from the store or from a running transaction. */
export type Db = Kysely<Database>;

/** What every operation of the embedded CRM works with. */
export interface Context {
	readonly store: Store;
	readonly tenant: string;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
}

/** The clock's moment as the tables keep it: UTC with milliseconds. */
export function nowText({ clock }: Context): string {
	return new Date(clock()).toISOString();
}

/**
 * Turns failures of the store into outcomes: a commit whose end is not known is `unknown` for a write that names its
 * operation, everything else left nothing behind and is `unavailable`. Errors that are not the store's are bugs and pass.
 */
export async function answering<T>(work: () => Promise<Outcome<T>>, operation?: OperationKey): Promise<Outcome<T>> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		return error.code === 'commit_unknown' && operation !== undefined ? unknown(operation) : unavailable(error.message);
	}
}

/** SQLite's extended codes for a primary key and a unique index, and Postgres' SQLSTATE for both. */
const UNIQUE_CODES: ReadonlySet<string | null> = new Set(['SQLITE_1555', 'SQLITE_2067', '23505']);

/** True when the database refused a row because its key is taken. */
export function isKeyTaken(error: unknown): boolean {
	return error instanceof StoreError && error.code === 'constraint' && UNIQUE_CODES.has(error.engineCode);
}

const MAX_TRIES = 4;

/**
 * Runs a write; when another process took one of its keys first, runs it again from the start, so that its own checks
 * meet the other's rows and name the reason. After the last try the key error passes on.
 */
export async function writeAgainWhenTaken<T>(store: Store, work: (trx: Db) => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await store.write(work);
		} catch (error) {
			if (!isKeyTaken(error) || tries >= MAX_TRIES) throw error;
		}
	}
}
