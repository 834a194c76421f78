import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { OnecContext } from '../context';
import { readRowOptions, rowOptions } from '../fields';
import type { ObjectKind } from './kind';

export function getAllObjects({ many, parameter, set }: ObjectKind): Operation<OnecContext> {
	return defineOperation<OnecContext>({
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${many}`,
		description: `List ${many} of a set with their tabular sections`,
		fields: [set, ...listFields, simplifyField, rowOptions],
		async run({ parameters, account }, i) {
			const rows = valueOf(await office.objects(account.office, readLocator(parameters, parameter, i), readRowOptions(parameters, i), readLimit(parameters, i)));
			return wantsSimple(parameters, i) ? rows.map(office.simpleRow) : rows;
		},
	});
}
