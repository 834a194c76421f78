import { valueOf } from '../../errors';
import { textOf } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { writeOptions } from '../form-fields';
import { appointmentLocator, readLocator } from '../locators';
import { collectionOf } from '../values';

export const cancelAppointment = defineOperation<BookingContext>({
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel appointment',
	description: 'Cancel an appointment and free its time',
	fields: [appointmentLocator, writeOptions],
	async run({ parameters, crm, operationKey }, i) {
		const id = readLocator(parameters, 'appointmentId', i);
		const key = textOf(collectionOf(parameters, 'options', i).operationKey) || operationKey('cancel', id, i);
		return valueOf(await crm.cancelAppointment(id, key));
	},
});
