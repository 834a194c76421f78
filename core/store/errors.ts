/** Every way the store can fail, each with the sentence an operator reads. */
const STORE_FAILURES = {
	needs_node_24: 'The embedded database needs Node.js 24 or newer. Update n8n, or use a Postgres connection for the store.',
	invalid_config: 'The store is not configured correctly.',
	schema_newer:
		'This database was last used by a newer version of the package. Update the package, or restore a backup made before the update; nothing was changed.',
	schema_changed:
		'A released step of the database schema differs from the one applied here. Install an official version of the package; nothing was changed.',
	read_only: 'The database cannot be written. Check that the file, its folder and the database user allow writing; nothing was saved.',
	disk_full: 'The disk of the database is full. Free some space; nothing of this step was saved, earlier data is intact.',
	disk_error: 'The disk of the database failed. Check the volume; nothing of this step was saved.',
	unsupported_volume:
		'This volume does not support the write-ahead log of SQLite. Put the file on a local disk, or use a Postgres connection for the store.',
	busy: 'The database is busy: another process held it for too long. Nothing was saved; try again.',
	unreachable: 'The database cannot be reached. Check the path or the address, the user and the password; nothing was saved.',
	commit_unknown: 'The connection broke while saving, so it is not known whether the last step was saved. Read it back before repeating it.',
	sealed_with_other_key:
		'The data was encrypted with a key that is not configured. Add the earlier encryption key to the list of keys; nothing was changed.',
	corrupt: 'The data is damaged. Restore the database from a backup, or check that the file is a database of this package.',
	constraint: 'The database refused a row that breaks a rule of its schema.',
	invalid_instant: 'An instant must be ISO 8601 text with an offset, e.g. 2026-11-24T15:00:00+03:00.',
	not_found: 'The row to change does not exist.',
	closed: 'The store is closed.',
	internal: 'The database refused a statement.',
} as const;

export type StoreFailure = keyof typeof STORE_FAILURES;

/**
 * A failure of the store. The message is for the operator and holds no data of clients; `engineCode` is the code of
 * the engine (SQLite result code, SQLSTATE or system error name) for a bug report.
 */
export class StoreError extends Error {
	readonly code: StoreFailure;
	readonly engineCode: string | null;

	constructor(code: StoreFailure, detail?: string, engineCode: string | null = null) {
		const suffix = engineCode === null ? '' : ` [${engineCode}]`;
		super(`${STORE_FAILURES[code]}${detail === undefined ? '' : ` ${detail}`}${suffix}`);
		this.name = 'StoreError';
		this.code = code;
		this.engineCode = engineCode;
	}
}

/** Primary result codes of SQLite (the low byte of `errcode`), https://www.sqlite.org/rescode.html. */
const SQLITE_FAILURES: Readonly<Record<number, StoreFailure>> = {
	3: 'read_only',
	5: 'busy',
	6: 'busy',
	8: 'read_only',
	10: 'disk_error',
	11: 'corrupt',
	13: 'disk_full',
	14: 'unreachable',
	19: 'constraint',
	26: 'corrupt',
};

/** SQLSTATE, five characters or a class of two, https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const POSTGRES_FAILURES: Readonly<Record<string, StoreFailure>> = {
	'08': 'unreachable',
	'23': 'constraint',
	'25006': 'read_only',
	'28': 'unreachable',
	'3D': 'unreachable',
	'40001': 'busy',
	'40P01': 'busy',
	'42501': 'read_only',
	'53100': 'disk_full',
	'53': 'unreachable',
	'55P03': 'busy',
	'57014': 'busy',
	'57P': 'unreachable',
	'58030': 'disk_error',
	XX001: 'corrupt',
	XX002: 'corrupt',
};

/** Names of system errors, as Node puts them into `code`. */
const SYSTEM_FAILURES: Readonly<Record<string, StoreFailure>> = {
	EACCES: 'read_only',
	EPERM: 'read_only',
	EROFS: 'read_only',
	ENOSPC: 'disk_full',
	EDQUOT: 'disk_full',
	EIO: 'disk_error',
	ENOTDIR: 'unreachable',
	EISDIR: 'unreachable',
	ENOENT: 'unreachable',
	ECONNREFUSED: 'unreachable',
	ECONNRESET: 'unreachable',
	EPIPE: 'unreachable',
	ETIMEDOUT: 'unreachable',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	ENOTFOUND: 'unreachable',
	EAI_AGAIN: 'unreachable',
};

/** The primary result code of an error of node:sqlite, or null. Works across realms, so no `instanceof`. */
export function sqliteResultCode(error: unknown): number | null {
	if (typeof error !== 'object' || error === null) return null;
	const { code, errcode } = error as { code?: unknown; errcode?: unknown };
	return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : null;
}

/** The SQLSTATE of an error of the Postgres server, or null for a broken connection and for anything else. */
function sqlState(error: unknown): string | null {
	if (typeof error !== 'object' || error === null) return null;
	const { code, severity } = error as { code?: unknown; severity?: unknown };
	return typeof code === 'string' && typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

function systemCode(error: unknown): string | null {
	if (typeof error !== 'object' || error === null) return null;
	const { code, errors } = error as { code?: unknown; errors?: unknown };
	if (typeof code === 'string') return code;
	return Array.isArray(errors) && errors.length > 0 ? systemCode(errors[0]) : null;
}

/** Turns an error of SQLite or of the file system into a StoreError; the one place that knows SQLite's codes. */
export function fromSqlite(error: unknown): StoreError {
	if (error instanceof StoreError) return error;
	const result = sqliteResultCode(error);
	if (result !== null) {
		return new StoreError(SQLITE_FAILURES[result] ?? 'internal', undefined, `SQLITE_${(error as { errcode: number }).errcode}`);
	}
	const system = systemCode(error);
	return new StoreError((system !== null && SYSTEM_FAILURES[system]) || 'internal', undefined, system);
}

/** Turns an error of the Postgres driver into a StoreError; without an SQLSTATE the connection itself has failed. */
export function fromPostgres(error: unknown): StoreError {
	if (error instanceof StoreError) return error;
	const state = sqlState(error);
	if (state !== null) {
		const failure = POSTGRES_FAILURES[state] ?? POSTGRES_FAILURES[state.slice(0, 3)] ?? POSTGRES_FAILURES[state.slice(0, 2)];
		return new StoreError(failure ?? 'internal', undefined, state);
	}
	return new StoreError('unreachable', undefined, systemCode(error));
}
