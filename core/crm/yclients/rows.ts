import * as v from 'valibot';
import { type Company, minorOf, NO_CURRENCY, type Reading, type StreamName, type StreamReader, type StreamRecord, type SyncedVisitLine } from '../../booking';
import { readersIn, row } from '../reading';
import { type Brand, YCLIENTS } from './brands';
import { appointmentOf, isHidden, type Locale, phoneOf } from './mapping';
import { COMPANY, RECORD, type RecordWire, SCHEDULE_DAY, SERVICE, STAFF, WIRE_ID } from './wire';

/** The vendor's stream records to rows of the copy. Nothing here asks, waits or remembers. */

interface Place {
	readonly locale: Locale;
	readonly count: (field: string) => void;
}

const NUMBER = v.pipe(v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/), v.transform(Number))]), v.finite());
const TEXT = v.pipe(v.nullish(v.string(), ''), v.maxLength(20_000));
const PHONE = v.pipe(v.nullish(v.union([v.string(), v.number()]), ''), v.transform(String));
/** An id of nobody is zero, or an empty list. */
const OWNER = v.nullish(v.union([v.pipe(v.looseObject({ id: WIRE_ID }), v.transform(({ id }) => id)), v.pipe(v.strictTuple([]), v.transform(() => null))]), null);

/** A card of either list; the older one tells what was changed, the search tells totals. */
const CARD = v.looseObject({
	id: WIRE_ID,
	name: TEXT,
	phone: PHONE,
	email: TEXT,
	birth_date: v.optional(v.unknown()),
	sold_amount: v.optional(v.pipe(NUMBER, v.minValue(-1e9), v.maxValue(1e9))),
	visits_count: v.optional(v.pipe(NUMBER, v.integer(), v.minValue(0))),
	first_visit_date: TEXT,
	last_visit_date: TEXT,
	last_change_date: TEXT,
});

const MOVEMENT = v.looseObject({
	id: WIRE_ID,
	type_id: NUMBER,
	amount: NUMBER,
	cost: v.pipe(NUMBER, v.minValue(-1e9), v.maxValue(1e9)),
	good: v.nullish(v.looseObject({ title: TEXT })),
	create_date: v.pipe(v.string(), v.minLength(10)),
	last_change_date: TEXT,
	record_id: v.nullish(v.union([v.number(), v.string()])),
	master: OWNER,
	client: v.optional(OWNER),
	clients: v.optional(OWNER),
});

const SALE = 1;

/** The record is none of its list, by its state since `changedAt`. */
const voided = (changedAt: string): Reading => ({ kind: 'voided', changedAt: instantIn(changedAt) });

const by = readersIn<Place>();

const READERS: Readonly<Record<StreamName, (record: StreamRecord, place: Place) => Reading>> = {
	company: by(COMPANY, ({ id, title, public_title: publicTitle, address, phone, ...extra }, { locale }) =>
		row({ entity: 'company', id, name: publicTitle.trim() === '' ? title : publicTitle, zone: locale.zone, currency: locale.currency, address, phone: phoneOf(phone, locale.country) ?? '', extra: without(extra, OF_THE_MOMENT) })),
	services: by(SERVICE, ({ id, title, category_id: category, price_min: min, price_max: max, active, staff, ...extra }, { locale }) =>
		row({
			entity: 'service', id, title, active, category: category == null ? undefined : String(category), priceMin: moneyOf(min, locale), priceMax: moneyOf(max, locale),
			durationMinutes: staff.length === 0 ? undefined : Math.ceil(Math.min(...staff.map(({ seance_length: seconds }) => seconds)) / 60), extra: { ...extra, staff },
		})),
	staff: by(STAFF, ({ id, name, specialization, fired, ...extra }) => row({ entity: 'staff', id, name, position: specialization, active: !fired, extra })),
	clients: by(CARD, ({ id, name, phone, email, birth_date: birthday, sold_amount: sold, visits_count: visitsCount, first_visit_date: first, last_visit_date: last, last_change_date: changedAt, ...extra }, { locale }) =>
		row({
			entity: 'client', id, name: name.trim(), phone: isHidden(phone) ? undefined : (phoneOf(phone, locale.country) ?? undefined), email: email.trim(), birthday: dayIn(birthday), totalSpent: moneyOf(sold, locale), visitsCount,
			firstVisitOn: dayIn(first), lastVisitOn: dayIn(last), changedAt: instantIn(changedAt),
			// the search tells no more than these columns
			extra: sold === undefined ? extra : {},
		})),
	visits: by(RECORD, visitOf),
	goods: by(MOVEMENT, ({ id, type_id: type, amount, cost, good, create_date: created, last_change_date: changedAt, record_id: recordId, master, client, clients, ...extra }, { locale }) => {
		const soldAt = instantIn(created);
		if (type !== SALE) return voided(changedAt);
		if (soldAt === undefined) return { kind: 'rejected', reason: 'create_date' };
		// what leaves the storage is below zero there; what comes back was not sold
		const sign = amount > 0 ? -1 : 1;
		const visitId = recordId == null || String(recordId) === '0' ? null : String(recordId);
		return row({
			entity: 'goods', id, title: good?.title ?? '', amount: -amount, cost: sign * (moneyOf(Math.abs(cost), locale) ?? 0), soldAt, changedAt: instantIn(changedAt), staffId: master, clientId: client ?? clients ?? null, visitId, extra,
		});
	}),
	schedules: by(SCHEDULE_DAY, ({ staff_id: staffId, date, slots, ...extra }) => row({ entity: 'schedule', id: `${staffId}:${date}`, staffId, date, hours: slots.map(({ from, to }) => ({ from, to })), extra })),
};

