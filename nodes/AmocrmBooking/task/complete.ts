import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN_SAME } from '../family/fields';
import { simple } from '../family/simple';

export const completeTask = defineOperation<AmocrmContext>({
	value: 'complete',
	name: 'Complete',
	action: 'Complete task',
	description: 'Close a task with its result',
	fields: [
		{ displayName: 'Task ID', name: 'taskId', type: 'string', required: true, default: '', placeholder: 'e.g. 900', description: 'As Task > Get Many shows it' },
		{ displayName: 'Result', name: 'taskResult', type: 'string', default: '', description: 'What came of it' },
	],
	async run({ parameters, account }, i) {
		const id = textOf(parameters.getNodeParameter('taskId', i, ''));
		if (!/^[1-9]\d{0,14}$/.test(id)) throw new ParameterError('"Task ID" is not a number of the CRM', 'Enter the number of a task, as Task > Get Many shows it.');
		return simple(valueOf(await office.completeTask(account.office, id, textOf(parameters.getNodeParameter('taskResult', i, ''))), AFTER_UNKNOWN_SAME));
	},
});
