import { closeNodes, failure, run, succeeded } from './support/harness';
import type { INodeParameters } from 'n8n-workflow';
import { openNodeStore } from '../../nodes/shared/store';
import type { ChatKey, ConversationStore } from '../../core/store';
import { begin, changes } from '../support/chats';

const NODE = 'Chats';
const MINUTE = 60_000;

async function call(parameters: INodeParameters): Promise<readonly Record<string, unknown>[]> {
	return succeeded(await attempt(parameters), NODE);
}

function attempt(parameters: INodeParameters): ReturnType<typeof run> {
	return run({ nodes: [{ name: NODE, type: 'conversation', parameters: { salonId: 'talk', ...parameters } }] });
}

const on = (chat: ChatKey): INodeParameters => ({ salonId: chat.tenant, channel: chat.channel, chatId: chat.chatId });
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();

let conversations: ConversationStore;
let chats = 0;

function chatOf(tenant: string): ChatKey {
	return { tenant, channel: 'web', chatId: `chat-${++chats}` };
}

async function say(chat: ChatKey, text: string, at = ago(10)): Promise<void> {
	await conversations.accept(chat, { messageId: null, payload: JSON.stringify({ kind: 'text', text }), receivedAt: at });
}

beforeAll(async () => {
	const node = { id: '1', name: NODE, type: 'n8n-nodes-ai-admin.conversation', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	({ conversations } = await openNodeStore({ getNode: () => node, getCredentials: () => Promise.reject(new Error('No credential is chosen')) }));
});

afterAll(closeNodes);

describe('Conversation', () => {
	it('puts out who said what, in the order it was said', async () => {
		const chat = chatOf('talk');
		await say(chat, 'Hello');
		const turn = await begin(conversations, chat, 'owner', ago(9));
		await conversations.finishTurn(turn, changes(turn, { reply: JSON.stringify({ text: 'Good day' }), now: ago(8) }), { unlessNewer: false });
		await say(chat, 'A haircut', ago(7));
		const [item] = await call({ operation: 'get', ...on(chat) });
		expect(item).toMatchObject({ salonId: 'talk', channel: 'web', chatId: chat.chatId, mode: 'bot', turns: 1, waiting: 1 });
		expect(item?.messages).toMatchObject([
			{ from: 'client', text: 'Hello' },
			{ from: 'assistant', text: 'Good day' },
			{ from: 'client', text: 'A haircut' },
		]);
		const [last] = await call({ operation: 'get', ...on(chat), messages: 1 });
		expect(last?.messages).toMatchObject([{ text: 'A haircut' }]);
	});

	it('keeps the inner state of a conversation to itself', async () => {
		const chat = chatOf('talk');
		await say(chat, 'Hello');
		const turn = await begin(conversations, chat, 'owner', ago(9));
		await conversations.finishTurn(turn, changes(turn, { state: JSON.stringify({ lang: 'ru', contact: '+79161234567' }) }), { unlessNewer: false });
		const items = await call({ operation: 'getAll', returnAll: true });
		expect(items.find(({ chatId }) => chatId === chat.chatId)).toMatchObject({ lang: 'ru' });
		expect(JSON.stringify(items)).not.toContain('+79161234567');
	});

	it('pauses a chat for the minutes asked for, and resumes it', async () => {
		const chat = chatOf('talk');
		await say(chat, 'Hello');
		const before = Date.now();
		const [paused] = await call({ operation: 'pause', ...on(chat), minutes: 30 });
		const until = Date.parse(String(paused?.modeUntil));
		expect(paused?.mode).toBe('paused');
		expect(until).toBeGreaterThanOrEqual(before + 30 * MINUTE);
		expect(until).toBeLessThanOrEqual(Date.now() + 30 * MINUTE);
		expect((await conversations.get(chat))?.mode).toBe('paused');
		expect(await call({ operation: 'resume', ...on(chat) })).toMatchObject([{ mode: 'bot', modeUntil: null }]);
		expect((await conversations.get(chat))?.mode).toBe('bot');
	});

	it('hands a chat to a person without an end when told so', async () => {
		const chat = chatOf('talk');
		expect(await call({ operation: 'handOver', ...on(chat), untilResumed: true })).toMatchObject([{ mode: 'human', modeUntil: null }]);
		expect(await call({ operation: 'getAll', filters: { mode: 'human' } })).toMatchObject([{ chatId: chat.chatId }]);
	});

	it('shows a silence that has run out as none, in the item and in the filter', async () => {
		const chat = chatOf('expired');
		await conversations.setMode(chat, 'paused', ago(1), ago(60));
		expect(await call({ operation: 'get', ...on(chat) })).toMatchObject([{ mode: 'bot', modeUntil: null }]);
		expect(await call({ operation: 'getAll', salonId: 'expired', filters: { mode: 'paused' } })).toEqual([]);
		expect(await call({ operation: 'getAll', salonId: 'expired', filters: { mode: 'bot' } })).toMatchObject([{ chatId: chat.chatId }]);
	});

	it('lists every chat once, also those with one time and those without a message', async () => {
		const at = ago(5);
		for (let n = 0; n < 120; n++) await say(chatOf('busy'), 'Hello', at);
		for (let n = 0; n < 5; n++) await conversations.setMode(chatOf('busy'), 'human', null, at);
		const all = await call({ operation: 'getAll', salonId: 'busy', returnAll: true });
		expect(new Set(all.map(({ chatId }) => chatId)).size).toBe(125);
		expect(await call({ operation: 'getAll', salonId: 'busy', limit: 3 })).toEqual(all.slice(0, 3));
		expect(await call({ operation: 'getAll', salonId: 'busy', returnAll: true, filters: { channel: 'telegram' } })).toEqual([]);
	});

	it('finds chats nobody answers, but not paused ones, young ones or those of another salon', async () => {
		const [waiting, silenced, young] = [chatOf('left'), chatOf('left'), chatOf('left')];
		await say(waiting, 'Hello?');
		await say(silenced, 'Hello?');
		await call({ operation: 'pause', ...on(silenced) });
		await say(young, 'Hello?', ago(1));
		const ask = { operation: 'getUnanswered', salonId: 'left', returnAll: true };
		expect(await call({ ...ask, olderThan: 300 })).toEqual([{ salonId: 'left', channel: 'web', chatId: waiting.chatId }]);
		expect(await call({ ...ask, olderThan: 30 })).toHaveLength(2);
		expect(await call({ ...ask, salonId: 'other' })).toEqual([]);
	});

	it('refuses a chat that is not there, a chat that is not named and a time that is none, each with what to do', async () => {
		const unknown = failure(await attempt({ operation: 'get', channel: 'web', chatId: 'nobody' }));
		expect(unknown).toMatchObject({ message: 'The record was not found', context: { itemIndex: 0 } });
		expect(failure(await attempt({ operation: 'pause', channel: 'web', chatId: '={{ "" }}' })).description).toMatch(/Chat ID/);
		expect(failure(await attempt({ operation: 'pause', channel: 'web', chatId: 'nobody', minutes: '={{ NaN }}' })).description).toMatch(/whole number/);
		expect(await conversations.get({ tenant: 'talk', channel: 'web', chatId: 'nobody' })).toBeNull();
	});

	it('names an operation it does not know', async () => {
		const error = failure(await attempt({ operation: 'erase' }));
		expect(error.message).toBe('The operation "erase" is not known');
	});
});
