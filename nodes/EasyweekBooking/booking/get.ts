import { workspace } from '../../../core/crm/easyweek';
import { appointmentLocator, readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

export const getBooking = defineOperation<EasyweekContext>({
	value: 'get',
	name: 'Get',
	action: 'Get booking',
	description: 'Retrieve a booking as EasyWeek keeps it, with its money; it names nobody who serves',
	fields: [appointmentLocator, simplifyField],
	async run({ parameters, account }, i) {
		const row = valueOf(await workspace.record(account.workspace, 'booking', readLocator(parameters, 'appointmentId', i)));
		return wantsSimple(parameters, i) ? workspace.bookingOf(row) : row;
	},
});
