import * as v from 'valibot';
import { DAY, ID, MINUTES, MOMENT, MONEY, TEXT, ZONE } from '../parts';

/** Results of commands. Fields that are not named here stay in the object. */

const NAME = v.pipe(v.string(), v.maxLength(300));

export const COMPANY = v.looseObject({ id: ID, name: NAME, timezone: v.nullish(ZONE), currency: v.nullish(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))), address: TEXT, phone: TEXT });
export const SERVICE = v.looseObject({ id: ID, name: NAME, price: v.nullish(MONEY), duration_min: MINUTES, active: v.optional(v.boolean(), true), category: TEXT });
export const STAFF = v.looseObject({ id: ID, name: NAME, position: TEXT, active: v.optional(v.boolean(), true), service_ids: v.array(ID) });
export const SLOT = v.looseObject({ starts_at: MOMENT, ends_at: MOMENT, staff_id: ID });
export const CLIENT = v.looseObject({ id: v.nullish(ID), name: TEXT, phone: TEXT });
export const BOOKING = v.looseObject({
	id: ID,
	status: v.optional(v.unknown()),
	starts_at: MOMENT,
	ends_at: MOMENT,
	timezone: v.nullish(ZONE),
	staff: v.looseObject({ id: ID }),
	services: v.array(v.looseObject({ id: ID, price: v.nullish(MONEY) })),
	client: v.nullish(CLIENT),
	comment: TEXT,
});

export type CompanyWire = v.InferOutput<typeof COMPANY>;
export type ServiceWire = v.InferOutput<typeof SERVICE>;
export type StaffWire = v.InferOutput<typeof STAFF>;
export type ClientWire = v.InferOutput<typeof CLIENT>;
export type BookingWire = v.InferOutput<typeof BOOKING>;

/** One field of a result alone. A result without it is no answer, never an empty one. */
export function fieldOf<T>(name: string, schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
	return v.pipe(v.looseObject({ [name]: schema }), v.transform((result) => result[name] as T));
}

export const DATES = fieldOf('dates', v.array(DAY));
/** Anything with an id, for the sync: kept whole. */
export const ANY_RECORD = v.looseObject({ id: ID });
