import { defineOperation } from '../../shared/operation';
import { textOf } from '../../shared/fields';
import type { SessionContext } from '../context';
import { sendOptions, toField } from './fields';
import { send } from './send';

export const sendPoll = defineOperation<SessionContext>({
	value: 'sendPoll',
	name: 'Send Poll',
	action: 'Send poll message',
	description: 'Ask with options to tap; the choice comes back through the trigger',
	fields: [
		toField,
		{ displayName: 'Question', name: 'question', type: 'string', required: true, default: '', description: 'What is asked' },
		{ displayName: 'Answers', name: 'answers', type: 'string', typeOptions: { rows: 4 }, required: true, default: '', placeholder: 'e.g. Yes', description: 'One a line, or a list given by an expression; 2 to 12' },
		{ displayName: 'Several Answers', name: 'isMultiple', type: 'boolean', default: false, description: 'Whether several answers may be chosen' },
		sendOptions,
	],
	run(context, i) {
		const { functions } = context;
		const given: unknown = functions.getNodeParameter('answers', i);
		const options = (Array.isArray(given) ? given.map(textOf) : textOf(given).split('\n').map((line) => line.trim())).filter((line) => line !== '');
		return send(context, i, { content: { kind: 'poll', question: textOf(functions.getNodeParameter('question', i)), options, isMultiple: functions.getNodeParameter('isMultiple', i, false) === true } });
	},
});
