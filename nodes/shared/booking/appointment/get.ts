import { valueOf } from '../../errors';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { appointmentLocator, readLocator } from '../locators';

export const getAppointment = defineOperation<BookingContext>({
	value: 'get',
	name: 'Get',
	action: 'Get appointment',
	description: 'Retrieve one appointment, cancelled ones too',
	fields: [appointmentLocator],
	run: async (context, i) => valueOf(await context.appointment(readLocator(context.parameters, 'appointmentId', i))),
});
