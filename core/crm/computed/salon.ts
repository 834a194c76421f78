import { type Company, type IsoWeekday, minorOf, ok, type Outcome, type PriceRange, refused, type Service, type StaffMember, type StaffService, type WallRange } from '../../booking';
import { type DayPlan, isZone, type Schedule } from '../../calendar';
import { parsePhone } from '../../language/phone';
import { folded } from '../reading';
import type { PlanService, PlanStaff, PlanWeek, SalonPlan } from './plan';

/** What a CRM itself knows of a salon. A part it does not have is null, and is then the plan's alone. */
export interface VendorSalon {
	readonly company: {
		readonly id: string;
		readonly name: string;
		readonly zone: string | null;
		readonly currency: string | null;
		readonly country: string | null;
		readonly address?: string | null;
		readonly phone?: string | null;
		readonly workingHours?: Company['workingHours'];
	};
	readonly services: readonly VendorService[] | null;
	readonly staff: readonly VendorStaff[] | null;
}

export interface VendorService {
	readonly id: string;
	readonly title: string;
	readonly category?: string | null;
	readonly price?: PriceRange | null;
	readonly durationMinutes?: number | null;
	readonly active?: boolean;
}

export interface VendorStaff {
	readonly id: string;
	readonly name: string;
	readonly position?: string | null;
	readonly active?: boolean;
	/** Absent: the CRM knows no hours. With hours it means them: a day without any is a day off. */
	readonly schedule?: Schedule;
	/** Absent: the CRM does not say who does what. */
	readonly services?: readonly StaffService[];
}

export interface SalonService extends Service {
	readonly bufferBeforeMinutes: number;
	readonly bufferAfterMinutes: number;
}

export interface SalonStaff extends StaffMember {
	readonly schedule: Schedule;
}

/** The plan and the CRM put together. */
export interface Salon {
	readonly company: Company;
	/** ISO 3166 country by which phones are read. */
	readonly country: string;
	readonly stepMinutes: number;
	readonly services: readonly SalonService[];
	readonly staff: readonly SalonStaff[];
	/** What the operator still has to mend, by places in the plan and ids in the CRM; without names of people. */
	readonly problems: readonly string[];
}

const WEEKDAYS: Readonly<Record<keyof PlanWeek, IsoWeekday>> = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 };
const DEFAULT_STEP = 30;
const DEFAULT_HORIZON = 60;

/**
 * Puts the plan over what the CRM knows. Where the CRM has a list of services or people, the list says who there is, and
 * a row of the plan adds to the one with its id, or without an id the one with its name; where it has none, the plan is
 * the list. A value the plan names is stronger than the CRM's. Refused when nobody names the zone or the currency.
 */
export function mergeSalon(plan: SalonPlan, vendor: VendorSalon): Outcome<Salon> {
	const zone = plan.company.zone ?? vendor.company.zone;
	const currency = plan.company.currency ?? vendor.company.currency;
	if (zone === null) return refused('invalid_request', 'Nobody names the time zone of the salon; set company.zone in the salon plan.');
	if (!isZone(zone)) return refused('invalid_request', 'The CRM names a time zone that nobody knows; set company.zone in the salon plan.');
	if (currency === null) return refused('invalid_request', 'Nobody names the currency of the salon; set company.currency in the salon plan.');
	const problems: string[] = [];
	const country = plan.company.country ?? vendor.company.country ?? 'RU';
	const company = companyOf(plan, vendor, zone, currency, country);
	const services = servicesOf(plan, vendor, currency, problems);
	const staff = staffOf(plan, vendor, { company, services, currency, problems });
	if (Object.keys(company.workingHours).length === 0 && staff.some(({ schedule }) => Object.keys(schedule.weekly).length === 0)) {
		problems.push('company.workingHours: nobody says when somebody without a week of their own works');
	}
	return ok({ company, country, stepMinutes: plan.company.stepMinutes ?? DEFAULT_STEP, services, staff, problems });
}

function companyOf({ company: own }: SalonPlan, { company: held }: VendorSalon, zone: string, currency: string, country: string): Company {
	const phone = own.phone ?? held.phone ?? '';
	return {
		id: own.id ?? held.id,
		name: own.name ?? held.name,
		zone,
		currency,
		address: own.address ?? held.address ?? null,
		phone: parsePhone(phone, country)?.phone ?? null,
		workingHours: own.workingHours === undefined ? (held.workingHours ?? {}) : hoursOf(own.workingHours),
		changeNoticeMinutes: own.changeNoticeMinutes ?? 0,
		bookingNoticeMinutes: own.bookingNoticeMinutes ?? 0,
		bookingHorizonDays: own.bookingHorizonDays ?? DEFAULT_HORIZON,
	};
}

