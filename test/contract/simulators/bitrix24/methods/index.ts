import type { Method, MethodTable } from '../world';
import { BOOKING_METHODS } from './bookings';
import { CALENDAR_METHODS } from './calendar';
import { CATALOGUE_METHODS } from './catalogue';
import { DUPLICATE_METHODS } from './duplicates';
import { EVENT_METHODS } from './events';
import { ITEM_METHODS } from './items';
import { LEGACY_METHODS } from './legacy';
import { PIPELINE_METHODS } from './pipelines';
import { RESOURCE_METHODS } from './resources';
import { SCHEDULE_METHODS } from './schedule';
import { SYSTEM_METHODS } from './system';

const TABLES: readonly MethodTable[] = [
	SYSTEM_METHODS, ITEM_METHODS, LEGACY_METHODS, DUPLICATE_METHODS, PIPELINE_METHODS, CATALOGUE_METHODS,
	RESOURCE_METHODS, BOOKING_METHODS, CALENDAR_METHODS, SCHEDULE_METHODS, EVENT_METHODS,
];
const METHODS: ReadonlyMap<string, Method> = new Map(TABLES.flatMap((table) => Object.entries(table).map(([name, method]) => [name.toLowerCase(), method] as const)));

/** The method of a lower-case name, or null. */
export function methodNamed(name: string): Method | null {
	return METHODS.get(name) ?? null;
}
