import { valueOf } from '../../errors';
import { textOf } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { phoneField } from './form';

export const createClient = defineOperation<BookingContext>({
	value: 'create',
	name: 'Create',
	action: 'Create client',
	description: 'Open a client card, or return the card that has this name and phone',
	fields: [{ displayName: 'Name', name: 'name', type: 'string', required: true, default: '', placeholder: 'e.g. Anna Petrova' }, phoneField],
	async run({ parameters, crm }, i) {
		return valueOf(await crm.createClient({ name: textOf(parameters.getNodeParameter('name', i)), phone: textOf(parameters.getNodeParameter('phone', i)) }));
	},
});
