import * as v from 'valibot';

/**
 * The portal's answers as they come: ids as numbers or as text, flags as `Y` and `N`, an empty map as an empty list. Fields
 * that are not named here stay in the object.
 */

export const WIRE_ID = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(/^[1-9]\d{0,14}$/));
/** An id, or one of the ways the portal writes that there is none. */
const NO_ID = v.union([v.null(), v.picklist(['', 0, '0'])]);
const REFERENCE = v.union([WIRE_ID, v.pipe(NO_ID, v.transform(() => null))]);
/** The default pipeline has the id 0. */
const CATEGORY_ID = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(/^(0|[1-9]\d{0,14})$/));
const TEXT = v.pipe(v.nullish(v.string(), ''), v.maxLength(50_000));
const FLAG = v.pipe(v.union([v.boolean(), v.picklist(['Y', 'N', 1, 0])]), v.transform((value) => value === 'Y' || value === true || value === 1));
const NUMBER = v.pipe(v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^-?\d{1,15}(\.\d+)?$/))]), v.transform(Number), v.finite());
/** Major units. */
const MONEY = v.pipe(NUMBER, v.minValue(0), v.maxValue(1e12));
const MINUTE_OF_DAY = v.pipe(NUMBER, v.integer(), v.minValue(0), v.maxValue(1440));
const MOMENT = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/), v.check((text) => !Number.isNaN(Date.parse(text))));
const ANY_ZONE = v.pipe(v.string(), v.nonEmpty(), v.maxLength(100));

/** The part of an answer that is the method's own. */
export function resultOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
	return v.pipe(v.object({ result: schema }), v.transform(({ result }) => result));
}

/** A page of a list with what the portal says of the rest; a list that is not counted has a total of null. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly total: number | null;
	readonly next: number | null;
}

const COUNT = v.nullish(v.pipe(NUMBER, v.integer(), v.minValue(0)), null);

/** A list under a key of the result, or the result itself for methods of the older kind. */
export function pageOf<T>(schema: v.GenericSchema<unknown, T>, key?: string): v.GenericSchema<unknown, Page<T>> {
	const rows = v.array(schema);
	const whole: v.GenericSchema<unknown, readonly T[]> =
		key === undefined ? rows : v.pipe(v.looseObject({ [key]: rows }), v.transform((result) => result[key] as readonly T[]));
	return v.pipe(v.object({ result: whole, total: COUNT, next: COUNT }), v.transform(({ result, total, next }) => ({ items: result, total, next })));
}

/** A map that is written as a list when it is empty. */
export function mapOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Readonly<Record<string, T>>> {
	return v.union([v.pipe(v.strictTuple([]), v.transform((): Record<string, T> => ({}))), v.record(v.string(), schema)]);
}

export const DONE = resultOf(v.literal(true));
/** An effect whose answer says nothing that is needed. */
export const ANYTHING = resultOf(v.unknown());

const CODE = v.union([v.string(), v.number()]);
export const BATCH = resultOf(v.looseObject({ result: mapOf(v.unknown()), result_error: mapOf(v.looseObject({ error: CODE })), result_total: v.optional(mapOf(v.unknown())), result_next: v.optional(mapOf(v.unknown())) }));
export type BatchWire = v.InferOutput<typeof BATCH>;

export const CATALOGUE = v.looseObject({ iblockId: WIRE_ID, productIblockId: v.nullish(REFERENCE, null) });
export const PRODUCT = v.looseObject({ id: WIRE_ID, name: v.pipe(v.string(), v.maxLength(1000)), active: FLAG, type: v.nullish(NUMBER), iblockSectionId: v.nullish(REFERENCE, null) });
export type ProductWire = v.InferOutput<typeof PRODUCT>;
export const PRICE = v.looseObject({ id: WIRE_ID, productId: WIRE_ID, catalogGroupId: WIRE_ID, price: MONEY, currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)) });
export type PriceWire = v.InferOutput<typeof PRICE>;

export const RESOURCE = v.looseObject({ id: WIRE_ID, name: v.pipe(v.string(), v.maxLength(1000)), description: TEXT, typeId: v.nullish(REFERENCE, null), isMain: v.nullish(FLAG) });
export type ResourceWire = v.InferOutput<typeof RESOURCE>;

