import { workspace } from '../../../core/crm/easyweek';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getAllStaffers = defineOperation<EasyweekContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many staffers',
	description: 'List the people of the location as EasyWeek keeps them; what each of them does it does not tell',
	fields: [...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const rows = valueOf(await workspace.staffers(account.workspace, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(workspace.stafferOf) : rows;
	},
});
