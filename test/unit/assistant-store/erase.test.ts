import { sql } from 'kysely';
import {
	createAssistantStore,
	createConversationStore,
	type AssistantStore,
	type ChatKey,
	type ConversationStore,
	type Database,
	type Store,
} from '../../../core/store';
import { at, begin, changes, message, newChat, pending, START } from '../../support/chats';
import { describeEngines, TEST_KEYS } from '../../support/engines';

const PHONE = '+79161234567';
const WORDS = 'Words of Anna';
const DAY_SECONDS = 86_400;
const USAGE = { calls: 1, inputTokens: 10, outputTokens: 1, costMicros: 5 };

/** A client of that phone in the copy of the CRM. */
async function copyCard(store: Store, tenant: string, phone: string): Promise<void> {
	const at = START;
	await store.write((trx) => trx.insertInto('sync_client').values({ tenant, id: '1', name: 'Вера', phone, extra: '{}', revision: 1, first_seen_at: at, updated_at: at, services_amount: 0, goods_sold: 0, money_mismatch: 0 }).execute());
}

/** Keys of others, and of the session itself: a number that begins alike, another's LID, a pre-key whose id is a number. */
const THEIR_KEYS = [
	'main device-list 791612345670',
	'main lid-mapping 111_reverse',
	'main pre-key 79161234567',
	'main sender-key 123-456@g.us::791612345670::3',
	'main session 111_1.0',
	'main session 791612345670.0',
];

