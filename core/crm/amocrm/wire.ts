import * as v from 'valibot';

/**
 * The vendor's answers as they come. Fields that are not named here stay in the object. An empty 204 reaches a schema as
 * null: it is an empty list, or no such record.
 */

export const WIRE_ID = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(/^[1-9]\d{0,14}$/));
const TEXT = v.pipe(v.nullish(v.string(), ''), v.maxLength(20_000));
const SECONDS = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e11));
const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));

const FIELD_VALUE = v.looseObject({
	value: v.nullish(v.union([v.string(), v.number(), v.boolean(), v.looseObject({}), v.array(v.unknown())])),
	enum_id: v.nullish(WIRE_ID),
	enum_code: v.nullish(v.string()),
});
export const FIELD_VALUES = v.nullish(v.array(v.looseObject({ field_id: WIRE_ID, field_code: v.nullish(v.string()), field_type: v.nullish(v.string()), values: v.nullish(v.array(FIELD_VALUE)) })));

const CATALOG_ELEMENT_LINK = v.looseObject({ id: WIRE_ID, metadata: v.nullish(v.looseObject({ catalog_id: v.nullish(WIRE_ID) })) });

export const LEAD = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	price: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1e12))),
	responsible_user_id: v.nullish(v.pipe(v.number(), v.transform(String))),
	status_id: WIRE_ID,
	pipeline_id: WIRE_ID,
	loss_reason_id: v.nullish(WIRE_ID),
	created_at: SECONDS,
	updated_at: SECONDS,
	is_deleted: v.optional(v.boolean(), false),
	custom_fields_values: FIELD_VALUES,
	_embedded: v.optional(
		v.looseObject({
			contacts: v.optional(v.array(v.looseObject({ id: WIRE_ID, is_main: v.optional(v.boolean(), false) }))),
			catalog_elements: v.optional(v.array(CATALOG_ELEMENT_LINK)),
		}),
	),
});

export const CONTACT = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	updated_at: SECONDS,
	is_deleted: v.optional(v.boolean(), false),
	custom_fields_values: FIELD_VALUES,
	_embedded: v.optional(v.looseObject({ leads: v.optional(v.array(v.looseObject({ id: WIRE_ID }))) })),
});

export const ELEMENT = v.looseObject({ id: WIRE_ID, name: TEXT, is_deleted: v.optional(v.boolean(), false), custom_fields_values: FIELD_VALUES });

export const CUSTOM_FIELD = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	type: v.string(),
	enums: v.nullish(v.array(v.looseObject({ id: WIRE_ID, value: TEXT }))),
});

export const USER = v.looseObject({ id: WIRE_ID, name: TEXT, rights: v.nullish(v.looseObject({ is_active: v.optional(v.boolean(), true) })) });

export const PIPELINE = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	is_archive: v.optional(v.boolean(), false),
	_embedded: v.looseObject({ statuses: v.array(v.looseObject({ id: WIRE_ID, name: TEXT, type: v.nullish(v.number()) })) }),
});

export const LOSS_REASON = v.looseObject({ id: WIRE_ID, name: TEXT });

export const ACCOUNT = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	subdomain: TEXT,
	country: TEXT,
	currency: TEXT,
	is_api_filter_enabled: v.optional(v.boolean()),
	_embedded: v.optional(v.looseObject({ datetime_settings: v.optional(v.looseObject({ timezone: TEXT })) })),
});

export const NOTE = v.looseObject({ id: WIRE_ID, note_type: TEXT, params: v.nullish(v.looseObject({ text: v.nullish(v.string()) })) });

/** Anything with an id, for the sync: kept whole. */
export const ANY_ROW = v.looseObject({ id: WIRE_ID });

export type LeadWire = v.InferOutput<typeof LEAD>;
export type ContactWire = v.InferOutput<typeof CONTACT>;
export type ElementWire = v.InferOutput<typeof ELEMENT>;
export type CustomFieldWire = v.InferOutput<typeof CUSTOM_FIELD>;
export type UserWire = v.InferOutput<typeof USER>;
export type PipelineWire = v.InferOutput<typeof PIPELINE>;
export type AccountWire = v.InferOutput<typeof ACCOUNT>;
export type FieldValuesWire = v.InferOutput<typeof FIELD_VALUES>;

/** One page of a list. */
export interface Page<T> {
	readonly items: readonly T[];
	readonly hasNext: boolean;
}

/** A HAL list under its key; nothing at all is an empty one. A list without its key is no answer. */
export function pageOf<T>(key: string, schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Page<T>> {
	const list = v.pipe(
		v.looseObject({ _links: v.optional(v.looseObject({ next: v.optional(v.unknown()) })), _embedded: v.looseObject({ [key]: v.array(schema) }) }),
		v.transform(({ _links, _embedded }): Page<T> => ({ items: (_embedded as Readonly<Record<string, T[]>>)[key] ?? [], hasNext: _links?.next !== undefined && _links.next !== null })),
	);
	return v.union([v.pipe(v.null(), v.transform((): Page<T> => ({ items: [], hasNext: false }))), list]);
}

/** One record, or null where the vendor says with an empty answer that there is none. */
export function recordOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | null> {
	return v.union([v.null(), schema]);
}

/** The id of the one row a batch of one made. */
export function madeOf(key: string): v.GenericSchema<unknown, string> {
	return v.pipe(
		v.looseObject({ _embedded: v.looseObject({ [key]: v.strictTuple([v.looseObject({ id: WIRE_ID })]) }) }),
		v.transform(({ _embedded }) => (_embedded as Readonly<Record<string, readonly { readonly id: string }[]>>)[key]?.[0]?.id ?? ''),
	);
}

/** A change of one record. */
export const CHANGED = v.looseObject({ id: WIRE_ID, updated_at: v.optional(COUNT) });
/** Something was done; what, is read back. */
export const DONE: v.GenericSchema<unknown, unknown> = v.union([v.null(), v.looseObject({ _embedded: v.looseObject({}) })]);
