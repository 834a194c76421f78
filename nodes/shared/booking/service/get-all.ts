import { valueOf } from '../../errors';
import { listFields, readLimit } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';

export const getAllServices = defineOperation<BookingContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many services',
	description: 'List services with prices in minor units and lengths in minutes',
	fields: [
		...listFields,
		{ displayName: 'Include Archived', name: 'includeArchived', type: 'boolean', default: false, description: 'Whether to list services that can no longer be booked' },
	],
	async run({ parameters, crm }, i) {
		const archived = parameters.getNodeParameter('includeArchived', i, false) === true;
		return valueOf(await crm.services())
			.filter((service) => archived || service.active)
			.slice(0, readLimit(parameters, i));
	},
});
