import * as v from 'valibot';
import type { Company, PriceRange, Service, StaffMember, StaffService, WallRange } from '../../booking';
import type { CalendarResource, CalendarService, CalendarStaff, DayPlan } from '../../calendar';
import { StoreError } from '../../store';
import type { CrmServiceTable } from '../../store/schema/builtin-crm';
import type { Db } from './context';
import { RANGES } from './inputs';

/** The company with what only the embedded CRM knows. */
export interface Settings extends Company {
	/** ISO 3166 country by which a phone without a country code is read. */
	readonly country: string;
	readonly stepMinutes: number;
	readonly updatedAt: string;
}

/** A service with the fields its calendar needs. */
export interface ServiceCard extends Service, CalendarService {
	readonly bufferBeforeMinutes: number;
	readonly bufferAfterMinutes: number;
	readonly capacity: number;
	readonly resourceIds: readonly string[];
	readonly updatedAt: string;
}

const WORKING_HOURS = v.record(v.picklist(['1', '2', '3', '4', '5', '6', '7']), RANGES);
const ALIASES = v.array(v.string());

function parseJson<TSchema extends v.GenericSchema>(schema: TSchema, json: string, column: string): v.InferOutput<TSchema> {
	try {
		return v.parse(schema, JSON.parse(json));
	} catch {
		throw new StoreError('corrupt', `Column: ${column}.`);
	}
}

/** Reads the company row; null while the tenant is not set up. */
export async function readSettings(db: Db, tenant: string): Promise<Settings | null> {
	const row = await db.selectFrom('crm_company').selectAll().where('tenant', '=', tenant).executeTakeFirst();
	if (row === undefined) return null;
	return {
		id: tenant,
		name: row.name,
		zone: row.zone,
		currency: row.currency,
		country: row.country,
		address: row.address,
		phone: row.phone,
		workingHours: parseJson(WORKING_HOURS, row.working_hours, 'crm_company.working_hours'),
		changeNoticeMinutes: row.change_notice_minutes,
		bookingNoticeMinutes: row.booking_notice_minutes,
		bookingHorizonDays: row.booking_horizon_days,
		stepMinutes: row.step_minutes,
		updatedAt: row.updated_at,
	};
}

/** A stored pair of prices with the company's currency; null when the service has none. */
export function priceOf(row: { price_min: number | null; price_max: number | null }, currency: string): PriceRange | null {
	return row.price_min === null || row.price_max === null ? null : { min: row.price_min, max: row.price_max, currency };
}

/** Sum of prices; null as soon as one is not known. */
export function sumPrices(prices: readonly (PriceRange | null)[], currency: string): PriceRange | null {
	let min = 0;
	let max = 0;
	for (const price of prices) {
		if (price === null) return null;
		min += price.min;
		max += price.max;
	}
	return { min, max, currency };
}

/** Services by title; only those of `ids` when given. */
export async function readServices(db: Db, tenant: string, currency: string, ids?: readonly string[]): Promise<ServiceCard[]> {
	let services = db
		.selectFrom('crm_service as service')
		.leftJoin('crm_category as category', (join) => join.onRef('category.tenant', '=', 'service.tenant').onRef('category.id', '=', 'service.category_id'))
		.selectAll('service')
		.select('category.title as category')
		.where('service.tenant', '=', tenant);
	let needs = db.selectFrom('crm_service_resource').select(['service_id', 'resource_id']).where('tenant', '=', tenant).orderBy('resource_id');
	if (ids !== undefined) {
		services = services.where('service.id', 'in', ids);
		needs = needs.where('service_id', 'in', ids);
	}
	const resources = await needs.execute();
	const rows = await services.orderBy('service.title').orderBy('service.id').execute();
	return rows.map((row) => serviceCard(row, currency, resources.filter((need) => need.service_id === row.id).map((need) => need.resource_id)));
}

