import { createConversationStore, type ConversationStore } from '../../../core/store';
import { begin, changes, message, newChat, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

describe('the inbox', () => {
	describeEngines((_dialect, engine) => {
		let conversations: ConversationStore;
		beforeAll(async () => {
			conversations = createConversationStore(await engine.open());
		});

		describe('a message', () => {
			it('is numbered in its chat and kept word for word', async () => {
				const chat = newChat();
				expect(await conversations.accept(chat, message('a', '{"text":"Привет, «Анна» 💇"}'))).toEqual({ kind: 'accepted', seq: 1 });
				expect(await conversations.accept(chat, message('b'))).toEqual({ kind: 'accepted', seq: 2 });
				expect(await conversations.accept(newChat(), message('a'))).toEqual({ kind: 'accepted', seq: 1 });
				expect((await begin(conversations, chat)).messages).toEqual([
					{ seq: 1, payload: '{"text":"Привет, «Анна» 💇"}', receivedAt: START },
					{ seq: 2, payload: 'text of b', receivedAt: START },
				]);
			});

			it('redelivered 20 times at once is accepted once, and leaves no gap', async () => {
				const chat = newChat();
				const results = await Promise.all(Array.from({ length: 20 }, () => conversations.accept(chat, message('a'))));
				expect(results.filter((result) => result.kind === 'accepted')).toEqual([{ kind: 'accepted', seq: 1 }]);
				expect(results.filter((result) => result.kind === 'duplicate')).toEqual(
					Array.from({ length: 19 }, () => ({ kind: 'duplicate', seq: 1, reply: null })),
				);
				expect(await conversations.accept(chat, message('b'))).toEqual({ kind: 'accepted', seq: 2 });
			});

			it('redelivered after its answer brings that answer, not a later one', async () => {
				const chat = newChat();
				for (const id of ['a', 'b']) {
					await conversations.accept(chat, message(id));
					const turn = await begin(conversations, chat);
					await conversations.finishTurn(turn, changes(turn, { reply: `answer to ${id}` }), { unlessNewer: true });
				}
				expect(await conversations.accept(chat, message('a'))).toEqual({ kind: 'duplicate', seq: 1, reply: 'answer to a' });
				expect(await conversations.replyTo(chat, 2)).toEqual({ answered: true, reply: 'answer to b' });
			});

			it('without an id is a repeat only while the same payload waits', async () => {
				const chat = newChat();
				expect(await conversations.accept(chat, message(null, 'yes'))).toEqual({ kind: 'accepted', seq: 1 });
				expect(await conversations.accept(chat, message(null, 'yes'))).toEqual({ kind: 'duplicate', seq: 1, reply: null });
				expect(await conversations.accept(chat, message(null, 'no'))).toEqual({ kind: 'accepted', seq: 2 });
				expect(await conversations.accept(chat, message('id', 'yes'))).toEqual({ kind: 'accepted', seq: 3 });
				const turn = await begin(conversations, chat);
				await conversations.finishTurn(turn, changes(turn), { unlessNewer: true });
				expect(await conversations.accept(chat, message(null, 'yes'))).toEqual({ kind: 'accepted', seq: 4 });
			});

			it('of the same chat id in another tenant or channel is another message', async () => {
				const chat = newChat('one');
				const others = [{ ...chat, tenant: 'two' }, { ...chat, channel: 'whatsapp' }];
				await conversations.accept(chat, message('a', 'for one'));
				for (const other of others) {
					expect(await conversations.accept(other, message('a', 'for another'))).toEqual({ kind: 'accepted', seq: 1 });
				}
				const turn = await begin(conversations, chat);
				expect(turn.messages.map((line) => line.payload)).toEqual(['for one']);
				await conversations.finishTurn(turn, changes(turn), { unlessNewer: true });
				for (const other of others) {
					expect(await conversations.replyTo(other, 1)).toEqual({ answered: false, reply: null });
					expect((await conversations.get(other))?.waiting).toBe(1);
				}
			});

			it('keeps its time in UTC, and is refused without an offset', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a', 'x', '2026-11-21T15:00:00+03:00'));
				expect((await begin(conversations, chat)).messages[0]?.receivedAt).toBe('2026-11-21T12:00:00.000Z');
				for (const bad of ['2026-11-21T15:00:00', '2026-13-01T00:00:00Z', 'tomorrow', '']) {
					await expect(conversations.accept(chat, message('b', 'x', bad))).rejects.toMatchObject({ code: 'invalid_instant' });
				}
			});

			it('that waits has no answer yet, and an unknown one has none', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				expect(await conversations.replyTo(chat, 1)).toEqual({ answered: false, reply: null });
				expect(await conversations.replyTo(chat, 99)).toEqual({ answered: false, reply: null });
			});
		});
	});
});
