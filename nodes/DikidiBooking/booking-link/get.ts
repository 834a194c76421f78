import { bookingLinkOf } from '../../../core/crm/dikidi';
import { anyStaffLocator, readOptionalLocator, serviceLocator } from '../../shared/booking/locators';
import { instantOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { DikidiContext } from '../context';

export const getBookingLink = defineOperation<DikidiContext>({
	value: 'get',
	name: 'Get',
	action: 'Get booking link',
	description: 'Get the link of the booking page that fits a service, a person and a time best',
	fields: [
		{ ...serviceLocator, required: false, description: 'Leave empty for any service' },
		{ ...anyStaffLocator, description: 'Leave empty for any staff member' },
		{ displayName: 'Start', name: 'start', type: 'dateTime', default: '', description: 'Used by links with {date} or {time} in them' },
	],
	async run({ parameters, account }, i) {
		const serviceId = readOptionalLocator(parameters, 'serviceId', i);
		const start: unknown = parameters.getNodeParameter('start', i, '');
		const wish = {
			...(serviceId === undefined ? {} : { serviceIds: [serviceId] }),
			staffId: readOptionalLocator(parameters, 'staffId', i),
			...(start === undefined || start === null || start === '' ? {} : { start: instantOf(start, account.settings.zone, 'Start') }),
		};
		return valueOf(bookingLinkOf(account.settings, wish));
	},
});
