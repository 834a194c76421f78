import type { CalendarDate, Company, Instant, Service, StaffMember } from '../booking';
import { addDays, todayIn } from './local-time';

/** What the salon offers, as the CRM gave it; the only source of names, prices and lengths. */
export interface Catalogue {
	readonly company: Company;
	/** Active and bookable online. */
	readonly services: readonly Service[];
	/** Active and bookable. */
	readonly staff: readonly StaffMember[];
}

/** The staff who do all of `serviceIds`. */
export function staffFor(catalogue: Catalogue, serviceIds: readonly string[]): readonly StaffMember[] {
	return catalogue.staff.filter((person) =>
		serviceIds.every((id) => person.services.some((cell) => cell.serviceId === id)),
	);
}

/** The service with this id, or undefined. */
export function serviceById(catalogue: Catalogue, id: string): Service | undefined {
	return catalogue.services.find((service) => service.id === id);
}

/** The person with this id, or undefined. */
export function staffById(catalogue: Catalogue, id: string): StaffMember | undefined {
	return catalogue.staff.find((person) => person.id === id);
}

/** The earliest start and the last day (inclusive, branch's zone) that may be offered or booked at `now`. */
export function boundsOf({ company }: Catalogue, now: Instant): { readonly notBefore: Instant; readonly lastDay: CalendarDate } {
	return {
		notBefore: new Date(Date.parse(now) + company.bookingNoticeMinutes * 60_000).toISOString(),
		lastDay: addDays(todayIn(now, company.zone), company.bookingHorizonDays),
	};
}
