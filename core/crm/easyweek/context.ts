import * as v from 'valibot';
import type { Instant, IsoWeekday, WallRange } from '../../booking';
import type { Transport } from '../http';
import type { Facts } from './facts';
import { UUID } from './wire';

const MINUTES_OF_YEAR = 525_600;
const WHOLE = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the API does not tell and the operator sets. */
const SETTINGS = v.object({
	/** Zone of a location that names none. */
	zone: v.optional(v.pipe(v.string(), v.nonEmpty())),
	/** ISO 4217 code; that of the services when absent. */
	currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
	/** ISO 3166 country by which phones without a country code are read; the workspace's own when absent. */
	country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
	bookingNoticeMinutes: v.optional(v.pipe(WHOLE, v.maxValue(MINUTES_OF_YEAR)), 0),
	bookingHorizonDays: v.optional(v.pipe(WHOLE, v.maxValue(366)), 60),
	changeNoticeMinutes: v.optional(v.pipe(WHOLE, v.maxValue(MINUTES_OF_YEAR)), 0),
	/** People who are none, such as a waiting list. */
	excludedStaffIds: v.optional(v.array(UUID), []),
	/** Who does what, uuids by the uuid of a person; asked of the vendor time by time where absent. */
	staffServices: v.optional(v.record(UUID, v.array(UUID))),
	workingHours: v.optional(v.custom<Readonly<Partial<Record<IsoWeekday, readonly WallRange[]>>>>((value) => typeof value === 'object' && value !== null)),
	/** Try to change client cards: not every workspace can, and the vendor documents it nowhere. */
	changesClients: v.optional(v.boolean(), false),
});

export type EasyweekSettings = v.InferInput<typeof SETTINGS>;
export type Settings = v.InferOutput<typeof SETTINGS>;

/** What every operation works with. */
export interface Context {
	readonly transport: Transport;
	readonly locationId: string;
	readonly settings: Settings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	readonly facts: Facts;
	/** Counts a value that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}

/** Checks an operator's settings. Throws `TypeError` that names the field. */
export function settingsOf(input: EasyweekSettings): Settings {
	const parsed = v.safeParse(SETTINGS, input);
	if (parsed.success) return parsed.output;
	const field = v.getDotPath(parsed.issues[0]) ?? 'settings';
	throw new TypeError(`The setting "${field}" of the CRM is not valid.`);
}

/** The id as the vendor writes it, null for text that is of no record and must not reach a path or a filter. */
export function uuidOf(id: string): string | null {
	const parsed = v.safeParse(UUID, id);
	return parsed.success ? parsed.output : null;
}
