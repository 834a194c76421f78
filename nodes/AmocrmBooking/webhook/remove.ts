import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { addressField, readAddress } from '../../shared/vendor/webhook-address';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN_SAME } from '../family/fields';

export const removeWebhook = defineOperation<AmocrmContext>({
	value: 'remove',
	name: 'Remove',
	action: 'Remove webhook',
	description: 'Stop telling an address of changes; the addresses of other integrations stay',
	fields: [addressField],
	async run({ parameters, account }, i) {
		const address = readAddress(parameters, i);
		valueOf(await office.removeHook(account.office, address), AFTER_UNKNOWN_SAME);
		return { destination: address, removed: true };
	},
});
