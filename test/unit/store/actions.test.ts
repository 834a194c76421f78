import { createConversationStore, type ConversationStore, type Store, type TurnChanges } from '../../../core/store';
import { at, begin, changes, message, newChat, pending, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

describe('pending actions, operations and offers', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		let conversations: ConversationStore;
		let messages = 0;
		beforeAll(async () => {
			store = await engine.open();
			conversations = createConversationStore(store);
		});

		const nextTurn = async (chat: ReturnType<typeof newChat>, now = START) => {
			messages++;
			await conversations.accept(chat, message(`m${messages}`, 'x', now));
			return begin(conversations, chat, 'owner', now);
		};
		const turnWith = async (chat: ReturnType<typeof newChat>, more: Partial<TurnChanges>) => {
			const turn = await nextTurn(chat, more.now);
			return conversations.finishTurn(turn, changes(turn, more), { unlessNewer: true });
		};
		const statuses = async (chat: ReturnType<typeof newChat>) => {
			const rows = await store.db
				.selectFrom('pending_action')
				.select(['id', 'status'])
				.where('chat_id', '=', chat.chatId)
				.where('tenant', '=', chat.tenant)
				.execute();
			return Object.fromEntries(rows.map((row) => [row.id, row.status]));
		};

		describe('a pending action', () => {
			it('comes back whole in the next turn', async () => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending('whole', { createdAt: '2026-11-21T12:00:00+03:00' }) });
				expect((await nextTurn(chat)).pending).toEqual({ ...pending('whole'), status: 'open', createdTurn: 1 });
			});

			it('is sealed: neither its payload nor its summary lies open', async () => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending('sealed', { payload: 'secret payload', summary: 'secret summary' }) });
				const rows = await store.db.selectFrom('pending_action').selectAll().where('chat_id', '=', chat.chatId).execute();
				expect(rows).toHaveLength(1);
				expect(JSON.stringify(rows)).not.toContain('secret');
			});

			it('is one a chat: a new one cancels the old', async () => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending('old') });
				await turnWith(chat, { openPending: pending('new'), closePending: 'done' });
				expect(await statuses(chat)).toEqual({ old: 'cancelled', new: 'open' });
				expect((await nextTurn(chat)).pending?.id).toBe('new');
			});

			it('cannot be opened twice even behind the back of the store', async () => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending('first') });
				const second = store.write(async (trx) => {
					const row = await trx.selectFrom('pending_action').selectAll().where('id', '=', 'first').executeTakeFirstOrThrow();
					await trx.insertInto('pending_action').values({ ...row, id: 'second' }).execute();
				});
				await expect(second).rejects.toMatchObject({ code: 'constraint' });
			});

			it.each(['confirmed', 'done', 'cancelled', 'refused'] as const)('ends as %s and is then gone', async (status) => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending(`ends ${status}`) });
				await turnWith(chat, { closePending: status });
				expect(await statuses(chat)).toEqual({ [`ends ${status}`]: status });
				expect((await nextTurn(chat)).pending).toBeNull();
			});

			it('expires at its time, not before', async () => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending('timed', { expiresAt: at(60) }) });
				const early = await nextTurn(chat, at(59.999));
				expect(early.pending?.id).toBe('timed');
				await conversations.abandonTurn(early);
				const late = await begin(conversations, chat, 'owner', at(60));
				expect(late.pending).toBeNull();
				expect(await statuses(chat)).toEqual({ timed: 'expired' });
			});

			it('of a muted turn is not opened: the client never saw its summary', async () => {
				const chat = newChat();
				await turnWith(chat, { openPending: pending('seen') });
				const turn = await nextTurn(chat);
				await conversations.setMode(chat, 'human', null, START);
				await conversations.finishTurn(turn, changes(turn, { openPending: pending('unseen') }), { unlessNewer: true });
				expect(await statuses(chat)).toEqual({ seen: 'cancelled' });
			});

			it('of the same chat in another tenant is not touched', async () => {
				const chat = newChat('one');
				const twin = { ...chat, tenant: 'two' };
				await turnWith(chat, { openPending: pending('same id') });
				await turnWith(twin, { openPending: pending('same id') });
				await turnWith(chat, { closePending: 'done' });
				expect(await statuses(twin)).toEqual({ 'same id': 'open' });
			});
		});

		describe('an operation', () => {
			const operation = (key: string) => ({ key, pendingId: `p ${key}`, kind: 'create' as const, payload: `{"k":"${key}"}` });

			it('is claimed once; the next claim gets the earlier row', async () => {
				const chat = newChat();
				const turn = await nextTurn(chat);
				expect(await conversations.claimOperation(turn, operation('once'), START)).toEqual({ kind: 'claimed' });
				expect(await conversations.claimOperation(turn, { ...operation('once'), payload: 'other' }, at(1))).toEqual({
					kind: 'exists',
					operation: { ...operation('once'), status: 'sending', result: null, attempts: 0, createdAt: START, updatedAt: START },
				});
			});

			it('without a known end comes back in every turn until it is settled', async () => {
				const chat = newChat();
				const turn = await nextTurn(chat);
				await conversations.claimOperation(turn, operation('sent'), START);
				await conversations.claimOperation(turn, operation('unclear'), at(1));
				await conversations.settleOperation(chat.tenant, 'unclear', 'unknown', null, at(2));
				await conversations.settleOperation(chat.tenant, 'unclear', 'unknown', null, at(3));
				const next = await begin(conversations, chat, 'owner', at(4));
				expect(next.unresolved).toMatchObject([
					{ key: 'sent', status: 'sending', attempts: 0 },
					{ key: 'unclear', status: 'unknown', attempts: 2, updatedAt: at(3) },
				]);
				await conversations.settleOperation(chat.tenant, 'sent', 'failed', null, at(5));
				await conversations.settleOperation(chat.tenant, 'unclear', 'done', '{"id":"7"}', at(5));
				expect((await begin(conversations, chat)).unresolved).toEqual([]);
			});

			it.each(['done', 'refused', 'failed'] as const)('with the proven end %s never changes again', async (status) => {
				const chat = newChat();
				const key = `proven ${status}`;
				const turn = await nextTurn(chat);
				await conversations.claimOperation(turn, operation(key), START);
				await conversations.settleOperation(chat.tenant, key, status, '{"first":1}', at(1));
				for (const other of ['sending', 'unknown', 'done', 'refused', 'failed'] as const) {
					await conversations.settleOperation(chat.tenant, key, other, '{"second":2}', at(2));
				}
				const claim = await conversations.claimOperation(turn, operation(key), at(3));
				expect(claim).toMatchObject({ kind: 'exists', operation: { status, result: '{"first":1}', updatedAt: at(1) } });
			});

			it('that was never claimed cannot be settled unnoticed', async () => {
				await expect(conversations.settleOperation('salon', 'nothing', 'done', null, START)).rejects.toMatchObject({ code: 'not_found' });
			});

			it('with the same key in another tenant is another operation', async () => {
				const chat = newChat('one');
				const twin = { ...chat, tenant: 'two' };
				expect((await conversations.claimOperation(await nextTurn(chat), operation('tenant'), START)).kind).toBe('claimed');
				expect((await conversations.claimOperation(await nextTurn(twin), operation('tenant'), START)).kind).toBe('claimed');
				await conversations.settleOperation('one', 'tenant', 'done', null, START);
				expect(await conversations.doneOperations(twin, 10)).toEqual([]);
				expect(await conversations.doneOperations(chat, 10)).toHaveLength(1);
			});

			it('that is done is listed for its chat, newest first', async () => {
				const chat = newChat();
				const turn = await nextTurn(chat);
				for (const [key, status, seconds] of [['d1', 'done', 3], ['d2', 'done', 5], ['d3', 'refused', 6], ['d4', 'done', 4]] as const) {
					await conversations.claimOperation(turn, operation(key), START);
					await conversations.settleOperation(chat.tenant, key, status, `{"r":"${key}"}`, at(seconds));
				}
				expect((await conversations.doneOperations(chat, 10)).map((row) => [row.key, row.result])).toEqual([
					['d2', '{"r":"d2"}'],
					['d4', '{"r":"d4"}'],
					['d1', '{"r":"d1"}'],
				]);
				expect((await conversations.doneOperations(chat, 2)).map((row) => row.key)).toEqual(['d2', 'd4']);
				expect(await conversations.doneOperations(newChat(), 10)).toEqual([]);
			});

			it('is sealed', async () => {
				const chat = newChat();
				await conversations.claimOperation(await nextTurn(chat), { ...operation('sealed'), payload: 'secret' }, START);
				await conversations.settleOperation(chat.tenant, 'sealed', 'done', 'secret', START);
				const rows = await store.db.selectFrom('operation').selectAll().where('chat_id', '=', chat.chatId).execute();
				expect(rows).toHaveLength(1);
				expect(JSON.stringify(rows)).not.toContain('secret');
			});
		});

		describe('an offer', () => {
			const offer = (id: string, payload = `{"o":"${id}"}`) => ({ id, payload, fetchedAt: START });

			it('is found in its own chat only', async () => {
				const chat = newChat();
				await turnWith(chat, { offers: [offer('a'), offer('b')] });
				expect(await conversations.offer(chat, 'b')).toEqual(offer('b'));
				expect(await conversations.offer(chat, 'c')).toBeNull();
				expect(await conversations.offer(newChat(), 'b')).toBeNull();
				expect(await conversations.offer({ ...chat, tenant: 'other' }, 'b')).toBeNull();
			});

			it('shown again is renewed', async () => {
				const chat = newChat();
				await turnWith(chat, { offers: [offer('a', 'old')] });
				await turnWith(chat, { offers: [offer('a', 'newer'), { ...offer('a', 'newest'), fetchedAt: at(5) }] });
				expect(await conversations.offer(chat, 'a')).toEqual({ id: 'a', payload: 'newest', fetchedAt: at(5) });
			});

			it('of a turn that lost its lease is not saved', async () => {
				const chat = newChat();
				const turn = await nextTurn(chat);
				await begin(conversations, chat, 'another', at(100));
				await conversations.finishTurn(turn, changes(turn, { offers: [offer('lost')] }), { unlessNewer: true });
				expect(await conversations.offer(chat, 'lost')).toBeNull();
			});
		});
	});
});
