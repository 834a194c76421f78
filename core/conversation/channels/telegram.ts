import * as v from 'valibot';
import type { InboundMessage, MessageKind } from '../message';
import { Id, loose, phoneOrNull, Text, unixInstant } from './fields';
import type { Channel, Recognised, RecogniseContext } from './recognised';

const User = v.object({ id: Id, is_bot: loose(v.boolean()), first_name: loose(Text), last_name: loose(Text) });
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
const Callback = v.object({
	id: Id,
	from: User,
	data: loose(Text),
	message: loose(v.object({ chat: Chat })),
});
const MessageUpdate = v.object({ message: Message });
const CallbackUpdate = v.object({ callback_query: Callback });
/** Updates of Telegram that carry nothing to answer. */
const OTHER_UPDATES = ['edited_message', 'channel_post', 'edited_channel_post', 'my_chat_member', 'chat_member', 'message_reaction', 'poll', 'poll_answer'];

type TelegramMessage = v.InferOutput<typeof Message>;

/** Items of n8n's Telegram Trigger, or of a webhook that passes a Telegram update on. */
export const telegram: Channel = {
	name: 'telegram',
	shape: 'Telegram Trigger: { message: { message_id, chat: { id }, text } } or { callback_query }',
	recognise(item, context) {
		const pressed = v.safeParse(CallbackUpdate, item);
		if (pressed.success) return fromCallback(pressed.output.callback_query, context);
		const sent = v.safeParse(MessageUpdate, item);
		if (sent.success) return fromMessage(sent.output.message, context);
		const other = typeof item === 'object' && item !== null && 'update_id' in item && OTHER_UPDATES.some((name) => name in item);
		return other ? [] : null;
	},
};

function fromMessage(message: TelegramMessage, { now, phoneCountry }: RecogniseContext): readonly Recognised[] {
	if (message.from?.is_bot === true) return [];
	const contact = contactOf(message, phoneCountry);
	const kind = kindOf(message);
	return [
		{
			channel: 'telegram',
			chatId: message.chat.id,
			message: {
				messageId: message.message_id,
				kind,
				text: message.text ?? message.caption ?? '',
				buttonId: null,
				contact,
				sender: { phone: contact?.own === true ? contact.phone : null, name: nameOf(message.from) },
				receivedAt: unixInstant(message.date, now),
			},
		},
	];
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

function fromCallback(callback: v.InferOutput<typeof Callback>, { now }: RecogniseContext): readonly Recognised[] {
	return [
		{
			channel: 'telegram',
			chatId: callback.message?.chat.id ?? callback.from.id,
			message: {
				messageId: `callback:${callback.id}`,
				kind: 'button',
				text: '',
				buttonId: callback.data,
				contact: null,
				sender: { phone: null, name: nameOf(callback.from) },
				receivedAt: now,
			},
		},
	];
}

function nameOf(user: v.InferOutput<typeof User> | null): string | null {
	const name = [user?.first_name, user?.last_name].filter((part) => typeof part === 'string' && part !== '').join(' ');
	return name === '' ? null : name;
}
