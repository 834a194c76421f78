import { sql } from 'kysely';
import { createConversationStore, openStore, type Store } from '../../../core/store';
import { MIGRATIONS } from '../../../core/store/migrations';
import { toldOf, upsertTold } from '../../../core/store/sync';
import { join } from 'node:path';
import { startScript } from '../../support/children';
import { describeEngines, TEST_KEYS } from '../../support/engines';
import { visit } from '../sync/double';

const CHAT = { tenant: 'salon', channel: 'telegram', chatId: '7' };
const AT = '2026-11-21T00:00:00.000Z';
const BEFORE_MONTHS = MIGRATIONS.findIndex(({ id }) => id === '0011-months');

/** Rows of a table by the partition that holds them. */
async function standing(store: Store, table: 'inbox' | 'outbox' | 'sync_visit', column: string): Promise<Readonly<Record<string, readonly string[]>>> {
	const { rows } = await sql<{ place: string; name: string }>`select r.tableoid::regclass::text as place, r.name from (select tableoid, ${sql.ref(column)} as name from ${sql.raw(await nameOf(store, table))}) r order by 1, 2`.execute(store.db);
	const places: Record<string, string[]> = {};
	for (const { place, name } of rows) (places[place.split('.').at(-1) ?? ''] ??= []).push(name);
	return places;
}

async function nameOf(store: Store, table: string): Promise<string> {
	const { sql: text } = store.db.selectFrom(table as 'inbox').select('tenant').compile();
	return text.slice(text.indexOf('from ') + 5);
}

const write = (store: Store, ...rows: Parameters<typeof toldOf>[0][]): Promise<unknown> => store.write((trx) => upsertTold(trx, 'salon', 'visit', rows.map(toldOf), AT));

