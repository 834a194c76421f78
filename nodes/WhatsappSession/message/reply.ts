import { defineOperation } from '../../shared/operation';
import { textOf } from '../../shared/fields';
import type { SessionContext } from '../context';
import { answerOptions, messageIdField, textField, toField } from './fields';
import { send } from './send';

export const reply = defineOperation<SessionContext>({
	value: 'reply',
	name: 'Reply',
	action: 'Reply to message',
	description: 'Answer a message with a quote of it',
	fields: [toField, messageIdField, textField, answerOptions],
	run(context, i) {
		const [quotedId, text] = ['messageId', 'text'].map((name) => textOf(context.functions.getNodeParameter(name, i)));
		return send(context, i, { isAnswer: true, content: { kind: 'text', text: text ?? '', quotedId } });
	},
});
