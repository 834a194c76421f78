import type { Insertable } from 'kysely';
import type { Database } from '../../../store';
import { storedInstant } from '../appointments';
import { nameColumns } from '../clients';
import { GRANULE_MINUTES } from '../inputs';
import type { Span } from '../taken-time';
import { DEMO_CATEGORIES, DEMO_GOODS, DEMO_RESOURCES, DEMO_SERVICES, DEMO_STAFF, FAMILIES, MEN, WOMEN } from './catalogue';
import type { Random } from './random';
import { type DemoVisit, isMan } from './visits';

/** Rows for some of the tables, in the order they are written. */
export type Rows = { [Table in keyof Database]?: Insertable<Database[Table]>[] };

const DAY = 1440;

/** Company, catalogue, people and their weeks. `setUp` is when the salon opened its books. */
export function catalogueRows(tenant: string, setUp: string): Rows {
	const everyDay = { '1': '10:00-21:00', '2': '10:00-21:00', '3': '10:00-21:00', '4': '10:00-21:00', '5': '10:00-21:00', '6': '10:00-21:00', '7': '10:00-21:00' };
	const workingHours = Object.fromEntries(Object.entries(everyDay).map(([day, hours]) => [day, [{ from: hours.slice(0, 5), to: hours.slice(6) }]]));
	return {
		crm_company: [
			{
				tenant,
				name: 'Салон „Лаванда“',
				zone: 'Europe/Moscow',
				currency: 'RUB',
				country: 'RU',
				address: 'Москва, ул. Садовая, 12',
				phone: '+74950000012',
				working_hours: JSON.stringify(workingHours),
				booking_notice_minutes: 60,
				booking_horizon_days: 60,
				change_notice_minutes: 120,
				step_minutes: 30,
				updated_at: setUp,
			},
		],
		crm_category: DEMO_CATEGORIES.map((title, position) => ({ tenant, id: `category-${position + 1}`, title, position })),
		crm_service: DEMO_SERVICES.map((service) => ({
			tenant,
			id: service.id,
			category_id: `category-${DEMO_CATEGORIES.indexOf(service.category) + 1}`,
			title: service.title,
			aliases: JSON.stringify(service.aliases),
			price_min: service.price[0],
			price_max: service.price[1],
			duration_minutes: service.duration,
			buffer_before_minutes: 0,
			buffer_after_minutes: service.bufferAfter ?? 0,
			capacity: 1,
			active: 1,
			online: 1,
			updated_at: setUp,
		})),
		crm_resource: DEMO_RESOURCES.map((resource) => ({ tenant, ...resource, active: 1 })),
		crm_service_resource: DEMO_SERVICES.flatMap(({ id, resourceId }) => (resourceId === undefined ? [] : [{ tenant, service_id: id, resource_id: resourceId }])),
		crm_staff: DEMO_STAFF.map(({ id, name, position }) => ({ tenant, id, name, position, active: 1, bookable: 1, updated_at: setUp, schedule_updated_at: setUp })),
		crm_staff_service: DEMO_STAFF.flatMap(({ id, services }) =>
			Object.entries(services).map(([serviceId, cell]) => ({
				tenant,
				staff_id: id,
				service_id: serviceId,
				duration_minutes: cell.duration ?? null,
				price_min: cell.price?.[0] ?? null,
				price_max: cell.price?.[1] ?? null,
			})),
		),
		crm_schedule: DEMO_STAFF.flatMap(({ id, days, hours, breaks }) =>
			days.map((weekday) => ({ tenant, staff_id: id, weekday, hours: JSON.stringify([hours]), breaks: JSON.stringify(breaks) })),
		),
	};
}