function servicesOf(plan: SalonPlan, vendor: VendorSalon, currency: string, problems: string[]): SalonService[] {
	const pairs = paired(plan.services, vendor.services, ({ id, title }) => ({ id, name: title }), ({ id, title }) => ({ id, name: title }), 'services', problems);
	return pairs.map(({ own, held, id }) => {
		const durationMinutes = own?.durationMinutes ?? held?.durationMinutes ?? 0;
		const active = held?.active ?? true;
		if (durationMinutes < 1) problems.push(`services: the service ${id} has no length; give it durationMinutes in the plan`);
		return {
			id,
			title: held?.title ?? own?.title ?? id,
			aliases: own?.aliases ?? [],
			category: own?.category ?? held?.category ?? null,
			price: priceOf(own?.price, currency) ?? held?.price ?? null,
			durationMinutes,
			active,
			bookableOnline: active && durationMinutes > 0 && (own?.bookable ?? true),
			bufferBeforeMinutes: own?.bufferBeforeMinutes ?? 0,
			bufferAfterMinutes: own?.bufferAfterMinutes ?? 0,
		};
	});
}

interface Around {
	readonly company: Company;
	readonly services: readonly SalonService[];
	readonly currency: string;
	readonly problems: string[];
}

function staffOf(plan: SalonPlan, vendor: VendorSalon, around: Around): SalonStaff[] {
	const pairs = paired(plan.staff, vendor.staff, ({ id, name }) => ({ id, name }), ({ id, name }) => ({ id, name }), 'staff', around.problems);
	const holidays = exceptionsOf(plan.company.exceptions);
	return pairs.map(({ own, held, id }) => {
		const active = held?.active ?? true;
		return {
			id,
			name: held?.name ?? own?.name ?? id,
			position: own?.position ?? held?.position ?? null,
			active,
			bookable: active && (own?.bookable ?? true),
			services: cellsOf(own, held, around),
			schedule: scheduleOf(own, held, around.company, holidays),
		};
	});
}

function cellsOf(own: PlanStaff | null, held: VendorStaff | null, { services, currency, problems }: Around): StaffService[] {
	if (own?.services === undefined) return [...(held?.services ?? services.map(({ id }): StaffService => ({ serviceId: id })))];
	return own.services.flatMap((cell): StaffService[] => {
		const service = services.find(({ id }) => id === cell.service) ?? services.find(({ title }) => folded(title) === folded(cell.service));
		if (service === undefined) {
			problems.push('staff: a person does a service that is not in the list; compare the names in the plan');
			return [];
		}
		const { durationMinutes, price } = { durationMinutes: undefined, price: undefined, ...cell };
		return [{ serviceId: service.id, ...(durationMinutes === undefined ? {} : { durationMinutes }), ...(price === undefined ? {} : { price: priceOf(price, currency) ?? undefined }) }];
	});
}

function scheduleOf(own: PlanStaff | null, held: VendorStaff | null, company: Company, holidays: Readonly<Record<string, DayPlan>>): Schedule {
	const weekly = own?.week === undefined ? (held?.schedule?.weekly ?? dayPlans(company.workingHours)) : dayPlans(hoursOf(own.week));
	return { weekly, exceptions: { ...holidays, ...held?.schedule?.exceptions, ...exceptionsOf(own?.exceptions ?? {}) } };
}

interface Named {
	readonly id?: string;
	readonly name: string;
}

interface Pair<O, H> {
	readonly own: O | null;
	readonly held: H | null;
	readonly id: string;
}

function paired<O, H>(
	own: readonly O[],
	held: readonly H[] | null,
	ownName: (row: O) => Named,
	heldName: (row: H) => Named & { readonly id: string },
	list: string,
	problems: string[],
): Pair<O, H>[] {
	if (held === null) return own.map((row) => ({ own: row, held: null, id: ownName(row).id ?? ownName(row).name }));
	const left = new Set(own);
	const pairs = held.map((row) => {
		const { id, name } = heldName(row);
		const match = own.find((one) => left.has(one) && (ownName(one).id ?? null) === id) ?? own.find((one) => left.has(one) && ownName(one).id === undefined && folded(ownName(one).name) === folded(name)) ?? null;
		if (match !== null) left.delete(match);
		return { own: match, held: row, id };
	});
	for (const row of left) problems.push(`${list}.${own.indexOf(row)}: the CRM has no such row; compare the id or the name`);
	return pairs;
}

function priceOf(price: PlanService['price'], currency: string): PriceRange | null {
	return price === undefined ? null : { min: minorOf(price.min, currency), max: minorOf(price.max, currency), currency };
}

function hoursOf(week: PlanWeek): Company['workingHours'] {
	const days = Object.entries(WEEKDAYS).map(([name, weekday]): readonly [IsoWeekday, readonly WallRange[]] => [weekday, week[name as keyof PlanWeek]]);
	return Object.fromEntries(days.filter(([, ranges]) => ranges.length > 0));
}

function dayPlans(hours: Company['workingHours']): Schedule['weekly'] {
	return Object.fromEntries(Object.entries(hours).map(([weekday, ranges]) => [weekday, { hours: ranges }]));
}

function exceptionsOf(dates: Readonly<Record<string, readonly WallRange[]>>): Record<string, DayPlan> {
	return Object.fromEntries(Object.entries(dates).map(([date, hours]) => [date, { hours }]));
}
