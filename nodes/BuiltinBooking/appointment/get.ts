import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { appointmentLocator, readLocator } from '../locators';

export const getAppointment = defineOperation<BuiltinContext>({
	value: 'get',
	name: 'Get',
	action: 'Get appointment',
	description: 'Retrieve one appointment, cancelled ones too',
	fields: [appointmentLocator],
	run: async ({ parameters, salon }, i) => valueOf(await salon.getAppointment(readLocator(parameters, 'appointmentId', i))),
});
