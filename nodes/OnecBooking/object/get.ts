import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { OnecContext } from '../context';
import type { ObjectKind } from './kind';

export function getObject({ one, parameter, set, object }: ObjectKind): Operation<OnecContext> {
	return defineOperation<OnecContext>({
		value: 'get',
		name: 'Get',
		action: `Get ${one}`,
		description: `Retrieve one ${one} with its tabular sections`,
		fields: [set, object, simplifyField],
		async run({ parameters, account }, i) {
			const row = valueOf(await office.object(account.office, readLocator(parameters, parameter, i), readLocator(parameters, 'objectId', i)));
			return wantsSimple(parameters, i) ? office.simpleRow(row) : row;
		},
	});
}
