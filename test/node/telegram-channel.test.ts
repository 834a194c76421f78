import { recognise, type Recognised } from '../../core/conversation/channels';
import type { Button, Reply } from '../../core/conversation';
import { payloadsFor } from '../../nodes/BookingAgent/payloads';

const CONTEXT = { now: '2026-11-21T07:00:00.000Z', phoneCountry: 'RU' };
const REMOVED = { remove_keyboard: true };

function message(extra: object, from: object = {}): Recognised['message'] {
	const item = { update_id: 1, message: { message_id: 7, date: 1_795_000_000, chat: { id: 42, type: 'private' }, from: { id: 42, ...from }, ...extra } };
	const [found] = recognise(item, CONTEXT) ?? [];
	if (found === undefined) throw new Error('The item was left alone');
	return found.message;
}

function press(data: string, keyboard: unknown): Recognised['message'] | undefined {
	const item = { update_id: 2, callback_query: { id: 'c1', from: { id: 42 }, data, message: { message_id: 6, chat: { id: 42, type: 'private' }, reply_markup: keyboard } } };
	return recognise(item, CONTEXT)?.[0]?.message;
}

describe('a command', () => {
	it.each([
		['/start', 'ru', 'Здравствуйте'],
		['/start', 'uk', 'Здравствуйте'],
		['/start', 'en-US', 'Hello'],
		['/start', undefined, 'Здравствуйте'],
		['/start ref_15', 'ru', 'Здравствуйте'],
		['/START@salon_bot', 'de', 'Hello'],
		['/help', 'ru', 'Кто вы?'],
		['/help', 'en', 'Who are you?'],
		['/my_bookings', 'en', 'my bookings'],
		['/book haircut tomorrow', 'en', 'book haircut tomorrow'],
		['/constructor', 'en', 'constructor'],
		['1/2 часа', 'ru', '1/2 часа'],
		['/', 'ru', '/'],
	])('%s in an app in %s is heard as its words', (text, language_code, words) => {
		expect(message({ text }, { language_code })).toMatchObject({ kind: 'text', text: words });
	});

	it('is only read in a text of its own, not under a picture', () => {
		expect(message({ photo: [{}], caption: '/start' }).text).toBe('/start');
	});
});

describe('a pressed button', () => {
	const keyboard = { inline_keyboard: [[{ text: 'Записаться', callback_data: 'menu:0' }], [{ text: 'Сайт', url: 'https://salon.example' }, { text: 'Цены', callback_data: 'menu:2' }]] };

	it('brings the title the client saw', () => {
		expect(press('menu:2', keyboard)).toMatchObject({ kind: 'button', buttonId: 'menu:2', text: 'Цены' });
	});

	it.each([['menu:9', keyboard], ['menu:0', undefined], ['menu:0', { inline_keyboard: 'x' }]])('has no title when Telegram does not tell it: %s', (data, given) => {
		expect(press(data, given)).toMatchObject({ buttonId: data, text: '' });
	});
});

describe('a voice message', () => {
	const heard = (extra: object, transcript: unknown): Recognised['message'] | undefined =>
		recognise({ update_id: 3, transcript, message: { message_id: 8, chat: { id: 42, type: 'private' }, from: { id: 42 }, ...extra } }, CONTEXT)?.[0]?.message;

	it('says what was heard in it', () => {
		expect(heard({ voice: { file_id: 'f' } }, 'Запишите меня на завтра')).toMatchObject({ kind: 'voice', text: 'Запишите меня на завтра' });
		expect(heard({ video_note: { file_id: 'f' } }, 'Добрый день')).toMatchObject({ kind: 'voice', text: 'Добрый день' });
	});

	it.each([[''], ['  \n'], [null], [undefined], [5], [{}]])('says nothing when nothing was heard: %j', (transcript) => {
		expect(heard({ voice: { file_id: 'f' } }, transcript)).toMatchObject({ kind: 'voice', text: '' });
	});

	it('keeps its caption when nothing was heard, and a text is never replaced', () => {
		expect(heard({ audio: {}, caption: 'послушайте' }, '')?.text).toBe('послушайте');
		expect(heard({ text: 'отмена' }, 'да')).toMatchObject({ kind: 'text', text: 'отмена' });
	});
});

