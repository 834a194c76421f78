import * as v from 'valibot';
import { APPOINTMENT_STATUSES, type Company, linesOfTotal, type Reading, type StreamName, type StreamReader, type StreamRecord, type SyncedHours, type SyncedRow } from '../../booking';

/** Records of the embedded CRM to rows of the copy. Nothing here asks, waits or remembers. */

const TEXT = v.nullish(v.string(), null);
const MINOR = v.pipe(v.number(), v.integer());
const PRICE = v.nullable(v.object({ min: MINOR, max: MINOR, currency: v.string() }));
const RANGE = v.object({ from: v.string(), to: v.string() });
const PLAN = v.object({ hours: v.array(RANGE), breaks: v.optional(v.array(RANGE), []) });

const COMPANY = v.looseObject({ id: v.string(), name: v.string(), zone: v.string(), currency: v.string(), address: TEXT, phone: TEXT });
const SERVICE = v.looseObject({ id: v.string(), title: v.string(), category: TEXT, price: PRICE, durationMinutes: MINOR, active: v.boolean() });
const STAFF = v.looseObject({ id: v.string(), name: v.string(), position: TEXT, active: v.boolean() });
const CLIENT = v.looseObject({ id: v.string(), name: TEXT, phone: TEXT, blocked: v.boolean() });
const VISIT = v.looseObject({
	id: v.string(), clientId: v.string(), staffId: v.string(), serviceIds: v.array(v.string()), start: v.string(), end: v.string(), status: v.picklist(APPOINTMENT_STATUSES), price: PRICE, comment: TEXT, createdAt: TEXT,
});
const SALE = v.looseObject({
	id: v.string(), clientId: TEXT, staffId: TEXT, appointmentId: TEXT, soldAt: v.string(), lines: v.array(v.object({ title: v.string(), quantity: MINOR, unitPrice: MINOR })),
});
const SCHEDULE = v.looseObject({ staffId: v.string(), weekly: v.record(v.picklist(['1', '2', '3', '4', '5', '6', '7']), PLAN), exceptions: v.record(v.string(), PLAN) });
type Plan = v.InferOutput<typeof PLAN>;

const row = (value: SyncedRow): Reading => ({ kind: 'row', row: value });

/** Reads by a schema; a record that does not fit is named by the field at fault. */
function by<T>(schema: v.GenericSchema<unknown, T>, make: (wire: T) => Reading): (record: StreamRecord, company: Company) => Reading {
	return ({ data }) => {
		const parsed = v.safeParse(schema, data);
		return parsed.success ? make(parsed.output) : { kind: 'rejected', reason: v.getDotPath(parsed.issues[0]) ?? 'record' };
	};
}

const READERS: Readonly<Record<StreamName, (record: StreamRecord, company: Company) => Reading>> = {
	company: by(COMPANY, ({ id, name, zone, currency, address, phone, ...extra }) => row({ entity: 'company', id, name, zone, currency, address: address ?? '', phone: phone ?? '', extra })),
	services: by(SERVICE, ({ id, title, category, price, durationMinutes, active, ...extra }) =>
		row({ entity: 'service', id, title, category: category ?? undefined, priceMin: price?.min, priceMax: price?.max, durationMinutes, active, extra })),
	staff: by(STAFF, ({ id, name, position, active, ...extra }) => row({ entity: 'staff', id, name, position: position ?? '', active, extra })),
	clients: by(CLIENT, ({ id, name, phone, blocked, ...extra }) => row({ entity: 'client', id, name: name ?? '', phone: phone ?? undefined, blocked, extra })),
	// what a visit costs is a range until somebody pays: the least is what is sure
	visits: by(VISIT, ({ id, clientId, staffId, serviceIds, start, end, status, price, comment, createdAt, ...extra }) =>
		row({ entity: 'visit', id, visitId: id, clientId, staffId, start, end, status, comment: comment ?? '', createdAt: createdAt ?? undefined, lines: linesOfTotal(serviceIds, price?.min ?? null), extra })),
	goods: by(SALE, ({ id, clientId, staffId, appointmentId, soldAt, lines, ...extra }) =>
		row({
			entity: 'goods', id, clientId, staffId, visitId: appointmentId, soldAt, title: lines.map(({ title }) => title).join(', '), amount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
			cost: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0), extra: { ...extra, lines },
		})),
	schedules: by(SCHEDULE, ({ staffId, weekly, exceptions, ...extra }) => {
		const week = Object.entries(weekly).flatMap(([weekday, plan]) => hoursOf(plan).map((range): SyncedHours => ({ ...range, weekdays: [Number(weekday)] })));
		const dates = Object.entries(exceptions).flatMap(([date, plan]) => (plan.hours.length === 0 ? [DAY_OFF] : hoursOf(plan)).map((range): SyncedHours => ({ ...range, date })));
		return row({ entity: 'schedule', id: staffId, staffId, date: null, hours: [...week, ...dates], extra });
	}),
};

const DAY_OFF = { from: '00:00', to: '00:00' };

/** Hours without their breaks. */
function hoursOf({ hours, breaks }: Plan): readonly { readonly from: string; readonly to: string }[] {
	const cut = (ranges: readonly Plan['hours'][number][], pause: Plan['hours'][number]): readonly Plan['hours'][number][] =>
		ranges.flatMap(({ from, to }) => (pause.to <= from || pause.from >= to ? [{ from, to }] : [{ from, to: pause.from }, { from: pause.to, to }].filter((part) => part.from < part.to)));
	return breaks.reduce(cut, hours);
}

/** Reads the streams of the embedded CRM for the copy. */
export function createBuiltinReader(): StreamReader {
	return {
		windows: { company: 'changes', services: 'changes', staff: 'changes', clients: 'changes', visits: 'changes', goods: 'changes', schedules: 'changes' },
		clientsById: false,
		read: (name, record, company) => READERS[name](record, company),
	};
}
