import { createConversationStore, type ConversationMode, type ConversationStore } from '../../../core/store';
import { at, begin, changes, LEASE_MS, message, newChat, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

describe('turns', () => {
	describeEngines((_dialect, engine) => {
		let conversations: ConversationStore;
		beforeAll(async () => {
			conversations = createConversationStore(await engine.open());
		});

		describe('the lease', () => {
			it('belongs to one of many owners who ask at once', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const starts = await Promise.all(
					Array.from({ length: 10 }, (_, index) => conversations.beginTurn(chat, `owner ${index}`, START, LEASE_MS)),
				);
				expect(starts.filter((start) => start.kind === 'turn')).toHaveLength(1);
				expect(starts.filter((start) => start.kind === 'busy')).toEqual(
					Array.from({ length: 9 }, () => ({ kind: 'busy', until: at(90) })),
				);
			});

			it('is refused when nothing waits', async () => {
				const chat = newChat();
				expect(await conversations.beginTurn(chat, 'owner', START, LEASE_MS)).toEqual({ kind: 'idle' });
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat);
				await conversations.finishTurn(turn, changes(turn), { unlessNewer: true });
				expect(await conversations.beginTurn(chat, 'owner', START, LEASE_MS)).toEqual({ kind: 'idle' });
			});

			it('passes on when it has expired, and not a millisecond earlier', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				await begin(conversations, chat, 'first');
				expect((await conversations.beginTurn(chat, 'second', at(89.999), LEASE_MS)).kind).toBe('busy');
				const turn = await begin(conversations, chat, 'second', at(90));
				expect(turn.messages).toHaveLength(1);
			});

			it('lost by a paused owner lets it write nothing at all', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const paused = await begin(conversations, chat, 'paused');
				const awake = await begin(conversations, chat, 'awake', at(100));
				expect(awake.fence).toBeGreaterThan(paused.fence);

				const operation = { key: 'fenced', pendingId: 'p', kind: 'create' as const, payload: '{}' };
				expect(await conversations.claimOperation(paused, operation, at(101))).toEqual({ kind: 'fenced' });
				expect(await conversations.renewLease(paused, at(101), LEASE_MS)).toBe(false);
				await conversations.abandonTurn(paused);
				const late = changes(paused, { state: 'late', reply: 'late', events: [{ kind: 'late', at: START, data: '{}' }], mode: 'human' });
				expect(await conversations.finishTurn(paused, late, { unlessNewer: false })).toEqual({ kind: 'fenced' });
				expect(await conversations.get(chat)).toMatchObject({ state: null, mode: 'bot', turns: 0, waiting: 1, lastReplyAt: null });
				expect(await conversations.events(chat, 10)).toEqual([]);

				expect(await conversations.finishTurn(awake, changes(awake), { unlessNewer: true })).toEqual({ kind: 'saved', outSeq: 1 });
			});

			it('of the same owner name does not let the older turn write', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const older = await begin(conversations, chat, 'owner');
				const newer = await begin(conversations, chat, 'owner', at(1));
				expect(await conversations.finishTurn(older, changes(older), { unlessNewer: false })).toEqual({ kind: 'fenced' });
				expect((await conversations.finishTurn(newer, changes(newer), { unlessNewer: false })).kind).toBe('saved');
			});

			it('of a dead owner passes on at once under a new fence, of a living one it does not', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const dead = await begin(conversations, chat, 'dead');
				const isDead = (owner: string) => owner === 'dead';
				const start = await conversations.beginTurn(chat, 'heir', at(1), LEASE_MS, isDead);
				if (start.kind !== 'turn') throw new Error(start.kind);
				expect(start.turn).toMatchObject({ owner: 'heir', fence: dead.fence + 1, messages: [{ seq: 1 }] });
				expect(await conversations.finishTurn(dead, changes(dead), { unlessNewer: false })).toEqual({ kind: 'fenced' });
				expect(await conversations.beginTurn(chat, 'third', at(2), LEASE_MS, isDead)).toEqual({ kind: 'busy', until: at(91) });
			});

			it('of a dead owner goes to one of many heirs', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				await begin(conversations, chat, 'dead');
				const starts = await Promise.all(
					Array.from({ length: 10 }, (_, index) =>
						conversations.beginTurn(chat, `heir ${index}`, at(1), LEASE_MS, (owner) => owner === 'dead'),
					),
				);
				expect(starts.map((start) => start.kind).sort()).toEqual([...Array<string>(9).fill('busy'), 'turn']);
			});

			it('can be renewed by its owner', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat, 'first');
				expect(await conversations.renewLease(turn, at(80), LEASE_MS)).toBe(true);
				expect(await conversations.beginTurn(chat, 'second', at(100), LEASE_MS)).toEqual({ kind: 'busy', until: at(170) });
			});

			it('given up leaves the messages waiting for anybody', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				await conversations.abandonTurn(await begin(conversations, chat, 'first'));
				const turn = await begin(conversations, chat, 'second');
				expect(turn).toMatchObject({ number: 1, messages: [{ seq: 1 }] });
			});

			it('does not bind another tenant with the same chat', async () => {
				const chat = newChat('one');
				const twin = { ...chat, tenant: 'two' };
				await conversations.accept(chat, message('a'));
				await conversations.accept(twin, message('a'));
				await begin(conversations, chat, 'first');
				expect((await begin(conversations, twin, 'second')).chat).toEqual(twin);
			});
		});

		describe('the end of a turn', () => {
			it('saves state, reply, events and numbers together', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const first = await begin(conversations, chat);
				expect(first).toMatchObject({ number: 1, mode: 'bot', state: null, pending: null, unresolved: [] });
				const events = [
					{ kind: 'understood', at: '2026-11-21T12:00:00+03:00', data: '{"n":1}' },
					{ kind: 'replied', at: at(1), data: '{"n":2}' },
				];
				const end = await conversations.finishTurn(first, changes(first, { state: '{"s":1}', events, now: at(2) }), { unlessNewer: true });
				expect(end).toEqual({ kind: 'saved', outSeq: 1 });
				await conversations.accept(chat, message('b', 'again', at(3)));
				const second = await begin(conversations, chat, 'owner', at(3));
				expect(second).toMatchObject({ number: 2, state: '{"s":1}', messages: [{ seq: 2, payload: 'again' }] });
				await conversations.finishTurn(second, changes(second, { reply: null, events: events.slice(1), now: at(4) }), { unlessNewer: true });

				expect(await conversations.events(chat, 10)).toEqual([
					{ seq: 1, turn: 1, kind: 'understood', at: START, data: '{"n":1}' },
					{ seq: 2, turn: 1, kind: 'replied', at: at(1), data: '{"n":2}' },
					{ seq: 3, turn: 2, kind: 'replied', at: at(1), data: '{"n":2}' },
				]);
				expect((await conversations.events(chat, 1)).map((event) => event.seq)).toEqual([3]);
				expect(await conversations.replyTo(chat, 2)).toEqual({ answered: true, reply: null });
				expect(await conversations.get(chat)).toMatchObject({ turns: 2, waiting: 0, lastMessageAt: at(3), lastReplyAt: at(2) });
			});

			it('happens once', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat);
				await conversations.finishTurn(turn, changes(turn), { unlessNewer: true });
				expect(await conversations.finishTurn(turn, changes(turn), { unlessNewer: true })).toEqual({ kind: 'fenced' });
				expect(await conversations.transcript(chat, 10)).toHaveLength(2);
			});

			it('is held back by a newer message: nothing is saved, and the same owner begins again with both', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat);
				await conversations.accept(chat, message('b'));
				const end = await conversations.finishTurn(turn, changes(turn, { mode: 'human' }), { unlessNewer: true });
				expect(end).toEqual({ kind: 'newer' });
				expect(await conversations.get(chat)).toMatchObject({ state: null, mode: 'bot', waiting: 2, turns: 0 });
				expect((await conversations.beginTurn(chat, 'other', START, LEASE_MS)).kind).toBe('busy');
				const again = await begin(conversations, chat);
				expect(again.messages.map((line) => line.seq)).toEqual([1, 2]);
				expect((await conversations.finishTurn(again, changes(again), { unlessNewer: true })).kind).toBe('saved');
			});

			it('may ignore a newer message, which then waits for the next turn', async () => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat);
				await conversations.accept(chat, message('b', 'later', at(5)));
				// Even a turn that claims to answer what it has not read does not.
				expect(await conversations.finishTurn(turn, changes(turn, { answeredSeq: 2 }), { unlessNewer: false })).toEqual({ kind: 'saved', outSeq: 1 });
				expect(await conversations.unanswered(chat.tenant, at(6), at(6), 100)).toContainEqual(chat);
				expect(await conversations.unanswered(chat.tenant, at(5), at(6), 100)).not.toContainEqual(chat);
				expect((await begin(conversations, chat)).messages.map((line) => line.seq)).toEqual([2]);
			});
		});

		describe('who answers', () => {
			const finish = async (during: (chat: ReturnType<typeof newChat>) => Promise<void>, more = {}) => {
				const chat = newChat();
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat);
				await during(chat);
				const end = await conversations.finishTurn(turn, changes(turn, { state: 'after', now: at(5), ...more }), { unlessNewer: true });
				return { chat, end, summary: await conversations.get(chat) };
			};

			it.each<ConversationMode>(['human', 'paused'])('a chat set to %s during the turn mutes it: state saved, reply not', async (mode) => {
				const { chat, end, summary } = await finish((key) => conversations.setMode(key, mode, at(60), at(1)));
				expect(end).toEqual({ kind: 'muted' });
				expect(summary).toMatchObject({ mode, modeUntil: at(60), state: 'after', waiting: 0, turns: 1, lastReplyAt: null });
				expect((await conversations.transcript(chat, 10)).map((line) => line.direction)).toEqual(['in']);
				expect(await conversations.replyTo(chat, 1)).toEqual({ answered: true, reply: null });
			});

			it('a turn that hands over itself still says so', async () => {
				const { end, summary } = await finish((key) => conversations.setMode(key, 'human', null, at(1)), { mode: 'human' });
				expect(end).toEqual({ kind: 'saved', outSeq: 1 });
				expect(summary).toMatchObject({ mode: 'human', modeUntil: null });
			});

			it('a turn that leaves the mode at bot does not overrule the operator', async () => {
				const { end, summary } = await finish((key) => conversations.setMode(key, 'human', null, at(1)), { mode: 'bot' });
				expect(end).toEqual({ kind: 'muted' });
				expect(summary?.mode).toBe('human');
			});

			it('a pause that has ended by then does not mute', async () => {
				const { end, summary } = await finish((key) => conversations.setMode(key, 'paused', at(4), at(1)));
				expect(end).toEqual({ kind: 'saved', outSeq: 1 });
				expect(summary).toMatchObject({ mode: 'bot', modeUntil: null });
			});

			it('a turn can pause its own chat', async () => {
				const { end, summary } = await finish(async () => undefined, { mode: 'paused', modeUntil: '2026-11-21T13:00:00+03:00' });
				expect(end.kind).toBe('saved');
				expect(summary).toMatchObject({ mode: 'paused', modeUntil: '2026-11-21T10:00:00.000Z' });
			});

			it('a turn in human mode runs silently, and a reply from it is not let out', async () => {
				const chat = newChat();
				await conversations.setMode(chat, 'human', null, START);
				await conversations.accept(chat, message('a'));
				const silent = await begin(conversations, chat);
				expect(silent.mode).toBe('human');
				expect(await conversations.finishTurn(silent, changes(silent, { reply: null }), { unlessNewer: true })).toEqual({ kind: 'saved', outSeq: null });
				await conversations.accept(chat, message('b'));
				const loud = await begin(conversations, chat);
				expect(await conversations.finishTurn(loud, changes(loud), { unlessNewer: true })).toEqual({ kind: 'muted' });
				expect(await conversations.get(chat)).toMatchObject({ mode: 'human', turns: 2, lastReplyAt: null });
			});

			it('a turn in human mode can give the chat back to the bot and answer', async () => {
				const chat = newChat();
				await conversations.setMode(chat, 'human', null, START);
				await conversations.accept(chat, message('a'));
				const turn = await begin(conversations, chat);
				expect((await conversations.finishTurn(turn, changes(turn, { mode: 'bot' }), { unlessNewer: true })).kind).toBe('saved');
				expect((await conversations.get(chat))?.mode).toBe('bot');
			});

			it('a pause counts as bot from its end on', async () => {
				const chat = newChat();
				await conversations.setMode(chat, 'paused', at(10), START);
				await conversations.accept(chat, message('a'));
				const early = await begin(conversations, chat, 'owner', at(9.999));
				expect(early.mode).toBe('paused');
				await conversations.abandonTurn(early);
				expect((await begin(conversations, chat, 'owner', at(10))).mode).toBe('bot');
			});
		});
	});
});
