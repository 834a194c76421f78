import * as v from 'valibot';

/**
 * The vendor's answers as they come: lists in an envelope with their count, single objects bare or under `data`, money in
 * minor units, moments in UTC. Fields that are not named here stay in the object.
 */

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const UUID = v.pipe(v.string(), v.toLowerCase(), v.regex(UUID_FORM));
const FLAG = v.pipe(v.union([v.boolean(), v.picklist([0, 1, '0', '1'])]), v.transform((value) => value === true || String(value) === '1'));
const NUMBER = v.pipe(v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^\d+(\.\d+)?$/))]), v.transform(Number), v.finite(), v.minValue(0));
const WHOLE = v.pipe(NUMBER, v.integer());
/** Minor units. */
export const MONEY = v.pipe(WHOLE, v.maxValue(1e12));
const TEXT = v.pipe(v.nullish(v.string(), ''), v.maxLength(20_000));
const PHONE = v.pipe(v.nullish(v.union([v.string(), v.number()]), ''), v.transform(String), v.maxLength(60));

/** A day that exists. */
export const DAY = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.check((date) => !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)));

/** Milliseconds since the epoch of an instant with its offset, written with a colon or without. */
export const MOMENT = v.pipe(
	v.string(),
	v.regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$/),
	v.check((text) => v.is(DAY, text.slice(0, 10))),
	v.transform((text) => Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))),
	v.finite(),
);

const UNIT_MINUTES: Readonly<Record<string, number>> = { second: 1 / 60, minute: 1, min: 1, hour: 60, day: 1440 };
const ISO_LENGTH = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Whole minutes of a length; null for one whose unit is not known. */
export const LENGTH = v.pipe(
	v.looseObject({ value: v.optional(v.unknown()), label: v.optional(v.unknown()), iso_8601: v.optional(v.unknown()) }),
	v.transform(({ value, label, iso_8601: iso }): number | null => {
		const parts = typeof iso === 'string' ? ISO_LENGTH.exec(iso) : null;
		const unit = typeof label === 'string' ? UNIT_MINUTES[label.trim().toLowerCase().replace(/s$/, '')] : undefined;
		const units = typeof value === 'number' && unit !== undefined ? value * unit : null;
		const minutes = parts === null ? units : Number(parts[1] ?? 0) * 1440 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) + Number(parts[4] ?? 0) / 60;
		return minutes !== null && minutes > 0 && minutes <= 1440 ? Math.ceil(minutes) : null;
	}),
);

export const WORKSPACE = v.looseObject({
	uuid: UUID,
	country_iso: v.optional(v.unknown()),
	contacts: v.nullish(v.looseObject({ phone: PHONE })),
});

export const LOCATION = v.looseObject({
	uuid: UUID,
	name: v.pipe(v.string(), v.maxLength(500)),
	opening_hours: v.optional(v.unknown()),
	address: v.nullish(v.looseObject({ address_1: TEXT, street: TEXT, house: TEXT, postal_code: TEXT, city: TEXT })),
	/** An object, or the name of the zone alone. */
	timezone: v.nullish(v.union([v.string(), v.pipe(v.looseObject({ name: v.string() }), v.transform(({ name }) => name))]), ''),
});

