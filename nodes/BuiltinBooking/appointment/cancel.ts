import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { appointmentLocator, readLocator } from '../locators';

export const cancelAppointment = defineOperation<BuiltinContext>({
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel appointment',
	description: 'Cancel an appointment and free its time',
	fields: [appointmentLocator],
	async run({ parameters, crm, operationKey }, i) {
		const id = readLocator(parameters, 'appointmentId', i);
		return valueOf(await crm.cancelAppointment(id, operationKey('cancel', id, i)));
	},
});
