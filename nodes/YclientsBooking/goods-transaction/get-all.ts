import { office } from '../../../core/crm/yclients';
import { dayOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { YclientsContext } from '../family/context';

export const getAllGoodsTransactions = defineOperation<YclientsContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many goods transactions',
	description: 'List movements of goods: sales, receipts, write-offs',
	fields: [
		{ displayName: 'From', name: 'from', type: 'dateTime', required: true, default: '', description: 'First day; only the date is used' },
		{ displayName: 'To', name: 'to', type: 'dateTime', required: true, default: '', description: 'Last day; only the date is used' },
		...listFields,
		simplifyField,
	],
	async run({ parameters, account }, i) {
		const query = { from: dayOf(parameters.getNodeParameter('from', i), 'From'), to: dayOf(parameters.getNodeParameter('to', i), 'To') };
		const rows = valueOf(await office.goodsTransactions(account.office, query, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(office.goodsTransactionOf) : rows;
	},
});
