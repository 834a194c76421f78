import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { phoneField } from './form';

export const findClientByPhone = defineOperation<BuiltinContext>({
	value: 'findByPhone',
	name: 'Find by Phone',
	action: 'Find client by phone',
	description: 'List the cards that have this phone; no items when there is none',
	fields: [phoneField],
	run: async ({ parameters, crm }, i) => valueOf(await crm.findClient(textOf(parameters.getNodeParameter('phone', i)))),
});
