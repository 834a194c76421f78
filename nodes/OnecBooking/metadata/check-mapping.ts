import { checkMapping } from '../../../core/crm/onec';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';

export const checkMappingOfNode = defineOperation<OnecContext>({
	value: 'checkMapping',
	name: 'Check Mapping',
	action: 'Check mapping',
	description: 'Ask the base for every set of the mapping and name the sets and fields it does not have',
	fields: [],
	async run({ account }) {
		const missing = valueOf(await checkMapping(account.transport, account.mapping));
		return { ok: missing.length === 0, missing };
	},
});
