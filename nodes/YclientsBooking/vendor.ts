import { YCLIENTS } from '../../core/crm/yclients';
import { brandVendor } from './family/vendor';

/** YCLIENTS in its own nodes and in Booking CRM. */
export const YCLIENTS_BOOKING = brandVendor({
	brand: YCLIENTS,
	value: 'yclients',
	description: 'A branch in YCLIENTS',
	signIns: [{ value: 'token', name: 'API', credential: 'aiAdminYclientsApi' }],
	branch: { name: 'Branch', search: 'searchYclientsBranches', examples: { id: '100234', country: 'RU', currency: 'RUB', zone: 'Europe/Moscow' } },
});
