import { valueOf } from '../../errors';
import { textOf } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { startField, writeOptions } from '../form-fields';
import { anyStaffLocator, appointmentLocator, readLocator, readOptionalLocator } from '../locators';
import { collectionOf, instantOf } from '../values';

export const rescheduleAppointment = defineOperation<BookingContext>({
	value: 'reschedule',
	name: 'Reschedule',
	action: 'Reschedule appointment',
	description: 'Move an appointment to another start or staff member',
	fields: [appointmentLocator, startField, { ...anyStaffLocator, description: 'Leave empty to keep the staff member' }, writeOptions],
	async run(context, i) {
		const { parameters } = context;
		const id = readLocator(parameters, 'appointmentId', i);
		const staffId = readOptionalLocator(parameters, 'staffId', i);
		const to = { start: instantOf(parameters.getNodeParameter('start', i), await context.zone(), 'Start'), ...(staffId === undefined ? {} : { staffId }) };
		const key = textOf(collectionOf(parameters, 'options', i).operationKey) || context.operationKey('reschedule', { id, to }, i);
		return valueOf(await context.crm.rescheduleAppointment(id, to, key));
	},
});
