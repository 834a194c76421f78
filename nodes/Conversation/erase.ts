import type { INodeProperties } from 'n8n-workflow';
import type { ErasedCounts } from '../../core/store';
import { ParameterError } from '../shared/errors';
import { phoneOf, textOf } from '../shared/fields';
import { defineOperation, type OperationContext } from '../shared/operation';
import type { ConversationContext } from './context';
import { chatFields } from './fields';

/** No expression: neither an item nor a model may turn it on. */
const confirmField: INodeProperties = {
	displayName: 'Erase for Good',
	name: 'confirmErase',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether you know that what is erased cannot be brought back; nothing is erased while this is off',
};

export const eraseConversation = defineOperation<ConversationContext>({
	value: 'eraseConversation',
	name: 'Erase Conversation',
	action: 'Erase conversation',
	description: 'Delete all that is kept of one chat: messages, answers, state, confirmations, facts and questions',
	fields: [...chatFields, confirmField],
	async run({ parameters, erasure, tenant, chat }, i) {
		const { channel, chatId } = chat(i);
		confirmed(parameters, i);
		return erasedItem(tenant, await erasure.eraseClient(tenant, { chat: { channel, chatId } }));
	},
});

export const eraseClient = defineOperation<ConversationContext>({
	value: 'eraseClient',
	name: 'Erase Client',
	action: 'Erase client',
	description: "Delete all that is kept of a person: every chat that is theirs by phone, and what is remembered of them; the CRM's own records stay",
	fields: [
		{ displayName: 'Phone', name: 'phone', type: 'string', required: true, default: '', placeholder: 'e.g. +79161234567', description: 'With the country code' },
		{
			displayName: 'Also Erase Chat',
			name: 'alsoChat',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'A chat of the same person that does not know the phone, for example in a web chat; fill in both',
			options: chatFields.map((field) => ({ ...field, required: false, default: '' })),
		},
		confirmField,
	],
	async run({ parameters, erasure, tenant }, i) {
		const phone = phoneOf(parameters.getNodeParameter('phone', i), 'For a chat without a phone use Erase Conversation.');
		const chat = otherChat(parameters, i);
		confirmed(parameters, i);
		return erasedItem(tenant, await erasure.eraseClient(tenant, { phone, ...chat }));
	},
});

function confirmed(parameters: OperationContext['parameters'], i: number): void {
	if (parameters.getNodeParameter('confirmErase', i, false) === true) return;
	throw new ParameterError('Erasing is not confirmed', 'Check what this node would erase, then turn on Erase for Good. Nothing was erased.');
}

/** The chat named beside the phone, if any. Half a name is a mistake, not none. */
function otherChat(parameters: OperationContext['parameters'], i: number): { readonly chat?: { readonly channel: string; readonly chatId: string } } {
	const { channel: channelField, chatId: chatField } = parameters.getNodeParameter('alsoChat', i, {}) as { channel?: unknown; chatId?: unknown };
	const [channel, chatId] = [textOf(channelField), textOf(chatField)];
	if (channel === '' && chatId === '') return {};
	if (channel !== '' && chatId !== '') return { chat: { channel, chatId } };
	throw new ParameterError('The chat is not named', 'Under Also Erase Chat fill in both Channel and Chat ID, or neither. Nothing was erased.');
}

/** What was erased, in figures. */
function erasedItem(salonId: string, { chats, unresolvedOperations, ...tables }: ErasedCounts): object {
	// Rows of use lose their chat and stay for the sums of the day.
	const rows = Object.values(tables).reduce((sum, count) => sum + count, 0) - tables.model_usage;
	return { salonId, deleted: rows > 0, chats, rows, unresolvedOperations, tables };
}
