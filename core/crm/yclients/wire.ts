import * as v from 'valibot';

/**
 * The vendor's answers as they come: ids as numbers or text, flags as booleans or digits, money as numbers or text, an
 * absent object as an empty list. Fields that are not named here stay in the object.
 */

export const WIRE_ID = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(/^[1-9]\d{0,14}$/));
const FLAG = v.pipe(v.union([v.boolean(), v.picklist([0, 1, '0', '1'])]), v.transform((value) => value === true || String(value) === '1'));
const NUMBER = v.pipe(
	v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^-?\d+(\.\d+)?$/))]),
	v.transform(Number),
	v.finite(),
);
/** Decimal units of the branch's currency. */
const MONEY = v.pipe(NUMBER, v.minValue(0), v.maxValue(1e9));
const SECONDS = v.pipe(NUMBER, v.integer(), v.minValue(60), v.maxValue(86_400));
const TEXT = v.pipe(v.nullish(v.string(), ''), v.maxLength(20_000));
const PHONE = v.pipe(v.nullish(v.union([v.string(), v.number()]), ''), v.transform(String), v.maxLength(60));

/** A day that exists. */
const DAY = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.check((date) => !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)));
/** A day and a time of it, `T` or a space between, seconds and an offset where the vendor gives them. */
function moment(tail: string) {
	const whole = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})[ T]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?${tail}$`);
	return v.pipe(v.string(), v.regex(whole), v.check((text) => v.is(DAY, text.slice(0, 10))));
}

/** An object, or one of the ways the vendor writes that there is none; a missing key is none of them. */
function orNone<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | null> {
	return v.union([v.pipe(v.strictTuple([]), v.transform(() => null)), v.null(), schema]);
}

export const COMPANY = v.looseObject({
	id: WIRE_ID,
	title: TEXT,
	public_title: TEXT,
	timezone_name: TEXT,
	address: TEXT,
	phone: PHONE,
	schedule: v.optional(v.unknown()),
	currency_short_title: TEXT,
	allow_delete_record: v.optional(FLAG),
	allow_delete_record_delay_step: v.optional(v.pipe(NUMBER, v.minValue(0))),
	allow_change_record: v.optional(FLAG),
	allow_change_record_delay_step: v.optional(v.pipe(NUMBER, v.minValue(0))),
});

/** As the back office sees it: the length is the person's. */
export const SERVICE = v.looseObject({
	id: WIRE_ID,
	title: v.pipe(v.string(), v.maxLength(500)),
	category_id: v.nullish(NUMBER),
	price_min: v.nullish(MONEY),
	price_max: v.nullish(MONEY),
	active: FLAG,
	staff: v.array(v.looseObject({ id: WIRE_ID, seance_length: SECONDS })),
});

/** As clients see them. */
export const BOOK_SERVICES = v.looseObject({
	services: v.array(v.looseObject({ id: WIRE_ID, category_id: v.nullish(NUMBER), prepaid: v.optional(v.unknown()) })),
	category: v.optional(v.array(v.looseObject({ id: NUMBER, title: TEXT }))),
	categories: v.optional(v.array(v.looseObject({ id: NUMBER, title: TEXT }))),
});

export const STAFF = v.looseObject({
	id: WIRE_ID,
	name: v.pipe(v.string(), v.maxLength(300)),
	specialization: TEXT,
	fired: v.optional(FLAG, false),
	hidden: v.optional(FLAG, false),
});

export const BOOK_STAFF = v.looseObject({ id: WIRE_ID, bookable: FLAG });

/** Days, or the seconds since 1970 of their beginning. */
export const BOOK_DATES = v.looseObject({ booking_dates: v.array(v.union([DAY, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e11))])) });

/** A free start. `datetime` is sent back as it came. */
export const BOOK_TIME = v.looseObject({
	time: v.pipe(v.string(), v.regex(/^([01]?\d|2[0-3]):[0-5]\d$/)),
	datetime: moment('([+-]\\d{2}:?\\d{2}|Z)'),
	seance_length: SECONDS,
	sum_length: v.nullish(SECONDS),
});

export const CLIENT = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	phone: PHONE,
	last_visit_date: TEXT,
});

export const RECORD = v.looseObject({
	id: WIRE_ID,
	staff_id: WIRE_ID,
	services: v.optional(
		v.array(v.looseObject({ id: WIRE_ID, cost: v.nullish(MONEY), first_cost: v.nullish(MONEY), discount: v.nullish(NUMBER), amount: v.nullish(NUMBER) })),
		[],
	),
	client: orNone(v.looseObject({ id: WIRE_ID, name: TEXT, phone: PHONE })),
	date: moment(''),
	datetime: v.nullish(v.string()),
	seance_length: SECONDS,
	/** With the break after it. */
	length: v.nullish(NUMBER),
	comment: TEXT,
	attendance: v.optional(v.unknown()),
	api_id: v.pipe(v.nullish(v.union([v.string(), v.number()]), ''), v.transform(String)),
	deleted: v.optional(FLAG, false),
	last_change_date: TEXT,
	record_labels: v.optional(v.unknown()),
	custom_fields: v.optional(v.unknown()),
});

const WALL = v.pipe(v.string(), v.regex(/^([01]?\d|2[0-4]):[0-5]\d(:\d{2})?$/));
export const SCHEDULE_DAY = v.looseObject({
	staff_id: WIRE_ID,
	date: DAY,
	slots: v.array(v.looseObject({ from: WALL, to: WALL })),
	busy_intervals: v.optional(v.array(v.looseObject({ entity_type: TEXT, entity_id: v.nullish(v.union([v.string(), v.number()])), from: WALL, to: WALL })), []),
});

/** The same of one person by the older route, which knows nothing of what is taken. */
export const OLD_SCHEDULE_DAY = v.looseObject({
	date: DAY,
	is_working: v.optional(FLAG, 1),
	slots: v.optional(v.array(v.looseObject({ from: WALL, to: WALL })), []),
});

/** Anything with an id, for the sync: kept whole. */
export const ANY_RECORD = v.looseObject({ id: WIRE_ID });

export type CompanyWire = v.InferOutput<typeof COMPANY>;
export type ServiceWire = v.InferOutput<typeof SERVICE>;
export type BookServicesWire = v.InferOutput<typeof BOOK_SERVICES>;
export type StaffWire = v.InferOutput<typeof STAFF>;
export type BookTimeWire = v.InferOutput<typeof BOOK_TIME>;
export type ClientWire = v.InferOutput<typeof CLIENT>;
export type RecordWire = v.InferOutput<typeof RECORD>;
export type OldScheduleDayWire = v.InferOutput<typeof OLD_SCHEDULE_DAY>;
export type ScheduleDayWire = v.InferOutput<typeof SCHEDULE_DAY>;

/** The data of the envelope alone. */
export function dataOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
	return v.pipe(
		v.object({ data: schema, meta: v.looseObject({}) }),
		v.transform(({ data }) => data as T),
	);
}

/** One page of a list, and how many there are where the vendor says so. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly total: number | null;
}

/** A list with its total. A list that is not one is no answer, never an empty one. */
export function pageOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Page<T>> {
	const total = v.pipe(NUMBER, v.integer(), v.minValue(0));
	return v.pipe(
		v.object({ data: v.array(schema), meta: v.looseObject({ total_count: v.optional(total) }) }),
		v.transform(({ data, meta }): Page<T> => ({ items: data, total: meta.total_count ?? null })),
	);
}

/** A change the vendor says is done; what it shows is read back, not taken from the answer. */
export const DONE: v.GenericSchema<unknown, unknown> = v.object({ data: v.unknown(), meta: v.looseObject({}) });

/** The one record a widget's booking made. */
export const BOOKED: v.GenericSchema<unknown, string> = dataOf(
	v.pipe(
		v.strictTuple([v.looseObject({ record_id: WIRE_ID })]),
		v.transform(([made]) => made.record_id),
	),
);

/** The record the journal made: alone, or the only one of a list. */
export const CREATED: v.GenericSchema<unknown, string> = dataOf(
	v.pipe(
		v.union([v.strictTuple([ANY_RECORD]), ANY_RECORD]),
		v.transform((made) => (Array.isArray(made) ? made[0].id : made.id)),
	),
);
