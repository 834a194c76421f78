import { startField, writeOptions } from '../../shared/booking/form-fields';
import { anyStaffLocator, appointmentLocator, readLocator, readOptionalLocator } from '../../shared/booking/locators';
import { collectionOf, instantOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { EasyweekContext } from '../context';

export const replaceAppointment = defineOperation<EasyweekContext>({
	value: 'replace',
	name: 'Replace',
	action: 'Replace appointment',
	description: 'Book the new time and then cancel the old visit, since EasyWeek cannot move one; the new visit has another ID',
	fields: [appointmentLocator, startField, { ...anyStaffLocator, description: 'Leave empty to keep the staff member' }, writeOptions],
	async run(context, i) {
		const { parameters, account } = context;
		const id = readLocator(parameters, 'appointmentId', i);
		const staffId = readOptionalLocator(parameters, 'staffId', i);
		const to = { start: instantOf(parameters.getNodeParameter('start', i), await context.zone(), 'Start'), ...(staffId === undefined ? {} : { staffId }) };
		const key = textOf(collectionOf(parameters, 'options', i).operationKey) || context.operationKey('replace', { id, to }, i);
		return valueOf(await account.crm.replaceAppointment(id, to, key));
	},
});
