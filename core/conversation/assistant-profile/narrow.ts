import type { Catalogue } from '../catalogue';
import type { AssistantProfile } from './schema';

/**
 * The catalogue as an assistant of this profile may see it: what is left out can be neither named nor offered nor
 * booked. A person who loses all services goes, and so does a service that loses everybody who does it.
 */
export function narrowCatalogue(catalogue: Catalogue, profile: Pick<AssistantProfile, 'bookableServiceIds' | 'offeredStaffIds'>): Catalogue {
	const { bookableServiceIds, offeredStaffIds } = profile;
	if (bookableServiceIds === null && offeredStaffIds === null) return catalogue;
	const bookable = bookableServiceIds === null ? null : new Set(bookableServiceIds);
	const offered = offeredStaffIds === null ? null : new Set(offeredStaffIds);
	const staff = catalogue.staff
		.filter((person) => offered === null || offered.has(person.id))
		.map((person) => ({ person, services: person.services.filter((cell) => bookable === null || bookable.has(cell.serviceId)) }))
		.filter(({ person, services }) => services.length > 0 || person.services.length === 0)
		.map(({ person, services }) => ({ ...person, services }));
	const had = doneBy(catalogue.staff);
	const has = doneBy(staff);
	const services = catalogue.services.filter(
		(service) => (bookable === null || bookable.has(service.id)) && (has.has(service.id) || !had.has(service.id)),
	);
	return { company: catalogue.company, services, staff };
}

function doneBy(staff: Catalogue['staff']): ReadonlySet<string> {
	return new Set(staff.flatMap((person) => person.services.map((cell) => cell.serviceId)));
}
