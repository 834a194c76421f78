import { wholeNumberOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import { now } from '../shared/salon';
import type { ConversationContext } from './context';
import { chatFields } from './fields';
import { readConversation, transcriptLine } from './items';

export const getConversation = defineOperation<ConversationContext>({
	value: 'get',
	name: 'Get',
	action: 'Get conversation',
	description: 'Retrieve a conversation with its last messages',
	fields: [
		...chatFields,
		{ displayName: 'Messages', name: 'messages', type: 'number', typeOptions: { minValue: 0, maxValue: 500 }, default: 50, description: 'How many of the last messages to put out' },
	],
	async run({ parameters, conversations, chat }, i) {
		const key = chat(i);
		const item = await readConversation(conversations, key, now());
		const limit = wholeNumberOf(parameters.getNodeParameter('messages', i, 50), 'Messages', { min: 0, max: 500 });
		const lines = limit > 0 ? await conversations.transcript(key, limit) : [];
		return { ...item, messages: lines.map(transcriptLine) };
	},
});
