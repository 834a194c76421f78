import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createConversationStore, openStore, type ChatKey, type Store, type StoreConfig, type StoreError } from '../../../core/store';
import { requireSqlite } from '../../../core/store/engines/sqlite';
import { startScript } from '../../support/children';
import { describeEngines, onPostgres, TEST_KEYS } from '../../support/engines';

const CHAT: ChatKey = { tenant: 'salon', channel: 'telegram', chatId: '7' };
const NOBODY = 65534;
const BIG = 'x'.repeat(20_000);

/** Accepts messages until the store refuses; how many it took, and the refusal. */
async function fill(store: Store): Promise<{ taken: number; refusal: unknown }> {
	const conversations = createConversationStore(store);
	for (let taken = 0; ; taken++) {
		try {
			await conversations.accept(CHAT, { messageId: `m${taken}`, payload: BIG, receivedAt: '2026-11-21T09:00:00Z' });
		} catch (refusal) {
			return { taken, refusal };
		}
		if (taken > 2000) throw new Error('The disk never filled up.');
	}
}

async function expectIntact(store: Store, taken: number): Promise<void> {
	expect((await createConversationStore(store).get(CHAT))?.waiting).toBe(taken);
	const lines = await createConversationStore(store).transcript(CHAT, taken + 10);
	expect(lines.map((line) => line.seq)).toEqual(lines.map((_line, index) => index + 1));
	expect(lines).toHaveLength(taken);
	expect(lines.every((line) => line.payload === BIG)).toBe(true);
}

/** The code of the failure when a user without rights opens the store. */
async function openAsNobody(config: StoreConfig): Promise<string> {
	const uid = process.getuid?.() === 0 ? { uid: NOBODY } : {};
	const script = startScript(join(__dirname, 'children/open.ts'), { config, ...uid });
	await script.nextLine();
	script.go();
	return script.nextLine();
}

describe('failures of SQLite', () => {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-failures-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('an old Node has no SQLite: says which one is needed', () => {
		expect(() => requireSqlite(() => undefined)).toThrow(
			expect.objectContaining({ code: 'needs_node_24', message: expect.stringContaining('Node.js 24') }),
		);
	});

	it('a file and a folder that cannot be written: says so, and nothing is lost', async () => {
		chmodSync(folder, 0o755);
		const closed = join(folder, 'closed');
		mkdirSync(closed);
		const config: StoreConfig = { engine: 'sqlite', path: join(closed, 'store.sqlite') };
		const store = await openStore(config, { keys: TEST_KEYS });
		await createConversationStore(store).accept(CHAT, { messageId: '1', payload: 'kept', receivedAt: '2026-11-21T09:00:00Z' });
		await store.close();

		chmodSync(config.path, 0o444);
		chmodSync(closed, 0o555);
		expect(await openAsNobody(config)).toBe('read_only');
		expect(await openAsNobody({ engine: 'sqlite', path: join(closed, 'new.sqlite') })).toBe('read_only');

		chmodSync(closed, 0o755);
		chmodSync(config.path, 0o600);
		const again = await openStore(config, { keys: TEST_KEYS });
		const [line] = await createConversationStore(again).transcript(CHAT, 1);
		expect(line?.payload).toBe('kept');
		await again.close();
	}, 20_000);

	it('a path that is a folder: says that it cannot be reached', async () => {
		const path = join(folder, 'a-folder');
		mkdirSync(path);
		await expect(openStore({ engine: 'sqlite', path }, { keys: TEST_KEYS })).rejects.toMatchObject({ code: 'unreachable' });
	});

	it('a database at its largest size: refuses the message, keeps the earlier ones, goes on when there is room', async () => {
		const config: StoreConfig = { engine: 'sqlite', path: join(folder, 'limited.sqlite') };
		const store = await openStore(config, { keys: TEST_KEYS });
		const { page_count: empty } = (await sql<{ page_count: number }>`pragma page_count`.execute(store.db)).rows[0] ?? { page_count: 0 };
		await store.write((trx) => sql`pragma max_page_count = ${sql.raw(String(empty + 100))}`.execute(trx));
		const { taken, refusal } = await fill(store);
		expect(refusal).toMatchObject({ code: 'disk_full' });
		expect(taken).toBeGreaterThan(5);
		await expectIntact(store, taken);
		await store.write((trx) => sql`pragma max_page_count = 4000`.execute(trx));
		await createConversationStore(store).accept(CHAT, { messageId: 'room', payload: BIG, receivedAt: '2026-11-21T09:00:00Z' });
		await expectIntact(store, taken + 1);
		await store.close();
	});

	it('a full disk: refuses the message, keeps the earlier ones', async () => {
		const disk = join(folder, 'disk');
		mkdirSync(disk);
		if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status !== 0) {
			process.stderr.write('\nSKIPPED: mounting a small disk is not permitted; the page limit above stands for a full one.\n');
			return;
		}
		try {
			const config: StoreConfig = { engine: 'sqlite', path: join(disk, 'store.sqlite') };
			const store = await openStore(config, { keys: TEST_KEYS });
			const { taken, refusal } = await fill(store);
			expect(refusal).toMatchObject({ code: 'disk_full' });
			expect(taken).toBeGreaterThan(5);
			await expectIntact(store, taken);
			await store.close();
			const again = await openStore(config, { keys: TEST_KEYS });
			await expectIntact(again, taken);
			await again.close();
		} finally {
			spawnSync('umount', [disk]);
		}
	});
});

