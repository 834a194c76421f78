import type { Company } from '../../../core/booking';
import type { Settings } from '../../../core/crm/builtin';

/** A company as every CRM of this package shows one. */
export function companyItem(settings: Settings): Company {
	const { id, name, zone, currency, address, phone, workingHours, changeNoticeMinutes, bookingNoticeMinutes, bookingHorizonDays } = settings;
	return { id, name, zone, currency, address, phone, workingHours, changeNoticeMinutes, bookingNoticeMinutes, bookingHorizonDays };
}
