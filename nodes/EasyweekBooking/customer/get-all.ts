import { workspace } from '../../../core/crm/easyweek';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getAllCustomers = defineOperation<EasyweekContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many customers',
	description: 'List customers of the workspace; all its locations share them',
	fields: [...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const rows = valueOf(await workspace.customers(account.workspace, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(workspace.customerOf) : rows;
	},
});
