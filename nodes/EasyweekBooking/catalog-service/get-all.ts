import { workspace } from '../../../core/crm/easyweek';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getAllCatalogServices = defineOperation<EasyweekContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many catalog services',
	description: 'List services as the catalogue of the location shows them',
	fields: [...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const rows = valueOf(await workspace.services(account.workspace, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(workspace.serviceOf) : rows;
	},
});
