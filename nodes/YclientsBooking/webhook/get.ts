import { office } from '../../../core/crm/yclients';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../family/context';

export const getWebhooks = defineOperation<YclientsContext>({
	value: 'get',
	name: 'Get',
	action: 'Get webhook settings',
	description: 'Retrieve the addresses that hear of changes, and of which',
	fields: [],
	run: async ({ account }) => valueOf(await office.hooks(account.office)),
});
