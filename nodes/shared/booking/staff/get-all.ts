import { valueOf } from '../../errors';
import { listFields, readLimit } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';

export const getAllStaff = defineOperation<BookingContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many staff members',
	description: 'List the people and what they do',
	fields: [
		...listFields,
		{ displayName: 'Include Archived', name: 'includeArchived', type: 'boolean', default: false, description: 'Whether to list people who no longer work here' },
	],
	async run({ parameters, crm }, i) {
		const archived = parameters.getNodeParameter('includeArchived', i, false) === true;
		return valueOf(await crm.staff())
			.filter((person) => archived || person.active)
			.slice(0, readLimit(parameters, i));
	},
});
