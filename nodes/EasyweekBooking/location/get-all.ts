import { workspace } from '../../../core/crm/easyweek';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getAllLocations = defineOperation<EasyweekContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many locations',
	description: 'List locations of the workspace with address and time zone',
	fields: [...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const rows = valueOf(await workspace.locations(account.workspace, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(workspace.locationOf) : rows;
	},
});
