import { office } from '../../../core/crm/yclients';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { addressField, readAddress } from '../../shared/vendor/webhook-address';
import type { YclientsContext } from '../family/context';
import { AFTER_UNKNOWN } from './after-unknown';

export const removeWebhook = defineOperation<YclientsContext>({
	value: 'remove',
	name: 'Remove',
	action: 'Remove webhook',
	description: 'Stop telling an address of changes; the addresses of other integrations stay',
	fields: [addressField],
	run: async ({ parameters, account }, i) => valueOf(await office.removeHook(account.office, readAddress(parameters, i)), AFTER_UNKNOWN),
});
