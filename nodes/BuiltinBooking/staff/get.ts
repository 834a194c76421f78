import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { readLocator, staffLocator } from '../../shared/booking/locators';
import { byId } from '../service/item';

export const getStaff = defineOperation<BuiltinContext>({
	value: 'get',
	name: 'Get',
	action: 'Get staff member',
	description: 'Retrieve one person with the services they do',
	fields: [staffLocator],
	run: async ({ parameters, crm }, i) => valueOf(byId(await crm.staff(), readLocator(parameters, 'staffId', i), 'staff member')),
});
