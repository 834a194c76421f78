import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { salonIdField } from '../shared/salon';
import { STORE_CREDENTIAL } from '../shared/store';
import { testStore } from '../shared/store-test';
import { collectItems } from './collect';
import { releaseLeftOver } from './release';

/** Several short messages of a client become one. */
export class CollectMessages implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Collect Messages',
		name: 'collectMessages',
		icon: { light: 'file:collectMessages.svg', dark: 'file:collectMessages.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "releaseLeftOver" ? "release left over" : "wait " + $parameter["quietSeconds"] + " s" }}',
		description: 'Wait until a client has stopped writing and pass several short messages on as one, in any channel',
		defaults: { name: 'Collect Messages' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Turn', 'Merged'],
		usableAsTool: true,
		credentials: [{ name: STORE_CREDENTIAL, required: false, testedBy: 'testStore' }],
		properties: [
			{
				displayName: 'Put this node between the trigger of the channel and Booking Agent. Every message starts a run of its own: the run of the last one passes all of them on, the others end under Merged.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Collect', value: 'collect', action: 'Collect messages', description: 'Hold the message of each item until its client is silent' },
					{
						name: 'Release Left Over',
						value: 'releaseLeftOver',
						action: 'Release left over messages',
						description: 'Pass on what a crash left waiting; put it after a Schedule Trigger',
					},
				],
				default: 'collect',
			},
			salonIdField,
			{
				displayName: 'Quiet Time (Seconds)',
				name: 'quietSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 60 },
				default: 6,
				displayOptions: { show: { operation: ['collect'] } },
				description: 'Silence after the last message that ends the turn',
			},
			{
				displayName: 'Longest Wait (Seconds)',
				name: 'longestSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 120 },
				default: 25,
				displayOptions: { show: { operation: ['collect'] } },
				description: 'The turn ends at the latest this long after its first message, however much is written',
			},
			{
				displayName: 'Message Source',
				name: 'source',
				type: 'options',
				options: [
					{ name: 'Automatic', value: 'automatic', description: 'The trigger that started the run decides: Chat, Telegram, WhatsApp or Webhook' },
					{ name: 'Fields of the Item', value: 'fields', description: 'An Edit Fields node before this one made chatId and text' },
				],
				default: 'automatic',
				displayOptions: { show: { operation: ['collect'] } },
				description: 'Where the message is read from; the same as in Booking Agent',
			},
			{
				displayName: 'Older Than (Seconds)',
				name: 'olderThan',
				type: 'number',
				typeOptions: { minValue: 5 },
				default: 60,
				displayOptions: { show: { operation: ['releaseLeftOver'] } },
				description: 'Only turns that should have been passed on at least this long ago',
				hint: 'A turn whose run may have died after it was passed on comes again with the same collected.turnId; Booking Agent answers it once',
			},
		],
	};

	methods = { credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return this.getNodeParameter('operation', 0) === 'releaseLeftOver' ? releaseLeftOver(this) : collectItems(this);
	}
}
