import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { clientLocator, readLocator } from '../../shared/booking/locators';

export const deleteClient = defineOperation<BuiltinContext>({
	value: 'delete',
	name: 'Delete',
	action: 'Delete client',
	description: 'Erase the personal data of a client; visits and sales stay as figures without a person',
	fields: [clientLocator],
	async run({ parameters, salon }, i) {
		const { id } = valueOf(await salon.eraseClient(readLocator(parameters, 'clientId', i)));
		return { id, deleted: true };
	},
});
