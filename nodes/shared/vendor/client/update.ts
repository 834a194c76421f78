import type { ClientPatch } from '../../../../core/booking';
import { clientLocator, readLocator } from '../../booking/locators';
import { collectionOf, filled } from '../../booking/values';
import { ParameterError, valueOf } from '../../errors';
import { defineOperation } from '../../operation';
import type { VendorContext } from '../context';

export const updateClient = defineOperation<VendorContext>({
	value: 'update',
	name: 'Update',
	action: 'Update client',
	description: 'Change name or phone of a client; everything else on the card stays',
	fields: [
		clientLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Anna Petrova' },
				{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +79161234567' },
			],
		},
	],
	async run({ parameters, crm }, i) {
		const id = readLocator(parameters, 'clientId', i);
		const patch: ClientPatch = filled(collectionOf(parameters, 'updateFields', i), ['name', 'phone']);
		if (Object.keys(patch).length === 0) throw new ParameterError('There is nothing to change', 'Add at least one field under Update Fields.');
		return valueOf(await crm.updateClient(id, patch));
	},
});
