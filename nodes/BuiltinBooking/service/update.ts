import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { readLocator, serviceLocator } from '../../shared/booking/locators';
import { collectionOf } from '../../shared/booking/values';
import { readServiceOptions, serviceOptions } from './form';
import { serviceItem } from './item';

export const updateService = defineOperation<BuiltinContext>({
	value: 'update',
	name: 'Update',
	action: 'Update service',
	description: 'Change a service; visits already booked keep their length and price',
	fields: [
		serviceLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether the service can be booked; turn on to take it out of the archive' },
				...serviceOptions.slice(0, 6),
				{ displayName: 'Duration (Minutes)', name: 'durationMinutes', type: 'number', typeOptions: { minValue: 5 }, default: 60, description: 'Length of a visit, in steps of 5' },
				...serviceOptions.slice(6),
				{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Haircut' },
			],
		},
	],
	async run({ parameters, salon, catalogueChanged }, i) {
		const patch = readServiceOptions(collectionOf(parameters, 'updateFields', i));
		if (Object.keys(patch).length === 0) throw new ParameterError('There is nothing to change', 'Add at least one field under Update Fields.');
		const updated = valueOf(await salon.updateService(readLocator(parameters, 'serviceId', i), patch));
		catalogueChanged();
		return serviceItem(updated);
	},
});
