import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConversationStore, openStore, sharedStore, type StoreConfig } from '../../../core/store';
import { describeEngines, TEST_KEYS } from '../../support/engines';

const CHAT = { tenant: 'salon', channel: 'telegram', chatId: 'chat-in-the-clear' };
const SECRET = 'Запишите меня на маникюр';

describe('opening a store', () => {
	describeEngines((dialect, engine) => {
		it('seals message texts at rest', async () => {
			const store = await engine.open();
			await createConversationStore(store).accept(CHAT, { messageId: '1', payload: SECRET, receivedAt: '2026-11-21T09:00:00Z' });
			const rows = await store.db.selectFrom('inbox').selectAll().execute();
			expect(JSON.stringify(rows)).toContain(CHAT.chatId);
			expect(JSON.stringify(rows)).not.toContain(SECRET);
			if (engine.config.engine === 'sqlite') {
				const folder = join(engine.config.path, '..');
				const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
				expect(bytes.includes(CHAT.chatId)).toBe(true);
				expect(bytes.includes(SECRET)).toBe(false);
			}
		});

		it('refuses to start with none of the keys in use, and rotates with both', async () => {
			await expect(engine.open({ keys: ['another'] })).rejects.toMatchObject({ code: 'sealed_with_other_key' });
			const rotated = await engine.open({ keys: ['another', ...TEST_KEYS] });
			const [line] = await createConversationStore(rotated).transcript(CHAT, 1);
			expect(line?.payload).toBe(SECRET);
		});

		it('shares one store in the process, also between opens that run together', async () => {
			const [one, two] = await Promise.all([
				sharedStore(engine.config, { keys: TEST_KEYS }),
				sharedStore({ ...engine.config }, { keys: [...TEST_KEYS] }),
			]);
			expect(two).toBe(one);
			expect(await sharedStore(engine.config, { keys: TEST_KEYS })).toBe(one);
			await one.close();
			const next = await sharedStore(engine.config, { keys: TEST_KEYS });
			expect(next).not.toBe(one);
			expect(await next.db.selectFrom('inbox').select('seq').execute()).toHaveLength(1);
			await next.close();
		});

		it('reads integers as numbers', async () => {
			const store = await engine.open();
			const row = await store.db.selectFrom('inbox').select('seq').executeTakeFirstOrThrow();
			const { count } = await store.db
				.selectFrom('inbox')
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.executeTakeFirstOrThrow();
			expect([row.seq, count]).toEqual([1, 1]);
		});

		it('refuses work after close, and closes once', async () => {
			const store = await engine.open();
			await store.close();
			await store.close();
			await expect(store.write(async () => 1)).rejects.toMatchObject({ code: 'closed' });
		});

		it('lets a running transaction end before it closes', async () => {
			const store = await engine.open();
			let release = () => {};
			const held = new Promise<void>((resolve) => (release = resolve));
			let begun = () => {};
			const running = new Promise<void>((resolve) => (begun = resolve));
			const writing = store.write(async (trx) => {
				begun();
				await held;
				await trx.updateTable('inbox').set({ answered_turn: 5 }).execute();
			});
			await running;
			const closing = store.close();
			release();
			await Promise.all([writing, closing]);
			const again = await engine.open();
			expect(await again.db.selectFrom('inbox').select('answered_turn').execute()).toEqual([{ answered_turn: 5 }]);
		});

		if (dialect === 'sqlite') {
			it('makes the folder and the files private', async () => {
				const store = await engine.open();
				await store.write((trx) => trx.updateTable('inbox').set({ answered_turn: 6 }).execute());
				if (engine.config.engine !== 'sqlite') throw new Error('not a file');
				const path = engine.config.path;
				for (const name of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
			});
		}
	});

	describe('a folder', () => {
		const folder = mkdtempSync(join(tmpdir(), 'ai-admin-open-'));
		afterAll(() => rmSync(folder, { recursive: true, force: true }));

		it('is created with mode 0700', async () => {
			const path = join(folder, 'deep', 'er', 'store.sqlite');
			const store = await openStore({ engine: 'sqlite', path }, { keys: TEST_KEYS });
			await store.close();
			expect(statSync(join(folder, 'deep', 'er')).mode & 0o777).toBe(0o700);
			expect(statSync(path).mode & 0o777).toBe(0o600);
		});

		it('forgets a failed open, so that the next one may work', async () => {
			const config: StoreConfig = { engine: 'sqlite', path: join(folder, 'not-a-database.sqlite') };
			writeFileSync(config.path, 'this is not a database, it is a text of some length\n'.repeat(50));
			await expect(sharedStore(config, { keys: TEST_KEYS })).rejects.toMatchObject({ code: 'corrupt' });
			expect(existsSync(config.path)).toBe(true);
			rmSync(config.path);
			const store = await sharedStore(config, { keys: TEST_KEYS });
			await store.close();
		});

		it.each([
			[{ engine: 'sqlite', path: '' }],
			[{ engine: 'sqlite', path: ':memory:' }],
			[{ engine: 'postgres', connectionString: 'mysql://x' }],
			[{ engine: 'postgres', connectionString: 'postgres://x', schema: 'a"; drop table x; --' }],
			[{ engine: 'postgres', connectionString: 'postgres://x', max: 0 }],
		] as const)('refuses the configuration %j', async (config) => {
			await expect(openStore(config, { keys: TEST_KEYS })).rejects.toMatchObject({ code: 'invalid_config' });
		});
	});
});
