import type { Company, Service, StaffMember } from '../booking';

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
