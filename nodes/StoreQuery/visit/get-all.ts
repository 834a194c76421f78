import { APPOINTMENT_STATUSES } from '../../../core/booking';
import { defineOperation } from '../../shared/operation';
import type { QueryContext } from '../context';
import { clientIdField, deletedField, filterFields, flagsOf, idsOf, moment, momentsOf, readFilters, staffIdField } from '../filters';

const NAMES: Readonly<Record<(typeof APPOINTMENT_STATUSES)[number], string>> = { arrived: 'Arrived', booked: 'Booked', cancelled: 'Cancelled', confirmed: 'Confirmed', no_show: 'No Show' };

export const getAllVisits = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many visits',
	description: 'List visits of the copy by start, soonest first',
	fields: filterFields([
		clientIdField,
		staffIdField,
		deletedField,
		moment('from', 'From', 'Only visits that start at this moment or later'),
		moment('to', 'To', 'Only visits that start before this moment'),
		{ displayName: 'Status', name: 'status', type: 'options', options: [...APPOINTMENT_STATUSES].sort().map((value) => ({ name: NAMES[value], value })), default: 'booked', description: 'What has become of the visit' },
	]),
	async run(context, i) {
		const { filters, page } = readFilters(context, i);
		const status = APPOINTMENT_STATUSES.find((one) => one === filters.status);
		return context.query.visits({ ...idsOf(filters), ...flagsOf(filters, ['deleted']), ...(await momentsOf(context, filters)), ...(status === undefined ? {} : { status }) }, page);
	},
});
