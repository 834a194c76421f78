import { office } from '../../../core/crm/yclients';
import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../../YclientsBooking/family/context';

export const getBookingForm = defineOperation<YclientsContext>({
	value: 'get',
	name: 'Get',
	action: 'Get booking form',
	description: 'Find the location a widget books at, and whether it asks clients for a code by SMS',
	fields: [
		{
			displayName: 'Form ID',
			name: 'formId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 20077',
			description: 'The number in the address of the widget, such as b20077.alteg.io',
		},
	],
	run: async ({ parameters, account }, i) => valueOf(await office.bookingForm(account.office, textOf(parameters.getNodeParameter('formId', i, '')))),
});
