import './support/harness';
import { recognise, retold } from '../../core/conversation/channels';
import { CHANNELS, profileOf } from '../../core/conversation/compose/channel';
import { payloadsFor } from '../../nodes/BookingAgent/payloads';

const CONTEXT = { now: '2026-11-21T10:00:00.000Z', phoneCountry: 'RU' };
const CHAT = '182736455463728@lid';
const turn = (fields: object = {}) => ({
	salonId: 'demo', session: 'main', turnId: 'turn-1', chatId: CHAT, phone: '79161234567', lid: CHAT, pushName: 'Анна', messageIds: ['A', 'B'], type: 'text', text: 'Здравствуйте', choiceId: null,
	media: [], location: null, contacts: [], quotedId: null, fromAd: false, timestamp: '2026-11-21T09:59:58.000Z', receivedAt: '2026-11-21T09:59:58.400Z', live: true, pausedUntil: null, ...fields,
});
const messageOf = (fields: object = {}) => recognise(turn(fields), CONTEXT, ['whatsapp'])?.[0]?.message;

describe('items of WhatsApp Session Trigger', () => {
	it('are one message a turn, named by the turn, with the phone WhatsApp vouches for', () => {
		expect(recognise(turn(), CONTEXT)).toEqual([
			{
				channel: 'whatsapp',
				chatId: CHAT,
				message: { messageId: 'turn-1', kind: 'text', text: 'Здравствуйте', buttonId: null, contact: null, sender: { phone: '+79161234567', name: 'Анна' }, receivedAt: '2026-11-21T09:59:58.400Z' },
			},
		]);
	});

	it('give no phone where only the LID is known: its digits are no number', () => {
		expect(messageOf({ phone: null })?.sender.phone).toBeNull();
		expect(messageOf({ phone: CHAT })?.sender.phone).toBeNull();
	});

	it('take a shared contact for a number that is not proven', () => {
		expect(messageOf({ type: 'contact', text: '', contacts: [{ name: 'Мама', phones: ['79160000000'] }] })).toMatchObject({ kind: 'contact', contact: { phone: '+79160000000', own: false }, sender: { phone: '+79161234567' } });
	});

	it.each([
		['voice', 'voice'],
		['audio', 'voice'],
		['image', 'image'],
		['video', 'image'],
		['sticker', 'image'],
		['location', 'location'],
		['document', 'other'],
		['poll', 'other'],
		['unsupported', 'other'],
		['something new', 'other'],
	])('of the type %s are of the kind %s', (type, kind) => {
		expect(messageOf({ type, text: '' })).toMatchObject({ kind, text: '' });
	});

	it('put what was heard after what was written', () => {
		expect(messageOf({ type: 'voice', text: '', transcript: 'на маникюр' })).toMatchObject({ kind: 'voice', text: 'на маникюр' });
		expect(messageOf({ type: 'text', text: 'Привет', transcript: 'на маникюр' })).toMatchObject({ kind: 'voice', text: 'Привет\nна маникюр' });
		expect(messageOf({ type: 'voice', text: '', transcript: ' ' })).toMatchObject({ kind: 'voice', text: '' });
	});

	it('bring the words of a choice with its id', () => {
		expect(messageOf({ type: 'choice', text: '10:00', choiceId: 'row-7' })).toMatchObject({ kind: 'button', buttonId: 'row-7', text: '10:00' });
	});

	it('ask for nothing when somebody of the salon wrote', () => {
		expect(recognise(turn({ type: 'operator', text: '' }), CONTEXT)).toEqual([]);
	});

	it('are no items of a group, a channel or a made-up address', () => {
		for (const chatId of ['123-456@g.us', 'status@broadcast', '79161234567', 'a@b@lid', '']) expect(recognise(turn({ chatId }), CONTEXT, ['whatsapp'])).toBeNull();
	});

	it('can be told anew with other words, under the same turn', () => {
		const [found] = recognise(turn({ type: 'voice', choiceId: null }), CONTEXT) ?? [];
		if (found === undefined) throw new Error('not recognised');
		expect(recognise(retold(turn({ type: 'voice' }), found, { text: 'новое' }), CONTEXT)?.[0]).toMatchObject({ chatId: CHAT, message: { messageId: 'turn-1', kind: 'text', text: 'новое' } });
	});

	it('may be answered again: what is sent by its key is sent once', () => {
		expect(profileOf('whatsapp')).toMatchObject({ delivery: 'push', resends: true });
		expect('resends' in CHANNELS.telegram).toBe(false);
	});
});

describe('replies on the Cloud API', () => {
	const reply = (count: number) => ({ text: 'Когда?', parts: ['Выбирайте', 'Когда?'], lang: 'ru' as const, buttons: Array.from({ length: count }, (_, index) => ({ id: `pick:${index}`, title: `вт 24, 1${index}:00` })) });
	const last = (count: number) => payloadsFor('whatsapp_cloud', '79161234567', reply(count)).at(-1);

	it('have up to three choices as buttons under the last bubble', () => {
		expect(payloadsFor('whatsapp_cloud', '79161234567', reply(3))[0]).toEqual({ messaging_product: 'whatsapp', to: '79161234567', type: 'text', text: { body: 'Выбирайте' } });
		expect(last(3)).toMatchObject({ type: 'interactive', interactive: { type: 'button', body: { text: 'Когда?' }, action: { buttons: [{ type: 'reply', reply: { id: 'pick:0', title: 'вт 24, 10:00' } }, {}, {}] } } });
	});

	it('have more choices as a list', () => {
		expect(last(5)).toMatchObject({ interactive: { type: 'list', action: { button: 'Выбрать', sections: [{ rows: [{ id: 'pick:0', title: 'вт 24, 10:00' }, {}, {}, {}, {}] }] } } });
	});

	it('keep the limits of WhatsApp: ten rows, titles of 20 characters, ids of 200 bytes', () => {
		expect(CHANNELS.whatsapp_cloud).toMatchObject({ maxButtons: 10, buttonTitleLimit: 20 });
	});
});
