import { Refusal } from './envelope';
import { bookableStaff, isFree, isOpenOnline, lengthFor } from './availability';
import { listOf, numberOf } from './inputs';
import { fieldsOf } from '../kit';
import type { Company, RecordService, Service, Staff } from './model';
import type { Sim } from './sim';
import { naive, readDatetime } from './time';

/** One element of `appointments[]` that can be booked. */
export interface Planned {
	/** The caller's own number. */
	readonly id: number;
	readonly services: readonly Service[];
	readonly staff: Staff;
	readonly start: number;
	readonly seconds: number;
}

/** Checks `appointments[]` the way online booking does; throws the refusal of the first one that cannot be booked. */
export function plan(sim: Sim, company: Company, appointments: unknown): readonly Planned[] {
	const { texts } = sim.profile;
	const elements = listOf(appointments);
	if (elements.length === 0) throw new Refusal(422, texts.invalid, { errors: { appointments: [texts.required] } });
	const planned: Planned[] = [];
	for (const element of elements) {
		const one = planOne(sim, company, fieldsOf(element));
		if (planned.some((other) => other.start < one.start + one.seconds * 1000 && one.start < other.start + other.seconds * 1000)) {
			throw new Refusal(422, texts.overlap, { code: 437, id: one.id });
		}
		planned.push(one);
	}
	return planned;
}

function planOne(sim: Sim, company: Company, fields: Readonly<Record<string, unknown>>): Planned {
	const { state, profile: { texts } } = sim;
	const id = numberOf(fields.id) ?? 0;
	const services = listOf(fields.services).map((service) => state.services.get(numberOf(service) ?? 0));
	if (services.some((service) => service?.companyId !== company.id || !service.active || !service.online)) throw new Refusal(422, texts.serviceGone, { code: 438, id });
	const known = services.filter((service): service is Service => service !== undefined);
	if (known.some(({ prepaid }) => prepaid === 'required')) throw new Refusal(422, texts.prepaid);
	const start = readDatetime(sim, company, fields.datetime);
	const staffId = numberOf(fields.staff_id);
	if (start === null || staffId === undefined) throw new Refusal(422, texts.invalid, { errors: { [start === null ? 'datetime' : 'staff_id']: [texts.required] } });
	const able = bookableStaff(sim, company).filter((staff) => staff.bookable && (staffId === 0 || staff.id === staffId));
	for (const staff of able) {
		const seconds = lengthFor(known, staff.id);
		if (seconds !== null && isOpenOnline(sim, company, start) && isFree(sim, company, staff, start, seconds)) return { id, services: known, staff, start, seconds };
	}
	const [only] = able;
	if (staffId === 0 || only === undefined) throw new Refusal(422, texts.nobodyFree, { code: 436, id });
	throw new Refusal(422, texts.busy(only.name, only.id, naive(company, start).replace(' ', 'T')), { code: 433, id });
}

/** Services of an online booking at their price. */
export function pricedServices(services: readonly Service[]): readonly RecordService[] {
	return services.map(({ id, title, priceMin }) => ({ id, title, cost: priceMin, firstCost: priceMin, discount: 0, amount: 1 }));
}
