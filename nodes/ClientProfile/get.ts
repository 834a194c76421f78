import { defineOperation } from '../shared/operation';
import type { ProfileContext } from './context';
import { latestItems, profileItem } from './items';
import { readClients, whoFields } from './who';

export const getProfile = defineOperation<ProfileContext>({
	value: 'get',
	name: 'Get',
	action: 'Get client profile',
	description: 'Retrieve the profile of a client with the latest visits; several cards of one phone are several items',
	fields: whoFields,
	async run(context, i) {
		const found = await readClients(context, i);
		return found.map((profile) => ({ ...profileItem(profile, context), latestVisits: latestItems(profile, context.names) }));
	},
});
