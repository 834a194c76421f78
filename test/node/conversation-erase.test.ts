import { closeNodes, failure, run, succeeded } from './support/harness';
import { openStores, type Stores } from './support/manager';
import type { INodeParameters } from 'n8n-workflow';
import type { ChatKey } from '../../core/store';
import { begin, changes } from '../support/chats';

const NODE = 'Chats';
const PHONE = '+79161234567';
const SALON = 'erases';

let stores: Stores;

beforeAll(async () => {
	stores = await openStores();
});

afterAll(closeNodes);

const attempt = (parameters: INodeParameters): ReturnType<typeof run> => run({ nodes: [{ name: NODE, type: 'conversation', parameters: { salonId: SALON, ...parameters } }] });
const call = async (parameters: INodeParameters) => succeeded(await attempt(parameters), NODE);
const chatOf = (chatId: string, channel = 'web'): ChatKey => ({ tenant: SALON, channel, chatId });
const now = (): string => new Date().toISOString();

/** A chat with a message, an answer, a remembered fact and an open question. */
async function fill(chat: ChatKey, state: object = {}): Promise<void> {
	const { conversations, assistants } = stores;
	await conversations.accept(chat, { messageId: null, payload: JSON.stringify({ kind: 'text', text: 'Hello' }), receivedAt: now() });
	const turn = await begin(conversations, chat, 'owner', now());
	await conversations.finishTurn(turn, changes(turn, { state: JSON.stringify(state), reply: JSON.stringify({ text: 'Good day' }), now: now() }), { unlessNewer: false });
	await assistants.facts.learn(chat.tenant, { chat }, [{ key: 'note', value: 'tea', source: 'client', expiresAt: '2099-01-01T00:00:00Z', single: true }], chat, now());
	await assistants.questions.log({ chat, question: `Sauna? ${chat.chatId}`, normalised: chat.chatId, now: now() });
}

const exists = async (chat: ChatKey): Promise<boolean> => (await stores.conversations.get(chat)) !== null;

describe('erasing', () => {
	it('takes away all of one chat, says how much, and leaves the others', async () => {
		const [gone, kept] = [chatOf('gone'), chatOf('kept')];
		await fill(gone);
		await fill(kept);
		const [item] = await call({ operation: 'eraseConversation', channel: 'web', chatId: 'gone', confirmErase: true });
		expect(item).toMatchObject({ salonId: SALON, deleted: true, chats: 1, unresolvedOperations: 0, tables: { conversation: 1, inbox: 1, outbox: 1, client_fact: 1, knowledge_question: 1 } });
		expect(item?.rows).toBeGreaterThanOrEqual(5);
		expect(await exists(gone)).toBe(false);
		expect(await exists(kept)).toBe(true);
		expect(await stores.assistants.facts.recall(SALON, { chat: kept }, now())).toHaveLength(1);
		expect(await call({ operation: 'eraseConversation', channel: 'web', chatId: 'gone', confirmErase: true })).toMatchObject([{ deleted: false, rows: 0 }]);
	});

	it('takes away every chat that is known to be of a phone, and one that is named', async () => {
		const [whatsapp, telegram, web, stranger] = [chatOf('79161234567', 'whatsapp_cloud'), chatOf('42', 'telegram'), chatOf('own'), chatOf('stranger')];
		await fill(whatsapp);
		await fill(telegram, { client: { phone: PHONE } });
		await fill(web);
		await fill(stranger);
		await stores.assistants.facts.learn(SALON, { phone: PHONE }, [{ key: 'note', value: 'milk', source: 'client', expiresAt: '2099-01-01T00:00:00Z', single: true }], whatsapp, now());
		const erased = await call({ operation: 'eraseClient', phone: '+7 916 123-45-67', alsoChat: { channel: 'web', chatId: 'own' }, confirmErase: true });
		expect(erased).toMatchObject([{ deleted: true, chats: 3, tables: { conversation: 3, client_fact: 4 } }]);
		expect(await Promise.all([whatsapp, telegram, web, stranger].map(exists))).toEqual([false, false, false, true]);
		expect(await stores.assistants.facts.recall(SALON, { phone: PHONE }, now())).toEqual([]);
	});

	it.each([
		['eraseConversation', { channel: 'web', chatId: 'safe' }, 'Erasing is not confirmed'],
		['eraseClient', { phone: PHONE, alsoChat: { channel: 'web', chatId: 'safe' } }, 'Erasing is not confirmed'],
		['eraseClient', { phone: '8 916 123-45-67', confirmErase: true }, 'The phone is not a valid number'],
		['eraseClient', { phone: PHONE, alsoChat: { channel: 'web' }, confirmErase: true }, 'The chat is not named'],
		['eraseConversation', { channel: 'web', chatId: '={{ "" }}', confirmErase: true }, 'The chat is not named'],
	] as Array<[string, INodeParameters, string]>)('%s of %j erases nothing: %s', async (operation, parameters, message) => {
		const safe = chatOf('safe');
		if (!(await exists(safe))) await fill(safe, { client: { phone: PHONE } });
		expect(failure(await attempt({ operation, ...parameters })).message).toBe(message);
		expect(await exists(safe)).toBe(true);
	});

	it('cannot be confirmed by an item or a model', async () => {
		const safe = chatOf('guarded');
		await fill(safe);
		expect(failure(await attempt({ operation: 'eraseConversation', channel: 'web', chatId: 'guarded', confirmErase: '={{ true }}' })).message).toBe('Erasing is not confirmed');
		expect(await exists(safe)).toBe(true);
	});
});
