import { DEAL, type Portal } from './portal';
import type { Pipeline, PortalUser, Product, Resource } from './records';

const EVERY_DAY = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A salon in the words of a test. */
export interface PortalSalon {
	readonly services: readonly { readonly name: string; readonly price: number }[];
	readonly staff: readonly string[];
	/** Minutes after midnight, every day of the week. */
	readonly hours: { readonly from: number; readonly to: number };
	readonly stepMinutes: number;
}

/** What was put into the portal, by the names of the salon. */
export interface FurnishedSalon {
	readonly services: ReadonlyMap<string, Product>;
	/** Staff as resources of online booking. */
	readonly resources: ReadonlyMap<string, Resource>;
	/** The same people as users with calendars. */
	readonly users: ReadonlyMap<string, PortalUser>;
	readonly pipeline: Pipeline;
}

/** User fields of a deal that hold a visit. */
export const VISIT_FIELDS = { start: 'UF_CRM_BOOKING_START', end: 'UF_CRM_BOOKING_END', service: 'UF_CRM_BOOKING_SERVICE', staff: 'UF_CRM_BOOKING_STAFF' } as const;

/** Puts a salon into a portal so that both ways of booking work: resources, and deals with calendars. */
export function furnish(portal: Portal, salon: PortalSalon): FurnishedSalon {
	const services = new Map(salon.services.map(({ name, price }) => [name, portal.addService(name, price)]));
	const row = { ...salon.hours, timezone: portal.zone, weekDays: EVERY_DAY, slotSize: salon.stepMinutes };
	const resources = new Map(salon.staff.map((name) => [name, portal.addResource(name, [row])]));
	const users = new Map(salon.staff.map((name) => [name, portal.addUser({ name })]));
	const pipeline = portal.addPipeline('Запись', [
		{ code: 'NEW', name: 'Новая' },
		{ code: 'CONFIRMED', name: 'Подтверждена' },
		{ code: 'WON', name: 'Пришёл', semantics: 'S' },
		{ code: 'LOSE', name: 'Отменена', semantics: 'F' },
		{ code: 'NOSHOW', name: 'Не пришёл', semantics: 'F' },
	]);
	for (const name of [VISIT_FIELDS.start, VISIT_FIELDS.end]) portal.addUserField(DEAL, { name, type: 'datetime' });
	for (const name of [VISIT_FIELDS.service, VISIT_FIELDS.staff]) portal.addUserField(DEAL, { name, type: 'integer' });
	return { services, resources, users, pipeline };
}
