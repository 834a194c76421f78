import type { VisitMark } from '../../../core/crm/builtin';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { appointmentLocator, readLocator } from '../../shared/booking/locators';

export const setAppointmentStatus = defineOperation<BuiltinContext>({
	value: 'setStatus',
	name: 'Set Status',
	action: 'Set appointment status',
	description: 'Mark an appointment as confirmed, arrived or missed',
	fields: [
		appointmentLocator,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Arrived', value: 'arrived' },
				{ name: 'Confirmed', value: 'confirmed' },
				{ name: 'No Show', value: 'no_show' },
			],
			default: 'confirmed',
			description: 'To free the time of an appointment, cancel it instead',
		},
	],
	async run({ parameters, salon }, i) {
		const status = parameters.getNodeParameter('status', i) as VisitMark;
		return valueOf(await salon.setAppointmentStatus(readLocator(parameters, 'appointmentId', i), status));
	},
});
