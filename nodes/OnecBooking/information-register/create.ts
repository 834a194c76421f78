import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { jsonFields, readFields } from '../fields';
import { KEY_EXAMPLE, registerLocator } from './fields';

const AFTER_UNKNOWN = 'Send the same row again: a register keeps one row a key, and says so when it is there already.';

export const createInformationRow = defineOperation<OnecContext>({
	value: 'create',
	name: 'Create',
	action: 'Create information register row',
	description: 'Add a row to an independent register; a second row with the same key is refused',
	fields: [registerLocator, jsonFields('All dimensions and the values, under the names of the metadata', { ...KEY_EXAMPLE, Цена: 2500 })],
	run: async ({ parameters, account }, i) => office.simpleRow(valueOf(await office.addRegisterRow(account.office, readLocator(parameters, 'informationRegister', i), readFields(parameters, 'fields', i)), AFTER_UNKNOWN)),
});
