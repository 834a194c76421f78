import { office } from '../../../core/crm/yclients';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../family/context';

export const getAllCategories = defineOperation<YclientsContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many categories',
	description: 'List the categories of services',
	fields: [...listFields],
	run: async ({ parameters, account }, i) => valueOf(await office.categories(account.office)).slice(0, readLimit(parameters, i)),
});
