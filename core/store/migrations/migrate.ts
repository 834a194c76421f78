import { sql, type Transaction } from 'kysely';
import type { Engine } from '../engines/engine';
import { StoreError } from '../errors';
import type { Database } from '../schema';
import { migrationChecksum, migrationStatements, type Migration } from './migration';

const CREATE_TABLE: Migration = {
	id: '0000-migrations',
	statements: ({ text, table }) => [
		`create table if not exists schema_migration (
			id ${text} not null primary key,
			checksum ${text} not null,
			applied_at ${text} not null
		) ${table}`,
	],
};

async function run(trx: Transaction<Database>, engine: Engine, migration: Migration): Promise<void> {
	const statements = migrationStatements(migration, engine.dialect);
	// one way there and back for a whole step
	for (const text of engine.dialect === 'postgres' ? [statements.join(';\n')] : statements) await sql.raw(text).execute(trx);
}

/** The first step not applied yet, or null; refuses a database that this list did not make. */
async function nextStep(trx: Transaction<Database>, engine: Engine, steps: readonly Migration[]): Promise<Migration | null> {
	const applied = await trx.selectFrom('schema_migration').select(['id', 'checksum']).orderBy('id').execute();
	const known = new Map(steps.map((step) => [step.id, step]));
	for (const { id, checksum } of applied) {
		const step = known.get(id);
		if (step === undefined) throw new StoreError('schema_newer', `Unknown step: ${id}.`);
		if (migrationChecksum(step, engine.dialect) !== checksum) throw new StoreError('schema_changed', `Step: ${id}.`);
	}
	const done = new Set(applied.map((row) => row.id));
	return steps.find((step) => !done.has(step.id)) ?? null;
}

/**
 * Brings the database to the end of `steps`, each step in a transaction of its own. Processes that start together
 * queue; the later ones find the work done. Throws {@link StoreError} `schema_newer` or `schema_changed`.
 */
export async function migrate(engine: Engine, steps: readonly Migration[], now: () => Date): Promise<void> {
	for (let finished = false; !finished; ) {
		finished = await engine.write(async (trx) => {
			await engine.beginMigration(trx);
			await run(trx, engine, CREATE_TABLE);
			const step = await nextStep(trx, engine, steps);
			if (step === null) {
				await engine.endMigrations(trx);
				return true;
			}
			await run(trx, engine, step);
			await trx
				.insertInto('schema_migration')
				.values({ id: step.id, checksum: migrationChecksum(step, engine.dialect), applied_at: now().toISOString() })
				.execute();
			return false;
		});
	}
}
