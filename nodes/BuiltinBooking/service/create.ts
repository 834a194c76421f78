import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { collectionOf } from '../../shared/booking/values';
import { readServiceOptions, serviceOptions } from './form';
import { serviceItem } from './item';

export const createService = defineOperation<BuiltinContext>({
	value: 'create',
	name: 'Create',
	action: 'Create service',
	description: 'Add a service; nobody does it until it is added to a staff member',
	fields: [
		{ displayName: 'Title', name: 'title', type: 'string', required: true, default: '', placeholder: 'e.g. Haircut' },
		{ displayName: 'Duration (Minutes)', name: 'durationMinutes', type: 'number', typeOptions: { minValue: 5 }, default: 60, description: 'Length of a visit, in steps of 5' },
		{ displayName: 'Additional Fields', name: 'additionalFields', type: 'collection', placeholder: 'Add Field', default: {}, options: serviceOptions },
	],
	async run({ parameters, salon, catalogueChanged }, i) {
		const title = textOf(parameters.getNodeParameter('title', i));
		const durationMinutes = parameters.getNodeParameter('durationMinutes', i) as number;
		const created = valueOf(await salon.createService({ ...readServiceOptions(collectionOf(parameters, 'additionalFields', i)), title, durationMinutes }));
		catalogueChanged();
		return serviceItem(created);
	},
});
