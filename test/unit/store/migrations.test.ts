import { sql } from 'kysely';
import { createConversationStore, openStore, StoreError } from '../../../core/store';
import { MIGRATIONS } from '../../../core/store/migrations';
import { migrationChecksum, type Migration } from '../../../core/store/migrations/migration';
import { join } from 'node:path';
import { startScript } from '../../support/children';
import { describeEngines, onPostgres, TEST_KEYS } from '../../support/engines';

const HEAD = MIGRATIONS.map((step) => step.id);
const CHAT = { tenant: 'salon', channel: 'telegram', chatId: '7' };

const extra: Migration = {
	id: '9000-extra',
	statements: ({ text, table }) => [`create table extra (tenant ${text} not null primary key) ${table}`],
};

const failing: Migration = {
	id: '9001-failing',
	statements: ({ text, table }) => [`create table half (tenant ${text} not null primary key) ${table}`, 'create tabel half'],
};

describe('a checksum', () => {
	const written = (statement: string): Migration => ({ id: '1', statements: () => [statement] });

	it('ignores indentation and sees every word', () => {
		const checksum = migrationChecksum(written('create table a (x text)'), 'sqlite');
		expect(migrationChecksum(written('create table\n\ta (x text)'), 'sqlite')).toBe(checksum);
		expect(migrationChecksum(written('create table a (y text)'), 'sqlite')).not.toBe(checksum);
	});
});

describe('migrations', () => {
	describeEngines((dialect, engine) => {
		const applied = async () => {
			const store = await engine.open();
			return store.db.selectFrom('schema_migration').selectAll().orderBy('id').execute();
		};

		it('three processes bring an empty database to the head together', async () => {
			const scripts = [1, 2, 3].map(() => startScript(join(__dirname, 'children/open.ts'), { config: engine.config }));
			await Promise.all(scripts.map((script) => script.nextLine()));
			scripts.forEach((script) => script.go());
			const results = await Promise.all(scripts.map((script) => script.nextLine()));
			expect(results).toEqual([HEAD.join(','), HEAD.join(','), HEAD.join(',')]);
		}, 60_000);

		it('changes nothing at the second start', async () => {
			const first = await applied();
			expect(first.map((row) => row.id)).toEqual(HEAD);
			expect(await applied()).toEqual(first);
		});

		it('refuses a step that differs from the one applied', async () => {
			const changed = MIGRATIONS.map((step, index) =>
				index > 0 ? step : { ...step, statements: () => ['create table other (x text)'] },
			);
			await expect(engine.open({ migrations: changed })).rejects.toMatchObject({ code: 'schema_changed' });
			expect((await applied()).map((row) => row.id)).toEqual(HEAD);
		});

		it('rolls a failing step back whole and keeps the store usable', async () => {
			await expect(engine.open({ migrations: [...MIGRATIONS, failing] })).rejects.toBeInstanceOf(StoreError);
			const store = await engine.open();
			await expect(sql`select * from half`.execute(store.db)).rejects.toBeInstanceOf(StoreError);
			expect((await applied()).map((row) => row.id)).toEqual(HEAD);
		});

		it('refuses a database that a newer version has used, and says what to do', async () => {
			await engine.open({ migrations: [...MIGRATIONS, extra] });
			await expect(engine.open()).rejects.toMatchObject({
				code: 'schema_newer',
				message: expect.stringMatching(/Update the package.*9000-extra/s),
			});
		});

		if (dialect === 'postgres') {
			it('keeps its tables out of the public schema', async () => {
				const { rows } = await onPostgres((client) =>
					client.query<{ found: string | null }>("select to_regclass('public.conversation') as found"),
				);
				expect(rows).toEqual([{ found: null }]);
			});
		}
	});

	describe('a database with data of every earlier version', () => {
		describeEngines((_dialect, engine) => {
			it('is brought to the head step by step and keeps what each of them wrote', async () => {
				const written = MIGRATIONS.map((_step, index) => `hello ${index + 1}`);
				for (const [index, payload] of written.entries()) {
					const old = await openStore(engine.config, { keys: TEST_KEYS, migrations: MIGRATIONS.slice(0, index + 1) });
					await createConversationStore(old).accept(CHAT, { messageId: payload, payload, receivedAt: '2026-11-21T09:00:00Z' });
					await old.close();
				}
				const lines = await createConversationStore(await engine.open()).transcript(CHAT, 100);
				expect(lines.map(({ payload }) => payload)).toEqual(written);
			}, 120_000);
		});
	});
});
