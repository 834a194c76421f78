import * as v from 'valibot';
import type { IsoWeekday, WallRange } from '../../booking';
import { isZone } from '../../calendar';
import { bookingUrlOf } from './booking-link';
import { GATEWAY_COMMANDS } from './commands';

const MINUTES_OF_YEAR = 525_600;
const NAME = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(300));
const KEY = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(64));
const WHOLE = v.pipe(v.number(), v.integer(), v.minValue(0));
const MINOR_UNITS = v.pipe(WHOLE, v.maxValue(1e11));
const LINK = v.pipe(v.string(), v.check((text) => bookingUrlOf(text) !== null));

/** What no API of the vendor tells and the operator sets. */
const SETTINGS = v.object({
	/**
	 * `link`: the client books on the vendor's page. `gateway`: the owner's own endpoint does what it is ticked for.
	 * `widget`: experimental reading of the public page; booking is still the client's own.
	 */
	route: v.optional(v.picklist(['link', 'gateway', 'widget']), 'link'),
	/** IANA zone of every time that comes without one. */
	zone: v.pipe(v.string(), v.check(isZone)),
	/** ISO 4217 code of every price. */
	currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
	/** ISO 3166 country by which phones without a country code are read. */
	country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)), 'RU'),
	companyName: v.optional(NAME),
	address: v.optional(NAME),
	phone: v.optional(v.string()),
	workingHours: v.optional(v.custom<Readonly<Partial<Record<IsoWeekday, readonly WallRange[]>>>>((value) => typeof value === 'object' && value !== null), {}),
	/** Links the owner copied; one without a service and a person is for everything. */
	links: v.optional(v.array(v.object({ url: LINK, serviceId: v.optional(KEY), staffId: v.optional(KEY) })), []),
	/** The price list by hand, where nothing reads it. Prices are minor units. */
	services: v.optional(v.array(v.object({ id: KEY, title: NAME, durationMinutes: v.pipe(WHOLE, v.minValue(1), v.maxValue(1440)), price: v.optional(MINOR_UNITS) })), []),
	staff: v.optional(v.array(v.object({ id: KEY, name: NAME, position: v.optional(NAME), serviceIds: v.array(KEY) })), []),
	/** What the gateway can do; nothing by default. */
	commands: v.optional(v.array(v.picklist(GATEWAY_COMMANDS)), []),
	/** The gateway does one `command_id` once, however often it comes. */
	idempotent: v.optional(v.boolean(), false),
	/** Which of a service's two ids the page takes in questions about time; one source says `id`. */
	slotServiceId: v.optional(v.picklist(['id', 'company_service_id']), 'id'),
	bookingNoticeMinutes: v.optional(v.pipe(WHOLE, v.maxValue(MINUTES_OF_YEAR)), 0),
	bookingHorizonDays: v.optional(v.pipe(WHOLE, v.maxValue(366)), 60),
	changeNoticeMinutes: v.optional(v.pipe(WHOLE, v.maxValue(MINUTES_OF_YEAR)), 0),
});

export type DikidiSettings = v.InferInput<typeof SETTINGS>;
export type Settings = v.InferOutput<typeof SETTINGS>;

/** Checks an operator's settings. Throws `TypeError` that names the field. */
export function settingsOf(input: DikidiSettings): Settings {
	const parsed = v.safeParse(SETTINGS, input);
	if (parsed.success) return parsed.output;
	const field = v.getDotPath(parsed.issues[0]) ?? 'settings';
	const hint = field.startsWith('links') ? ' Paste a link of dikidi.net or dikidi.ru, with https.' : '';
	throw new TypeError(`The setting "${field}" of the CRM is not valid.${hint}`);
}

/** How values without zone, currency and country are read. Throws `TypeError` that names the field. */
export function localeOf(input: Pick<DikidiSettings, 'zone' | 'currency' | 'country'>): Pick<Settings, 'zone' | 'currency' | 'country'> {
	const { zone, currency, country } = settingsOf(input);
	return { zone, currency, country };
}
