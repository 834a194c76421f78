import * as v from 'valibot';
import { type Company, linesOfTotal, minorOf, type Reading, type StreamName, type StreamReader, type StreamRecord, type SyncedHours, type SyncedVisitLine } from '../../booking';
import { formatWall } from '../../calendar';
import { parsePlan, type SalonPlanInput } from '../computed';
import { isRecord, readersIn, row, skipped } from '../reading';
import { type BaseMapping, parseMapping, type VisitMapping } from './base-mapping';
import { clientIn, clientOf, factsOf, linesOf, readComment, statusOf } from './mapping';
import { EMPTY_GUID } from './odata';
import { minutesOf } from './salon';
import { keyIn, linesIn, numberIn, OBJECT, type ObjectWire, type Row, ROW, textIn, timeIn, valueIn, wallIn } from './wire';
import { instantOf } from './wall-time';

/** Records of a base to rows of the copy, by the mapping. Nothing here asks, waits or remembers. */

interface Place {
	readonly company: Company;
	readonly mapping: BaseMapping;
	readonly country: string;
	readonly count: (field: string) => void;
}

const PRICED = v.looseObject({ currentPrice: v.nullish(v.object({ min: v.number(), max: v.number(), currency: v.string() })) });

const voided: Reading = { kind: 'voided' };
const rejected = (reason: string): Reading => ({ kind: 'rejected', reason });

const by = readersIn<Place>();

const READERS: Readonly<Record<StreamName, (record: StreamRecord, place: Place) => Reading>> = {
	company: by(OBJECT, (wire, { company, mapping }) => row({ entity: 'company', id: wire.Ref_Key, name: textIn(wire, mapping.company.name) || wire.Ref_Key, zone: company.zone, currency: company.currency, extra: wire })),
	services: by(OBJECT, (wire, { mapping: { service } }) => {
		const priced = v.safeParse(PRICED, wire);
		const price = priced.success ? priced.output.currentPrice : null;
		return row({
			entity: 'service', id: wire.Ref_Key, title: textIn(wire, service.name) || wire.Ref_Key, category: keyIn(wire, service.category) ?? undefined, priceMin: price?.min, priceMax: price?.max, durationMinutes: minutesOf(service, wire),
			active: !wire.DeletionMark, deleted: wire.DeletionMark, extra: wire,
		});
	}),
	staff: by(OBJECT, (wire, { mapping: { staff } }) => {
		// who of the set is at work here is our setting, not the base's word
		if (staff.ids.length > 0 && !staff.ids.includes(wire.Ref_Key)) return skipped;
		return row({ entity: 'staff', id: wire.Ref_Key, name: textIn(wire, staff.name) || wire.Ref_Key, position: textIn(wire, staff.position), active: !wire.DeletionMark, deleted: wire.DeletionMark, extra: wire });
	}),
	clients: by(OBJECT, (wire, { mapping, country }) => {
		const { name, phone } = clientOf(mapping, wire, country);
		const contacts = mapping.client.contactInfo === null ? [] : (linesIn(wire, mapping.client.contactInfo) ?? []);
		const email = contacts.find((line) => textIn(line, 'Тип') === 'АдресЭлектроннойПочты');
		return row({
			entity: 'client', id: wire.Ref_Key, name: name ?? '', phone: phone ?? undefined, email: email === undefined ? '' : textIn(email, 'Представление'), birthday: wallIn(wire, 'ДатаРождения')?.slice(0, 10),
			deleted: wire.DeletionMark, extra: wire,
		});
	}),
	visits: by(OBJECT, (wire, { mapping: { visit }, company, count }) => {
		if (visit === null) return skipped;
		const facts = factsOf(visit, wire, { company, services: [], staff: [] });
		if (facts === null) return wallIn(wire, visit.start) === null ? rejected(visit.start) : isEmptyKey(valueIn(wire, visit.staff)) ? voided : skipped;
		const { staffId, serviceIds, span } = facts;
		return row({
			entity: 'visit', id: wire.Ref_Key, visitId: wire.Ref_Key, clientId: clientIn(visit, wire), staffId, start: instantOf(span.start, company.zone), end: instantOf(span.end, company.zone), status: statusOf(visit, wire, count),
			// where a mark is how visits are cancelled, a marked one was cancelled and not removed
			deleted: wire.DeletionMark && visit.cancelBy !== 'DeletionMark', comment: readComment(textIn(wire, visit.comment)).comment, lines: visitLines(visit, wire, serviceIds, company.currency), extra: wire,
		});
	}),
	goods: () => skipped,
	schedules: by(ROW, (wire: Row, { mapping: { schedule } }, id) => {
		if (schedule === null) return skipped;
		const [staffId, date] = [keyIn(wire, schedule.staff), wallIn(wire, schedule.date)?.slice(0, 10) ?? null];
		if (staffId === null || date === null) return rejected(staffId === null ? schedule.staff : schedule.date);
		const holder = schedule.shift === null ? wire : valueIn(wire, 'shift');
		const isWorking = schedule.flags.every((flag) => valueIn(wire, flag) === true);
		return row({ entity: 'schedule', id, staffId, date, hours: isWorking && isRecord(holder) ? hoursIn(holder, schedule.from, schedule.to) : [], extra: wire });
	}),
};

/** Nobody stands where the person of a visit would. A field that the base does not show, or that holds something else, is not an empty one. */
function isEmptyKey(value: unknown): boolean {
	return value === EMPTY_GUID || value === '' || value === null;
}

/** Lines with what each comes to: its sum, else price and quantity. A visit whose services stand in the comment tells no money. */
function visitLines(mapping: VisitMapping, wire: ObjectWire, serviceIds: readonly string[], currency: string): readonly SyncedVisitLine[] {
	const { lines } = mapping;
	if (lines === null) return linesOfTotal(serviceIds, null);
	return linesOf(mapping, wire).flatMap((line) => {
		const serviceId = keyIn(line, lines.service);
		if (serviceId === null) return [];
		const amount = (lines.quantity === null ? null : numberIn(line, lines.quantity)) ?? 1;
		const price = lines.price === null ? null : numberIn(line, lines.price);
		const cost = (lines.sum === null ? null : numberIn(line, lines.sum)) ?? (price === null ? null : price * amount);
		return [{ serviceId, title: '', amount, cost: cost === null || Math.abs(cost) > 1e9 ? null : minorOf(cost, currency) }];
	});
}

/** An end at midnight closes the day; midnight to midnight is nothing. */
function hoursIn(holder: Row, fromField: string, toField: string): readonly SyncedHours[] {
	const [from, to] = [timeIn(holder, fromField), timeIn(holder, toField)];
	return from === null || to === null || (from === 0 && to === 0) ? [] : [{ from: formatWall(from), to: to === 0 ? '24:00' : formatWall(to) }];
}

export interface OnecReaderOptions {
	/** As for the adapter. */
	readonly mapping: unknown;
	readonly plan: SalonPlanInput | string;
	/** Told the name of a field whose value is not known; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/**
 * Reads the streams of a base for the copy. 1C tells no changes: catalogs are read whole, visits by when they begin. Throws
 * `TypeError` for a mapping or a plan that cannot be.
 */
export function createOnecReader({ mapping: input, plan, onUnknownValue: count = () => undefined }: OnecReaderOptions): StreamReader {
	const mapping = parseMapping(input);
	const country = parsePlan(plan).company.country ?? 'RU';
	return {
		windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'whole', visits: 'starts', goods: 'whole', schedules: 'whole' },
		clientsById: false,
		checks: ['clients', 'visits'],
		read: (name, record, company) => READERS[name](record, { company, mapping, country, count }),
	};
}
