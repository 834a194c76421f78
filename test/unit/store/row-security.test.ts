import { Client } from 'pg';
import { createConversationStore, type Store } from '../../../core/store';
import { describeEngines, onPostgres, POSTGRES_URL } from '../../support/engines';

const ROLE = `ai_admin_reader_${process.pid}`;

describe('row security', () => {
	describeEngines((_dialect, engine) => {
		const schema = engine.config.engine === 'postgres' ? (engine.config.schema ?? '') : '';
		let store: Store;
		let reader: Client;

		beforeAll(async () => {
			store = await engine.open();
			const conversations = createConversationStore(store);
			for (const tenant of ['one', 'two']) await conversations.accept({ tenant, channel: 'telegram', chatId: '7' }, { messageId: '1', payload: `of ${tenant}`, receivedAt: '2026-11-21T09:00:00Z' });
			await store.write((trx) => trx.insertInto('rate_limit').values({ scope: 'vendor', grants: '{}', permille: 1000, refusals: 0, refused_at: 0, closed_until: 0 }).execute());
			// the role of docs/store.md
			await onPostgres((client) => client.query(`create role ${ROLE} login password 'reader'; grant usage on schema ${schema} to ${ROLE}; grant select, insert, update, delete on all tables in schema ${schema} to ${ROLE}`));
			const address = new URL(POSTGRES_URL);
			reader = new Client({ host: address.hostname, port: Number(address.port || 5432), database: address.pathname.slice(1), user: ROLE, password: 'reader' });
			await reader.connect();
		}, 60_000);
		afterAll(async () => {
			await reader.end();
			await onPostgres((client) => client.query(`drop owned by ${ROLE}; drop role ${ROLE}`));
		});

		/** What the role sees of a table as this tenant. */
		async function seen(table: string, tenant: string | null): Promise<readonly Record<string, unknown>[]> {
			await reader.query('begin');
			try {
				if (tenant !== null) await reader.query("select set_config('ai_admin.tenant', $1, true)", [tenant]);
				return (await reader.query<Record<string, unknown>>(`select * from ${schema}.${table}`)).rows;
			} finally {
				await reader.query('rollback');
			}
		}

		it('covers every table and every month', async () => {
			const { rows } = await onPostgres((client) =>
				client.query<{ relname: string; bare: boolean; guarded: boolean }>(
					`select c.relname, not c.relrowsecurity as bare,
						c.relispartition or not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant') or exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'own_tenant') as guarded
					from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind in ('r', 'p')`,
					[schema],
				),
			);
			expect(rows.length).toBeGreaterThan(50);
			expect(rows.filter(({ bare, guarded }) => bare || !guarded)).toEqual([]);
		});

		it('shows a role one salon and, without its setting, nothing', async () => {
			for (const table of ['conversation', 'inbox']) {
				expect((await seen(table, 'one')).map(({ tenant }) => tenant)).toEqual(['one']);
				expect(await seen(table, null)).toEqual([]);
				expect(await seen(table, '')).toEqual([]);
			}
			expect((await store.db.selectFrom('inbox').select('tenant').execute()).map(({ tenant }) => tenant).sort()).toEqual(['one', 'two']);
		});

		it('shows it nothing of what belongs to no salon, and nothing past the months', async () => {
			for (const table of ['rate_limit', 'store_key', 'schema_migration', 'inbox_2026_11']) expect(await seen(table, 'one')).toEqual([]);
			expect((await onPostgres((client) => client.query(`select 1 from ${schema}.inbox_2026_11`))).rowCount).toBe(2);
		});

		it('lets it write nothing into another salon', async () => {
			await reader.query('begin');
			await reader.query("select set_config('ai_admin.tenant', 'one', true)");
			expect((await reader.query(`update ${schema}.conversation set turns = 9 where tenant = 'two'`)).rowCount).toBe(0);
			await expect(reader.query(`insert into ${schema}.outbox_head (tenant, seq) values ('two', 1)`)).rejects.toMatchObject({ code: '42501' });
			await reader.query('rollback');
		});

		it('refuses to open a store whose tables would look empty to its user', async () => {
			if (engine.config.engine !== 'postgres') throw new Error('not Postgres');
			const address = new URL(engine.config.connectionString);
			[address.username, address.password] = [ROLE, 'reader'];
			const { openStore } = await import('../../../core/store');
			await onPostgres((client) => client.query(`grant create on schema ${schema} to ${ROLE}`));
			// its own mark of the key is not seen, and no row of any salon would be
			await expect(openStore({ ...engine.config, connectionString: address.href }, { keys: ['a passphrase for tests'] })).rejects.toMatchObject({ code: 'invalid_config', message: expect.stringContaining('must own the tables') });
		});
	}, ['postgres']);
});
