import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import { StoreError } from '../errors';
import type { Database } from '../schema';
import type { MonthlyTable, Months } from '../store';

/** Tables by months, and the column that the month is read from. */
const MONTHLY: Readonly<Record<MonthlyTable, string>> = { inbox: 'received_at', outbox: 'created_at', sync_visit: 'start_at' };
const TABLES = Object.keys(MONTHLY) as readonly MonthlyTable[];

/** What lies before is one partition. */
const FIRST_MONTH = '2024-01';
/** Later months have no partition of their own yet: nothing that a CRM says can make a thousand of them. */
const MOST_AHEAD = 12;
/** Made before they begin. */
const AHEAD = 2;
const MONTH = /^(20[2-9]\d)-(0[1-9]|1[0-2])-/;

/** `YYYY-MM`, some months later. */
function monthAfter(month: string, months: number): string {
	const [year = 0, number = 1] = month.split('-').map(Number);
	return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
}

interface Parts {
	readonly schema: string;
	readonly db: Kysely<Database>;
	readonly write: <T>(work: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;
	/** The policies of a table that was just made. */
	readonly protect: (trx: Transaction<Database>) => Promise<void>;
	readonly now: () => Date;
}

interface MonthsOfStore extends Months {
	/** Makes the current months and the next ones. */
	begin(): Promise<void>;
}

/**
 * Rows whose month could not be made, because the role may not or somebody holds the table, go to the partition for all
 * others and move to their own when it is made: a message never waits for a month.
 */
export function createMonths({ schema, db, write, protect, now }: Parts): MonthsOfStore {
	const known = new Set<string>();
	const nameOf = (table: MonthlyTable, month: string): string => `${table}_${month.replace('-', '_')}`;

	async function existing(on: Kysely<Database>): Promise<{ readonly names: ReadonlySet<string>; readonly tables: readonly MonthlyTable[] }> {
		const { rows } = await sql<{ name: string; kind: string }>`select c.relname as name, c.relkind as kind from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and c.relkind in ('r', 'p')`.execute(on);
		return { names: new Set(rows.map(({ name }) => name)), tables: TABLES.filter((table) => rows.some(({ name, kind }) => name === table && kind === 'p')) };
	}

	/** A month of its own, with what came for it before it was there. */
	function making(table: MonthlyTable, month: string): readonly RawBuilder<unknown>[] {
		const [parent, own, other, by] = [sql.id(schema, table), sql.id(schema, nameOf(table, month)), sql.id(schema, `${table}_other`), sql.id(MONTHLY[table])];
		const [from, to] = [sql.lit(month), sql.lit(monthAfter(month, 1))];
		return [
			sql`create table ${own} (like ${parent} including defaults including constraints)`,
			sql`with gone as (delete from ${other} where ${by} >= ${from} and ${by} < ${to} returning *) insert into ${own} select * from gone`,
			sql`alter table ${parent} attach partition ${own} for values from (${from}) to (${to})`,
		];
	}

	async function makeAll(wanted: readonly (readonly [MonthlyTable, string])[]): Promise<void> {
		const unknown = wanted.filter(([table, month]) => !known.has(nameOf(table, month)));
		if (unknown.length === 0) return;
		try {
			await write(async (trx) => {
				await sql`select pg_advisory_xact_lock(hashtext(${`ai-admin months:${schema}`}))`.execute(trx);
				const { names } = await existing(trx);
				const missing = unknown.filter(([table, month]) => !names.has(nameOf(table, month)));
				if (missing.length === 0) return;
				await sql`${sql.join(missing.flatMap(([table, month]) => making(table, month)), sql`; `)}`.execute(trx);
				await protect(trx);
			});
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
		}
		for (const [table, month] of unknown) known.add(nameOf(table, month));
	}

	return {
		async begin() {
			const { names, tables } = await existing(db);
			for (const name of names) known.add(name);
			const current = now().toISOString().slice(0, 7);
			await makeAll(tables.flatMap((table) => Array.from({ length: AHEAD + 1 }, (_unused, ahead) => [table, monthAfter(current, ahead)] as const)));
		},
		async ensure(table, instants) {
			const current = now().toISOString().slice(0, 7);
			const last = monthAfter(current, MOST_AHEAD);
			const wanted = new Set<string>();
			for (const instant of instants) {
				const month = instant.slice(0, 7);
				if (known.has(nameOf(table, month)) || !MONTH.test(instant) || month < FIRST_MONTH || month > last) continue;
				wanted.add(month);
				if (month >= current && month < last) wanted.add(monthAfter(month, 1));
			}
			if (wanted.size > 0) await makeAll([...wanted].sort().map((month) => [table, month] as const));
		},
	};
}
