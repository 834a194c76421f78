import * as v from 'valibot';
import { type Company, type Reading, type StreamName, type StreamReader, type StreamRecord, type SyncedVisitLine } from '../../booking';
import { readersIn, row, skipped } from '../reading';
import { formatted, fullName, minuteAt, phoneOf, readNotes, statusOf } from './mapping';
import { BOOKING, CUSTOMER, LOCATION, MONEY, MOMENT, SERVICE, STAFFER, UUID } from './wire';

/** The vendor's stream records to rows of the copy. Nothing here asks, waits or remembers. */

interface Place {
	readonly company: Company;
	readonly country: string;
	readonly count: (field: string) => void;
}

/** A booking with what the stream puts beside it. */
const VISIT = v.looseObject({ ...BOOKING.entries, staffer_uuid: v.nullish(UUID, null), service_uuids: v.optional(v.array(v.nullable(UUID)), []) });
const QUANTITY = v.pipe(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number))]), v.finite(), v.minValue(0));
const ORDER = v.looseObject({
	uuid: UUID,
	customer_uuid: v.nullish(UUID, null),
	booking_uuid: v.nullish(UUID, null),
	created_at: v.nullish(MOMENT, null),
	items: v.optional(v.array(v.looseObject({ type: v.optional(v.unknown()), name: v.nullish(v.string(), ''), quantity: v.nullish(QUANTITY, 1), price: v.nullish(MONEY, 0) })), []),
});
const GOODS: readonly unknown[] = ['product', 'products', 'good', 'goods'];

const voided: Reading = { kind: 'voided' };

const by = readersIn<Place>();

/** Prices are in minor units already; one that nobody set stands as zero. */
const priceIn = (amount: number | null | undefined): number | undefined => (amount == null || amount === 0 ? undefined : amount);

const READERS: Readonly<Record<StreamName, (record: StreamRecord, place: Place) => Reading>> = {
	company: by(LOCATION, ({ uuid, name, ...extra }, { company }) =>
		row({ entity: 'company', id: uuid, name: name.trim() === '' ? company.name : name.trim(), zone: company.zone, currency: company.currency, address: company.address ?? '', phone: company.phone ?? '', extra })),
	services: by(SERVICE, ({ uuid, name, category, price, starting_at: isLeast, duration, ...extra }) =>
		row({
			entity: 'service', id: uuid, title: name, category: category?.name.trim() ?? undefined, priceMin: priceIn(price), priceMax: isLeast === true ? undefined : priceIn(price), durationMinutes: duration ?? undefined, active: true,
			extra,
		})),
	staff: by(STAFFER, ({ uuid, first_name: first, last_name: last, position, ...extra }) => row({ entity: 'staff', id: uuid, name: fullName({ first_name: first, last_name: last }), position: position.trim(), active: true, extra })),
	clients: by(CUSTOMER, ({ uuid, first_name: first, last_name: last, phone, email, ...extra }, { country }) =>
		row({ entity: 'client', id: uuid, name: fullName({ first_name: first, last_name: last }), phone: phoneOf(phone, country) ?? undefined, email: email?.trim() ?? '', extra })),
	visits: by(VISIT, (wire, { company, count }) => {
		const { uuid, start_time: start, end_time: end, customer, staffer_uuid: staffId, service_uuids: serviceIds, ordered_services: lines, public_notes: notes, links: _links, ...extra } = wire;
		return row({
			entity: 'visit', id: uuid, visitId: uuid, clientId: customer?.uuid ?? null, staffId, start: formatted(minuteAt(start), company.zone), end: formatted(minuteAt(end, 'up'), company.zone), status: statusOf(wire, count),
			comment: readNotes(notes).comment, lines: lines.map(({ name, price }, index): SyncedVisitLine => ({ serviceId: serviceIds[index] ?? '', title: name, amount: 1, cost: price ?? null })), extra,
		});
	}),
	// an order of services is the money of its booking once more: only lines that say they are goods are sales
	goods: by(ORDER, ({ uuid, customer_uuid: clientId, booking_uuid: visitId, created_at: at, items, ...extra }, { company }) => {
		const goods = items.filter(({ type }) => GOODS.includes(type));
		if (goods.length === 0) return voided;
		if (at === null) return { kind: 'rejected', reason: 'created_at' };
		const cost = goods.reduce((sum, { quantity, price }) => sum + Math.round((price ?? 0) * (quantity ?? 1)), 0);
		return row({
			entity: 'goods', id: uuid, clientId, staffId: null, visitId, title: goods.map(({ name }) => name).join(', '), amount: goods.reduce((sum, { quantity }) => sum + (quantity ?? 1), 0), cost,
			soldAt: formatted(minuteAt(at), company.zone), extra,
		});
	}),
	schedules: () => skipped,
};

export interface EasyweekReaderOptions {
	/** ISO 3166 country by which phones without a country code are read; without it they need their code. */
	readonly country?: string;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/** Reads the streams of a location for the copy. The vendor tells no changes: visits are read by when they begin, lists whole. */
export function createEasyweekReader({ country = '', onUnknownValue: count = () => undefined }: EasyweekReaderOptions = {}): StreamReader {
	return {
		windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'whole', visits: 'starts', goods: 'whole', schedules: 'whole' },
		clientsById: false,
		checks: ['clients', 'visits'],
		read: (name, record, company) => READERS[name](record, { company, country, count }),
	};
}
