import { createConversationStore, type ConversationStore } from '../../../core/store';
import { at, begin, changes, message, newChat, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

describe('what an operator reads', () => {
	describeEngines((_dialect, engine) => {
		let conversations: ConversationStore;
		beforeAll(async () => {
			conversations = createConversationStore(await engine.open());
		});
		const answer = async (chat: ReturnType<typeof newChat>, now: string, reply: string | null = 'reply') => {
			const turn = await begin(conversations, chat, 'owner', now);
			await conversations.finishTurn(turn, changes(turn, { now, reply }), { unlessNewer: true });
		};

		it('a chat nobody knows is null, one an operator has set exists', async () => {
			const chat = newChat();
			expect(await conversations.get(chat)).toBeNull();
			await conversations.setMode(chat, 'paused', '2026-11-21T13:00:00+03:00', START);
			expect(await conversations.get(chat)).toEqual({
				chat,
				mode: 'paused',
				modeUntil: '2026-11-21T10:00:00.000Z',
				turns: 0,
				waiting: 0,
				lastMessageAt: null,
				lastReplyAt: null,
				state: null,
			});
			await conversations.setMode(chat, 'bot', at(60), START);
			expect(await conversations.get(chat)).toMatchObject({ mode: 'bot', modeUntil: null });
		});

		it('a chat that a person answers is theirs for longer, and never for less', async () => {
			const until = async (chat: ReturnType<typeof newChat>) => {
				const { mode, modeUntil } = (await conversations.get(chat)) ?? {};
				return [mode, modeUntil];
			};
			const chat = newChat();
			await conversations.leaveToPerson(chat, at(60), START);
			expect(await until(chat)).toEqual(['human', at(60)]);
			await conversations.leaveToPerson(chat, at(90), START);
			await conversations.leaveToPerson(chat, at(70), START);
			expect(await until(chat)).toEqual(['human', at(90)]);
			await conversations.setMode(chat, 'bot', null, START);
			await conversations.leaveToPerson(chat, at(80), START);
			expect(await until(chat)).toEqual(['human', at(80)]);
			for (const mode of ['human', 'paused'] as const) for (const end of [null, at(500)]) {
				await conversations.setMode(chat, mode, end, START);
				await conversations.leaveToPerson(chat, at(100), START);
				expect(await until(chat)).toEqual([mode, end]);
			}
			await conversations.setMode(chat, 'paused', at(20), START);
			await conversations.leaveToPerson(chat, at(100), START);
			expect(await until(chat)).toEqual(['human', at(100)]);
		});

		it('the list is newest first, by tenant, filtered and paged', async () => {
			const chats = [1, 2, 3, 4].map(() => newChat('listed'));
			for (const [index, chat] of chats.entries()) {
				await conversations.accept(index === 3 ? { ...chat, channel: 'whatsapp' } : chat, message('a', 'x', at(index)));
			}
			await conversations.accept(newChat('other'), message('a', 'x', at(9)));
			await conversations.setMode(chats[1] ?? newChat(), 'human', null, START);
			const times = async (filter: Partial<Parameters<ConversationStore['list']>[0]>) =>
				(await conversations.list({ tenant: 'listed', limit: 10, ...filter })).map((row) => row.lastMessageAt);
			expect(await times({})).toEqual([at(3), at(2), at(1), at(0)]);
			expect(await times({ limit: 2 })).toEqual([at(3), at(2)]);
			expect(await times({ limit: 2, before: at(2) })).toEqual([at(1), at(0)]);
			expect(await times({ channel: 'whatsapp' })).toEqual([at(3)]);
			expect(await times({ mode: 'human' })).toEqual([at(1)]);
			expect(await times({ tenant: 'nobody' })).toEqual([]);
			await conversations.accept(chats[0] ?? newChat(), message('b', 'x', at(20)));
			await conversations.accept(chats[0] ?? newChat(), message('late', 'x', at(-20)));
			expect(await times({ limit: 1 })).toEqual([at(20)]);
		});

		it('chats without messages stand at the end of the list', async () => {
			const [silent, talking] = [newChat('ends'), newChat('ends')];
			await conversations.setMode(silent, 'human', null, START);
			await conversations.accept(talking, message('a'));
			const list = await conversations.list({ tenant: 'ends', limit: 10 });
			expect(list.map((row) => row.chat)).toEqual([talking, silent]);
		});

		it('a transcript reads from the oldest to the newest and ends with the last line', async () => {
			const chat = newChat();
			await conversations.accept(chat, message('a', 'first', at(0)));
			await conversations.accept(chat, message('b', 'second', at(1)));
			await answer(chat, at(1), 'both answered');
			await conversations.accept(chat, message('c', 'third', at(2)));
			expect(await conversations.transcript(chat, 10)).toEqual([
				{ direction: 'in', seq: 1, payload: 'first', at: at(0) },
				{ direction: 'in', seq: 2, payload: 'second', at: at(1) },
				{ direction: 'out', seq: 1, payload: 'both answered', at: at(1) },
				{ direction: 'in', seq: 3, payload: 'third', at: at(2) },
			]);
			expect((await conversations.transcript(chat, 2)).map((line) => line.payload)).toEqual(['both answered', 'third']);
			expect(await conversations.transcript({ ...chat, tenant: 'other' }, 10)).toEqual([]);
		});

		it('unanswered chats are those in bot mode, old enough, and not being worked on', async () => {
			const tenant = 'crashed';
			const [left, fresh, human, rested, working, answered] = [1, 2, 3, 4, 5, 6].map(() => newChat(tenant));
			if (!left || !fresh || !human || !rested || !working || !answered) throw new Error('six chats');
			for (const chat of [left, human, rested, working, answered]) await conversations.accept(chat, message('a'));
			await conversations.accept(left, message('b', 'later', at(500)));
			await conversations.accept(fresh, message('a', 'x', at(100)));
			await conversations.setMode(human, 'human', null, START);
			await conversations.setMode(rested, 'paused', at(200), START);
			await begin(conversations, working, 'worker', at(150));
			await answer(answered, at(1));

			const found = async (now: number, before = 100) =>
				(await conversations.unanswered(tenant, at(before), at(now), 10)).map((chat) => chat.chatId).sort();
			expect(await found(199)).toEqual([left.chatId].sort());
			expect(await found(200)).toEqual([left.chatId, rested.chatId].sort());
			expect(await found(240)).toEqual([left.chatId, rested.chatId, working.chatId].sort());
			expect(await found(240, 101)).toContain(fresh.chatId);
			expect(await conversations.unanswered(tenant, at(100), at(240), 1)).toHaveLength(1);
			expect(await conversations.unanswered('nobody', at(100), at(240), 10)).toEqual([]);
		});

		it('turns are counted since an instant, silent ones too, and one for several messages', async () => {
			const chat = newChat();
			await conversations.accept(chat, message('a'));
			await conversations.accept(chat, message('b'));
			await answer(chat, at(10));
			await conversations.accept(chat, message('c'));
			await answer(chat, at(20), null);
			await conversations.accept(chat, message('d'));
			expect(await conversations.turnsSince(chat, '2026-11-21T12:00:00+03:00')).toBe(2);
			expect(await conversations.turnsSince(chat, at(20))).toBe(1);
			expect(await conversations.turnsSince(chat, at(20.001))).toBe(0);
			expect(await conversations.turnsSince({ ...chat, tenant: 'other' }, START)).toBe(0);
		});
	});
});
