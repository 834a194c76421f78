import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { OnecContext } from '../context';
import { readRowOptions, rowOptions } from '../fields';
import { registerLocator } from './fields';

export const getAllInformationRows = defineOperation<OnecContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many information register rows',
	description: 'List rows of a register of information; Order By is needed',
	fields: [registerLocator, ...listFields, simplifyField, rowOptions],
	async run({ parameters, account }, i) {
		const rows = valueOf(await office.registerRows(account.office, readLocator(parameters, 'informationRegister', i), readRowOptions(parameters, i), readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(office.simpleRow) : rows;
	},
});
