import type { Company, Service, StaffMember } from '../../booking';
import { parsePhone } from '../../language/phone';
import type { Settings } from './settings';

/** The company as the operator set it. */
export function manualCompany(settings: Settings, companyId: string): Company {
	const { zone, currency, country, address, phone, workingHours, companyName } = settings;
	return {
		id: companyId,
		name: companyName ?? companyId,
		zone,
		currency,
		address: address ?? null,
		phone: phone === undefined ? null : (parsePhone(phone, country)?.phone ?? null),
		workingHours,
		changeNoticeMinutes: settings.changeNoticeMinutes,
		bookingNoticeMinutes: settings.bookingNoticeMinutes,
		bookingHorizonDays: settings.bookingHorizonDays,
	};
}

/** The price list of the settings; `bookable` says whether anything can be booked from it here. */
export function manualServices({ services, currency }: Settings, bookable: boolean): readonly Service[] {
	return services.map(({ id, title, durationMinutes, price }) => ({
		id,
		title,
		aliases: [],
		category: null,
		price: price === undefined ? null : { min: price, max: price, currency },
		durationMinutes,
		active: true,
		bookableOnline: bookable,
	}));
}

/** The people of the settings. */
export function manualStaff({ staff }: Settings, bookable: boolean): readonly StaffMember[] {
	return staff.map(({ id, name, position, serviceIds }) => ({ id, name, position: position ?? null, active: true, bookable, services: serviceIds.map((serviceId) => ({ serviceId })) }));
}
