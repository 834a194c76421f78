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

		/** Every row of every table that names the chat, or holds the words plain or sealed. */
		async function traces(chat: ChatKey): Promise<string[]> {
			const schema = engine.config.engine === 'postgres' ? engine.config.schema : undefined;
			const tables = (await store.db.introspection.getTables()).filter((table) => schema === undefined || table.schema === schema);
			const found: string[] = [];
			for (const table of tables) {
				const rows = (await store.db.selectFrom(table.name as keyof Database).selectAll().execute()) as Record<string, unknown>[];
				for (const row of rows) {
					const plain = Object.values(row).map((value) => (typeof value === 'string' && value.startsWith('v1.') ? store.vault.open(value) : value));
					const named = row['tenant'] === chat.tenant && row['chat_id'] === chat.chatId;
					if (named || (row['tenant'] === chat.tenant && plain.some((value) => String(value).includes(WORDS)))) found.push(table.name);
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
				operation: 1,
				client_fact: 1,
				knowledge_question: 1,
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
			const counts = await assistant.erasure.eraseClient(tenant, { phone: PHONE });
			expect(counts).toMatchObject({ chats: 2, conversation: 2 });
			expect(await traces(whatsapp)).toEqual([]);
			expect(await traces(knows)).toEqual([]);
			expect(await assistant.facts.recall(tenant, { phone: PHONE }, START)).toEqual([]);
			for (const chat of [stranger, lookalike]) expect(await conversations.transcript(chat, 5)).toHaveLength(1);
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
