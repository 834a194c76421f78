import { KOMMO } from '../../core/crm/amocrm';
import type { BrandOnCanvas } from '../AmocrmBooking/family/brand';
import { brandVendor } from '../AmocrmBooking/family/vendor';

export const KOMMO_CANVAS: BrandOnCanvas = {
	brand: KOMMO,
	value: 'kommo',
	description: 'An account in Kommo whose leads are visits',
	signIns: [
		{ value: 'token', name: 'Long-Lived Token', credential: 'aiAdminKommoApi' },
		{ value: 'oAuth2', name: 'OAuth2', credential: 'aiAdminKommoOAuth2Api' },
	],
	searchPrefix: 'Kommo',
};

/** Kommo in its own nodes and in Booking CRM. */
export const KOMMO_BOOKING = brandVendor(KOMMO_CANVAS);
