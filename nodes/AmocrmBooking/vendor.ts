import { AMOCRM } from '../../core/crm/amocrm';
import type { BrandOnCanvas } from './family/brand';
import { brandVendor } from './family/vendor';

export const AMOCRM_CANVAS: BrandOnCanvas = {
	brand: AMOCRM,
	value: 'amocrm',
	description: 'An account in amoCRM whose leads are visits',
	signIns: [
		{ value: 'token', name: 'Long-Lived Token', credential: 'aiAdminAmocrmApi' },
		{ value: 'oAuth2', name: 'OAuth2', credential: 'aiAdminAmocrmOAuth2Api' },
	],
	searchPrefix: 'Amocrm',
};

/** amoCRM in its own nodes and in Booking CRM. */
export const AMOCRM_BOOKING = brandVendor(AMOCRM_CANVAS);
