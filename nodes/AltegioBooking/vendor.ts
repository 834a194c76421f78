import { ALTEGIO } from '../../core/crm/yclients';
import { brandVendor } from '../YclientsBooking/family/vendor';

/** Altegio in its own nodes and in Booking CRM. */
export const ALTEGIO_BOOKING = brandVendor({
	brand: ALTEGIO,
	value: 'altegio',
	description: 'A location in Altegio',
	signIns: [{ value: 'token', name: 'API', credential: 'aiAdminAltegioApi' }],
	branch: { name: 'Location', search: 'searchAltegioLocations', examples: { id: '200345', country: 'DE', currency: 'EUR', zone: 'Europe/Berlin' } },
});
