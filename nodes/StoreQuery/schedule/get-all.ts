import { dayOf } from '../../shared/booking/values';
import { defineOperation } from '../../shared/operation';
import type { QueryContext } from '../context';
import { filterFields, idsOf, moment, readFilters, staffIdField } from '../filters';

export const getAllSchedules = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many schedules',
	description: 'List working hours of the copy by day',
	fields: filterFields([staffIdField, moment('from', 'From', 'The first day'), moment('to', 'To', 'The last day')]),
	async run(context, i) {
		const { filters, page } = readFilters(context, i);
		const { staffId } = idsOf(filters);
		const { from, to } = filters;
		return context.query.schedules({ ...(staffId === undefined ? {} : { staffId }), ...(from ? { from: dayOf(from, 'From') } : {}), ...(to ? { to: dayOf(to, 'To') } : {}) }, page);
	},
});
