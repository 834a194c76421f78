import { type Company, type IsoWeekday, mapOutcome, type Outcome, ok, type Service, type StaffMember, unavailable, type WallRange } from '../../../booking';
import { wallMinute } from '../../../calendar';
import { parsePhone } from '../../../language/phone';
import type { Catalogue, Facts } from '../choice';
import { manualCompany } from '../manual';
import { priceOf } from '../money';
import * as calls from './calls';
import type { Context } from './context';
import type { CompanyWire, MasterWire, ServiceWire } from './wire';

/** The page is somebody else's: its catalogue is read rarely. */
const CATALOGUE_MS = 1_800_000;

/** A service with the page's second id for it. */
export interface PagedService extends Service {
	readonly companyServiceId: string | null;
}

/** Facts of the page. */
export function createFacts(context: Omit<Context, 'facts'>): Facts {
	return { company: () => readCompany(context), catalogue: () => readCatalogue(context) };
}

async function readCompany({ reader, companyId, settings }: Omit<Context, 'facts'>): Promise<Outcome<Company>> {
	const answer = await reader.ask(calls.company(companyId), 'company', CATALOGUE_MS);
	if (answer.kind !== 'ok') return answer;
	const wire = answer.value.company;
	if (wire.id !== companyId) return unavailable('The DIKIDI booking page answered about another company.');
	const byHand = manualCompany(settings, companyId);
	return ok({
		...byHand,
		name: settings.companyName ?? wire.name,
		address: byHand.address ?? (wire.address.trim() === '' ? null : wire.address.trim()),
		phone: byHand.phone ?? wire.phones.map((phone) => parsePhone(phone, settings.country)?.phone ?? null).find((phone) => phone !== null) ?? null,
		workingHours: Object.keys(settings.workingHours).length > 0 ? settings.workingHours : workingHoursOf(wire),
	});
}

/** Days of the page's own schedule; one that is written in another way is left out, not guessed. */
function workingHoursOf({ schedule }: CompanyWire): Readonly<Partial<Record<IsoWeekday, readonly WallRange[]>>> {
	const rows: readonly unknown[] = Array.isArray(schedule) ? schedule : [];
	const hours: Partial<Record<IsoWeekday, readonly WallRange[]>> = {};
	for (const row of rows) {
		if (typeof row !== 'object' || row === null) continue;
		const { day, work_from: from, work_to: to } = row as Readonly<Record<string, unknown>>;
		const weekday = ([1, 2, 3, 4, 5, 6, 7] as const).find((one) => String(one) === String(day));
		if (weekday !== undefined && isWall(from) && isWall(to)) hours[weekday] = [{ from, to }];
	}
	return hours;
}

function isWall(value: unknown): value is string {
	try {
		return typeof value === 'string' && wallMinute(value) >= 0;
	} catch {
		return false;
	}
}

async function readCatalogue(context: Omit<Context, 'facts'>): Promise<Outcome<Catalogue & { readonly services: readonly PagedService[] }>> {
	const { reader, companyId } = context;
	const listed = await reader.ask(calls.services(companyId), 'services', CATALOGUE_MS);
	if (listed.kind !== 'ok') return listed;
	const masters = await reader.ask(calls.masters(companyId), 'masters', CATALOGUE_MS);
	if (masters.kind !== 'ok') return masters;
	const services = listed.value.list.flatMap(({ name, services: of }) => of.map((wire) => serviceOf(context, wire, name)));
	const staff: StaffMember[] = [];
	for (const master of Object.values(masters.value.masters)) {
		// one after another: the page is asked once a second at most
		const done = await servicesOf(context, master.id);
		if (done.kind !== 'ok') return done;
		staff.push(memberOf(master, done.value));
	}
	const order = new Map(masters.value.masters_order.map((id, index) => [id, index]));
	return ok({ services, staff: staff.sort((a, b) => (order.get(a.id) ?? Infinity) - (order.get(b.id) ?? Infinity) || (a.id < b.id ? -1 : 1)) });
}

/** Ids of the services a master does. */
async function servicesOf({ reader, companyId }: Omit<Context, 'facts'>, masterId: string): Promise<Outcome<readonly string[]>> {
	const answer = await reader.ask(calls.services(companyId, masterId), `services of ${masterId}`, CATALOGUE_MS);
	return mapOutcome(answer, ({ list }) => list.flatMap(({ services }) => services.map(({ id }) => id)));
}

function serviceOf({ settings, count }: Omit<Context, 'facts'>, wire: ServiceWire, category: string): PagedService {
	const isFixed = wire.floating === undefined || wire.floating === null || ['0', 'false'].includes(String(wire.floating));
	if (!isFixed) count('service.floating');
	return {
		id: wire.id,
		companyServiceId: wire.company_service_id ?? null,
		title: wire.name,
		aliases: [],
		category: category.trim() === '' ? null : category.trim(),
		price: isFixed ? priceOf(wire.price ?? wire.cost, wire.cost ?? wire.price, settings.currency) : null,
		durationMinutes: wire.time,
		active: true,
		// times can be read, but the visit is the client's own to book
		bookableOnline: true,
	};
}

function memberOf({ id, username, post }: MasterWire, serviceIds: readonly string[]): StaffMember {
	return { id, name: username, position: post.trim() === '' ? null : post.trim(), active: true, bookable: true, services: serviceIds.map((serviceId) => ({ serviceId })) };
}
