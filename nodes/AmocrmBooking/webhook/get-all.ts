import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';

export const getAllWebhooks = defineOperation<AmocrmContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Show the addresses that hear of changes, of which, and whether the CRM gave up on them',
	fields: [...listFields],
	run: async ({ parameters, account }, i) => valueOf(await office.hooks(account.office)).slice(0, readLimit(parameters, i)).map(({ id, destination, settings, disabled }) => ({ id, destination, settings, disabled })),
});
