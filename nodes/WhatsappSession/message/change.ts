import { defineOperation } from '../../shared/operation';
import { textOf } from '../../shared/fields';
import type { SessionContext } from '../context';
import { answerOptions, messageIdField, textField, toField } from './fields';
import { send } from './send';

const targetOf = ({ functions }: SessionContext, i: number): string => textOf(functions.getNodeParameter('messageId', i));

export const react = defineOperation<SessionContext>({
	value: 'react',
	name: 'React',
	action: 'React to message',
	description: 'Put an emoji on a message, or take it back',
	fields: [
		toField,
		messageIdField,
		{ displayName: 'Emoji', name: 'emoji', type: 'string', default: '👍', description: 'One emoji; empty takes the reaction back' },
		{ displayName: 'Own Message', name: 'isOwn', type: 'boolean', default: false, description: 'Whether the message was sent by this number' },
		answerOptions,
	],
	run: (context, i) =>
		send(context, i, {
			isAnswer: true,
			content: { kind: 'reaction', targetId: targetOf(context, i), emoji: textOf(context.functions.getNodeParameter('emoji', i, '')), isOwn: context.functions.getNodeParameter('isOwn', i, false) === true },
		}),
});

export const editMessage = defineOperation<SessionContext>({
	value: 'edit',
	name: 'Edit',
	action: 'Edit message',
	description: 'Change the text of a message sent by this number; WhatsApp allows it for about 15 minutes',
	fields: [toField, messageIdField, textField, answerOptions],
	run: (context, i) => send(context, i, { isAnswer: true, content: { kind: 'edit', targetId: targetOf(context, i), text: textOf(context.functions.getNodeParameter('text', i)) } }),
});

export const deleteMessage = defineOperation<SessionContext>({
	value: 'delete',
	name: 'Delete',
	action: 'Delete message',
	description: 'Take back a message sent by this number, for everyone',
	fields: [toField, messageIdField, answerOptions],
	run: async (context, i) => ({ ...(await send(context, i, { isAnswer: true, content: { kind: 'delete', targetId: targetOf(context, i) } })), deleted: true }),
});
