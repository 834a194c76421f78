import { office } from '../../../core/crm/bitrix24';
import { dayOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { dayFields, ownerField, readText } from './fields';

export const getAllEvents = defineOperation<Bitrix24Context>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many calendar events',
	description: 'List what stands in the calendar of an employee, as the portal gives it',
	fields: [ownerField, ...dayFields],
	async run({ parameters, account }, i) {
		const days = { from: dayOf(parameters.getNodeParameter('from', i), 'From'), to: dayOf(parameters.getNodeParameter('to', i), 'To') };
		return valueOf(await office.events(account.office, { ownerId: readText(parameters, ownerField, i), ...days }));
	},
});
