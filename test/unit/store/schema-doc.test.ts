import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describeEngines } from '../../support/engines';
import { documentedTables, SCHEMA_DOC, schemaDoc } from '../../../scripts/schema-doc';

/** Postgres only: where a visit stands among the months. */
const POSTGRES_ONLY = ['sync_visit_place'];

describe('docs/schema.md', () => {
	it('is what the types say; scripts/schema-doc.ts writes it', () => {
		expect(readFileSync(SCHEMA_DOC, 'utf8')).toBe(schemaDoc());
	});

	describeEngines((dialect, engine) => {
		it('tells of every table and column that is there, and of no other', async () => {
			const store = await engine.open();
			const columns = sql<{ name: string; column: string }>`${
				engine.config.engine === 'sqlite'
					? sql`select t.name, c.name as column from pragma_table_list t, pragma_table_info(t.name) c where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%'`
					: sql`select c.relname as name, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${engine.config.schema ?? ''} and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped`
			}`;
			const { rows } = await columns.execute(store.db);
			const real = rows.map(({ name, column }) => `${name}.${column}`).sort();
			const told = documentedTables().filter(({ name }) => dialect === 'postgres' || !POSTGRES_ONLY.includes(name)).flatMap(({ name, columns: all }) => all.map((one) => `${name}.${one.name}`)).sort();
			expect(told).toEqual(real);
		}, 60_000);
	});
});
