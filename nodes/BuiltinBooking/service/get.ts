import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { readLocator, serviceLocator } from '../../shared/booking/locators';
import { byId } from './item';

export const getService = defineOperation<BuiltinContext>({
	value: 'get',
	name: 'Get',
	action: 'Get service',
	description: 'Retrieve one service, archived ones too',
	fields: [serviceLocator],
	run: async ({ parameters, crm }, i) => valueOf(byId(await crm.services(), readLocator(parameters, 'serviceId', i), 'service')),
});
