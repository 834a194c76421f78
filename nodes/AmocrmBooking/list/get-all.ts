import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { simple } from '../family/simple';

export const getAllLists = defineOperation<AmocrmContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many lists',
	description: 'Show the lists (catalogs) of the account, such as the list of services',
	fields: [...listFields],
	run: async ({ parameters, account }, i) => valueOf(await office.catalogs(account.office, readLimit(parameters, i))).map(simple),
});
