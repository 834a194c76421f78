import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';

export const getCompany = defineOperation<BuiltinContext>({
	value: 'get',
	name: 'Get',
	action: 'Get company',
	description: 'Retrieve name, zone, working hours and booking rules of the salon',
	fields: [],
	run: async ({ crm }) => valueOf(await crm.company()),
});
