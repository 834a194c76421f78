import * as fc from 'fast-check';
import { recognise, type Recognised } from '../../core/conversation/channels';

const CONTEXT = { now: '2026-11-21T07:00:00.000Z', phoneCountry: 'RU' };

function only(item: unknown): Recognised {
	const found = recognise(item, CONTEXT);
	expect(found).toHaveLength(1);
	return found?.[0] as Recognised;
}

const telegramMessage = (extra: object): object => ({
	update_id: 1,
	message: { message_id: 7, date: 1_795_000_000, chat: { id: 42, type: 'private' }, from: { id: 42, first_name: 'Anna', last_name: 'P' }, ...extra },
});
const cloud = (message: object): object => ({
	messaging_product: 'whatsapp',
	contacts: [{ profile: { name: 'Anna' }, wa_id: '79161234567' }],
	messages: [{ from: '79161234567', id: 'wamid.1', timestamp: '1795000000', ...message }],
});

describe('Chat Trigger', () => {
	it('takes the session as the chat and vouches for nobody', () => {
		const { channel, chatId, message } = only({ sessionId: 's1', action: 'sendMessage', chatInput: 'Привет' });
		expect({ channel, chatId, text: message.text, id: message.messageId, phone: message.sender.phone }).toEqual({ channel: 'web', chatId: 's1', text: 'Привет', id: null, phone: null });
	});

	it.each([{ messageId: 'm1' }, { metadata: { messageId: 'm1' } }])('takes a message id from %j', (extra) => {
		expect(only({ sessionId: 's1', chatInput: 'Hi', ...extra }).message.messageId).toBe('m1');
	});

	it('does not answer the page loading its history', () => {
		expect(recognise({ sessionId: 's1', action: 'loadPreviousSession', chatInput: '' }, CONTEXT)).toEqual([]);
	});
});

describe('Telegram Trigger', () => {
	it('reads a text with its sender and time', () => {
		expect(only(telegramMessage({ text: 'Здравствуйте' }))).toMatchObject({
			channel: 'telegram',
			chatId: '42',
			message: { messageId: '7', kind: 'text', text: 'Здравствуйте', sender: { phone: null, name: 'Anna P' }, receivedAt: new Date(1_795_000_000_000).toISOString() },
		});
	});

	it('vouches for a shared contact only when it is the sender’s own', () => {
		const own = only(telegramMessage({ contact: { phone_number: '79161234567', user_id: 42 } })).message;
		expect(own).toMatchObject({ kind: 'contact', contact: { phone: '+79161234567', own: true }, sender: { phone: '+79161234567' } });
		const another = only(telegramMessage({ contact: { phone_number: '79161234567', user_id: 43 } })).message;
		expect(another).toMatchObject({ contact: { phone: '+79161234567', own: false }, sender: { phone: null } });
		const unlinked = only(telegramMessage({ contact: { phone_number: '79161234567' } })).message;
		expect(unlinked.sender.phone).toBeNull();
	});

	it('reads a pressed button', () => {
		const item = { update_id: 2, callback_query: { id: 'c1', from: { id: 42 }, data: 'yes:abc', message: { chat: { id: 42 } } } };
		expect(only(item)).toMatchObject({ chatId: '42', message: { messageId: 'callback:c1', kind: 'button', buttonId: 'yes:abc' } });
	});

	it.each([
		[{ voice: { file_id: 'f' } }, 'voice'],
		[{ photo: [{ file_id: 'f' }] }, 'image'],
		[{ location: { latitude: 1, longitude: 2 } }, 'location'],
		[{ dice: {} }, 'other'],
	])('tells %j apart', (extra, kind) => {
		expect(only(telegramMessage(extra)).message.kind).toBe(kind);
	});

	it('leaves edits, channel posts and other bots unanswered', () => {
		expect(recognise({ update_id: 3, edited_message: { message_id: 7, chat: { id: 42 }, text: 'x' } }, CONTEXT)).toEqual([]);
		expect(recognise({ update_id: 4, channel_post: { message_id: 7, chat: { id: 42 }, text: 'x' } }, CONTEXT)).toEqual([]);
		expect(recognise(telegramMessage({ text: 'x', from: { id: 1, is_bot: true } }), CONTEXT)).toEqual([]);
	});
});

