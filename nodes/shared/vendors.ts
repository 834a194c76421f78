import { ALTEGIO_BOOKING } from '../AltegioBooking/vendor';
import { AMOCRM_BOOKING } from '../AmocrmBooking/vendor';
import { BITRIX24_BOOKING } from '../Bitrix24Booking/vendor';
import { DIKIDI_BOOKING } from '../DikidiBooking/vendor';
import { EASYWEEK_BOOKING } from '../EasyweekBooking/vendor';
import { KOMMO_BOOKING } from '../KommoBooking/vendor';
import { ONEC_BOOKING } from '../OnecBooking/vendor';
import { YCLIENTS_BOOKING } from '../YclientsBooking/vendor';
import type { CrmVendor } from './vendor/vendor';

/** Vendors that Booking CRM can connect; a new one is one entry. */
export const VENDORS: readonly CrmVendor[] = [ALTEGIO_BOOKING, AMOCRM_BOOKING, BITRIX24_BOOKING, DIKIDI_BOOKING, EASYWEEK_BOOKING, KOMMO_BOOKING, ONEC_BOOKING, YCLIENTS_BOOKING];
