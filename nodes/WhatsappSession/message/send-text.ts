import { defineOperation } from '../../shared/operation';
import { textOf } from '../../shared/fields';
import type { SessionContext } from '../context';
import { sendOptions, textField, toField } from './fields';
import { send } from './send';

export const sendText = defineOperation<SessionContext>({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send text message',
	description: 'Send a text and wait until WhatsApp has taken it',
	fields: [toField, textField, sendOptions],
	run: (context, i) => send(context, i, { content: { kind: 'text', text: textOf(context.functions.getNodeParameter('text', i)) } }),
});
