import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { readLocator, staffLocator } from '../../shared/booking/locators';
import { collectionOf } from '../../shared/booking/values';
import { readStaffOptions, staffOptions } from './form';

export const updateStaff = defineOperation<BuiltinContext>({
	value: 'update',
	name: 'Update',
	action: 'Update staff member',
	description: 'Change a person; turn Active off to archive',
	fields: [
		staffLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether the person works here' },
				...staffOptions.slice(0, 1),
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Maria' },
				...staffOptions.slice(1),
			],
		},
	],
	async run({ parameters, salon, catalogueChanged }, i) {
		const patch = readStaffOptions(collectionOf(parameters, 'updateFields', i));
		if (Object.keys(patch).length === 0) throw new ParameterError('There is nothing to change', 'Add at least one field under Update Fields.');
		const updated = valueOf(await salon.updateStaff(readLocator(parameters, 'staffId', i), patch));
		catalogueChanged();
		return updated;
	},
});