describe('WhatsApp Trigger', () => {
	it('vouches for the sender’s number', () => {
		expect(only(cloud({ type: 'text', text: { body: 'Здравствуйте' } }))).toMatchObject({
			channel: 'whatsapp_cloud',
			chatId: '79161234567',
			message: { messageId: 'wamid.1', text: 'Здравствуйте', sender: { phone: '+79161234567', name: 'Anna' } },
		});
	});

	it.each([
		[{ type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'yes:1', title: 'Да' } } }, { kind: 'button', buttonId: 'yes:1', text: 'Да' }],
		[{ type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'pick:1', title: '15:00' } } }, { kind: 'button', buttonId: 'pick:1', text: '15:00' }],
		[{ type: 'button', button: { payload: 'yes:1', text: 'Да' } }, { kind: 'button', buttonId: 'yes:1', text: 'Да' }],
		[{ type: 'audio', audio: { id: 'a' } }, { kind: 'voice' }],
		[{ type: 'image', image: { caption: 'вот так' } }, { kind: 'image', text: 'вот так' }],
		[{ type: 'unsupported' }, { kind: 'other' }],
	])('reads %j', (message, expected) => {
		expect(only(cloud(message)).message).toMatchObject(expected);
	});

	it('leaves statuses and reactions unanswered', () => {
		expect(recognise({ messaging_product: 'whatsapp', statuses: [{ id: 'x', status: 'read' }] }, CONTEXT)).toEqual([]);
		expect(recognise(cloud({ type: 'reaction', reaction: { emoji: '👍' } }), CONTEXT)).toEqual([]);
	});

	it('reads every message of an item', () => {
		const item = { messaging_product: 'whatsapp', messages: [1, 2].map((n) => ({ from: '79161234567', id: `w${n}`, type: 'text', text: { body: `${n}` } })) };
		expect(recognise(item, CONTEXT)?.map(({ message }) => message.messageId)).toEqual(['w1', 'w2']);
	});
});

describe('the universal shape', () => {
	it('takes a transcript for a voice message, also an empty one', () => {
		expect(only({ chatId: 'c1', transcript: 'на стрижку' }).message).toMatchObject({ kind: 'voice', text: 'на стрижку' });
		expect(only({ chatId: 'c1', transcript: '', text: 'not heard' }).message).toMatchObject({ kind: 'voice', text: '' });
		expect(only({ chatId: 'c1', text: 'Hi' }).message.kind).toBe('text');
	});

	it('takes a phone as proven only when the caller says so', () => {
		const item = { chatId: 'c1', text: 'Hi', phone: '8 916 123-45-67' };
		expect(only(item).message).toMatchObject({ sender: { phone: null }, contact: { phone: '+79161234567', own: false } });
		expect(only({ ...item, phoneVerified: true }).message.sender.phone).toBe('+79161234567');
		expect(only({ ...item, phoneVerified: 'true' }).message.sender.phone).toBeNull();
	});

	it('may name a channel of its own', () => {
		expect(only({ channel: 'max', chatId: 5, text: 'Hi' })).toMatchObject({ channel: 'max', chatId: '5' });
	});

	it('believes the raw body of a Webhook node neither a channel nor a proven phone', () => {
		const found = only({ headers: {}, query: {}, body: { channel: 'telegram', chatId: 5, text: 'Hi', phone: '+79161234567', phoneVerified: true } });
		expect(found).toMatchObject({ channel: 'webhook', chatId: '5', message: { sender: { phone: null }, contact: { own: false } } });
	});

	it('is not tried where another channel started the run', () => {
		const cloud = { messages: [{ id: 'w1', from: '79161234567', timestamp: '1795000000', type: 'text', text: { body: 'Hi' } }] };
		expect(recognise(cloud, CONTEXT, ['web', 'webhook'])).toBeNull();
		expect(recognise({ chatId: 'c1', text: 'Hi', phone: '+79161234567', phoneVerified: true }, CONTEXT, ['web'])).toBeNull();
	});

	it('gives no chat to an item that names none', () => {
		expect(recognise({ chatId: '', text: 'Hi' }, CONTEXT)).toBeNull();
		expect(recognise({ text: 'Hi' }, CONTEXT)).toBeNull();
	});
});

it('never throws and never invents a phone for hostile items', () => {
	const seed = Date.now() % 2 ** 31;
	console.log(`seed ${seed}`);
	const keys = fc.constantFrom('message', 'callback_query', 'messages', 'chatId', 'text', 'body', 'sessionId', 'chatInput', 'from', 'chat', 'id', 'contact', 'phone', 'messaging_product', '__proto__');
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.double(), fc.constant(null), fc.boolean(), fc.constant('whatsapp'), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(keys, tie('value'), { maxKeys: 5 })),
	}));
	fc.assert(
		fc.property(value, (item) => {
			for (const { chatId, message } of recognise(item, CONTEXT) ?? []) {
				expect(chatId.length).toBeGreaterThan(0);
				if (message.sender.phone !== null) expect(message.sender.phone).toMatch(/^\+\d{7,15}$/);
			}
		}),
		{ seed, numRuns: 2000 },
	);
});
