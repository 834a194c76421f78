import { NodeConnectionTypes, updateDisplayOptions, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { describeOperations } from '../shared/operation';
import { routeOperations } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { testStore } from '../shared/store-test';
import { openConversations, type ConversationContext } from './context';
import { OPERATIONS } from './operations';
import { prepareVoice, prepareVoiceFiles, type VoiceContext } from './prepare-voice';

/** Conversations of the assistant: who answers, what was said. */
export class Conversation implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Conversation',
		name: 'conversation',
		icon: { light: 'file:conversation.svg', dark: 'file:conversation.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'List and read conversations of Booking Agent, pause them, hand them to a person and resume them; prepare voice messages',
		defaults: { name: 'Conversation' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties: [
			...describeOperations<ConversationContext & VoiceContext>([...OPERATIONS, prepareVoice], 'getAll'),
			// A file belongs to no salon until its words are read.
			...updateDisplayOptions({ hide: { operation: [prepareVoice.value] } }, [salonIdField]),
		],
	};

	methods = { credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getNodeParameter('operation', 0) === prepareVoice.value) return prepareVoiceFiles(this);
		return routeOperations(this, OPERATIONS, openConversations);
	}
}
