import * as v from 'valibot';
import type { Instant, IsoWeekday, WallRange } from '../../booking';
import type { Transport } from '../http';
import type { Facts } from './facts';
import type { Brand } from './brands';

const MINUTES_OF_YEAR = 525_600;
const WHOLE = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the API does not tell and the operator sets. */
const SETTINGS = v.object({
	/** `online`: as a client of the widget, by its rules. `journal`: as an employee, also where online booking is closed. */
	route: v.optional(v.picklist(['online', 'journal']), 'online'),
	/** Zone of a branch that names none. */
	zone: v.optional(v.pipe(v.string(), v.nonEmpty())),
	/** ISO 4217 code where the branch's sign is not known. */
	currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
	/** ISO 3166 country by which phones without a country code are read. */
	country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
	bookingNoticeMinutes: v.optional(v.pipe(WHOLE, v.maxValue(MINUTES_OF_YEAR)), 0),
	bookingHorizonDays: v.optional(v.pipe(WHOLE, v.maxValue(366)), 60),
	/** The branch's own when absent. */
	changeNoticeMinutes: v.optional(v.pipe(WHOLE, v.maxValue(MINUTES_OF_YEAR))),
	/** Distance of starts where we compute them. */
	stepMinutes: v.optional(v.pipe(WHOLE, v.minValue(5), v.maxValue(240)), 30),
	/** People who are none, such as a waiting list. */
	excludedStaffIds: v.optional(v.array(v.string()), []),
	workingHours: v.optional(v.custom<Readonly<Partial<Record<IsoWeekday, readonly WallRange[]>>>>((value) => typeof value === 'object' && value !== null)),
});

export type YclientsSettings = v.InferInput<typeof SETTINGS>;
export type Settings = v.InferOutput<typeof SETTINGS>;

/** What every operation works with. */
export interface Context {
	readonly transport: Transport;
	readonly brand: Brand;
	readonly companyId: string;
	readonly settings: Settings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	readonly facts: Facts;
	/** Counts a value of an enumeration that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}

/** Checks an operator's settings. Throws `TypeError` that names the field. */
export function settingsOf(input: YclientsSettings): Settings {
	const parsed = v.safeParse(SETTINGS, input);
	if (parsed.success) return parsed.output;
	const field = v.getDotPath(parsed.issues[0]) ?? 'settings';
	throw new TypeError(`The setting "${field}" of the CRM is not valid.`);
}

/** Ids are positive numbers here: any other is of no record, and must not reach a path or a filter. */
export function isWireId(id: string): boolean {
	return /^[1-9]\d{0,14}$/.test(id);
}
