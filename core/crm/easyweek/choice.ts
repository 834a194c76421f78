import { type Instant, type Outcome, ok, refused, type Refused, type Service } from '../../booking';
import { minuteOf, zoneClock } from '../../calendar';
import type { Context } from './context';
import type { Branch, Catalogue, Person } from './facts';

/** What a question or a write is about, found in the location. */
export interface Choice {
	readonly branch: Branch;
	readonly catalogue: Catalogue;
	/** In the order asked for. */
	readonly services: readonly Service[];
	/** The one who was named, or everybody who may do all of them. */
	readonly staff: readonly Person[];
}

/** Finds services and people, or refuses with the reason: unknown or switched off. Whether the one who was named does the services is for the free times to tell. */
export async function choose(context: Context, serviceIds: readonly string[], staffId?: string): Promise<Outcome<Choice>> {
	const [branch, catalogue] = await Promise.all([context.facts.branch(context), context.facts.catalogue(context)]);
	if (branch.kind !== 'ok') return branch;
	if (catalogue.kind !== 'ok') return catalogue;
	const services: Service[] = [];
	for (const id of serviceIds) {
		const service = catalogue.value.services.find((one) => one.id === id);
		if (service === undefined) return refused('not_found', 'There is no service with this id; read the services again.');
		if (!service.bookableOnline) return refused('service_inactive', 'The service cannot be booked; choose another one.');
		services.push(service);
	}
	const found = { branch: branch.value, catalogue: catalogue.value, services };
	if (staffId === undefined) {
		const mayDoAll = ({ id }: Person): boolean => serviceIds.every((serviceId) => context.facts.skills.known(context, serviceId, id) !== false);
		return ok({ ...found, staff: catalogue.value.staff.filter((person) => person.bookable && mayDoAll(person)) });
	}
	const person = catalogue.value.staff.find((one) => one.id === staffId);
	if (person === undefined) return refused('not_found', 'There is no staff member with this id; read the staff again.');
	if (!person.bookable) return refused('staff_inactive', 'The staff member does not take bookings; choose another one.');
	return ok({ ...found, staff: [person] });
}

/** The rule a start breaks, or null: past, notice and horizon, the last two inclusive. */
export function momentRefusal({ settings, clock }: Context, { zone }: Branch, at: number): Refused | null {
	const { bookingNoticeMinutes: notice, bookingHorizonDays: horizon } = settings;
	const earliest = minuteOf(clock(), 'up');
	if (at < earliest) return refused('slot_in_past', 'The time has passed; ask for free slots again.');
	if (at < earliest + notice) return refused('too_soon', `A visit is booked at least ${notice} minutes ahead; choose a later time.`);
	const wall = zoneClock(zone);
	if (wall.wall(at).day > wall.wall(minuteOf(clock())).day + horizon) return refused('too_far', `A visit is booked at most ${horizon} days ahead; choose an earlier day.`);
	return null;
}

/** Whether a visit may still be changed by its client. */
export function changeRefusal({ settings, clock }: Context, start: Instant): Refused | null {
	const { changeNoticeMinutes: notice } = settings;
	if (minuteOf(start) >= minuteOf(clock(), 'up') + notice) return null;
	return refused('too_late_to_change', `A visit is changed at least ${notice} minutes ahead; a person has to decide.`);
}
