import * as v from 'valibot';
import { type Company, linesOfTotal, type Reading, type StreamName, type StreamReader, type StreamRecord } from '../../booking';
import { formatWall } from '../../calendar';
import { readersIn, row, skipped } from '../reading';
import { isService, serviceOf } from './catalogue';
import { phoneOf } from './clients';
import { contactIn, heldOf as heldBookingOf, type HeldBooking, rememberedIn } from './held-bookings';
import { heldOf as heldItemOf } from './items';
import { joinName } from './names';
import { employeeOf } from './people';
import { type Bitrix24Settings, type Settings, settingsOf } from './settings';
import { BOOKING, BOOKING_CLIENT, CONTACT, ITEM, type ItemWire, MY_COMPANY, PRICE, PRODUCT, RESOURCE, SLOT_ROW, USER, WIRE_ID } from './wire';

/** The portal's stream records to rows of the copy. Nothing here asks, waits or remembers. */

interface Place {
	readonly company: Company;
	readonly settings: Settings;
	readonly country: string;
	readonly count: (field: string) => void;
}

const CARD = v.looseObject({ ...CONTACT.entries, birthdate: v.optional(v.unknown()), createdTime: v.nullish(v.string(), null) });
const PRICED = v.looseObject({ ...PRODUCT.entries, prices: v.optional(v.array(PRICE), []) });
const ELEMENT = v.looseObject({ ...ITEM.entries, createdTime: v.nullish(v.string(), null) });
/** What the stream of bookings puts beside each. */
const BESIDE = v.looseObject({ bookingClient: v.optional(v.array(BOOKING_CLIENT), []), deal: v.nullish(ITEM, null), staffResourceId: v.nullish(WIRE_ID, null) });
/** The deal alone of a booking that was deleted. */
const REMEMBERED = v.looseObject({ isDeleted: v.literal(true), deal: ITEM });
const HOURS = v.looseObject({ resourceId: WIRE_ID, slots: v.array(SLOT_ROW) });

const voided = (changedAt: string | null = null): Reading => ({ kind: 'voided', changedAt: changedAt ?? undefined });

const by = readersIn<Place>();

const readResource = by(RESOURCE, ({ id, name, description, typeId, ...extra }, { settings }) => {
	const types = settings.mode === 'booking' ? settings.resourceTypeIds : [];
	// which kinds of resources are people is our setting, not the portal's word
	if (types.length > 0 && (typeId == null || !types.includes(typeId))) return skipped;
	return row({ entity: 'staff', id, name: name.trim(), position: description.trim(), active: true, extra: { typeId, ...extra } });
});

const readEmployee = by(USER, ({ ID, ...wire }) => {
	const { name, position, active } = employeeOf({ ID, ...wire });
	return row({ entity: 'staff', id: ID, name, position: position ?? '', active: active ?? true, extra: wire });
});

const readElement = by(ELEMENT, (wire, { company, settings, count }) => {
	const held = heldItemOf({ settings, count }, company.zone, wire);
	const { id, updatedTime, createdTime, ...extra } = wire;
	// an element without a time is no visit, and one whose time was cleared is one no more; a time that cannot be read says nothing
	if (held === null) return isTimeless(wire, settings) ? voided(updatedTime ?? null) : skipped;
	const { appointment } = held;
	return row({
		entity: 'visit', id, visitId: id, clientId: appointment.clientId === '' ? null : appointment.clientId, staffId: appointment.staffId === '' ? null : appointment.staffId, start: appointment.start, end: appointment.end,
		status: appointment.status, comment: appointment.comment ?? '', lines: linesOfTotal(appointment.serviceIds, appointment.price?.min ?? null), changedAt: updatedTime ?? undefined, createdAt: instantIn(createdTime), extra,
	});
});

/** Nothing stands where the visit would begin. A field that the portal does not show is not an empty one. */
function isTimeless(wire: ItemWire, settings: Settings): boolean {
	const value: unknown = settings.mode === 'crm' ? (wire as Readonly<Record<string, unknown>>)[settings.visits.fields.start] : undefined;
	return value === null || value === '';
}

const readBooking = (record: StreamRecord, place: Place): Reading => (record.data.isDeleted === true ? readRemembered : readLive)(record, place);

