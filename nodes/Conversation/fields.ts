import type { INodeProperties } from 'n8n-workflow';

/** Which chat is meant. */
export const chatFields: readonly INodeProperties[] = [
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'string',
		required: true,
		default: '={{ $json.channel }}',
		placeholder: 'e.g. telegram',
		description: 'Channel of the chat as Booking Agent puts it out: web, telegram, whatsapp_cloud, webhook or your own',
	},
	{
		displayName: 'Chat ID',
		name: 'chatId',
		type: 'string',
		required: true,
		default: '={{ $json.chatId }}',
		placeholder: 'e.g. 123456789',
		description: 'ID of the chat as Booking Agent puts it out',
	},
];