/** What is another one at every reading. */
const OF_THE_MOMENT = ['next_slot'];
/** What is nested in a record and is copied from its own stream, or says the same once more. */
const NESTED = ['staff', 'client', 'documents', 'datetime', 'visit_attendance', 'length', 'company_id', 'short_link'];

/** A record without a visit, or with that of nobody, is a visit of its own. */
function visitIdOf({ id, visit_id: visitId }: RecordWire): string {
	return visitId == null || String(visitId) === '0' ? id : String(visitId);
}

function visitOf(wire: RecordWire, { locale, count }: Place): Reading {
	const visit = appointmentOf(wire, locale, count);
	// blocked time is nobody's visit, and so is a record whose client was taken off
	if (visit === null) return voided(wire.last_change_date);
	const { services, ...rest } = wire;
	return row({
		entity: 'visit', id: wire.id, visitId: visitIdOf(wire), clientId: visit.clientId, staffId: visit.staffId, start: visit.start, end: visit.end, status: visit.status,
		deleted: wire.deleted, comment: wire.comment, changedAt: instantIn(wire.last_change_date), createdAt: instantIn(String(wire.create_date ?? '')),
		lines: services.map((service): SyncedVisitLine => {
			const cost = lineCost(service);
			return { serviceId: service.id, title: String(service.title ?? ''), amount: service.amount ?? 1, cost: cost === null ? null : (moneyOf(cost, locale) ?? null) };
		}),
		extra: without(rest, NESTED),
	});
}

function without(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/**
 * What a line comes to after its discount. The vendor does not say whether `cost` is of one or of all: whichever agrees
 * with the price of one is believed.
 */
function lineCost({ cost, first_cost: first, amount, discount }: RecordWire['services'][number]): number | null {
	if (cost == null) return null;
	const many = amount ?? 1;
	if (many === 1 || first == null) return cost;
	const expected = first * many * (1 - (discount ?? 0) / 100);
	return Math.abs(cost * many - expected) < Math.abs(cost - expected) ? cost * many : cost;
}

function moneyOf(amount: number | null | undefined, { currency }: Locale): number | undefined {
	return amount == null || currency === NO_CURRENCY ? undefined : minorOf(amount, currency);
}

function dayIn(value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.slice(0, 10) : '';
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !text.startsWith('0000') ? text : undefined;
}

/** ISO with an offset, written with or without a colon. */
function instantIn(text: string): string | undefined {
	const iso = text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
	return /T.*(Z|[+-]\d{2}:\d{2})$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : undefined;
}

export interface ReaderOptions {
	readonly brand?: Brand;
	/** ISO 3166 country by which phones without a country code are read; the brand's own when absent. */
	readonly country?: string;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/** Reads the streams of a branch of either brand for the copy. */
export function createYclientsReader({ brand = YCLIENTS, country = brand.country, onUnknownValue: count = () => undefined }: ReaderOptions = {}): StreamReader {
	return {
		windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'changes', visits: 'changes', goods: 'changes', schedules: 'whole' },
		clientsById: true,
		checks: ['clients'],
		read: (name, record, { zone, currency }: Company) => READERS[name](record, { locale: { zone, currency, country, guestMark: brand.guestMark }, count }),
	};
}
