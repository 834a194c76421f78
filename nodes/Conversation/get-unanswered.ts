import { listFields, readLimit, wholeNumberOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import { now } from '../shared/salon';
import type { ConversationContext } from './context';

const MOST = Number.MAX_SAFE_INTEGER;
const YEAR_SECONDS = 31_536_000;

export const getUnanswered = defineOperation<ConversationContext>({
	value: 'getUnanswered',
	name: 'Get Unanswered',
	action: 'Get unanswered conversations',
	description: 'List chats whose messages nobody has answered and nobody works on',
	fields: [
		{
			displayName: 'Older Than (Seconds)',
			name: 'olderThan',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description: 'Only messages that have waited at least this long',
		},
		...listFields,
	],
	async run({ parameters, conversations, tenant }, i) {
		const at = now();
		const seconds = wholeNumberOf(parameters.getNodeParameter('olderThan', i, 60), 'Older Than (Seconds)', { min: 0, max: YEAR_SECONDS });
		const before = new Date(Date.parse(at) - seconds * 1000).toISOString();
		const chats = await conversations.unanswered(tenant, before, at, Math.min(readLimit(parameters, i), MOST));
		return chats.map(({ channel, chatId }) => ({ salonId: tenant, channel, chatId }));
	},
});
