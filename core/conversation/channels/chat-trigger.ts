import * as v from 'valibot';
import { Id, loose, Text } from './fields';
import type { Channel } from './recognised';

/** n8n's Chat Trigger. The page sends no message id of its own; a front end may add one. */
const Item = v.object({
	sessionId: Id,
	action: v.optional(v.string()),
	chatInput: Text,
	messageId: loose(Id),
	metadata: loose(v.object({ messageId: loose(Id) })),
	files: loose(v.array(v.unknown())),
});

/** Items of n8n's Chat Trigger. */
export const chatTrigger: Channel = {
	name: 'web',
	shape: 'Chat Trigger: { sessionId, chatInput }',
	recognise(item, { now }) {
		const parsed = v.safeParse(Item, item);
		if (!parsed.success) return null;
		const { sessionId, action, chatInput, messageId, metadata, files } = parsed.output;
		if (action !== undefined && action !== 'sendMessage') return [];
		const bare = chatInput.trim() === '';
		if (bare && (files === null || files.length === 0)) return [];
		return [
			{
				channel: 'web',
				chatId: sessionId,
				message: {
					messageId: messageId ?? metadata?.messageId ?? null,
					kind: bare ? 'image' : 'text',
					text: chatInput,
					buttonId: null,
					contact: null,
					sender: { phone: null, name: null },
					receivedAt: now,
				},
			},
		];
	},
};