/** Client cards. The phones are made up: one block, numbered through. */
export function clientRows(tenant: string, random: Random, count: number, now: number, visits: readonly DemoVisit[]): Rows {
	const firstBooked = new Map<number, number>();
	for (const { client, booked } of visits) firstBooked.set(client, Math.min(firstBooked.get(client) ?? Infinity, booked));
	return {
		crm_client: Array.from({ length: count }, (_, client) => {
			const family = random.pick(FAMILIES);
			const name = isMan(client) ? `${random.pick(MEN)} ${family}` : `${random.pick(WOMEN)} ${family}а`;
			const joined = now - random.between(10, 420) * DAY;
			const created = storedInstant(Math.min(joined, firstBooked.get(client) ?? joined));
			return {
				tenant,
				id: clientId(client),
				...nameColumns(name, `+7900000${String(client + 1).padStart(4, '0')}`),
				blocked: Number(client === count - 1),
				notes: client % 40 === 7 ? 'Просит напоминать за день' : null,
				created_at: created,
				updated_at: created,
			};
		}),
	};
}

/** Visits with their lines and resources; taken time only where it can still be booked over. */
export function visitRows(tenant: string, visits: readonly DemoVisit[], now: number): Rows {
	const numbered = visits.map((visit, index) => ({ ...visit, id: `visit-${String(index + 1).padStart(5, '0')}` }));
	return {
		crm_appointment: numbered.map(({ id, client, staff, visit, busy, status, booked }) => ({
			tenant,
			id,
			client_id: clientId(client),
			staff_id: staff.id,
			starts_at: storedInstant(visit.start),
			ends_at: storedInstant(visit.end),
			busy_from: storedInstant(busy.start),
			busy_to: storedInstant(busy.end),
			shared_by: null,
			status,
			comment: null,
			guest_name: null,
			version: status === 'booked' ? 1 : 2,
			created_at: storedInstant(booked),
			updated_at: storedInstant(Math.min(now, status === 'arrived' || status === 'no_show' ? visit.end : booked)),
		})),
		crm_appointment_line: numbered.map(({ id, service, visit, price }) => ({
			tenant,
			appointment_id: id,
			position: 0,
			service_id: service.id,
			duration_minutes: visit.end - visit.start,
			price_min: price[0],
			price_max: price[1],
		})),
		crm_appointment_resource: numbered.flatMap(({ id, service }) => (service.resourceId === undefined ? [] : [{ tenant, appointment_id: id, resource_id: service.resourceId }])),
		crm_busy: numbered
			.filter(({ status, busy }) => status !== 'cancelled' && busy.end > now)
			.flatMap(({ id, staff, service, client, visit, busy }) => [
				...granules(tenant, id, `staff:${staff.id}`, busy),
				...granules(tenant, id, `client:${clientId(client)}`, visit),
				...(service.resourceId === undefined ? [] : granules(tenant, id, `resource:${service.resourceId}`, busy)),
			]),
	};
}

/** Some clients take something home after the visit. */
export function goodsRows(tenant: string, random: Random, visits: readonly DemoVisit[]): Rows {
	const sales = visits.flatMap((visit, index) => (visit.status === 'arrived' && random.chance(0.1) ? [{ visit, index, goods: random.pick(DEMO_GOODS), quantity: random.chance(0.15) ? 2 : 1 }] : []));
	const saleId = (index: number): string => `sale-${String(index + 1).padStart(5, '0')}`;
	return {
		crm_goods_sale: sales.map(({ visit, index }) => ({
			tenant,
			id: saleId(index),
			client_id: clientId(visit.client),
			staff_id: visit.staff.id,
			appointment_id: `visit-${String(index + 1).padStart(5, '0')}`,
			sold_at: storedInstant(visit.visit.end),
			updated_at: storedInstant(visit.visit.end),
		})),
		crm_goods_sale_line: sales.map(({ index, goods, quantity }) => ({ tenant, sale_id: saleId(index), position: 0, title: goods.title, quantity, unit_price: goods.price })),
	};
}

function clientId(client: number): string {
	return `client-${String(client + 1).padStart(4, '0')}`;
}

function granules(tenant: string, appointmentId: string, calendarId: string, span: Span): Insertable<Database['crm_busy']>[] {
	const from = Math.floor(span.start / GRANULE_MINUTES);
	const to = Math.floor(span.end / GRANULE_MINUTES);
	return Array.from({ length: to - from }, (_, index) => ({ tenant, calendar_id: calendarId, granule: from + index, seat: 0, appointment_id: appointmentId, shared_by: null }));
}
