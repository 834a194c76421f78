import { type Outcome, ok, refused, type Service } from '../../booking';
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