describe('tables by months', () => {
	describeEngines((_dialect, engine) => {
		it('hold what was there before, each row in its month, also when three processes start together', async () => {
			const old = await openStore(engine.config, { keys: TEST_KEYS, migrations: MIGRATIONS.slice(0, BEFORE_MONTHS) });
			await old.write(async (trx) => {
				const message = { ...CHAT, chatId: undefined, chat_id: '7', payload: old.vault.seal('hello'), answered_at: null, answered_turn: null, out_seq: null };
				const { chatId: _unused, ...columns } = message;
				await trx.insertInto('conversation').values({ tenant: 'salon', channel: 'telegram', chat_id: '7', mode: 'bot', mode_until: null, state: null, turns: 0, fence: 0, lease_owner: null, lease_until: null, last_in_seq: 3, answered_seq: 1, last_out_seq: 0, last_event_seq: 0, waiting_since: '2026-10-02T00:00:00.000Z', last_message_at: null, last_reply_at: null, updated_at: AT }).execute();
				for (const [index, at] of ['2023-05-01T00:00:00.000Z', '2026-10-02T00:00:00.000Z', '2026-09-30T00:00:00.000Z'].entries()) {
					await trx.insertInto('inbox').values({ ...columns, seq: index + 1, message_id: `m${index}`, payload_hash: `h${index}`, received_at: at }).execute();
				}
				for (const [id, start] of [['v1', '2026-10-05T00:00:00.000Z'], ['v2', '2019-01-01T00:00:00.000Z'], ['v3', 'nonsense']] as const) {
					const { fields } = toldOf(visit(id, 'c', { start: '2026-10-05T00:00:00Z', end: '2026-10-05T01:00:00Z' }));
					await trx.insertInto('sync_visit').values({ ...(fields as object), tenant: 'salon', id, start_at: start, extra: '{}', changed_at: null, revision: 1, first_seen_at: AT, updated_at: AT, missing_since: null, deleted_at: null } as never).execute();
				}
			});
			await old.close();
			const scripts = [1, 2, 3].map(() => startScript(join(__dirname, 'children/open.ts'), { config: engine.config }));
			await Promise.all(scripts.map((script) => script.nextLine()));
			scripts.forEach((script) => script.go());
			const heads = await Promise.all(scripts.map((script) => script.nextLine()));
			expect(new Set(heads)).toEqual(new Set([MIGRATIONS.map(({ id }) => id).join(',')]));
			const store = await engine.open();
			expect(await standing(store, 'inbox', 'message_id')).toEqual({ inbox_before: ['m0'], inbox_2026_10: ['m1'], inbox_2026_09: ['m2'] });
			expect(await standing(store, 'sync_visit', 'id')).toEqual({ sync_visit_2026_10: ['v1'], sync_visit_before: ['v2'], sync_visit_other: ['v3'] });
			// the oldest of what waits, so that no month of it is left out
			expect((await store.db.selectFrom('conversation').select('waiting_since').executeTakeFirstOrThrow()).waiting_since).toBe('2026-09-30T00:00:00.000Z');
			const start = await createConversationStore(store).beginTurn(CHAT, 'me', AT, 1000);
			expect(start.kind === 'turn' && start.turn.messages.map(({ seq }) => seq)).toEqual([2, 3]);
			// a visit that was there is found by its place and not written twice
			await write(store, visit('v3', 'c', { start: '2026-10-07T00:00:00Z', end: '2026-10-07T01:00:00Z' }));
			expect(await standing(store, 'sync_visit', 'id')).toEqual({ sync_visit_2026_10: ['v1', 'v3'], sync_visit_before: ['v2'] });
			await store.close();
		}, 60_000);
	}, ['postgres']);

	describeEngines((_dialect, engine) => {
		let store: Store;
		beforeAll(async () => {
			store = await engine.open();
		}, 60_000);

		it('have the months to come and a place for all others', async () => {
			const { rows } = await sql<{ name: string }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent join pg_namespace n on n.oid = p.relnamespace where p.relname = 'sync_visit' and n.nspname = ${(await nameOf(store, 'inbox')).split('"')[1] ?? ''}`.execute(store.db);
			const names = rows.map(({ name }) => name);
			for (const ahead of [0, 1, 2]) {
				const now = new Date();
				const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)).toISOString().slice(0, 7);
				expect(names).toContain(`sync_visit_${month.replace('-', '_')}`);
			}
			expect(names).toEqual(expect.arrayContaining(['sync_visit_before', 'sync_visit_other']));
		});

		it('get their months from whoever writes, and no month from nonsense', async () => {
			await store.months?.ensure('sync_visit', ['2025-03-04T00:00:00.000Z', '9999-01-01T00:00:00.000Z', 'nonsense', '2026-13-01T00:00:00.000Z']);
			await write(store, visit('a', 'c', { start: '2025-03-04T00:00:00Z', end: '2025-03-04T01:00:00Z' }), visit('far', 'c', { start: '9998-01-01T00:00:00Z', end: '9998-01-01T01:00:00Z' }));
			expect(await standing(store, 'sync_visit', 'id')).toEqual({ sync_visit_2025_03: ['a'], sync_visit_other: ['far'] });
		});

		it('take what came before its month was there', async () => {
			await write(store, visit('early', 'c', { start: '2025-05-04T00:00:00Z', end: '2025-05-04T01:00:00Z' }));
			expect((await standing(store, 'sync_visit', 'id'))['sync_visit_other']).toContain('early');
			await store.months?.ensure('sync_visit', ['2025-05-01T00:00:00.000Z']);
			expect((await standing(store, 'sync_visit', 'id'))['sync_visit_2025_05']).toEqual(['early']);
		});

		it('let a visit move from month to month and stay one, and write one anew whose month was dropped', async () => {
			const move = (start: string, changedAt: string): Promise<unknown> => write(store, visit('moved', 'c', { start, end: start, changedAt }));
			await move('2025-03-10T00:00:00Z', '2025-01-01T00:00:00Z');
			await move('2025-05-10T00:00:00Z', '2025-01-02T00:00:00Z');
			await move('2025-03-11T00:00:00Z', '2025-01-01T12:00:00Z');
			const rows = await store.db.selectFrom('sync_visit').select(['start_at', 'revision']).where('id', '=', 'moved').execute();
			expect(rows).toEqual([{ start_at: '2025-05-10T00:00:00.000Z', revision: 2 }]);
			await sql`drop table ${sql.raw((await nameOf(store, 'sync_visit')).replace('sync_visit', 'sync_visit_2025_05'))}`.execute(store.db);
			await move('2025-05-10T00:00:00Z', '2025-01-03T00:00:00Z');
			expect(await standing(store, 'sync_visit', 'id')).toMatchObject({ sync_visit_other: expect.arrayContaining(['moved']) });
			expect((await store.db.selectFrom('sync_visit').select('revision').where('id', '=', 'moved').execute()).length).toBe(1);
		});

		it('know a message that comes again in another month, by its id, and one without an id only while it waits', async () => {
			const conversations = createConversationStore(store);
			const accept = (messageId: string | null, receivedAt: string): Promise<{ kind: string }> => conversations.accept(CHAT, { messageId, payload: 'hello', receivedAt });
			expect((await accept('m1', '2026-10-31T23:59:59Z')).kind).toBe('accepted');
			expect((await accept('m1', '2026-11-01T00:00:01Z')).kind).toBe('duplicate');
			expect((await accept(null, '2026-10-31T23:59:59Z')).kind).toBe('accepted');
			expect((await accept(null, '2026-11-01T00:00:01Z')).kind).toBe('duplicate');
			const both = await Promise.all(Array.from({ length: 8 }, (_unused, index) => accept('m2', index % 2 === 0 ? '2026-10-31T23:59:59Z' : '2026-11-01T00:00:01Z')));
			expect(both.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
		});
	}, ['postgres']);
});
