import { workspace } from '../../../core/crm/easyweek';
import { clientLocator, readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getCustomer = defineOperation<EasyweekContext>({
	value: 'get',
	name: 'Get',
	action: 'Get customer',
	description: 'Retrieve the card of a customer as EasyWeek keeps it',
	fields: [clientLocator, simplifyField],
	async run({ parameters, account }, i) {
		const row = valueOf(await workspace.record(account.workspace, 'customer', readLocator(parameters, 'clientId', i)));
		return wantsSimple(parameters, i) ? workspace.customerOf(row) : row;
	},
});
