import type { IDataObject } from 'n8n-workflow';
import type { InboundMessage, Lang, Reply } from '../../core/conversation';

/** What was answered; null when the chat waited without a new message. */
type Answered = Pick<InboundMessage, 'kind'> | null;
type Payload = (chatId: string, reply: Reply, answered: Answered) => IDataObject[];

/** Id of a button that asks the client to share their own contact card instead of being pressed. */
const CONTACT_BUTTON = 'contact:share';
/** Said when a shared contact is answered by buttons alone: only a message without a keyboard can take one away. */
const CONTACT_TAKEN: Readonly<Record<Lang, string>> = { ru: 'Спасибо, номер получен.', en: 'Thank you, the number has arrived.' };

/** Bodies ready for a channel's own send call, one a bubble; buttons stand under the last. */
const PAYLOADS: Readonly<Record<string, Payload>> = {
	telegram: (chatId, reply, answered) => {
		const sent = bubbles(reply, (text) => ({ chat_id: chatId, text }), (body) => ({ ...body, reply_markup: telegramKeyboard(reply) }));
		return withoutOldKeyboard(answered?.kind === 'contact' ? CONTACT_TAKEN[reply.lang] : null, chatId, sent);
	},
	whatsapp_cloud: (chatId, reply) =>
		bubbles(
			reply,
			(text) => ({ messaging_product: 'whatsapp', to: chatId, type: 'text', text: { body: text } }),
			(_body, text) => ({ messaging_product: 'whatsapp', to: chatId, type: 'interactive', interactive: interactiveOf(text, reply) }),
		),
};

/** Reply buttons of WhatsApp; more of them are a list behind one button. */
const MOST_REPLY_BUTTONS = 3;
const LIST_TITLE: Readonly<Record<Lang, string>> = { ru: 'Выбрать', en: 'Choose' };

function interactiveOf(text: string, { buttons, lang }: Reply): IDataObject {
	const body = { text };
	if (buttons.length <= MOST_REPLY_BUTTONS) return { type: 'button', body, action: { buttons: buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) } };
	return { type: 'list', body, action: { button: LIST_TITLE[lang], sections: [{ rows: buttons.map(({ id, title }) => ({ id, title })) }] } };
}

function bubbles(reply: Reply, plain: (text: string) => IDataObject, withButtons: (body: IDataObject, text: string) => IDataObject): IDataObject[] {
	return reply.parts.map((text, index) => {
		const last = index === reply.parts.length - 1;
		return last && reply.buttons.length > 0 ? withButtons(plain(text), text) : plain(text);
	});
}

function telegramKeyboard({ buttons }: Reply): IDataObject {
	const contact = buttons.find(({ id }) => id === CONTACT_BUTTON);
	if (contact !== undefined) return { keyboard: [[{ text: contact.title, request_contact: true }]], one_time_keyboard: true, resize_keyboard: true };
	return { inline_keyboard: buttons.map(({ id, title }) => [{ text: title, callback_data: id }]) };
}

/**
 * The contact button stays under the input field until a message takes it away, and a phone may also be typed: so the
 * first bubble without a keyboard of its own always does. After a shared contact one is added where there is none.
 */
function withoutOldKeyboard(thanks: string | null, chatId: string, sent: IDataObject[]): IDataObject[] {
	const plain = sent.findIndex((body) => body.reply_markup === undefined);
	const all = plain === -1 && thanks !== null && sent.length > 0 ? [{ chat_id: chatId, text: thanks }, ...sent] : sent;
	const first = Math.max(plain, 0);
	return all.map((body, index) => (index === first && body.reply_markup === undefined ? { ...body, reply_markup: { remove_keyboard: true } } : body));
}

/** The bodies for a channel, or none where `text` and `buttons` are all a flow needs. */
export function payloadsFor(channel: string, chatId: string, reply: Reply, answered: Answered = null): IDataObject[] {
	const make = Object.hasOwn(PAYLOADS, channel) ? PAYLOADS[channel] : undefined;
	return make === undefined ? [] : make(chatId, reply, answered);
}
