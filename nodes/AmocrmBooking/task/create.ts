import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN, readMoment, readOptionalNumber, readSubject, subjectFields, userLocator } from '../family/fields';
import { simple } from '../family/simple';

const DAY_MINUTES = 1440;

export const createTask = defineOperation<AmocrmContext>({
	value: 'create',
	name: 'Create',
	action: 'Create task',
	description: 'Give somebody a task, on a card or by itself',
	fields: [
		{ displayName: 'Text', name: 'taskText', type: 'string', required: true, default: '' },
		{ displayName: 'Due', name: 'due', type: 'dateTime', required: true, default: '', description: 'Without an offset it is the salon\'s own time' },
		{
			displayName: 'Type',
			name: 'taskTypeId',
			type: 'options',
			options: [
				{ name: 'Call or Follow-Up', value: 1 },
				{ name: 'Meeting', value: 2 },
			],
			default: 1,
		},
		{ displayName: 'Length (Minutes)', name: 'taskMinutes', type: 'number', typeOptions: { minValue: 0, maxValue: DAY_MINUTES }, default: 0, description: 'Shown in the calendar of the CRM; 0 for none' },
		...subjectFields(false),
		userLocator('Who has to do it; leave empty for the user of the credential'),
	],
	async run(context, i) {
		const { parameters, account } = context;
		const text = textOf(parameters.getNodeParameter('taskText', i, ''));
		if (text === '') throw new ParameterError('The task has no text', 'Enter what has to be done.');
		const minutes = wholeNumberOf(parameters.getNodeParameter('taskMinutes', i, 0), 'Length (Minutes)', { min: 0, max: DAY_MINUTES });
		const task = {
			text,
			due: await readMoment(context, 'due', 'Due', i),
			typeId: textOf(parameters.getNodeParameter('taskTypeId', i, 1)),
			responsibleUserId: readOptionalNumber(parameters, 'responsibleUserId', 'Responsible User', i),
			...(minutes === 0 ? {} : { durationSeconds: minutes * 60 }),
			subject: readSubject(parameters, i),
		};
		return simple(valueOf(await office.createTask(account.office, task), AFTER_UNKNOWN));
	},
});
