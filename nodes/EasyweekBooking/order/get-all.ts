import { workspace } from '../../../core/crm/easyweek';
import { locator, readOptionalLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getAllOrders = defineOperation<EasyweekContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many orders',
	description: 'List orders of the location: the money and the lines of bookings',
	fields: [locator('filterClientId', 'Customer', 'searchClients', { required: false, description: 'Leave empty for all' }), ...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const rows = valueOf(await workspace.orders(account.workspace, { customerId: readOptionalLocator(parameters, 'filterClientId', i) }, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(workspace.orderOf) : rows;
	},
});
