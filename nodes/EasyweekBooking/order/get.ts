import { workspace } from '../../../core/crm/easyweek';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getOrder = defineOperation<EasyweekContext>({
	value: 'get',
	name: 'Get',
	action: 'Get order',
	description: 'Retrieve an order: the money and the lines of a booking',
	fields: [
		{
			displayName: 'Order ID',
			name: 'orderId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0d000000-0000-4000-8000-000000000001',
			description: 'As Order > Get Many gives it',
		},
		simplifyField,
	],
	async run({ parameters, account }, i) {
		const id = textOf(parameters.getNodeParameter('orderId', i, ''));
		if (id === '') throw new ParameterError('No order is named', 'Enter the ID of an order, as Order > Get Many gives it.');
		const row = valueOf(await workspace.record(account.workspace, 'order', id));
		return wantsSimple(parameters, i) ? workspace.orderOf(row) : row;
	},
});
