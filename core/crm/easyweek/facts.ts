import { type Company, type IsoWeekday, NO_CURRENCY, ok, type Outcome, refused, type Service, type WallRange, type Zone } from '../../booking';
import { isZone } from '../../calendar';
import { parsePhone } from '../../language/phone';
import { kept } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { priceOf, textOrNull } from './mapping';
import { readAll } from './pages';
import { createSkills, type Skills } from './skills';
import type { LocationWire, ServiceWire, StafferWire, WorkspaceWire } from './wire';

/** The location that is booked. */
export interface Branch {
	readonly wire: LocationWire;
	readonly workspace: WorkspaceWire;
	readonly zone: Zone;
	/** ISO 3166, empty where nothing tells it: then phones need their country code. */
	readonly country: string;
}

/** Somebody of the location; what the person does is another question. */
export interface Person {
	readonly id: string;
	readonly name: string;
	readonly position: string | null;
	readonly bookable: boolean;
}

/** Services and people as they are just now. */
export interface Catalogue {
	readonly services: readonly Service[];
	readonly staff: readonly Person[];
	readonly currency: string;
}

/** What changes rarely and is asked for by every operation; kept for a short time, failures never. */
export interface Facts {
	branch(context: Context): Promise<Outcome<Branch>>;
	catalogue(context: Context): Promise<Outcome<Catalogue>>;
	readonly skills: Skills;
}

const BRANCH_MS = 1_800_000;
const CATALOGUE_MS = 300_000;

/** Of one location and its settings. */
export function createFacts(): Facts {
	return { branch: kept(BRANCH_MS, readBranch), catalogue: kept(CATALOGUE_MS, readCatalogue), skills: createSkills() };
}

async function readBranch(context: Context): Promise<Outcome<Branch>> {
	const { transport, locationId, settings } = context;
	const [workspace, locations] = await Promise.all([transport.read(calls.workspace()), readAll(context, calls.locations())]);
	if (workspace.kind !== 'ok') return workspace;
	if (locations.kind !== 'ok') return locations;
	const wire = locations.value.find(({ uuid }) => uuid === locationId);
	if (wire === undefined) return refused('not_found', 'The workspace has no location with this id; choose one of its locations.');
	const zone = [wire.timezone, settings.zone].find((name) => name !== undefined && isZone(name));
	if (zone === undefined) return refused('invalid_request', 'The location names no time zone; set the zone in the settings.');
	const { country_iso: told } = workspace.value;
	const country = settings.country ?? (typeof told === 'string' && /^[A-Za-z]{2}$/.test(told) ? told.toUpperCase() : '');
	return ok({ wire, workspace: workspace.value, zone, country });
}

async function readCatalogue(context: Context): Promise<Outcome<Catalogue>> {
	const { locationId, settings } = context;
	const [services, staffers] = await Promise.all([readAll(context, calls.services(locationId)), readAll(context, calls.staffers(locationId))]);
	if (services.kind !== 'ok') return services;
	if (staffers.kind !== 'ok') return staffers;
	return ok({
		services: services.value.map((wire) => serviceOf(context, wire)),
		staff: staffers.value.map((wire) => personOf(wire, settings.excludedStaffIds)),
		currency: settings.currency ?? services.value.find(({ currency }) => currency != null)?.currency ?? NO_CURRENCY,
	});
}

function serviceOf({ settings, count }: Context, wire: ServiceWire): Service {
	const minutes = wire.duration ?? null;
	if (minutes === null) count('service.duration');
	return {
		id: wire.uuid,
		title: wire.name,
		aliases: [],
		category: textOrNull(wire.category?.name ?? ''),
		// where a price only begins is not what the client pays
		price: wire.starting_at === true ? null : priceOf(wire.price, wire.currency ?? settings.currency),
		durationMinutes: minutes ?? 0,
		active: true,
		bookableOnline: minutes !== null,
	};
}

function personOf(wire: StafferWire, excluded: readonly string[]): Person {
	const name = [wire.first_name, wire.last_name].map((part) => part.trim()).filter((part) => part !== '').join(' ');
	return { id: wire.uuid, name: name === '' ? wire.uuid : name, position: textOrNull(wire.position), bookable: !excluded.includes(wire.uuid) };
}

/** The location in the words of the domain. */
export function companyOf({ settings, count }: Context, { wire, workspace, zone, country }: Branch, { currency }: Catalogue): Company {
	const { address } = wire;
	const street = address?.address_1.trim() || [address?.street, address?.house].join(' ').trim();
	const city = [address?.postal_code, address?.city].join(' ').trim();
	return {
		id: wire.uuid,
		name: wire.name.trim() === '' ? wire.uuid : wire.name.trim(),
		zone,
		currency,
		address: textOrNull([street, city].filter((part) => part !== '').join(', ')),
		phone: parsePhone(workspace.contacts?.phone ?? '', country)?.phone ?? null,
		workingHours: settings.workingHours ?? hoursOf(wire.opening_hours, count),
		changeNoticeMinutes: settings.changeNoticeMinutes,
		bookingNoticeMinutes: settings.bookingNoticeMinutes,
		bookingHorizonDays: settings.bookingHorizonDays,
	};
}

const DAYS: Readonly<Record<string, IsoWeekday>> = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 };
const WALL = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Hours by weekday; a part that cannot be read is left out and counted. */
function hoursOf(hours: unknown, count: (field: string) => void): Company['workingHours'] {
	const days = typeof hours === 'object' && hours !== null && 'days' in hours ? hours.days : null;
	if (typeof days !== 'object' || days === null) return {};
	const found: Partial<Record<IsoWeekday, readonly WallRange[]>> = {};
	for (const [name, ranges] of Object.entries(days)) {
		const weekday = Object.hasOwn(DAYS, name) ? DAYS[name] : undefined;
		const read = Array.isArray(ranges) ? ranges.map(rangeOf) : [null];
		if (weekday === undefined || read.includes(null)) count('location.opening_hours');
		const whole = read.filter((range) => range !== null);
		if (weekday !== undefined && whole.length > 0) found[weekday] = whole;
	}
	return found;
}

function rangeOf(range: unknown): WallRange | null {
	if (typeof range !== 'object' || range === null || !('from' in range) || !('to' in range)) return null;
	const { from, to } = range;
	return typeof from === 'string' && typeof to === 'string' && WALL.test(from) && WALL.test(to) ? { from, to } : null;
}
