import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { answerItems } from './answer';
import { settingsField } from './settings';

/** The booking assistant as a root node. */
export class BookingAgent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Booking Agent',
		name: 'bookingAgent',
		icon: { light: 'file:bookingAgent.svg', dark: 'file:bookingAgent.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "answerWaiting" ? "answer waiting messages" : "answer message" }}',
		description: 'Answers clients, books, moves and cancels visits; never says booked unless the CRM says so',
		defaults: { name: 'Booking Agent' },
		inputs: [
			NodeConnectionTypes.Main,
			{ type: NodeConnectionTypes.AiLanguageModel, displayName: 'Chat Model', maxConnections: 1, required: false },
			{ type: NodeConnectionTypes.AiTool, displayName: 'Booking CRM', maxConnections: 1, required: true, filter: { nodes: ['n8n-nodes-ai-admin.bookingCrm'] } },
		],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Reply', 'Hand-Off', 'Event'],
		usableAsTool: true,
		builderHint: { searchHint: 'Connect a Booking CRM node; no Chat Model is needed. Use after a Chat, Telegram, WhatsApp or Webhook trigger.' },
		properties: [
			{
				displayName: 'Connect a Booking CRM below. The assistant understands by rules; a connected Chat Model is not used yet.',
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
					{
						name: 'Answer Message',
						value: 'answer',
						action: 'Answer a message',
						description: 'Answer the message of each item: Chat, Telegram or WhatsApp Trigger, or a webhook item with chatId and text',
					},
					{
						name: 'Answer Waiting Messages',
						value: 'answerWaiting',
						action: 'Answer waiting messages',
						description: 'Answer what a crash or a release left unanswered; put it after a Schedule Trigger',
					},
				],
				default: 'answer',
			},
			{
				displayName: 'Message Source',
				name: 'source',
				type: 'options',
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description: 'The trigger that started the run decides: Chat, Telegram, WhatsApp or Webhook',
					},
					{
						name: 'Fields of the Item',
						value: 'fields',
						description: 'An Edit Fields node before this one made chatId, text and, where you know the sender, phone and phoneVerified',
					},
				],
				default: 'automatic',
				displayOptions: { show: { operation: ['answer'] } },
				description: 'Where the message and its sender are read from',
				hint: 'Never take phoneVerified from the caller: it decides whose visits are shown',
			},
			{
				displayName: 'Older Than (Seconds)',
				name: 'olderThan',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 60,
				displayOptions: { show: { operation: ['answerWaiting'] } },
				description: 'Only messages that have waited at least this long',
			},
			settingsField,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return answerItems(this);
	}
}
