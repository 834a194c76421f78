import type { ConversationMode } from '../../core/store';
import { listFields, readLimit, textOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import { now } from '../shared/salon';
import type { ConversationContext } from './context';
import { conversationItem } from './items';

/** Pages by time would lose chats with the same time, and those without a message. */
const EVERY = Number.MAX_SAFE_INTEGER;

export const getAllConversations = defineOperation<ConversationContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'List conversations, the newest message first',
	fields: [
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'Channel', name: 'channel', type: 'string', default: '', placeholder: 'e.g. telegram' },
				{
					displayName: 'Mode',
					name: 'mode',
					type: 'options',
					options: [
						{ name: 'Assistant Answers', value: 'bot' },
						{ name: 'Paused', value: 'paused' },
						{ name: 'Person Answers', value: 'human' },
					],
					default: 'human',
				},
			],
		},
	],
	async run({ parameters, conversations, tenant }, i) {
		const filters = parameters.getNodeParameter('filters', i, {}) as { channel?: unknown; mode?: ConversationMode };
		const channel = textOf(filters.channel);
		const limit = readLimit(parameters, i);
		const at = now();
		const all = await conversations.list({
			tenant,
			// What a mode is depends on the time, so the store cannot count by it.
			limit: filters.mode === undefined ? Math.min(limit, EVERY) : EVERY,
			...(channel === '' ? {} : { channel }),
		});
		return all
			.map((summary) => conversationItem(summary, at))
			.filter(({ mode }) => filters.mode === undefined || mode === filters.mode)
			.slice(0, limit);
	},
});
