import { type Company, NO_CURRENCY, ok, type Outcome, refused, type Service, type StaffMember, unavailable } from '../../booking';
import { isZone } from '../../calendar';
import { type Call, kept } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { type Locale, phoneOf, secondsToMinutes, workingHoursOf } from './mapping';
import { currencyOf, priceOf } from './money';
import type { BookServicesWire, CompanyWire, Page, ServiceWire, StaffWire } from './wire';

/** The branch, with what only this vendor tells. */
export interface Branch {
	readonly company: Company;
	readonly locale: Locale;
	/** Whether clients may cancel and move, and until when before the visit. */
	readonly cancel: { readonly allowed: boolean; readonly noticeMinutes: number };
	readonly change: { readonly allowed: boolean; readonly noticeMinutes: number };
}

/** Services and people as they are just now. */
export interface Catalogue {
	readonly services: readonly Service[];
	readonly staff: readonly StaffMember[];
	/** Seconds a person needs for a service. */
	seconds(serviceId: string, staffId: string): number | null;
}

/** What changes rarely and is asked for by every operation; kept for a short time, failures never. */
export interface Facts {
	branch(context: Context): Promise<Outcome<Branch>>;
	catalogue(context: Context): Promise<Outcome<Catalogue>>;
}

const BRANCH_MS = 600_000;
const CATALOGUE_MS = 60_000;

export function createFacts(): Facts {
	const branch = kept(BRANCH_MS, readBranch);
	const catalogue = kept(CATALOGUE_MS, readCatalogue);
	return { branch, catalogue };
}

async function readBranch(context: Context): Promise<Outcome<Branch>> {
	const answer = await context.transport.read(calls.company(context.companyId));
	if (answer.kind !== 'ok') return answer;
	const wire = answer.value;
	if (wire.id !== context.companyId) return unavailable(`${context.brand.vendor} answered about another branch.`);
	const { settings } = context;
	const zone = zoneOf(wire) ?? settings.zone ?? null;
	if (zone === null || !isZone(zone)) return refused('invalid_request', 'The branch names no time zone; set the zone in the settings.');
	const locale = { zone, currency: currencyIn(context, wire), country: settings.country ?? context.brand.country, guestMark: context.brand.guestMark };
	const cancelMinutes = settings.changeNoticeMinutes ?? secondsToMinutes(wire.allow_delete_record_delay_step ?? 0);
	const changeMinutes = settings.changeNoticeMinutes ?? secondsToMinutes(wire.allow_change_record_delay_step ?? 0);
	return ok({
		locale,
		company: {
			id: wire.id,
			name: [wire.public_title, wire.title].map((one) => one.trim()).find((one) => one !== '') ?? wire.id,
			zone,
			currency: locale.currency,
			address: wire.address.trim() === '' ? null : wire.address.trim(),
			phone: phoneOf(wire.phone, locale.country),
			workingHours: settings.workingHours ?? workingHoursOf(wire.schedule),
			changeNoticeMinutes: Math.max(cancelMinutes, changeMinutes),
			bookingNoticeMinutes: settings.bookingNoticeMinutes,
			bookingHorizonDays: settings.bookingHorizonDays,
		},
		cancel: { allowed: wire.allow_delete_record !== false, noticeMinutes: cancelMinutes },
		change: { allowed: wire.allow_change_record !== false, noticeMinutes: changeMinutes },
	});
}

function zoneOf({ timezone_name: name }: CompanyWire): string | null {
	return isZone(name) ? name : null;
}

function currencyIn({ settings, brand, count }: Context, { currency_short_title: sign }: CompanyWire): string {
	if (settings.currency !== undefined) return settings.currency;
	if (sign.trim() === '') return brand.currency;
	const known = currencyOf(sign);
	if (known === null) count('company.currency_short_title');
	return known ?? NO_CURRENCY;
}

