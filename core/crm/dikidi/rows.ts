import * as v from 'valibot';
import { type Company, minorOf, type Reading, type StreamName, type StreamReader, type StreamRecord, type SyncedVisitLine } from '../../booking';
import { readersIn, row, skipped } from '../reading';
import { clientIdOf, phoneOf, readComment, spanOf } from './gateway/mapping';
import { BOOKING, COMPANY, SERVICE, STAFF } from './gateway/wire';
import { type DikidiSettings, localeOf, settingsOf } from './settings';
import { appointmentStatusOf, BOOKING_STATUSES, bookingStatusOf } from './status';
import { formatted } from './times';

/** Records of a gateway and of imported files to rows of the copy. Nothing here asks, waits or remembers. */

interface Place {
	readonly company: Company;
	readonly country: string;
	readonly count: (field: string) => void;
}

const MINOR = v.pipe(v.number(), v.integer());
/** A client of a file, see `ImportedClient`. */
const FILED_CLIENT = v.object({ id: v.string(), name: v.nullable(v.string()), phone: v.nullable(v.string()), email: v.nullable(v.string()), visits: v.nullable(MINOR), spent: v.nullable(MINOR), raw: v.record(v.string(), v.string()) });
/** A visit of a file, see `ImportedVisit`, with whose card it names. */
const FILED_VISIT = v.object({
	id: v.string(), start: v.string(), clientId: v.nullable(v.string()), services: v.nullable(v.string()), staff: v.nullable(v.string()), total: v.nullable(MINOR), status: v.nullable(v.picklist(BOOKING_STATUSES)), raw: v.record(v.string(), v.string()),
});

const voided: Reading = { kind: 'voided' };

const by = readersIn<Place>();

const readBooking = by(BOOKING, (wire, { company, country, count }) => {
	const { id, client, staff, services, starts_at: _starts, ends_at: _ends, comment, status: told, ...extra } = wire;
	// time of nobody is no visit, and so is a booking whose client was taken off
	if (client === null || client === undefined) return voided;
	const span = spanOf(wire, company.zone);
	if (span === null) return { kind: 'rejected', reason: 'starts_at' };
	const status = bookingStatusOf(told);
	if (status === null) count('booking.status');
	return row({
		entity: 'visit', id, visitId: id, clientId: clientIdOf(client, country), staffId: staff.id, start: formatted(span.start, company.zone), end: formatted(span.end, company.zone),
		status: status === null ? 'booked' : appointmentStatusOf(status), comment: readComment(comment).comment,
		lines: services.map(({ id: serviceId, price }): SyncedVisitLine => ({ serviceId, title: '', amount: 1, cost: price == null ? null : minorOf(price, company.currency) })), extra,
	});
});

/** A file tells neither an end nor ids of services and people: a visit lasts no time, and its words stand in its one line. */
const readFiled = by(FILED_VISIT, ({ id, start, clientId, services, staff, total, status, raw }) =>
	row({
		entity: 'visit', id, visitId: id, clientId, staffId: null, start, end: start, status: status === null ? 'booked' : appointmentStatusOf(status), comment: '',
		lines: services === null && total === null ? [] : [{ serviceId: '', title: services ?? '', amount: 1, cost: total }], extra: { staff, raw },
	}));

const READERS: Readonly<Record<StreamName, (record: StreamRecord, place: Place) => Reading>> = {
	company: by(COMPANY, ({ id, name, address, phone, ...extra }, { company, country }) => row({ entity: 'company', id, name, zone: company.zone, currency: company.currency, address, phone: phoneOf(phone, country) ?? '', extra })),
	services: by(SERVICE, ({ id, name, price, duration_min: minutes, active, category, ...extra }, { company }) => {
		const amount = price == null ? undefined : minorOf(price, company.currency);
		return row({ entity: 'service', id, title: name, category: category === '' ? undefined : category, priceMin: amount, priceMax: amount, durationMinutes: minutes, active, extra });
	}),
	staff: by(STAFF, ({ id, name, position, active, ...extra }) => row({ entity: 'staff', id, name, position, active, extra })),
	clients: by(FILED_CLIENT, ({ id, name, phone, email, visits, spent, raw }) =>
		row({ entity: 'client', id, name: name ?? '', phone: phone ?? undefined, email: email ?? '', totalSpent: spent ?? undefined, visitsCount: visits ?? undefined, extra: { raw } })),
	visits: (record, place) => ('starts_at' in record.data ? readBooking : readFiled)(record, place),
	goods: () => skipped,
	schedules: () => skipped,
};

export interface DikidiReaderOptions {
	readonly settings: DikidiSettings;
	/** Told the name of a field whose value is not in the list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/**
 * Reads what a gateway gives, and what files of the back office held, for the copy. Nothing tells changes: visits are read
 * by when they begin, lists whole. Throws `TypeError` for settings that cannot be.
 */
export function createDikidiReader({ settings, onUnknownValue: count = () => undefined }: DikidiReaderOptions): StreamReader {
	const { country } = localeOf(settings);
	return {
		windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'whole', visits: 'starts', goods: 'whole', schedules: 'whole' },
		clientsById: false,
		checks: settingsOf(settings).commands.includes('booking.get') ? ['visits'] : [],
		read: (name, record, company) => READERS[name](record, { company, country, count }),
	};
}
