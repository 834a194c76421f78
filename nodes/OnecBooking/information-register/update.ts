import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { jsonFields, readFields } from '../fields';
import { KEY_EXAMPLE, KEY_HINT, registerLocator } from './fields';

const AFTER_UNKNOWN = 'Read the row back. Sending the same values again does no harm.';

export const updateInformationRow = defineOperation<OnecContext>({
	value: 'update',
	name: 'Update',
	action: 'Update information register row',
	description: 'Change a row of an independent register, named by all its dimensions',
	fields: [registerLocator, jsonFields(KEY_HINT, KEY_EXAMPLE, 'Key', 'key'), jsonFields('The values that change', { Цена: 2500 })],
	async run({ parameters, account }, i) {
		const register = readLocator(parameters, 'informationRegister', i);
		return office.simpleRow(valueOf(await office.changeRegisterRow(account.office, register, readFields(parameters, 'key', i), readFields(parameters, 'fields', i)), AFTER_UNKNOWN));
	},
});
