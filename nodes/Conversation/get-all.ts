import type { ConversationMode } from '../../core/store';
import { listFields, readLimit, textOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import type { ConversationContext } from './context';
import { conversationItem, type ConversationItem } from './items';

const PAGE = 100;

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
		const found: ConversationItem[] = [];
		for (let before: string | undefined; found.length < limit; ) {
			const size = Math.min(limit - found.length, PAGE);
			const page = await conversations.list({
				tenant,
				limit: size,
				...(channel === '' ? {} : { channel }),
				...(filters.mode === undefined ? {} : { mode: filters.mode }),
				...(before === undefined ? {} : { before }),
			});
			found.push(...page.map(conversationItem));
			const last = page[page.length - 1]?.lastMessageAt ?? null;
			if (page.length < size || last === null) break;
			before = last;
		}
		return found;
	},
});
