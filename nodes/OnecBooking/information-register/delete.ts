import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { jsonFields, readFields } from '../fields';
import { KEY_EXAMPLE, KEY_HINT, registerLocator } from './fields';

const AFTER_UNKNOWN = 'Read the register back. Deleting a row that is gone is refused and does no harm.';

export const deleteInformationRow = defineOperation<OnecContext>({
	value: 'delete',
	name: 'Delete',
	action: 'Delete information register row',
	description: 'Delete a row of an independent register for good, named by all its dimensions',
	fields: [registerLocator, jsonFields(KEY_HINT, KEY_EXAMPLE, 'Key', 'key')],
	async run({ parameters, account }, i) {
		valueOf(await office.dropRegisterRow(account.office, readLocator(parameters, 'informationRegister', i), readFields(parameters, 'key', i)), AFTER_UNKNOWN);
		return { deleted: true };
	},
});
