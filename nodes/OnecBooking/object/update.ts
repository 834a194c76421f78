import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { jsonFields, readFields } from '../fields';
import type { ObjectKind } from './kind';

const AFTER_UNKNOWN = 'Read the object back. Sending the same fields again does no harm.';
const HINT = 'Only the fields that change. A tabular section that is given replaces the whole one: read it first and send all rows.';

export function updateObject({ one, parameter, set, object, example }: ObjectKind): Operation<OnecContext> {
	return defineOperation<OnecContext>({
		value: 'update',
		name: 'Update',
		action: `Update ${one}`,
		description: `Change fields of one ${one} and name those the base did not keep`,
		fields: [set, object, jsonFields(HINT, example)],
		async run({ parameters, account }, i) {
			const [name, id] = [readLocator(parameters, parameter, i), readLocator(parameters, 'objectId', i)];
			const made = valueOf(await office.updateObject(account.office, name, id, readFields(parameters, 'fields', i)), AFTER_UNKNOWN);
			return { ...office.simpleRow(made.object), lostFields: made.lost };
		},
	});
}