describe('erasure', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let conversations: ConversationStore;
		let assistant: AssistantStore;
		let tenant: string;
		let tenants = 0;
		beforeAll(async () => {
			store = await engine.open();
			conversations = createConversationStore(store);
			assistant = createAssistantStore(store);
		});
		beforeEach(() => {
			tenant = `salon-${++tenants}`;
		});

		/** A chat with something in every table, and an operation with this end. */
		async function liveThrough(chat: ChatKey, status: 'done' | 'unknown', key: string, state = `{"words":"${WORDS}"}`): Promise<void> {
			await conversations.accept(chat, message(`${key}-1`, WORDS));
			const first = await begin(conversations, chat);
			await conversations.finishTurn(
				first,
				changes(first, {
					state,
					reply: WORDS,
					openPending: pending(key, { summary: WORDS, payload: WORDS }),
					offers: [{ id: 'offer', payload: WORDS, fetchedAt: START }],
					events: [{ kind: 'reply', at: START, data: '{}' }],
				}),
				{ unlessNewer: true },
			);
			await conversations.accept(chat, message(`${key}-2`, WORDS));
			const second = await begin(conversations, chat);
			await conversations.claimOperation(second, { key, pendingId: key, kind: 'create', payload: WORDS }, START);
			await conversations.settleOperation(chat.tenant, key, status, WORDS, START);
			await conversations.finishTurn(second, changes(second, { state, reply: WORDS, closePending: 'confirmed' }), { unlessNewer: true });
			await assistant.questions.log({ chat, question: WORDS, normalised: key, now: START });
			const fact = { key: 'note', value: WORDS, source: 'model' as const, expiresAt: at(10 * DAY_SECONDS), single: false };
			await assistant.facts.learn(chat.tenant, { phone: PHONE }, [fact], chat, START);
			await assistant.usage.add(chat.tenant, assistant.usage.chatHash(chat), '2026-11-21', USAGE);
		}

		async function tableNames(): Promise<readonly string[]> {
			const names = engine.config.engine === 'sqlite' ? sql<{ name: string }>`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'` : sql<{ name: string }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${engine.config.schema ?? ''} and c.relkind in ('r', 'p') and not c.relispartition`;
			return (await names.execute(store.db)).rows.map(({ name }) => name);
		}

		/** Every row of every table that names the chat, or holds the words plain or sealed. */
		async function traces(chat: ChatKey): Promise<string[]> {
			const found: string[] = [];
			for (const table of await tableNames()) {
				const rows = (await store.db.selectFrom(table as keyof Database).selectAll().execute()) as Record<string, unknown>[];
				for (const row of rows) {
					const plain = Object.values(row).map((value) => (typeof value === 'string' && value.startsWith('v1.') ? store.vault.open(value) : value));
					const named = row['tenant'] === chat.tenant && row['chat_id'] === chat.chatId;
					if (named || (row['tenant'] === chat.tenant && plain.some((value) => String(value).includes(WORDS)))) found.push(table);
				}
			}
			return found.sort();
		}

		it('of a chat leaves no row of it and no word of its client, and tells what went', async () => {
			const chat = newChat(tenant);
			await liveThrough(chat, 'done', `done-${tenant}`);
			expect(new Set(await traces(chat))).toEqual(
				new Set(['client_fact', 'conversation', 'conversation_event', 'inbox', 'knowledge_question', 'offer', 'operation', 'outbox', 'pending_action']),
			);
			expect(await assistant.erasure.eraseClient(tenant, { chat })).toEqual({
				chats: 1,
				conversation: 1,
				inbox: 2,
				outbox: 2,
				pending_action: 1,
				offer: 1,
				conversation_event: 1,
				collected_turn: 0,
				collected_message: 0,
				wa_inbox: 0,
				wa_outbox: 0,
				wa_blob: 0,
				wa_contact: 0,
				wa_key: 0,
				operation: 1,
				client_fact: 1,
				knowledge_question: 1,
				sync_client: 0,
				sync_visit: 0,
				sync_goods: 0,
				outreach: 0,
				model_usage: 1,
				unresolvedOperations: 0,
			});
			expect(await traces(chat)).toEqual([]);
			expect(await assistant.usage.today(tenant, assistant.usage.chatHash(chat), '2026-11-21')).toEqual({ chatTokens: 0, tenantCostMicros: 5 });
		});

		it('keeps an operation without a known end, so that its effect can still be found, and only that', async () => {
			const chat = newChat(tenant);
			const key = `unknown-${tenant}`;
			await liveThrough(chat, 'unknown', key);
			expect(await assistant.erasure.eraseClient(tenant, { chat })).toMatchObject({ operation: 0, unresolvedOperations: 1 });
			expect(await traces(chat)).toEqual(['operation']);
			await conversations.accept(chat, message('next', 'hello'));
			expect((await begin(conversations, chat)).unresolved).toMatchObject([{ key, payload: WORDS }]);
			await conversations.settleOperation(tenant, key, 'done', '{}', at(5));
			await assistant.erasure.eraseClient(tenant, { chat });
			expect(await traces(chat)).toEqual([]);
		});

		it('of a phone takes its WhatsApp chats, chats that know the client by it, and its facts; no others', async () => {
			const whatsapp = { tenant, channel: 'whatsapp', chatId: '79161234567@s.whatsapp.net' };
			const knows = newChat(tenant);
			const stranger = newChat(tenant);
			const lookalike = { tenant, channel: 'telegram', chatId: '79161234567' };
			await liveThrough(whatsapp, 'done', `w-${tenant}`);
			await liveThrough(knows, 'done', `k-${tenant}`, JSON.stringify({ client: { phone: PHONE } }));
			for (const chat of [stranger, lookalike]) await conversations.accept(chat, message('1', 'not hers'));
			await copyCard(store, tenant, PHONE);
			const counts = await assistant.erasure.eraseClient(tenant, { phone: PHONE });
			expect(counts).toMatchObject({ chats: 2, conversation: 2, sync_client: 1 });
			expect(await store.db.selectFrom('sync_client').select(['name', 'phone']).where('tenant', '=', tenant).execute()).toEqual([{ name: null, phone: null }]);
			expect(await traces(whatsapp)).toEqual([]);
			expect(await traces(knows)).toEqual([]);
			expect(await assistant.facts.recall(tenant, { phone: PHONE }, START)).toEqual([]);
			for (const chat of [stranger, lookalike]) expect(await conversations.transcript(chat, 5)).toHaveLength(1);
		});

		it('of a phone empties what the salon noted of its cards, takes what was written to them and the WhatsApp chat that only the session knows by it', async () => {
			await copyCard(store, tenant, PHONE);
			const lid = '998877665544332@lid';
			const phone = PHONE.slice(1);
			const hers = [
				['session', `${phone}.0`], ['session', `${phone}.12`], ['session', '998877665544332_1.0'], ['identity-key', '998877665544332_1.0'], ['device-list', '998877665544332'],
				['lid-mapping', phone], ['lid-mapping', '998877665544332_reverse'], ['tctoken', lid], ['sender-key', `123-456@g.us::${phone}::3`], ['sender-key', 'status@broadcast::998877665544332_1::0'],
			];
			const theirs = THEIR_KEYS.map((key) => key.split(' '));
			await store.write(async (trx) => {
				for (const [type, id] of hers) await trx.insertInto('wa_key').values({ tenant, session: 'main', type: type ?? '', id: id ?? '', value: store.vault.seal('{}') }).execute();
				for (const [session, type, id] of theirs) await trx.insertInto('wa_key').values({ tenant, session: session ?? '', type: type ?? '', id: id ?? '', value: store.vault.seal('{}') }).execute();
				await trx.updateTable('sync_client').set({ note: WORDS, name_forms: WORDS, consent_at: START, opted_out_at: START }).where('tenant', '=', tenant).execute();
				for (const [id, clientId] of [['hers', '1'], ['theirs', '2']] as const) {
					await trx.insertInto('outreach').values({ tenant, id, kind: 'reminder', client_id: clientId, state: 'said', why: null, attempt: 1, claimed_at: START, ended_at: START }).execute();
				}
				for (const [jid, phone] of [[lid, PHONE.slice(1)], ['111@lid', '79990000000']] as const) {
					await trx.insertInto('wa_contact').values({ tenant, session: 'main', jid, chat: jid, phone, name: WORDS, opted_in: 1 }).execute();
					await trx.insertInto('wa_inbox').values({ tenant, session: 'main', chat: jid, id: 'm1', state: 'turned', item: store.vault.seal(WORDS), seq: jid === lid ? 1 : 2, received_at: 1 }).execute();
				}
			});
			expect(await assistant.erasure.eraseClient(tenant, { phone: PHONE })).toMatchObject({ sync_client: 1, outreach: 1, wa_contact: 1, wa_inbox: 1, wa_key: 10 });
			const keys = await store.db.selectFrom('wa_key').select(['session', 'type', 'id']).where('tenant', '=', tenant).orderBy('session').orderBy('type').orderBy('id').execute();
			expect(keys.map((key) => Object.values(key).join(' '))).toEqual(THEIR_KEYS);
			const notes = await store.db.selectFrom('sync_client').select(['note', 'name_forms', 'consent_at', 'opted_out_at']).where('tenant', '=', tenant).execute();
			expect(notes).toEqual([{ note: null, name_forms: null, consent_at: null, opted_out_at: null }]);
			expect(await store.db.selectFrom('outreach').select('id').where('tenant', '=', tenant).execute()).toEqual([{ id: 'theirs' }]);
			for (const table of ['wa_contact', 'wa_inbox'] as const) expect(await store.db.selectFrom(table).select('chat').where('tenant', '=', tenant).execute()).toEqual([{ chat: '111@lid' }]);
		});

		it('reaches what was written before the key was changed, and so does memory', async () => {
			const chat = newChat(tenant);
			await liveThrough(chat, 'done', `r-${tenant}`);
			const rotated = await engine.open({ keys: ['a later passphrase', ...TEST_KEYS] });
			const later = createAssistantStore(rotated);
			expect(await later.facts.recall(tenant, { phone: PHONE }, START)).toHaveLength(1);
			const counts = await later.erasure.eraseClient(tenant, { phone: PHONE, chat });
			expect(counts).toMatchObject({ client_fact: 1, knowledge_question: 1, model_usage: 1 });
			expect(await traces(chat)).toEqual([]);
		});

		it('does not reach the same chat and phone of another tenant', async () => {
			const chat = newChat(tenant);
			const theirs = { ...chat, tenant: `${tenant}x` };
			await liveThrough(chat, 'done', `own-${tenant}`);
			await liveThrough(theirs, 'done', `theirs-${tenant}`);
			const before = await traces(theirs);
			await assistant.erasure.eraseClient(tenant, { chat, phone: PHONE });
			expect(await traces(theirs)).toEqual(before);
		});

		it('in the middle of a turn mutes the turn, and the next message begins a new chat', async () => {
			const chat = newChat(tenant);
			await conversations.accept(chat, message('1', WORDS));
			const running = await begin(conversations, chat);
			await assistant.erasure.eraseClient(tenant, { chat });
			const operation = { key: `late-${tenant}`, pendingId: 'p', kind: 'create' as const, payload: WORDS };
			expect(await conversations.claimOperation(running, operation, START)).toEqual({ kind: 'fenced' });
			expect(await conversations.finishTurn(running, changes(running, { reply: WORDS }), { unlessNewer: false })).toEqual({ kind: 'fenced' });
			expect(await traces(chat)).toEqual([]);
			await conversations.accept(chat, message('2', 'hello'));
			expect(await conversations.finishTurn(running, changes(running, { reply: WORDS }), { unlessNewer: false })).toEqual({ kind: 'fenced' });
			expect(await begin(conversations, chat)).toMatchObject({ number: 1, state: null, messages: [{ seq: 1, payload: 'hello' }] });
		});

		describe('by age', () => {
			const purge = (days: number, seconds: number, thin?: (state: string) => string) =>
				assistant.erasure.purgeOlderThan(tenant, days, at(seconds), thin);

			it('takes texts older than the limit and leaves younger ones', async () => {
				const chat = newChat(tenant);
				await liveThrough(chat, 'done', `old-${tenant}`);
				expect(await purge(3, 3 * DAY_SECONDS)).toMatchObject({ inbox: 0, outbox: 0, offer: 0, pending_action: 0 });
				const gone = await purge(3, 3 * DAY_SECONDS + 1);
				expect(gone).toEqual({ inbox: 2, outbox: 2, pending_action: 1, offer: 1, client_fact: 0, knowledge_question: 0, conversation: 0 });
				expect(await conversations.transcript(chat, 10)).toEqual([]);
			});

			it('leaves what the guarantees stand on: waiting messages, open confirmations, operations, the order of messages', async () => {
				const chat = newChat(tenant);
				await liveThrough(chat, 'done', `kept-${tenant}`);
				const open = newChat(tenant);
				await conversations.accept(open, message('1'));
				const turn = await begin(conversations, open);
				await conversations.finishTurn(turn, changes(turn, { openPending: pending(`open-${tenant}`, { expiresAt: at(30 * DAY_SECONDS) }) }), { unlessNewer: true });
				await conversations.accept(open, message('2', 'waits'));
				await purge(1, 20 * DAY_SECONDS);
				expect(await conversations.doneOperations(chat, 5)).toHaveLength(1);
				expect(await begin(conversations, open, 'owner', at(20 * DAY_SECONDS))).toMatchObject({
					number: 2,
					pending: { id: `open-${tenant}` },
					messages: [{ seq: 2, payload: 'waits' }],
				});
			});

			it('drops closed questions and expired facts, never an open question', async () => {
				const chat = newChat(tenant);
				await liveThrough(chat, 'done', `q-${tenant}`);
				const closed = await assistant.questions.log({ chat, question: 'closed', normalised: 'closed', now: START });
				await assistant.questions.setStatus(tenant, closed.id, 'answered');
				expect(await purge(5, 11 * DAY_SECONDS)).toMatchObject({ client_fact: 1, knowledge_question: 1 });
				expect((await assistant.questions.list({ tenant, limit: 5 })).map((one) => one.question)).toEqual([WORDS]);
			});

			it('thins the state of chats that were silent, and of no chat in which somebody works', async () => {
				const silent = newChat(tenant);
				const busy = newChat(tenant);
				await liveThrough(silent, 'done', `s-${tenant}`);
				await liveThrough(busy, 'done', `b-${tenant}`);
				await conversations.accept(busy, message('3'));
				await begin(conversations, busy, 'owner', at(1));
				expect(await purge(1, 5 * DAY_SECONDS, () => '{}')).toMatchObject({ conversation: 1 });
				expect((await conversations.get(silent))?.state).toBe('{}');
				expect((await conversations.get(busy))?.state).toContain(WORDS);
			});

			it('refuses a limit under which the daily budget could not be counted', async () => {
				await expect(purge(0.5, 0)).rejects.toMatchObject({ code: 'invalid_config' });
				await expect(purge(Number.NaN, 0)).rejects.toMatchObject({ code: 'invalid_config' });
			});
		});

		if (dialect === 'sqlite') {
			it('finds the chats of a phone in every spelling of a WhatsApp address', async () => {
				for (const chatId of ['79161234567@c.us', '79161234567:12@s.whatsapp.net']) {
					await conversations.accept({ tenant, channel: 'web', chatId }, message('1'));
				}
				await conversations.accept({ tenant, channel: 'whatsapp_cloud', chatId: '79161234567' }, message('1'));
				await conversations.accept({ tenant, channel: 'whatsapp', chatId: '79161234567@lid' }, message('1'));
				expect(await assistant.erasure.eraseClient(tenant, { phone: PHONE })).toMatchObject({ chats: 3 });
			});
		}
	});
});
