import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { clientLocator, readLocator } from '../../shared/booking/locators';
import { clientItem } from './item';

export const getClient = defineOperation<BuiltinContext>({
	value: 'get',
	name: 'Get',
	action: 'Get client',
	description: 'Retrieve one client card',
	fields: [clientLocator],
	run: async ({ parameters, salon }, i) => clientItem(valueOf(await salon.getClient(readLocator(parameters, 'clientId', i)))),
});