export const SERVICE = v.looseObject({
	uuid: UUID,
	name: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
	currency: v.nullish(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
	price: v.nullish(MONEY),
	/** The price is the least there is. */
	starting_at: v.nullish(FLAG, false),
	duration: v.nullish(LENGTH),
	category: v.nullish(v.looseObject({ name: TEXT })),
});

export const STAFFER = v.looseObject({ uuid: UUID, first_name: TEXT, last_name: TEXT, position: TEXT });

/** `HH:mm`. */
const CLOCK = v.pipe(v.string(), v.regex(/^([01]?\d|2[0-3]):[0-5]\d(:00)?$/), v.transform((text) => text.replace(/^(\d?\d:\d\d).*$/, '$1').padStart(5, '0')));

/** A free start: a moment, or a wall time of its day. Milliseconds since the epoch, minor units. */
export interface FreeStart {
	readonly start: number | null;
	readonly wall: string | null;
	readonly end: number | null;
	readonly price: number | null;
}

/** The shape with moments. None left of a start makes it no free one. */
const SLOTS = v.pipe(
	v.array(v.looseObject({ start: MOMENT, end: v.nullish(MOMENT), price: v.nullish(MONEY), quantity: v.nullish(NUMBER) })),
	v.transform((slots) => slots.filter(({ quantity }) => quantity !== 0).map(({ start, end, price }): FreeStart => ({ start, wall: null, end: end ?? null, price: price ?? null }))),
);
/** The shape with wall times, whose ends are not to be believed. */
const INTERVALS = v.pipe(
	v.array(v.looseObject({ start_formatted: CLOCK })),
	v.transform((intervals) => intervals.map(({ start_formatted: wall }): FreeStart => ({ start: null, wall, end: null, price: null }))),
);
const SLOT_DAY = v.union([
	v.pipe(v.looseObject({ date: DAY, slots: SLOTS }), v.transform(({ date, slots }) => ({ date, free: slots }))),
	v.pipe(v.looseObject({ date: DAY, intervals: INTERVALS }), v.transform(({ date, intervals }) => ({ date, free: intervals }))),
]);
/** Days of free starts, in one shape of two. */
export const TIME_SLOTS = v.looseObject({ dates: v.array(SLOT_DAY) });

export const CUSTOMER = v.looseObject({ uuid: UUID, first_name: TEXT, last_name: TEXT, phone: PHONE, email: v.nullish(v.string()) });

/** A row of the list: nobody who serves, nobody who is served. */
export const BOOKING_ROW = v.looseObject({ uuid: UUID, location_uuid: v.nullish(UUID), start_time: MOMENT, end_time: MOMENT, is_canceled: FLAG, is_completed: FLAG });

/** The same as it came, for what is passed on. */
export const PLAIN_ROW = v.looseObject({ uuid: UUID, start_time: v.pipe(v.string(), v.check((text) => v.is(MOMENT, text))) });

/** A service of a booking. */
export const LINE = v.looseObject({ name: TEXT, price: v.nullish(MONEY), original_price: v.nullish(MONEY), duration: v.nullish(LENGTH) });

/** A whole booking. The uuid of a line is the order's, not the service's. */
export const BOOKING = v.looseObject({
	uuid: UUID,
	location_uuid: v.nullish(UUID),
	start_time: MOMENT,
	end_time: MOMENT,
	is_canceled: FLAG,
	is_completed: FLAG,
	status: v.optional(v.unknown()),
	public_notes: TEXT,
	currency: v.nullish(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
	customer: v.nullable(CUSTOMER),
	order: v.nullish(v.looseObject({ total: v.nullish(MONEY) })),
	links: v.optional(v.unknown()),
	ordered_services: v.array(LINE),
});

/** Anything with an id, for the sync: kept whole. */
export const ANY_RECORD = v.looseObject({ uuid: UUID });

export type WorkspaceWire = v.InferOutput<typeof WORKSPACE>;
export type LocationWire = v.InferOutput<typeof LOCATION>;
export type ServiceWire = v.InferOutput<typeof SERVICE>;
export type StafferWire = v.InferOutput<typeof STAFFER>;
export type TimeSlotsWire = v.InferOutput<typeof TIME_SLOTS>;
export type CustomerWire = v.InferOutput<typeof CUSTOMER>;
export type BookingRowWire = v.InferOutput<typeof BOOKING_ROW>;
export type BookingWire = v.InferOutput<typeof BOOKING>;

/** One object, bare or under `data`. */
export function singleOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
	return v.pipe(v.unknown(), v.transform(unwrapped), schema);
}

function unwrapped(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || !('data' in body)) return body;
	const { data } = body;
	return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : body;
}

/** One page of a list with the vendor's own count. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly page: number;
	readonly lastPage: number;
	readonly total: number;
}

/** A list without its count is no answer, never an empty list; neither is one that counts fewer than it gives. */
export function pageOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Page<T>> {
	const positive = v.pipe(WHOLE, v.minValue(1));
	return v.pipe(
		v.object({ data: v.array(schema), meta: v.looseObject({ current_page: positive, last_page: positive, total: WHOLE }) }),
		v.transform(({ data, meta }): Page<T> => ({ items: data, page: meta.current_page, lastPage: meta.last_page, total: meta.total })),
		v.check(({ items, page, lastPage, total }) => items.length <= total && (total > 0 || lastPage === 1) && (items.length > 0 || total === 0 || page > lastPage)),
	);
}

/** What a booking made: its id at least; what it holds is read back. */
export const CREATED: v.GenericSchema<unknown, string> = singleOf(v.pipe(ANY_RECORD, v.transform(({ uuid }) => uuid)));
/** A change the vendor says is done; what it shows is read back. */
export const DONE: v.GenericSchema<unknown, unknown> = singleOf(v.looseObject({}));
