import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { collectionOf, filled } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { eventField, eventOptions, ownerField, readOptions, readSpan, readText } from './fields';

export const updateEvent = defineOperation<Bitrix24Context>({
	value: 'update',
	name: 'Update',
	action: 'Update calendar event',
	description: 'Move an entry of an employee’s calendar or change its texts; the employee stays the same',
	fields: [
		eventField,
		ownerField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				...eventOptions,
				{ displayName: 'From', name: 'from', type: 'dateTime' as const, default: '', description: 'Together with To; time without an offset is the salon’s' },
				{ displayName: 'Name', name: 'name', type: 'string' as const, default: '' },
				{ displayName: 'To', name: 'to', type: 'dateTime' as const, default: '', description: 'Together with From; time without an offset is the salon’s' },
			],
		},
	],
	async run({ parameters, account, zone }, i) {
		const form = collectionOf(parameters, 'updateFields', i);
		const { from = '', to = '' } = form;
		const span = from === '' && to === '' ? {} : readSpan(from, to, await zone());
		const change: office.EventChange = { ...filled(form, ['name']), ...readOptions(form), ...span };
		if (Object.keys(change).length === 0) throw new ParameterError('There is nothing to change', 'Add a field under Update Fields.');
		return valueOf(await office.updateEvent(account.office, readText(parameters, eventField, i), readText(parameters, ownerField, i), change, randomUUID()), 'Read the calendar back. The same update once more does no harm.');
	},
});
