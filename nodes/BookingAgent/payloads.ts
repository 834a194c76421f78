import type { IDataObject } from 'n8n-workflow';
import type { Reply } from '../../core/conversation';

type Payload = (chatId: string, reply: Reply) => IDataObject[];

/** Bodies ready for a channel's own send call, one a bubble; buttons stand under the last. */
const PAYLOADS: Readonly<Record<string, Payload>> = {
	telegram: (chatId, reply) =>
		bubbles(reply, (text) => ({ chat_id: chatId, text }), (body) => ({
			...body,
			reply_markup: { inline_keyboard: reply.buttons.map((button) => [{ text: button.title, callback_data: button.id }]) },
		})),
	whatsapp_cloud: (chatId, reply) =>
		bubbles(
			reply,
			(text) => ({ messaging_product: 'whatsapp', to: chatId, type: 'text', text: { body: text } }),
			(_body, text) => ({
				messaging_product: 'whatsapp',
				to: chatId,
				type: 'interactive',
				interactive: {
					type: 'button',
					body: { text },
					action: { buttons: reply.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
				},
			}),
		),
};

function bubbles(reply: Reply, plain: (text: string) => IDataObject, withButtons: (body: IDataObject, text: string) => IDataObject): IDataObject[] {
	return reply.parts.map((text, index) => {
		const last = index === reply.parts.length - 1;
		return last && reply.buttons.length > 0 ? withButtons(plain(text), text) : plain(text);
	});
}

/** The bodies for a channel, or none where `text` and `buttons` are all a flow needs. */
export function payloadsFor(channel: string, chatId: string, reply: Reply): IDataObject[] {
	const make = Object.hasOwn(PAYLOADS, channel) ? PAYLOADS[channel] : undefined;
	return make === undefined ? [] : make(chatId, reply);
}