const readLive = by(v.intersect([BOOKING, BESIDE]), (wire, { company, settings, count }) => {
	const { bookingClient, deal, staffResourceId, ...booking } = wire;
	const shape = { zone: company.zone, staffIds: new Set(staffResourceId === null ? [] : [staffResourceId]) };
	return bookingRow(heldBookingOf({ settings, count }, shape, booking, { contactId: contactIn(bookingClient), deal }), booking);
});

const readRemembered = by(REMEMBERED, ({ deal }, { company, settings }) => {
	const held = rememberedIn({ settings }, { zone: company.zone, staffIds: new Set() }, deal);
	// the booking is gone; what its deal remembers does not tell enough to say when it was
	return held === null ? voided() : bookingRow(held, {});
});

function bookingRow({ appointment: { id, clientId, staffId, start, end, status, comment, serviceIds, price }, deal }: HeldBooking, extra: object): Reading {
	return row({
		entity: 'visit', id, visitId: id, clientId: clientId === '' ? null : clientId, staffId: staffId === '' ? null : staffId, start, end, status, comment: comment ?? '', lines: linesOfTotal(serviceIds, price?.min ?? null),
		extra: { ...extra, dealId: deal?.id ?? null },
	});
}

const READERS: Readonly<Record<StreamName, (record: StreamRecord, place: Place) => Reading>> = {
	company: by(MY_COMPANY, ({ id, title, fm, ...extra }, { company, country }) => {
		const phone = fm?.find(({ typeId }) => typeId === 'PHONE')?.value ?? '';
		return row({ entity: 'company', id, name: title.trim() === '' ? company.name : title.trim(), zone: company.zone, currency: company.currency, phone: phoneOf(phone, country) ?? '', extra });
	}),
	services: by(PRICED, (wire, { settings }) => {
		if (!isService(wire)) return voided();
		const { title, price, durationMinutes, active } = serviceOf({ settings }, wire, wire.prices);
		const { id, name: _name, active: _active, iblockSectionId: category, ...extra } = wire;
		return row({ entity: 'service', id, title, category: category ?? undefined, priceMin: price?.min, priceMax: price?.max, durationMinutes: durationMinutes ?? undefined, active: active ?? true, extra });
	}),
	staff: (record, place) => (place.settings.mode === 'booking' ? readResource : readEmployee)(record, place),
	clients: by(CARD, (card, { country }) => {
		const { id, name, lastName, birthdate, updatedTime, fm } = card;
		const phone = fm.filter(({ typeId }) => typeId === 'PHONE').map(({ value }) => phoneOf(value, country)).find((one) => one !== null);
		const email = fm.find(({ typeId }) => typeId === 'EMAIL')?.value.trim() ?? '';
		const { name: _name, lastName: _lastName, id: _id, updatedTime: _updated, ...extra } = card;
		return row({ entity: 'client', id, name: joinName({ name, lastName }), phone: phone ?? undefined, email, birthday: dayIn(birthdate), changedAt: updatedTime ?? undefined, extra });
	}),
	visits: (record, place) => (place.settings.mode === 'booking' ? readBooking : readElement)(record, place),
	goods: () => skipped,
	schedules: by(HOURS, ({ resourceId, slots }) =>
		row({ entity: 'schedule', id: resourceId, staffId: resourceId, date: null, hours: slots.map(({ from, to, weekDays }) => ({ from: formatWall(from), to: formatWall(to), weekdays: weekDays })), extra: { slots } })),
};

function dayIn(value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.slice(0, 10) : '';
	return /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? text : undefined;
}

function instantIn(text: string | null): string | undefined {
	return text !== null && /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

export interface Bitrix24ReaderOptions {
	readonly settings: Bitrix24Settings;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/** Reads the streams of a portal for the copy. Throws `TypeError` for settings that cannot be. */
export function createBitrix24Reader({ settings: input, onUnknownValue: count = () => undefined }: Bitrix24ReaderOptions): StreamReader {
	const settings = settingsOf(input);
	const country = settings.plan.company.country ?? 'RU';
	return {
		// bookings tell no change, elements do
		windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'changes', visits: settings.mode === 'booking' ? 'starts' : 'changes', goods: 'whole', schedules: 'whole' },
		clientsById: false,
		checks: ['clients', 'visits'],
		read: (name, record, company) => READERS[name](record, { company, settings, country, count }),
	};
}
