import type { SessionContext } from '../context';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { valueOfAnswer } from '../../shared/whatsapp/answer';
import { chatField } from './fields';

const CHAT = /^\d{5,20}@(?:lid|s\.whatsapp\.net)$/;

export const showTyping = defineOperation<SessionContext>({
	value: 'showTyping',
	name: 'Show Typing',
	action: 'Show typing in chat',
	description: 'Show or hide "typing"; messages that answer show it by themselves',
	fields: [chatField, { displayName: 'Typing', name: 'isTyping', type: 'boolean', default: true, description: 'Whether typing is shown; WhatsApp hides it after some seconds' }],
	async run({ functions, service, key }, i) {
		const chat = chatOf(functions.getNodeParameter('to', i));
		valueOfAnswer(await service.command(key, { kind: 'typing', chat, on: functions.getNodeParameter('isTyping', i, true) === true }));
		return { chatId: chat, done: true };
	},
});

export const markRead = defineOperation<SessionContext>({
	value: 'markRead',
	name: 'Mark Read',
	action: 'Mark messages as read',
	description: 'Show the person that their messages were read; turns are marked by themselves unless that is turned off in the trigger',
	fields: [chatField, { displayName: 'Message IDs', name: 'messageIds', type: 'string', required: true, default: '={{ $json.messageIds }}', description: 'IDs as the trigger puts them out, a list or separated by commas' }],
	async run({ functions, service, key }, i) {
		const chat = chatOf(functions.getNodeParameter('to', i));
		const given: unknown = functions.getNodeParameter('messageIds', i);
		const ids = (Array.isArray(given) ? given.map(textOf) : textOf(given).split(',').map((id) => id.trim())).filter((id) => id !== '');
		if (ids.length === 0) throw new ParameterError('No message is named', 'Give at least one message ID.');
		valueOfAnswer(await service.command(key, { kind: 'markRead', chat, ids }));
		return { chatId: chat, messageIds: ids, done: true };
	},
});

function chatOf(value: unknown): string {
	const chat = textOf(value);
	if (CHAT.test(chat)) return chat;
	throw new ParameterError('Chat ID is not a chat of a person', 'Use chatId of WhatsApp Session Trigger; groups and channels are not taken.');
}
