import * as v from 'valibot';
import type { InboundMessage, MessageKind } from '../message';
import { Id, loose, phoneOrNull, Text, unixInstant } from './fields';
import type { Channel, Recognised, RecogniseContext } from './recognised';

const User = v.object({ id: Id, is_bot: loose(v.boolean()), first_name: loose(Text), last_name: loose(Text), language_code: loose(v.string()) });
const Chat = v.object({ id: Id, type: loose(v.string()) });
const Message = v.object({
	message_id: Id,
	date: loose(v.number()),
	chat: Chat,
	from: loose(User),
	text: loose(Text),
	caption: loose(Text),
	contact: loose(v.object({ phone_number: Text, user_id: loose(Id) })),
	voice: loose(v.unknown()),
	audio: loose(v.unknown()),
	video_note: loose(v.unknown()),
	photo: loose(v.unknown()),
	location: loose(v.unknown()),
});
const Keyboard = v.object({ inline_keyboard: v.array(v.array(v.object({ text: Text, callback_data: loose(Text) }))) });
const Callback = v.object({
	id: Id,
	from: User,
	data: loose(Text),
	message: loose(v.object({ chat: Chat, reply_markup: loose(Keyboard) })),
});
/** The flow may have put what was heard in a voice message beside it. */
const MessageUpdate = v.object({ message: Message, transcript: loose(Text) });
const CallbackUpdate = v.object({ callback_query: Callback });
/** Updates of Telegram that carry nothing to answer. */
const OTHER_UPDATES = ['edited_message', 'channel_post', 'edited_channel_post', 'my_chat_member', 'chat_member', 'message_reaction', 'poll', 'poll_answer'];

type TelegramMessage = v.InferOutput<typeof Message>;
type TelegramCallback = v.InferOutput<typeof Callback>;

/** Words a command stands for, by the language of the sender's app. Others stand for their own name, without the slash. */
const COMMANDS: Readonly<Record<string, { readonly ru: string; readonly en: string }>> = {
	start: { ru: 'Здравствуйте', en: 'Hello' },
	// Asked who it is, the assistant says what it can do.
	help: { ru: 'Кто вы?', en: 'Who are you?' },
};
const COMMAND = /^\/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/iu;
/** Apps in these languages get Russian where a command leaves the language open; so do those that name none. */
const RUSSIAN_APPS = new Set(['ru', 'uk', 'be', 'kk', 'ky', 'uz', 'tg', 'tk', 'az', 'hy', 'tt']);

/**
 * Items of n8n's Telegram Trigger, or of a webhook that passes a Telegram update on. Only private chats are answered:
 * in a group one member's phone and visits would be shown to all.
 */
export const telegram: Channel = {
	name: 'telegram',
	shape: 'Telegram Trigger: { message: { message_id, chat: { id }, text } } or { callback_query }',
	recognise(item, context) {
		const pressed = v.safeParse(CallbackUpdate, item);
		if (pressed.success) return fromCallback(pressed.output.callback_query, context);
		const sent = v.safeParse(MessageUpdate, item);
		if (sent.success) return fromMessage(sent.output.message, sent.output.transcript, context);
		const other = typeof item === 'object' && item !== null && 'update_id' in item && OTHER_UPDATES.some((name) => name in item);
		return other ? [] : null;
	},
};

function fromMessage(message: TelegramMessage, transcript: string | null, { now, phoneCountry }: RecogniseContext): readonly Recognised[] {
	if (message.from?.is_bot === true || !isPrivate(message.chat)) return [];
	const contact = contactOf(message, phoneCountry);
	const kind = kindOf(message);
	return [
		{
			channel: 'telegram',
			chatId: message.chat.id,
			message: {
				messageId: message.message_id,
				kind,
				text: textOf(message, kind, transcript),
				buttonId: null,
				contact,
				sender: { phone: contact?.own === true ? contact.phone : null, name: nameOf(message.from) },
				receivedAt: unixInstant(message.date, now),
			},
		},
	];
}

/** Groups and channels have negative ids; a chat without a type is told by its id alone. */
function isPrivate(chat: v.InferOutput<typeof Chat>): boolean {
	return chat.type === null ? !chat.id.startsWith('-') : chat.type === 'private';
}

function textOf(message: TelegramMessage, kind: MessageKind, transcript: string | null): string {
	if (kind === 'voice' && transcript !== null && transcript.trim() !== '') return transcript;
	const text = message.text ?? message.caption ?? '';
	return kind === 'text' ? wordsOf(text, message.from?.language_code ?? null) : text;
}

/** What a command asks for in words; any other text as it is. What follows `/start` is a link's own parameter. */
function wordsOf(text: string, language: string | null): string {
	const [, name = '', rest = ''] = COMMAND.exec(text.trim()) ?? [];
	if (name === '') return text;
	const key = name.toLowerCase();
	const known = Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
	if (known === undefined) return `${name.replaceAll('_', ' ')} ${rest}`.trim();
	const [app = ''] = (language ?? 'ru').toLowerCase().split('-');
	return RUSSIAN_APPS.has(app) ? known.ru : known.en;
}

/** A contact card proves a phone only when Telegram says it is the sender's own. */
function contactOf(message: TelegramMessage, country: string): InboundMessage['contact'] {
	if (message.contact === null) return null;
	const { phone_number: text, user_id: owner } = message.contact;
	const phone = phoneOrNull(text.startsWith('+') ? text : `+${text}`, country) ?? phoneOrNull(text, country);
	if (phone === null) return null;
	return { phone, own: owner !== null && owner === message.from?.id };
}

function kindOf(message: TelegramMessage): MessageKind {
	if (message.text !== null) return 'text';
	if (message.contact !== null) return 'contact';
	if (message.voice !== null || message.audio !== null || message.video_note !== null) return 'voice';
	if (message.photo !== null) return 'image';
	if (message.location !== null) return 'location';
	return 'other';
}

function fromCallback(callback: TelegramCallback, { now }: RecogniseContext): readonly Recognised[] {
	if (callback.message !== null && !isPrivate(callback.message.chat)) return [];
	return [
		{
			channel: 'telegram',
			chatId: callback.message?.chat.id ?? callback.from.id,
			message: {
				messageId: `callback:${callback.id}`,
				kind: 'button',
				text: titleOf(callback),
				buttonId: callback.data,
				contact: null,
				sender: { phone: null, name: nameOf(callback.from) },
				receivedAt: now,
			},
		},
	];
}

/** The title the client saw on the button; Telegram sends the keyboard it stood in, unless the message is too old. */
function titleOf({ data, message }: TelegramCallback): string {
	const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
	return buttons.find((button) => button.callback_data !== null && button.callback_data === data)?.text ?? '';
}

function nameOf(user: v.InferOutput<typeof User> | null): string | null {
	const name = [user?.first_name, user?.last_name].filter((part) => typeof part === 'string' && part !== '').join(' ');
	return name === '' ? null : name;
}
