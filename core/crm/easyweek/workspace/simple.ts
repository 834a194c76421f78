import * as v from 'valibot';
import { readNotes } from '../mapping';
import { LENGTH } from '../wire';
import type { Row } from './workspace';

/** Records in few words. A field that cannot be read is null; money is minor units. */

const text = v.fallback(v.nullish(v.string(), null), null);
const number = v.fallback(v.nullish(v.number(), null), null);
const flag = v.fallback(v.nullish(v.boolean(), false), false);
const length = v.fallback(v.nullish(LENGTH, null), null);

/** Joins what there is; null when there is nothing. */
function joined(...parts: readonly (string | null)[]): string | null {
	const words = parts.map((part) => part?.trim() ?? '').filter((part) => part !== '');
	return words.length === 0 ? null : words.join(' ');
}

const CUSTOMER = v.object({ uuid: text, first_name: text, last_name: text, phone: text, email: text });
const customer = v.pipe(CUSTOMER, v.transform(({ uuid, first_name: first, last_name: last, phone, email }) => ({ id: uuid, name: joined(first, last), firstName: first, lastName: last, phone, email })));
/** A card. */
export type SimpleCustomer = v.InferOutput<typeof customer>;
/** A card in few words. */
export const customerOf = (row: Row): SimpleCustomer => v.parse(customer, row);

const booking = v.pipe(
	v.object({ uuid: text, location_uuid: text, start_time: text, end_time: text, is_canceled: flag, is_completed: flag }),
	v.transform(({ uuid, location_uuid: locationId, start_time: start, end_time: end, is_canceled: isCanceled, is_completed: isCompleted }) => ({ id: uuid, locationId, start, end, isCanceled, isCompleted })),
);
/** A row of the list, which names neither customer nor services. */
export type SimpleBookingRow = v.InferOutput<typeof booking>;
/** A row of the list of bookings in few words. */
export const bookingRowOf = (row: Row): SimpleBookingRow => v.parse(booking, row);

const MONEY = v.object({ total: number, subtotal: number, amount_paid: number });
const details = v.object({
	timezone: text,
	currency: text,
	public_notes: text,
	customer: v.fallback(v.nullish(customer, null), null),
	order: v.fallback(v.nullish(MONEY, null), null),
	ordered_services: v.fallback(v.array(v.object({ name: text, price: number, duration: length })), []),
});

/** A whole booking. `comment` is without what the nodes write into the notes for themselves. */
export interface SimpleBooking extends SimpleBookingRow {
	readonly zone: string | null;
	readonly comment: string | null;
	readonly customer: SimpleCustomer | null;
	readonly services: readonly { readonly name: string | null; readonly price: number | null; readonly durationMinutes: number | null }[];
	readonly currency: string | null;
	readonly total: number | null;
	readonly amountPaid: number | null;
}

/** A whole booking in few words. */
export function bookingOf(row: Row): SimpleBooking {
	const { timezone, currency, public_notes: notes, customer: card, order, ordered_services: lines } = v.parse(details, row);
	return {
		...bookingRowOf(row),
		zone: timezone,
		comment: joined(readNotes(notes ?? '').comment),
		customer: card,
		services: lines.map(({ name, price, duration }) => ({ name, price, durationMinutes: duration })),
		currency,
		total: order?.total ?? null,
		amountPaid: order?.amount_paid ?? null,
	};
}

const line = v.object({ name: v.string(), quantity: number, price: number });

/** An order. `lines` are those of whatever list the vendor gives: where it stands is not documented. */
export interface SimpleOrder {
	readonly id: string;
	readonly bookingId: string | null;
	readonly customerId: string | null;
	readonly currency: string | null;
	readonly total: number | null;
	readonly subtotal: number | null;
	readonly amountPaid: number | null;
	readonly lines: readonly v.InferOutput<typeof line>[];
}

/** An order in few words. */
export function orderOf(row: Row): SimpleOrder {
	const { total, subtotal, amount_paid: amountPaid } = v.parse(MONEY, row);
	const { booking_uuid: bookingId, customer_uuid: customerId, currency } = v.parse(v.object({ booking_uuid: text, customer_uuid: text, currency: text }), row);
	const lines = Object.values(row).map((value) => v.safeParse(v.array(line), value)).filter((parsed) => parsed.success).flatMap(({ output }) => output);
	return { id: row.uuid, bookingId, customerId, currency, total, subtotal, amountPaid, lines };
}

const service = v.pipe(
	v.object({ uuid: text, name: text, description: text, price: number, currency: text, starting_at: flag, duration: length, category: v.fallback(v.nullish(v.object({ name: text }), null), null) }),
	v.transform(({ uuid, starting_at: isFrom, duration, category, ...rest }) => ({ id: uuid, ...rest, isPriceFrom: isFrom, durationMinutes: duration, category: category?.name ?? null })),
);
/** A service as the catalogue shows it. */
export const serviceOf = (row: Row): v.InferOutput<typeof service> => v.parse(service, row);

const staffer = v.pipe(
	v.object({ uuid: text, first_name: text, last_name: text, position: text, description: text }),
	v.transform(({ uuid, first_name: first, last_name: last, position, description }) => ({ id: uuid, name: joined(first, last), position, description })),
);
/** Somebody of the location. */
export const stafferOf = (row: Row): v.InferOutput<typeof staffer> => v.parse(staffer, row);

const category = v.pipe(v.object({ uuid: text, name: text, order: number }), v.transform(({ uuid, name, order }) => ({ id: uuid, name, order })));
/** A category of services. */
export const categoryOf = (row: Row): v.InferOutput<typeof category> => v.parse(category, row);

const location = v.pipe(
	v.object({
		uuid: text,
		name: text,
		address: v.fallback(v.nullish(v.object({ address_1: text, city: text, postal_code: text, country: text }), null), null),
		timezone: v.fallback(v.nullish(v.union([v.string(), v.pipe(v.object({ name: v.string() }), v.transform(({ name }) => name))]), null), null),
	}),
	v.transform(({ uuid, name, address, timezone }) => ({ id: uuid, name, zone: timezone, address: address?.address_1 ?? null, city: address?.city ?? null, postalCode: address?.postal_code ?? null, country: address?.country ?? null })),
);
/** A location of the workspace. */
export const locationOf = (row: Row): v.InferOutput<typeof location> => v.parse(location, row);
