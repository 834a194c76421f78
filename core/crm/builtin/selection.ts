import { type Outcome, ok, type PriceRange, refused, type StaffMember } from '../../booking';
import { readServices, readSettings, readStaff, type ServiceCard, type Settings, sumPrices } from './catalogue';
import type { Db } from './context';

/** Active services and people who do all of them, found for one question or write. */
export interface Selection {
	readonly settings: Settings;
	/** In the order asked for. */
	readonly services: readonly ServiceCard[];
	readonly staff: readonly StaffMember[];
}

export const NOT_SET_UP = refused('not_found', 'The salon is not set up yet: save its company settings first.');

/** Finds what is asked for, or refuses with the reason: unknown, archived, or not done by the person. */
export async function select(db: Db, tenant: string, serviceIds: readonly string[], staffId?: string): Promise<Outcome<Selection>> {
	const settings = await readSettings(db, tenant);
	if (settings === null) return NOT_SET_UP;
	const found = new Map((await readServices(db, tenant, settings.currency, serviceIds)).map((service) => [service.id, service]));
	const services: ServiceCard[] = [];
	for (const id of serviceIds) {
		const service = found.get(id);
		if (service === undefined) return refused('not_found', 'There is no service with this id; read the services again.');
		if (!service.active) return refused('service_inactive', 'The service is archived; choose another one.');
		services.push(service);
	}
	const everyone = await readStaff(db, tenant, settings.currency, staffId);
	if (staffId === undefined) return ok({ settings, services, staff: everyone.filter((member) => isWorking(member) && doesAll(member, serviceIds)) });
	const [member] = everyone;
	if (member === undefined) return refused('not_found', 'There is no staff member with this id; read the staff again.');
	if (!isWorking(member)) return refused('staff_inactive', 'The staff member does not take bookings; choose another one.');
	if (!doesAll(member, serviceIds)) return refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
	return ok({ settings, services, staff: [member] });
}

function isWorking(member: StaffMember): boolean {
	return member.active && member.bookable;
}

function doesAll(member: StaffMember, serviceIds: readonly string[]): boolean {
	return serviceIds.every((id) => member.services.some(({ serviceId }) => serviceId === id));
}

/** The person's own price of a service where there is one. */
export function priceWith(member: StaffMember, service: ServiceCard): PriceRange | null {
	return member.services.find(({ serviceId }) => serviceId === service.id)?.price ?? service.price;
}

/** The person's own duration of a service where there is one. */
export function durationWith(member: StaffMember, service: ServiceCard): number {
	return member.services.find(({ serviceId }) => serviceId === service.id)?.durationMinutes ?? service.durationMinutes;
}

/** Price of the whole visit with this person. */
export function visitPrice(member: StaffMember, services: readonly ServiceCard[], currency: string): PriceRange | null {
	return sumPrices(services.map((service) => priceWith(member, service)), currency);
}
