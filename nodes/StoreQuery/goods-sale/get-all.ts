import { defineOperation } from '../../shared/operation';
import type { QueryContext } from '../context';
import { clientIdField, deletedField, filterFields, flagsOf, idsOf, moment, momentsOf, readFilters, staffIdField } from '../filters';

export const getAllGoodsSales = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many goods sales',
	description: 'List sales of goods of the copy, oldest first',
	fields: filterFields([clientIdField, staffIdField, deletedField, moment('from', 'From', 'Only sales at this moment or later'), moment('to', 'To', 'Only sales before this moment')]),
	async run(context, i) {
		const { filters, page } = readFilters(context, i);
		return context.query.goods({ ...idsOf(filters), ...flagsOf(filters, ['deleted']), ...(await momentsOf(context, filters)) }, page);
	},
});
