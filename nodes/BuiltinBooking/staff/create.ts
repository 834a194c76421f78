import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { collectionOf } from '../../shared/booking/values';
import { readStaffOptions, staffOptions } from './form';

export const createStaff = defineOperation<BuiltinContext>({
	value: 'create',
	name: 'Create',
	action: 'Create staff member',
	description: 'Add a person; without a schedule the person has no free time',
	fields: [
		{ displayName: 'Name', name: 'name', type: 'string', required: true, default: '', placeholder: 'e.g. Maria' },
		{ displayName: 'Additional Fields', name: 'additionalFields', type: 'collection', placeholder: 'Add Field', default: {}, options: staffOptions },
	],
	async run({ parameters, salon, catalogueChanged }, i) {
		const name = textOf(parameters.getNodeParameter('name', i));
		const created = valueOf(await salon.createStaff({ ...readStaffOptions(collectionOf(parameters, 'additionalFields', i)), name }));
		catalogueChanged();
		return created;
	},
});
