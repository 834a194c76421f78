import * as v from 'valibot';
import { DAY, ID, MINUTES, MONEY, TEXT } from '../parts';

/** Answers of the page's own script, as public clients saw them. Fields that are not named here stay in the object. */

const NAME = v.pipe(v.string(), v.maxLength(500));

/** A map by id; an empty one is written as a list. */
function mapOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Readonly<Record<string, T>>> {
	return v.union([v.pipe(v.strictTuple([]), v.transform(() => ({}))), v.pipe(v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)), v.record(v.string(), schema))]);
}

/** A list, or a map of the same things by id. */
function listOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> {
	return v.union([v.array(schema), v.pipe(mapOf(schema), v.transform((map) => Object.values(map)))]);
}

export const COMPANY = v.looseObject({
	company: v.looseObject({
		id: ID,
		name: NAME,
		address: TEXT,
		phones: v.optional(v.array(v.string()), []),
		schedule: v.optional(v.unknown()),
	}),
});
/** `time` is in minutes. */
export const SERVICE = v.looseObject({ id: ID, company_service_id: v.nullish(ID), name: NAME, cost: v.nullish(MONEY), price: v.nullish(MONEY), time: MINUTES, floating: v.optional(v.unknown()) });
export const SERVICES = v.looseObject({ list: listOf(v.looseObject({ name: TEXT, services: listOf(SERVICE) })) });
export const MASTER = v.looseObject({ id: ID, username: NAME, post: TEXT });
export const MASTERS = v.looseObject({ masters_order: v.optional(v.array(ID), []), masters: mapOf(MASTER) });
export const DATES = v.looseObject({ dates_true: v.array(DAY) });
const NAIVE = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/), v.check((text) => v.is(DAY, text.slice(0, 10))));
export const TIMES = v.looseObject({
	masters: mapOf(v.looseObject({ id: ID, service_name: TEXT, time: MINUTES, cost: v.nullish(MONEY), price: v.nullish(MONEY) })),
	times: mapOf(v.array(NAIVE)),
	dates_true: v.optional(v.array(DAY), []),
	currency: v.optional(v.looseObject({ iso: TEXT })),
});

export type CompanyWire = v.InferOutput<typeof COMPANY>['company'];
export type ServiceWire = v.InferOutput<typeof SERVICE>;
export type MasterWire = v.InferOutput<typeof MASTER>;
export type TimesWire = v.InferOutput<typeof TIMES>;
