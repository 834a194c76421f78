import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { answerItems } from './answer';
import { profileFields } from './profile-json';
import { settingsField } from './settings';

const BOOKING_CRM_TYPE = 'n8n-nodes-ai-admin.bookingCrm';
/** Nodes with a language model's output that complete text and hold no chat. */
const NOT_CHAT_MODELS = ['lmCohere', 'lmOllama', 'lmOpenAi', 'lmOpenHuggingFaceInference'].map((name) => `@n8n/n8n-nodes-langchain.${name}`);

/** The booking assistant as a root node. */
export class BookingAgent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Booking Agent',
		name: 'bookingAgent',
		icon: { light: 'file:bookingAgent.svg', dark: 'file:bookingAgent.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ ({ answerWaiting: "answer waiting messages", getProfile: "get profile", saveProfile: "save profile", writeFirst: "write first" })[$parameter["operation"]] ?? "answer message" }}',
		description: 'Answers clients, books, moves and cancels visits; never says booked unless the CRM says so',
		defaults: { name: 'Booking Agent' },
		inputs: [
			NodeConnectionTypes.Main,
			{ type: NodeConnectionTypes.AiLanguageModel, displayName: 'Chat Model', maxConnections: 1, required: false, filter: { excludedNodes: NOT_CHAT_MODELS } },
			{ type: NodeConnectionTypes.AiLanguageModel, displayName: 'Fallback Model', maxConnections: 1, required: false, filter: { excludedNodes: NOT_CHAT_MODELS } },
			{ type: NodeConnectionTypes.AiTool, displayName: 'Booking CRM', maxConnections: 1, required: true, filter: { nodes: [BOOKING_CRM_TYPE] } },
			{ type: NodeConnectionTypes.AiTool, displayName: 'Knowledge', maxConnections: 3, required: false, filter: { excludedNodes: [BOOKING_CRM_TYPE] } },
		],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Reply', 'Hand-Off', 'Event'],
		usableAsTool: true,
		builderHint: { searchHint: 'Connect a Booking CRM node; a Chat Model, a Fallback Model and Knowledge are optional. Use after a Chat, Telegram, WhatsApp or Webhook trigger.' },
		properties: [
			{
				displayName:
					'Connect a Booking CRM. With a Chat Model the assistant understands free speech; without one, or when it does not answer in time, the assistant works by rules. No model can book: dates, prices and confirmations are made by code.',
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
					{
						name: 'Get Assistant Profile',
						value: 'getProfile',
						action: 'Get an assistant profile',
						description: 'Put a profile of this salon out as JSON, to change it, keep it or give it to another salon',
					},
					{
						name: 'Save Assistant Profile',
						value: 'saveProfile',
						action: 'Save an assistant profile',
						description: 'Check and save a profile given as JSON; Booking Agent Setup has a form for it',
					},
					{
						name: 'Write First',
						value: 'writeFirst',
						action: 'Write first to a client',
						description: 'Remind of a visit, ask for a review, invite or congratulate: the items of Client Outreach. The answer is understood as one to this message.',
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
			...profileFields,
			{ ...settingsField, displayOptions: { show: { operation: ['answer', 'answerWaiting', 'writeFirst'] } } },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return answerItems(this);
	}
}