const WEEK_DAYS = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 } as const;
const WEEK_DAY = v.pipe(v.picklist(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']), v.transform((name) => WEEK_DAYS[name]));
export const SLOT_ROW = v.pipe(
	v.looseObject({ from: MINUTE_OF_DAY, to: MINUTE_OF_DAY, timezone: ANY_ZONE, weekDays: v.array(WEEK_DAY), slotSize: v.nullish(v.pipe(NUMBER, v.integer(), v.minValue(1), v.maxValue(1440))) }),
	v.check(({ from, to }) => from < to),
);
export type SlotRowWire = v.InferOutput<typeof SLOT_ROW>;

/** Unix seconds of this century. */
const SECONDS = v.pipe(NUMBER, v.integer(), v.minValue(946_684_800), v.maxValue(4_102_444_800));
const BOOKING_MOMENT = v.looseObject({ timestamp: SECONDS, timezone: v.nullish(v.string(), '') });
export const BOOKING = v.pipe(
	v.looseObject({ id: WIRE_ID, name: TEXT, description: TEXT, resourceIds: v.array(WIRE_ID), datePeriod: v.looseObject({ from: BOOKING_MOMENT, to: BOOKING_MOMENT }) }),
	v.check(({ datePeriod }) => datePeriod.from.timestamp < datePeriod.to.timestamp),
);
export type BookingWire = v.InferOutput<typeof BOOKING>;
export const ONE_BOOKING = resultOf(v.pipe(v.looseObject({ booking: BOOKING }), v.transform(({ booking }) => booking)));
export const MADE = resultOf(v.pipe(v.looseObject({ id: WIRE_ID }), v.transform(({ id }) => id)));
export const BOOKING_CLIENT = v.looseObject({ id: WIRE_ID, type: v.looseObject({ module: v.string(), code: v.string() }) });
export type BookingClientWire = v.InferOutput<typeof BOOKING_CLIENT>;
export const BOOKING_CLIENTS = resultOf(v.pipe(v.looseObject({ bookingClient: v.array(BOOKING_CLIENT) }), v.transform(({ bookingClient }): readonly BookingClientWire[] => bookingClient)));

export const USER = v.looseObject({ ID: WIRE_ID, ACTIVE: v.optional(FLAG), NAME: TEXT, LAST_NAME: TEXT, WORK_POSITION: TEXT, USER_TYPE: TEXT });
export type UserWire = v.InferOutput<typeof USER>;

const BUSY_ENTRY = v.looseObject({
	DATE_FROM_TS_UTC: SECONDS,
	DATE_TO_TS_UTC: SECONDS,
	DT_SKIP_TIME: v.optional(FLAG),
	ACCESSIBILITY: v.optional(v.string(), 'busy'),
});
/** What stands in people's calendars, by user. */
export const ACCESSIBILITY = resultOf(mapOf(v.array(BUSY_ENTRY)));

/** What the search by phone found: ids of contacts. Finding nothing is an empty list, or on some portals an empty map. */
export const FOUND_CONTACTS = resultOf(
	v.union([
		v.pipe(v.union([v.strictTuple([]), v.strictObject({})]), v.transform((): readonly string[] => [])),
		v.pipe(v.looseObject({ CONTACT: v.array(WIRE_ID) }), v.transform(({ CONTACT }): readonly string[] => CONTACT)),
	]),
);

export const MULTIFIELD = v.looseObject({ id: WIRE_ID, typeId: v.string(), valueType: TEXT, value: TEXT });
const CONTACT_FIELDS = { id: WIRE_ID, name: TEXT, lastName: TEXT, updatedTime: v.nullish(MOMENT, null) };
export const CONTACT = v.looseObject({ ...CONTACT_FIELDS, fm: v.array(MULTIFIELD) });
export type ContactWire = v.InferOutput<typeof CONTACT>;

/** A deal, or an element of a smart process: what of it this adapter looks at. */
export const ITEM = v.looseObject({
	id: WIRE_ID,
	title: TEXT,
	stageId: v.nullish(v.string(), null),
	/** P: under way, S: won, F: lost. */
	stageSemanticId: v.nullish(v.string(), null),
	categoryId: v.nullish(CATEGORY_ID, '0'),
	opportunity: v.nullish(MONEY, null),
	currencyId: v.nullish(v.string(), null),
	contactId: v.nullish(REFERENCE, null),
	contactIds: v.nullish(v.array(WIRE_ID), []),
	comments: TEXT,
	originatorId: v.nullish(v.string(), null),
	originId: v.nullish(v.string(), null),
	/** What smart processes have instead of an origin and of comments. */
	xmlId: v.nullish(v.string(), null),
	sourceDescription: TEXT,
	updatedTime: v.nullish(MOMENT, null),
});
export type ItemWire = v.InferOutput<typeof ITEM>;

/** The fields of a kind of element, by name. */
export const FIELDS = resultOf(
	v.pipe(
		v.looseObject({ fields: mapOf(v.looseObject({ type: v.string(), title: TEXT, isMultiple: v.optional(FLAG), isReadOnly: v.optional(FLAG), isRequired: v.optional(FLAG) })) }),
		v.transform(({ fields }) => fields),
	),
);

/** One element under the key `item`. */
export function itemOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
	return resultOf(v.pipe(v.looseObject({ item: v.unknown() }), v.transform(({ item }) => item), schema));
}

/** Company details of the account itself. */
export const MY_COMPANY = v.looseObject({ id: WIRE_ID, title: TEXT, fm: v.nullish(v.array(MULTIFIELD), []) });

export const STAGE = v.looseObject({ STATUS_ID: v.pipe(v.string(), v.nonEmpty()), NAME: TEXT, SEMANTICS: v.nullish(v.string(), null) });
