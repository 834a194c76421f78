import { type Instant, type Outcome, ok, type Refused, refused, type Service, type StaffMember } from '../../booking';
import { changeRefusal } from '../../calendar';
import type { Context } from './context';
import type { Branch, Catalogue } from './facts';

/** What a question or a write is about, found in the branch. */
export interface Choice {
	readonly branch: Branch;
	readonly catalogue: Catalogue;
	/** In the order asked for. */
	readonly services: readonly Service[];
	/** Who takes bookings and does all of them. */
	readonly staff: readonly StaffMember[];
}

/** Finds services and people, or refuses with the reason: unknown, switched off, or not done by the person. */
export async function choose(context: Context, serviceIds: readonly string[], staffId?: string): Promise<Outcome<Choice>> {
	const [branch, catalogue] = await Promise.all([context.facts.branch(context), context.facts.catalogue(context)]);
	if (branch.kind !== 'ok') return branch;
	if (catalogue.kind !== 'ok') return catalogue;
	const services: Service[] = [];
	for (const id of serviceIds) {
		const service = catalogue.value.services.find((one) => one.id === id);
		if (service === undefined) return refused('not_found', 'There is no service with this id; read the services again.');
		if (!service.active || !service.bookableOnline) return refused('service_inactive', 'The service cannot be booked; choose another one.');
		services.push(service);
	}
	const doesAll = (member: StaffMember): boolean => serviceIds.every((id) => member.services.some((cell) => cell.serviceId === id));
	const everyone = catalogue.value.staff;
	const found = { branch: branch.value, catalogue: catalogue.value, services };
	if (staffId === undefined) return ok({ ...found, staff: everyone.filter((member) => member.bookable && doesAll(member)) });
	const member = everyone.find((one) => one.id === staffId);
	if (member === undefined) return refused('not_found', 'There is no staff member with this id; read the staff again.');
	if (!member.bookable) return refused('staff_inactive', 'The staff member does not take bookings; choose another one.');
	if (!doesAll(member)) return refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
	return ok({ ...found, staff: [member] });
}

/** Seconds a person needs for services together. */
export function secondsFor({ seconds }: Catalogue, serviceIds: readonly string[], staffId: string): number {
	return serviceIds.reduce((sum, id) => sum + (seconds(id, staffId) ?? 0), 0);
}

/** Whether a visit may still be changed by its client. */
export function ruleRefusal({ allowed, noticeMinutes }: Branch['cancel'], start: Instant, now: Instant): Refused | null {
	if (!allowed) return refused('not_allowed', 'The branch does not let clients change visits; a person has to do it.');
	return changeRefusal({ changeNoticeMinutes: noticeMinutes }, start, now);
}
