import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { collectionOf } from '../../shared/booking/values';
import type { ManageContext } from '../context';
import { entryItem } from './item';

export const getAllEntries = defineOperation<ManageContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many knowledge entries',
	description: 'List what the assistant knows, by source and in the order of the source',
	fields: [
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [{ displayName: 'Source', name: 'source', type: 'string', default: '', placeholder: 'e.g. faq.md', description: 'Only entries of this source' }],
		},
	],
	async run({ parameters, store, tenant }, i) {
		const source = textOf(collectionOf(parameters, 'filters', i).source);
		const limit = readLimit(parameters, i);
		const entries = await store.knowledge.entries(tenant);
		return entries
			.filter((entry) => source === '' || entry.source === source)
			.slice(0, limit)
			.map((entry) => entryItem(tenant, entry));
	},
});