describe('failures of Postgres', () => {
	it('no server at the address: says so within the time limit', async () => {
		const config: StoreConfig = { engine: 'postgres', connectionString: 'postgres://nobody@127.0.0.1:1/test' };
		await expect(openStore(config, { keys: TEST_KEYS })).rejects.toMatchObject({ code: 'unreachable', engineCode: 'ECONNREFUSED' });
	});

	describeEngines((_dialect, engine) => {
		const { config } = engine;
		if (config.engine !== 'postgres') return;

		it('an unknown database: says that it cannot be reached', async () => {
			const connectionString = config.connectionString.replace(/\/[^/]*$/, '/no_such_database');
			await expect(openStore({ ...config, connectionString }, { keys: TEST_KEYS })).rejects.toMatchObject({
				code: 'unreachable',
				engineCode: '3D000',
			});
		});

		it('a server that only reads: says so', async () => {
			await (await engine.open()).close();
			const connectionString = `${config.connectionString}?options=-c%20default_transaction_read_only%3Don`;
			await expect(openStore({ ...config, connectionString }, { keys: TEST_KEYS })).rejects.toMatchObject({ code: 'read_only' });
		});

		it('a connection the server ends fails at most one call, and nothing is lost or doubled', async () => {
			const store = await engine.open();
			const conversations = createConversationStore(store);
			const failures: StoreError[] = [];
			await onPostgres(async (client) => {
				for (let round = 1; round <= 20; round++) {
					const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db);
					// Not waiting until it is gone: a call must meet the connection while it is dying.
					await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
					const chat = { ...CHAT, chatId: `round ${round}` };
					const before = failures.length;
					for (let call = 1; call <= 4; call++) {
						await conversations
							.accept(chat, { messageId: '1', payload: 'kept', receivedAt: '2026-11-21T09:00:00Z' })
							.catch((error: StoreError) => failures.push(error));
					}
					expect(failures.length - before).toBeLessThanOrEqual(1);
					expect((await conversations.get(chat))?.waiting).toBe(1);
				}
			});
			for (const failure of failures) expect(['unreachable', 'commit_unknown']).toContain(failure.code);
		});

		it('after the server has announced the end of a connection, the next call gets another one', async () => {
			const store = await engine.open();
			const dying = store.write(async (trx) => {
				await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
			});
			await expect(dying).rejects.toMatchObject({ code: 'unreachable', engineCode: '57P01' });
			expect(await createConversationStore(store).get(CHAT)).toBeNull();
		});
	}, ['postgres']);
});