async function readCatalogue(context: Context): Promise<Outcome<Catalogue>> {
	const branch = await context.facts.branch(context);
	if (branch.kind !== 'ok') return branch;
	const { companyId: c, settings } = context;
	const isOnline = settings.route === 'online';
	const [services, staff, bookServices, bookStaff] = await Promise.all([
		readWhole(context, calls.services(c)),
		readWhole(context, calls.staff(c)),
		isOnline ? context.transport.read(calls.bookServices(c)) : ok(null),
		isOnline ? readWhole(context, calls.bookStaff(c)) : ok(null),
	]);
	if (services.kind !== 'ok') return services;
	if (staff.kind !== 'ok') return staff;
	if (bookServices.kind !== 'ok') return bookServices;
	if (bookStaff.kind !== 'ok') return bookStaff;
	const bookable = bookStaff.value === null ? null : new Set(bookStaff.value.filter((one) => one.bookable).map(({ id }) => id));
	return ok(catalogueOf(context, branch.value, services.value, bookServices.value, staff.value, bookable));
}

/** A list that comes at once; one that is shorter than its own count is not whole. */
export async function readWhole<T>({ transport, brand }: Context, call: Call<Page<T>>): Promise<Outcome<readonly T[]>> {
	const answer = await transport.read(call);
	if (answer.kind !== 'ok') return answer;
	const { items, total } = answer.value;
	return total !== null && items.length < total ? unavailable(`${brand.vendor} gave only a part of a list (${call.name}).`) : ok(items);
}

function catalogueOf(
	{ settings }: Context,
	{ locale }: Branch,
	wires: readonly ServiceWire[],
	online: BookServicesWire | null,
	people: readonly StaffWire[],
	bookable: ReadonlySet<string> | null,
): Catalogue {
	const offered = online === null ? null : new Map(online.services.map((one) => [one.id, one]));
	const categories = new Map((online?.category ?? online?.categories ?? []).map(({ id, title }) => [id, title]));
	const seconds = new Map(wires.flatMap((service) => service.staff.map((cell) => [`${service.id} ${cell.id}`, cell.seance_length] as const)));
	const services = wires.map((wire): Service => {
		// a service that must be paid for in advance cannot be booked through the API
		const isOffered = offered === null ? wire.staff.length > 0 : offered.get(wire.id) !== undefined && offered.get(wire.id)?.prepaid !== 'required';
		return {
			id: wire.id,
			title: wire.title,
			aliases: [],
			category: categories.get(wire.category_id ?? 0) ?? null,
			price: priceOf(wire.price_min, wire.price_max, locale.currency),
			durationMinutes: usualMinutes(wire),
			active: wire.active,
			bookableOnline: wire.active && isOffered,
		};
	});
	const staff = people.map((person): StaffMember => {
		const isExcluded = settings.excludedStaffIds.includes(person.id);
		return {
			id: person.id,
			name: person.name,
			position: person.specialization.trim() === '' ? null : person.specialization.trim(),
			active: !person.fired,
			bookable: !person.fired && !isExcluded && (bookable === null ? !person.hidden : bookable.has(person.id)),
			services: wires.flatMap((service) => {
				const cell = service.staff.find(({ id }) => id === person.id);
				return cell === undefined ? [] : [{ serviceId: service.id, durationMinutes: secondsToMinutes(cell.seance_length) }];
			}),
		};
	});
	return { services, staff, seconds: (serviceId, staffId) => seconds.get(`${serviceId} ${staffId}`) ?? null };
}

/** The length most people need, the longer one where two are equally usual; 0 where nobody does the service. */
function usualMinutes({ staff }: ServiceWire): number {
	const counts = new Map<number, number>();
	for (const { seance_length: length } of staff) counts.set(length, (counts.get(length) ?? 0) + 1);
	const [usual] = [...counts].sort(([a, times], [b, otherTimes]) => otherTimes - times || b - a);
	return usual === undefined ? 0 : secondsToMinutes(usual[0]);
}
