import { type CalendarDate, type Company, type Instant, type Outcome, ok, refused, type Service, type StaffMember } from '../../booking';
import { dateOf, minuteOf, zoneClock } from '../../calendar';

/** Services and people as they are just now. */
export interface Catalogue {
	readonly services: readonly Service[];
	readonly staff: readonly StaffMember[];
}

/** What changes rarely and is asked for by every operation; kept for a short time, failures never. */
export interface Facts {
	company(): Promise<Outcome<Company>>;
	catalogue(): Promise<Outcome<Catalogue>>;
}

/** What a question or a write is about, found in the company. */
export interface Choice {
	readonly company: Company;
	/** In the order asked for. */
	readonly services: readonly Service[];
	/** Who takes bookings and does all of them. */
	readonly staff: readonly StaffMember[];
}

/** Finds services and people, or refuses with the reason: unknown, switched off, or not done by the person. */
export async function choose(facts: Facts, serviceIds: readonly string[], staffId?: string): Promise<Outcome<Choice>> {
	const [company, catalogue] = await Promise.all([facts.company(), facts.catalogue()]);
	if (company.kind !== 'ok') return company;
	if (catalogue.kind !== 'ok') return catalogue;
	const services: Service[] = [];
	for (const id of serviceIds) {
		const service = catalogue.value.services.find((one) => one.id === id);
		if (service === undefined) return refused('not_found', 'There is no service with this id; read the services again.');
		if (!service.active) return refused('service_inactive', 'The service cannot be booked; choose another one.');
		services.push(service);
	}
	const doesAll = (member: StaffMember): boolean => serviceIds.every((id) => member.services.some((cell) => cell.serviceId === id));
	const found = { company: company.value, services };
	if (staffId === undefined) return ok({ ...found, staff: catalogue.value.staff.filter((member) => member.bookable && doesAll(member)) });
	const member = catalogue.value.staff.find((one) => one.id === staffId);
	if (member === undefined) return refused('not_found', 'There is no staff member with this id; read the staff again.');
	if (!member.bookable) return refused('staff_inactive', 'The staff member does not take bookings; choose another one.');
	if (!doesAll(member)) return refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
	return ok({ ...found, staff: [member] });
}

/** Minutes the services take one after another. */
export function minutesOf(services: readonly Service[]): number {
	return services.reduce((sum, { durationMinutes }) => sum + durationMinutes, 0);
}

/** Days, both included. */
export interface Days {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/** The days of a question on which anything may be booked at all; null when there is none. */
export function bookableDays({ zone, bookingHorizonDays }: Company, now: Instant, { from, to }: Days): Days | null {
	const today = zoneClock(zone).wall(minuteOf(now)).day;
	const first = from > dateOf(today) ? from : dateOf(today);
	const horizon = dateOf(today + bookingHorizonDays);
	const last = to < horizon ? to : horizon;
	return first <= last ? { from: first, to: last } : null;
}
