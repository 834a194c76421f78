import type { IExecuteFunctions } from 'n8n-workflow';
import { createAssistantStore, type ChatKey, type ConversationStore, type ErasureStore } from '../../core/store';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import type { OperationContext } from '../shared/operation';
import { readSalon } from '../shared/salon';
import { openNodeStore } from '../shared/store';

/** What an operation of Conversation works with. */
export interface ConversationContext extends OperationContext {
	readonly conversations: ConversationStore;
	readonly erasure: ErasureStore;
	readonly tenant: string;
	/** The chat an item names. */
	chat(itemIndex: number): ChatKey;
}

/** Opens the conversations of the salon an item names. */
export async function openConversations(functions: IExecuteFunctions, i: number): Promise<ConversationContext> {
	const { store, conversations } = await openNodeStore(functions, i);
	const tenant = readSalon(functions, i);
	return {
		parameters: functions,
		conversations,
		erasure: createAssistantStore(store).erasure,
		tenant,
		chat(itemIndex) {
			const channel = textOf(functions.getNodeParameter('channel', itemIndex));
			const chatId = textOf(functions.getNodeParameter('chatId', itemIndex));
			if (channel !== '' && chatId !== '') return { tenant, channel, chatId };
			throw new ParameterError('The chat is not named', 'Fill in Channel and Chat ID as Booking Agent put them out.');
		},
	};
}
