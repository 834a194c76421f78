import { office } from '../../../core/crm/yclients';
import { anyStaffLocator, readOptionalLocator } from '../../shared/booking/locators';
import { dayOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../family/context';

export const getAllSchedules = defineOperation<YclientsContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many schedules',
	description: 'List working hours and taken time, one item a person and day',
	fields: [
		{ ...anyStaffLocator, description: 'Leave empty for everybody' },
		{ displayName: 'From', name: 'from', type: 'dateTime', required: true, default: '', description: 'First day; only the date is used' },
		{ displayName: 'To', name: 'to', type: 'dateTime', required: true, default: '', description: 'Last day; only the date is used' },
		...listFields,
	],
	async run({ parameters, account }, i) {
		const staffId = readOptionalLocator(parameters, 'staffId', i);
		const query = { from: dayOf(parameters.getNodeParameter('from', i), 'From'), to: dayOf(parameters.getNodeParameter('to', i), 'To'), staffIds: staffId === undefined ? [] : [staffId] };
		return valueOf(await office.schedules(account.office, query)).slice(0, readLimit(parameters, i));
	},
});
