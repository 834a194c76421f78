import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { profileLocator, readLocator } from '../locators';
import { profileItem } from './item';
import { readable } from './stored';

export const getProfile = defineOperation<ManageContext>({
	value: 'get',
	name: 'Get',
	action: 'Get assistant profile',
	description: 'Retrieve one profile with its version',
	fields: [profileLocator],
	async run({ parameters, profiles, tenant }, i) {
		const id = readLocator(parameters, profileLocator, i);
		return profileItem(tenant, readable(await profiles.get(id), id));
	},
});