function serviceCard(row: CrmServiceTable & { category: string | null }, currency: string, resourceIds: readonly string[]): ServiceCard {
	return {
		id: row.id,
		title: row.title,
		aliases: parseJson(ALIASES, row.aliases, 'crm_service.aliases'),
		category: row.category,
		price: priceOf(row, currency),
		durationMinutes: row.duration_minutes,
		active: row.active === 1,
		bookableOnline: row.online === 1,
		bufferBeforeMinutes: row.buffer_before_minutes,
		bufferAfterMinutes: row.buffer_after_minutes,
		capacity: row.capacity,
		resourceIds,
		updatedAt: row.updated_at,
	};
}

/** Staff by name with the matrix; only `staffId` when given. */
export async function readStaff(db: Db, tenant: string, currency: string, staffId?: string): Promise<StaffMember[]> {
	let staff = db.selectFrom('crm_staff').selectAll().where('tenant', '=', tenant);
	let cells = db.selectFrom('crm_staff_service').selectAll().where('tenant', '=', tenant).orderBy('service_id');
	if (staffId !== undefined) {
		staff = staff.where('id', '=', staffId);
		cells = cells.where('staff_id', '=', staffId);
	}
	const matrix = new Map<string, StaffService[]>();
	for (const cell of await cells.execute()) {
		const list = matrix.get(cell.staff_id) ?? [];
		list.push({ serviceId: cell.service_id, durationMinutes: cell.duration_minutes ?? undefined, price: priceOf(cell, currency) ?? undefined });
		matrix.set(cell.staff_id, list);
	}
	const rows = await staff.orderBy('name').orderBy('id').execute();
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		position: row.position,
		active: row.active === 1,
		bookable: row.bookable === 1,
		services: matrix.get(row.id) ?? [],
	}));
}

/** Weekly hours and the exceptions between two dates (inclusive) of these people, as the calendar reads them. */
export async function readCalendars(db: Db, tenant: string, staff: readonly StaffMember[], from: string, to: string): Promise<CalendarStaff[]> {
	if (staff.length === 0) return [];
	const ids = staff.map(({ id }) => id);
	const weeks = await db.selectFrom('crm_schedule').select(['staff_id', 'weekday', 'hours', 'breaks']).where('tenant', '=', tenant).where('staff_id', 'in', ids).execute();
	const exceptions = await db
		.selectFrom('crm_schedule_exception')
		.select(['staff_id', 'date', 'hours', 'breaks'])
		.where('tenant', '=', tenant)
		.where('staff_id', 'in', ids)
		.where('date', '>=', from)
		.where('date', '<=', to)
		.execute();
	// Most days of a salon are alike: the same text is parsed once a read.
	const parsed = new Map<string, readonly WallRange[]>();
	const ranges = (json: string): readonly WallRange[] => {
		const known = parsed.get(json) ?? parseJson(RANGES, json, 'crm_schedule');
		parsed.set(json, known);
		return known;
	};
	const planOf = (row: { hours: string; breaks: string }): DayPlan => ({ hours: ranges(row.hours), breaks: ranges(row.breaks) });
	return staff.map((member) => ({
		id: member.id,
		schedule: {
			weekly: Object.fromEntries(weeks.filter((row) => row.staff_id === member.id).map((row) => [row.weekday, planOf(row)])),
			exceptions: Object.fromEntries(exceptions.filter((row) => row.staff_id === member.id).map((row) => [row.date, planOf(row)])),
		},
		services: Object.fromEntries(member.services.map(({ serviceId, durationMinutes }) => [serviceId, { durationMinutes }])),
	}));
}

/** Resources that are in use; a service that needs an archived one has no free time. */
export async function readResources(db: Db, tenant: string, ids: readonly string[]): Promise<CalendarResource[]> {
	if (ids.length === 0) return [];
	return db.selectFrom('crm_resource').select(['id', 'capacity']).where('tenant', '=', tenant).where('active', '=', 1).where('id', 'in', ids).execute();
}
