import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { jsonFields, readFields } from '../fields';
import type { ObjectKind } from './kind';

const AFTER_UNKNOWN = 'List the newest objects of the set before you send it again: the base has no key that would make a repeat safe.';
const HINT = 'Names of the metadata with their values; a tabular section is a list of rows. References end in _Key and hold a guid, dates are wall times such as 2026-11-24T12:00:00. Look at "lostFields" of the result: the base drops what it does not know in silence.';

export function createObject({ one, parameter, set, example }: ObjectKind): Operation<OnecContext> {
	return defineOperation<OnecContext>({
		value: 'create',
		name: 'Create',
		action: `Create ${one}`,
		description: `Make a new ${one} and name the fields the base did not keep`,
		fields: [set, jsonFields(HINT, example)],
		async run({ parameters, account }, i) {
			const made = valueOf(await office.createObject(account.office, readLocator(parameters, parameter, i), readFields(parameters, 'fields', i)), AFTER_UNKNOWN);
			return { ...office.simpleRow(made.object), lostFields: made.lost };
		},
	});
}
