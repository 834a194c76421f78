import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { collectionOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { eventOptions, ownerField, readOptions, readSpan, readText } from './fields';

const nameField = { displayName: 'Name', name: 'name', type: 'string', required: true, default: '', placeholder: 'e.g. Haircut — Olga' } as const;

export const createEvent = defineOperation<Bitrix24Context>({
	value: 'create',
	name: 'Create',
	action: 'Create calendar event',
	description: 'Put an entry into the calendar of an employee; the portal does not mind another one at the same time',
	fields: [
		ownerField,
		nameField,
		{ displayName: 'From', name: 'from', type: 'dateTime', required: true, default: '', description: 'Time without an offset is the salon’s' },
		{ displayName: 'To', name: 'to', type: 'dateTime', required: true, default: '', description: 'Time without an offset is the salon’s' },
		{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: [...eventOptions] },
	],
	async run({ parameters, account, zone }, i) {
		const event: office.NewEvent = {
			ownerId: readText(parameters, ownerField, i),
			name: readText(parameters, nameField, i),
			...readSpan(parameters.getNodeParameter('from', i), parameters.getNodeParameter('to', i), await zone()),
			...readOptions(collectionOf(parameters, 'options', i)),
		};
		return valueOf(await office.createEvent(account.office, event, randomUUID()), 'Look at the calendar before you create the event again.');
	},
});
