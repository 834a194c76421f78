import { office } from '../../../core/crm/onec';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';

export const getSets = defineOperation<OnecContext>({
	value: 'getSets',
	name: 'Get Published Sets',
	action: 'Get published sets',
	description: 'List what the base publishes through OData, by name',
	fields: [...listFields],
	async run({ parameters, account }, i) {
		const names = valueOf(await office.publishedSets(account.office));
		return names.slice(0, readLimit(parameters, i)).map((name) => ({ name }));
	},
});
