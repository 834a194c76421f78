import { valueOf } from '../../errors';
import { textOf } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { phoneField } from './form';

export const findClientByPhone = defineOperation<BookingContext>({
	value: 'findByPhone',
	name: 'Find by Phone',
	action: 'Find client by phone',
	description: 'List the cards that have this phone; no items when there is none',
	fields: [phoneField],
	run: async ({ parameters, crm }, i) => valueOf(await crm.findClient(textOf(parameters.getNodeParameter('phone', i)))),
});
