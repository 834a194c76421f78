import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { profileItem, unreadableItem } from './item';

export const getAllProfiles = defineOperation<ManageContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many assistant profiles',
	description: 'List the assistants of the salon; damaged ones too, marked as not readable',
	fields: listFields,
	async run({ parameters, profiles, tenant }, i) {
		const limit = readLimit(parameters, i);
		const { profiles: found, unreadable } = await profiles.list();
		return [...found.map((one) => profileItem(tenant, one)), ...unreadable.map((id) => unreadableItem(tenant, id))].slice(0, limit);
	},
});
