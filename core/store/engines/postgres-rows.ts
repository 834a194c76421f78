import { sql, type Kysely, type Transaction } from 'kysely';
import { StoreError } from '../errors';
import type { Database } from '../schema';

/** Names the tenant whose rows a restricted role sees; without it the role sees none. */
const SETTING = 'ai_admin.tenant';

interface Unprotected {
	readonly name: string;
	readonly hasTenant: boolean;
	readonly isPartition: boolean;
}

/**
 * Turns on row security for every table that has none yet: the owner of the tables sees all rows, any other role only
 * those of the tenant that `ai_admin.tenant` names, and of tables without a tenant nothing. Partitions are closed to
 * other roles, who read through their table.
 */
export async function protectTables(trx: Transaction<Database>, schema: string): Promise<void> {
	const { rows } = await sql<Unprotected>`
		select c.relname as name, c.relispartition as "isPartition",
			exists (select 1 from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped) as "hasTenant"
		from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
		where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relrowsecurity`.execute(trx);
	const statements = rows.flatMap(({ name, hasTenant, isPartition }) => {
		const table = sql.id(schema, name);
		const policy = sql`create policy own_tenant on ${table} using (tenant = current_setting(${sql.lit(SETTING)}, true))`;
		return [sql`alter table ${table} enable row level security`, ...(hasTenant && !isPartition ? [policy] : [])];
	});
	if (statements.length > 0) await sql`${sql.join(statements, sql`; `)}`.execute(trx);
}

/** Refuses a user for whom the tables would look empty. */
export async function checkOwner(db: Kysely<Database>, schema: string): Promise<void> {
	const { rows } = await sql<{ active: boolean }>`select pg_catalog.row_security_active(c.oid) as active from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and c.relname = 'conversation'`.execute(db);
	if (rows[0]?.active === true) throw new StoreError('invalid_config', 'The user of the connection must own the tables, or be a member of the role that does; others see the rows of one salon only.');
}
