import { type Outcome, ok, refused, type Refused } from '../../booking';
import { type CalendarStaff, workingTime, zoneClock } from '../../calendar';
import { visitShape, type VisitShape } from '../../calendar/availability';
import { covers, type MinuteRange, overlaps } from '../../calendar/ranges';
import type { Salon, SalonService, SalonStaff } from './salon';

/** What a question or a write is about, found in the salon. */
export interface Choice {
	readonly salon: Salon;
	/** In the order asked for. */
	readonly services: readonly SalonService[];
	/** Who takes bookings and does all of them. */
	readonly staff: readonly SalonStaff[];
}

const NO_STAFF = refused('not_found', 'There is no staff member with this id; read the staff again.');
const NOT_TAKING = refused('staff_inactive', 'The staff member does not take bookings; choose another one.');
const UNQUALIFIED = refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
const OUTSIDE = refused('outside_hours', 'The visit does not fit into the working hours of the staff member; ask for free slots.');

/** Finds services and people, or refuses with the reason: unknown, switched off, or not done by the person. */
export function choose(salon: Salon, serviceIds: readonly string[], staffId?: string): Outcome<Choice> {
	const services: SalonService[] = [];
	for (const id of serviceIds) {
		const service = salon.services.find((one) => one.id === id);
		if (service === undefined) return refused('not_found', 'There is no service with this id; read the services again.');
		if (!service.active || !service.bookableOnline) return refused('service_inactive', 'The service cannot be booked; choose another one.');
		services.push(service);
	}
	const doesAll = (member: SalonStaff): boolean => serviceIds.every((id) => member.services.some((cell) => cell.serviceId === id));
	if (staffId === undefined) return ok({ salon, services, staff: salon.staff.filter((member) => member.bookable && doesAll(member)) });
	const member = salon.staff.find((one) => one.id === staffId);
	if (member === undefined) return NO_STAFF;
	if (!member.bookable) return NOT_TAKING;
	return doesAll(member) ? ok({ salon, services, staff: [member] }) : UNQUALIFIED;
}

/** A person as the calendar reads them. */
export function calendarOf({ id, schedule, services }: SalonStaff): CalendarStaff {
	return { id, schedule, services: Object.fromEntries(services.map(({ serviceId, durationMinutes }) => [serviceId, { durationMinutes }])) };
}

/** The shape of services with a person; null when the person does not do all of them. */
export function shapeWith(member: SalonStaff, services: readonly SalonService[]): VisitShape | null {
	return visitShape(calendarOf(member), services);
}

/** A refusal when a visit, its buffers apart, does not lie inside working time. */
export function hoursRefusal({ company }: Salon, member: SalonStaff, visit: MinuteRange, busy: MinuteRange): Refused | null {
	const clock = zoneClock(company.zone);
	const { day } = clock.wall(visit.start);
	const working = workingTime(member.schedule, clock, day, day + 2);
	return covers(working.open, visit) && !working.breaks.some((pause) => overlaps(pause, busy)) ? null : OUTSIDE;
}
