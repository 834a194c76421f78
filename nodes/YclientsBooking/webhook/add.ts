import { office } from '../../../core/crm/yclients';
import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { addressField, readAddress } from '../../shared/vendor/webhook-address';
import { wordsOf } from '../../shared/booking/values';
import type { YclientsContext } from '../family/context';
import { AFTER_UNKNOWN } from './after-unknown';

export const addWebhook = defineOperation<YclientsContext>({
	value: 'add',
	name: 'Add',
	action: 'Add webhook',
	description: 'Have the branch tell an address of changes; the addresses of other integrations stay',
	fields: [
		addressField,
		{
			displayName: 'Changes Of',
			name: 'resources',
			type: 'multiOptions',
			required: true,
			options: [
				{ name: 'Appointments', value: 'record' },
				{ name: 'Branch', value: 'salon' },
				{ name: 'Clients', value: 'client' },
				{ name: 'Goods', value: 'good' },
				{ name: 'Goods Consumed', value: 'goods_operations_consumable' },
				{ name: 'Goods Moved', value: 'goods_operations_move' },
				{ name: 'Goods Received', value: 'goods_operations_receipt' },
				{ name: 'Goods Sold', value: 'goods_operations_sale' },
				{ name: 'Goods Written Off', value: 'goods_operations_stolen' },
				{ name: 'Payments', value: 'finances_operation' },
				{ name: 'Service Categories', value: 'service_category' },
				{ name: 'Services', value: 'service' },
				{ name: 'Staff', value: 'master' },
			],
			default: ['record'],
			description: 'The switches hold for all addresses of the branch: what others hear stays on',
		},
	],
	async run({ parameters, account }, i) {
		const wanted = wordsOf(parameters.getNodeParameter('resources', i));
		const resources = office.HOOK_RESOURCES.filter((name) => wanted.includes(name));
		if (resources.length === 0) throw new ParameterError('Nothing is chosen to be told of', 'Choose at least one kind under Changes Of.');
		return valueOf(await office.addHook(account.office, readAddress(parameters, i), resources), AFTER_UNKNOWN);
	},
});
