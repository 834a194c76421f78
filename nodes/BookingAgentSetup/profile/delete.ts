import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { profileLocator, readLocator } from '../locators';
import { notFound } from './stored';

export const deleteProfile = defineOperation<ManageContext>({
	value: 'delete',
	name: 'Delete',
	action: 'Delete assistant profile',
	description: 'Remove a profile; nodes that still name it stop with an error',
	fields: [profileLocator],
	async run({ parameters, profiles, tenant }, i) {
		const id = readLocator(parameters, profileLocator, i);
		if (!(await profiles.remove(id))) throw notFound();
		return { salonId: tenant, id, deleted: true };
	},
});
