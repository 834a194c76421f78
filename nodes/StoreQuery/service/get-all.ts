import { defineOperation } from '../../shared/operation';
import type { QueryContext } from '../context';
import { deletedField, filterFields, flagsOf, readFilters, whether } from '../filters';

export const getAllServices = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many services',
	description: 'List services of the copy in the order of their IDs',
	fields: filterFields([whether('active', 'Active', 'Whether the record is in use in the CRM'), deletedField]),
	run(context, i) {
		const { filters, page } = readFilters(context, i);
		return context.query.services(flagsOf(filters, ['active', 'deleted']), page);
	},
});
