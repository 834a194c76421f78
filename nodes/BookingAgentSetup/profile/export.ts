import { exportProfile } from '../../../core/conversation/assistant-profile';
import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { profileLocator, readLocator } from '../locators';
import { readable } from './stored';

export const exportProfileJson = defineOperation<ManageContext>({
	value: 'export',
	name: 'Export',
	action: 'Export assistant profile',
	description: 'Put a profile out as JSON for another salon; a Convert to File node makes a file of it',
	fields: [profileLocator],
	async run({ parameters, profiles }, i) {
		const id = readLocator(parameters, profileLocator, i);
		return JSON.parse(exportProfile(readable(await profiles.get(id), id).profile)) as object;
	},
});
