import { createHash } from 'node:crypto';
import type { Dialect } from '../store';

/**
 * The words of a `create table` that differ between the engines. Everything else in a migration is the subset both
 * understand: composite keys, `on conflict`, partial and unique indexes, checks.
 */
export interface ColumnTypes {
	readonly dialect: Dialect;
	/** Text compared byte by byte, so that both engines sort instants and ids alike. */
	readonly text: string;
	/** 64-bit integer; also booleans as 0 and 1, and money in minor units. */
	readonly integer: string;
	/** Double precision. */
	readonly real: string;
	/** What follows the closing bracket of a `create table` that has a primary key. */
	readonly table: string;
}

const COLUMN_TYPES: Readonly<Record<Dialect, ColumnTypes>> = {
	sqlite: { dialect: 'sqlite', text: 'text', integer: 'integer', real: 'real', table: 'strict, without rowid' },
	postgres: { dialect: 'postgres', text: 'text collate "C"', integer: 'bigint', real: 'double precision', table: '' },
};

/**
 * One step of the schema, forward only. `statements` gives the SQL of the step, one statement a string, tables named
 * without a schema. A released step never changes: its checksum is kept in the database and compared at every start.
 */
export interface Migration {
	/** Number and name, e.g. `0001-conversation`; steps run in the order of the list. */
	readonly id: string;
	readonly statements: (types: ColumnTypes) => readonly string[];
}

/** The SQL of a step for one engine. */
export function migrationStatements(migration: Migration, dialect: Dialect): readonly string[] {
	return migration.statements(COLUMN_TYPES[dialect]);
}

/** SHA-256 of the SQL of a step for one engine, white space at line ends and indents left out. */
export function migrationChecksum(migration: Migration, dialect: Dialect): string {
	const text = migrationStatements(migration, dialect)
		.map((statement) => statement.replace(/\s+/g, ' ').trim())
		.join(';\n');
	return createHash('sha256').update(text).digest('hex');
}
