import { workspace } from '../../../core/crm/easyweek';
import { appointmentLocator, readLocator } from '../../shared/booking/locators';
import { collectionOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

const MOST_PAID = 1_000_000_000;
const AFTER_UNKNOWN = 'Read the booking back with Booking > Get. Doing it again does no harm: a booking that is completed stays as it is.';

export const completeBooking = defineOperation<EasyweekContext>({
	value: 'complete',
	name: 'Complete',
	action: 'Complete booking',
	description: 'Mark a booking as one that has taken place; one that is marked already stays as it is',
	fields: [
		appointmentLocator,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{ displayName: 'Cash Account ID', name: 'accountId', type: 'string', default: '', placeholder: 'e.g. 3f1c0a52-6f0e-4f0d-9a57-0c8f6f1f0001', description: 'The cash desk the money went to' },
				{ displayName: 'Internal Notes', name: 'notes', type: 'string', default: '', description: 'For the staff' },
				{ displayName: 'Paid Amount', name: 'paidAmount', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'In minor units, for example 4500 for 45.00' },
				{ displayName: 'Staffer ID', name: 'staffId', type: 'string', default: '', placeholder: 'e.g. 7b000000-0000-4000-8000-000000000001', description: 'Who has served' },
			],
		},
		simplifyField,
	],
	async run({ parameters, account }, i) {
		const options = collectionOf(parameters, 'options', i);
		const text = (name: string): string | undefined => textOf(options[name]) || undefined;
		const completion = {
			accountId: text('accountId'),
			staffId: text('staffId'),
			notes: text('notes'),
			...(options.paidAmount === undefined ? {} : { paidAmount: wholeNumberOf(options.paidAmount, 'Paid Amount', { min: 0, max: MOST_PAID }) }),
		};
		const row = valueOf(await workspace.completeBooking(account.workspace, readLocator(parameters, 'appointmentId', i), completion), AFTER_UNKNOWN);
		return wantsSimple(parameters, i) ? workspace.bookingOf(row) : row;
	},
});
