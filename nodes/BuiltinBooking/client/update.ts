import type { ClientPatch } from '../../../core/booking';
import type { ClientFlags } from '../../../core/crm/builtin';
import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { clientLocator, readLocator } from '../../shared/booking/locators';
import { collectionOf, filled } from '../../shared/booking/values';
import { clientItem } from './item';

export const updateClient = defineOperation<BuiltinContext>({
	value: 'update',
	name: 'Update',
	action: 'Update client',
	description: 'Change name, phone, notes or block of a client',
	fields: [
		clientLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Blocked', name: 'blocked', type: 'boolean', default: false, description: 'Whether the client may not book online' },
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Anna Petrova' },
				{ displayName: 'Notes', name: 'notes', type: 'string', default: '', description: 'Seen by the staff only' },
				{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +79161234567' },
			],
		},
	],
	async run({ parameters, salon, crm }, i) {
		const id = readLocator(parameters, 'clientId', i);
		const fields = collectionOf(parameters, 'updateFields', i);
		const patch: ClientPatch = filled(fields, ['name', 'phone']);
		const flags: ClientFlags = filled(fields, ['blocked', 'notes']);
		if (Object.keys({ ...patch, ...flags }).length === 0) throw new ParameterError('There is nothing to change', 'Add at least one field under Update Fields.');
		// A name or phone may be refused, and then nothing is to have changed.
		if (Object.keys(patch).length > 0) valueOf(await crm.updateClient(id, patch));
		if (Object.keys(flags).length > 0) valueOf(await salon.setClientFlags(id, flags));
		return clientItem(valueOf(await salon.getClient(id)));
	},
});
