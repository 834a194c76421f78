import { createHmac } from 'node:crypto';
import { createWebhookSender, type WebhookSender } from '../kit';
import type { World } from '../amocrm/world';

/** The channel's secret, as a chat integration gets it. */
export const CHANNEL_SECRET = 'channel-secret';

/** One message of an operator that the chats service passes on. */
export interface ChatMessage {
	readonly conversationId: string;
	readonly text: string;
}

/** Sends signed chat webhooks, each once. */
export interface ChatSender {
	readonly sender: WebhookSender;
	send(url: string, message: ChatMessage, secret?: string): void;
}

/** The signature is over the raw bytes: HMAC-SHA1 in hex, header `X-Signature`. */
export function createChatSender(world: World): ChatSender {
	const sender = createWebhookSender();
	return {
		sender,
		send: (url, { conversationId, text }, secret = CHANNEL_SECRET) => {
			const message = { conversation: { id: conversationId }, timestamp: world.now(), message: { id: world.random.hex(16), type: 'text', text } };
			const body = JSON.stringify({ account_id: String(world.account.id), time: world.now(), message });
			const signature = createHmac('sha1', secret).update(body).digest('hex');
			sender.send({ url, headers: { 'content-type': 'application/json', 'x-signature': signature }, body });
		},
	};
}
