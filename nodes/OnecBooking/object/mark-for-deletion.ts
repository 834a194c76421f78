import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import type { OnecContext } from '../context';
import type { ObjectKind } from './kind';

const AFTER_UNKNOWN = 'Read the object back. Marking it again does no harm.';

export function markForDeletion({ one, parameter, set, object }: ObjectKind): Operation<OnecContext> {
	return defineOperation<OnecContext>({
		value: 'markForDeletion',
		name: 'Mark for Deletion',
		action: `Mark ${one} for deletion`,
		description: 'Set the deletion mark or take it away; nothing is deleted for good',
		fields: [
			set,
			object,
			{ displayName: 'Marked', name: 'marked', type: 'boolean', default: true, description: 'Whether the object is marked; off takes the mark away' },
		],
		async run({ parameters, account }, i) {
			const [name, id] = [readLocator(parameters, parameter, i), readLocator(parameters, 'objectId', i)];
			return office.simpleRow(valueOf(await office.markObject(account.office, name, id, parameters.getNodeParameter('marked', i, true) !== false), AFTER_UNKNOWN));
		},
	});
}
