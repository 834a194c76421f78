import { APPOINTMENT_STATUSES } from '../../../../core/booking';
import { appointmentListFields } from '../../booking/appointment/list-fields';
import { readOptionalLocator } from '../../booking/locators';
import { collectionOf, instantOf } from '../../booking/values';
import { valueOf } from '../../errors';
import { readLimit } from '../../fields';
import { defineOperation } from '../../operation';
import { now } from '../../salon';
import type { VendorContext } from '../context';

const DAYS_AHEAD = 30;

export const getAllAppointments = defineOperation<VendorContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many appointments',
	description: 'List appointments by start, soonest first',
	fields: appointmentListFields({
		from: 'Only visits that start at this moment or later; from now on when empty',
		to: `Only visits that start before this moment; ${DAYS_AHEAD} days after From when empty`,
	}),
	async run(context, i) {
		const { parameters, crm } = context;
		const filters = collectionOf(parameters, 'filters', i);
		const zone = await context.zone();
		const clientId = readOptionalLocator(parameters, 'filterClientId', i);
		const staffId = readOptionalLocator(parameters, 'filterStaffId', i);
		const status = APPOINTMENT_STATUSES.find((one) => one === filters.status);
		const from = filters.from ? instantOf(filters.from, zone, 'From') : now();
		const to = filters.to ? instantOf(filters.to, zone, 'To') : new Date(Date.parse(from) + DAYS_AHEAD * 86_400_000).toISOString();
		const visits = valueOf(
			await crm.appointments({
				from,
				to,
				...(clientId === undefined ? {} : { clientId }),
				...(staffId === undefined ? {} : { staffId }),
				// without a status all of them are asked for, as the built-in CRM gives them
				includeCancelled: status === undefined || status === 'cancelled',
			}),
		);
		return visits.filter((visit) => status === undefined || visit.status === status).slice(0, readLimit(parameters, i));
	},
});