describe('a chat that is not private', () => {
	it.each([['group'], ['supergroup'], ['channel']])('is left alone: %s', (type) => {
		const chat = { id: -100, type };
		expect(recognise({ update_id: 1, message: { message_id: 7, chat, from: { id: 42 }, text: 'на когда я записан?' } }, CONTEXT)).toEqual([]);
		expect(recognise({ update_id: 2, callback_query: { id: 'c1', from: { id: 42 }, data: 'yes:1', message: { chat } } }, CONTEXT)).toEqual([]);
	});

	it('is told by its id when it names no type', () => {
		expect(recognise({ message: { message_id: 7, chat: { id: -5 }, from: { id: 42 }, text: 'Hi' } }, CONTEXT)).toEqual([]);
		expect(recognise({ message: { message_id: 7, chat: { id: 5 }, from: { id: 42 }, text: 'Hi' } }, CONTEXT)).toHaveLength(1);
	});
});

describe('what is sent to Telegram', () => {
	const CONTACT: Button = { id: 'contact:share', title: 'Отправить мой номер' };
	const YES: Button = { id: 'yes:8c1f0a52-3c52-4a3f-9f2e-0d4d4c1f9a11', title: 'Да' };
	const reply = (parts: readonly string[], buttons: readonly Button[] = [], lang: Reply['lang'] = 'ru'): Reply => ({ text: parts.join('\n\n'), parts, buttons, lang });

	it('is one body a bubble with the buttons under the last', () => {
		expect(payloadsFor('telegram', '42', reply(['Раз', 'Два'], [YES]))).toEqual([
			{ chat_id: '42', text: 'Раз', reply_markup: REMOVED },
			{ chat_id: '42', text: 'Два', reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: YES.id }]] } },
		]);
	});

	it('asks for the client’s own contact by a keyboard that hides after use', () => {
		expect(payloadsFor('telegram', '42', reply(['Ваш телефон?'], [CONTACT]))).toEqual([
			{ chat_id: '42', text: 'Ваш телефон?', reply_markup: { keyboard: [[{ text: CONTACT.title, request_contact: true }]], one_time_keyboard: true, resize_keyboard: true } },
		]);
	});

	it('takes the contact button away with the first message that has no keyboard of its own', () => {
		const sent = payloadsFor('telegram', '42', reply(['Раз', 'Два']), { kind: 'contact' });
		expect(sent.map((body) => body['reply_markup'])).toEqual([REMOVED, undefined]);
		expect(sent).toHaveLength(2);
	});

	it.each([['ru', 'Спасибо, номер получен.'], ['en', 'Thank you, the number has arrived.']] as const)('adds such a message after a contact when there is none: %s', (lang, thanks) => {
		const sent = payloadsFor('telegram', '42', reply(['Всё верно?'], [YES], lang), { kind: 'contact' });
		expect(sent.map(({ text, reply_markup }) => [text, reply_markup])).toEqual([
			[thanks, REMOVED],
			['Всё верно?', { inline_keyboard: [[{ text: 'Да', callback_data: YES.id }]] }],
		]);
		expect(payloadsFor('telegram', '42', reply(['Всё верно?'], [YES], lang), { kind: 'text' })).toHaveLength(1);
	});

	it('is nothing when nothing is said, also after a contact', () => {
		expect(payloadsFor('telegram', '42', reply([]), { kind: 'contact' })).toEqual([]);
	});

	it('leaves WhatsApp without keyboards of Telegram', () => {
		expect(payloadsFor('whatsapp_cloud', '79161234567', reply(['Раз']), { kind: 'contact' })).toEqual([{ messaging_product: 'whatsapp', to: '79161234567', type: 'text', text: { body: 'Раз' } }]);
	});
});
