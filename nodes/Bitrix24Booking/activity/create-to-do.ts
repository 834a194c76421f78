import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { collectionOf, instantOf, wordsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { entityFields, readEntity } from '../pipeline/entity';

const A_MONTH = 43_200;

export const createToDo = defineOperation<Bitrix24Context>({
	value: 'createToDo',
	name: 'Create To-Do',
	action: 'Create to-do',
	description: 'Remind an employee of something about a record of the CRM; it takes no time in the calendar',
	fields: [
		...entityFields(['company', 'contact', 'deal', 'lead', 'smartProcess']),
		{ displayName: 'Record ID', name: 'recordId', type: 'string', required: true, default: '', placeholder: 'e.g. 342', description: 'Number of the record the to-do hangs on' },
		{ displayName: 'Title', name: 'title', type: 'string', required: true, default: '', placeholder: 'e.g. Call back about Saturday' },
		{ displayName: 'Deadline', name: 'deadline', type: 'dateTime', required: true, default: '', description: 'Time without an offset is the salon’s' },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{ displayName: 'Description', name: 'description', type: 'string', default: '' },
				{ displayName: 'Remind Before (Minutes)', name: 'pingOffsets', type: 'string', default: '', placeholder: 'e.g. 15, 60', description: 'Separated by commas' },
				{ displayName: 'Responsible User ID', name: 'responsibleId', type: 'string', default: '', placeholder: 'e.g. 6', description: 'Number of the employee; the one of the credential without it' },
			],
		},
	],
	async run({ parameters, account, zone }, i) {
		const title = textOf(parameters.getNodeParameter('title', i, ''));
		if (title === '') throw new ParameterError('Title is empty', 'Say what is to be done.');
		const { description, pingOffsets, responsibleId } = collectionOf(parameters, 'options', i);
		const minutes = wordsOf(pingOffsets).map((text) => wholeNumberOf(text, 'Remind Before', { min: 0, max: A_MONTH }));
		const toDo: office.ToDo = {
			ownerTypeId: readEntity(parameters, i),
			ownerId: textOf(parameters.getNodeParameter('recordId', i, '')),
			title,
			deadline: instantOf(parameters.getNodeParameter('deadline', i), await zone(), 'Deadline'),
			...(textOf(description) === '' ? {} : { description: textOf(description) }),
			...(textOf(responsibleId) === '' ? {} : { responsibleId: textOf(responsibleId) }),
			...(minutes.length === 0 ? {} : { pingOffsets: minutes }),
		};
		return valueOf(await office.addToDo(account.office, toDo, randomUUID()), 'Look at the record in the portal before you add the to-do again.');
	},
});
