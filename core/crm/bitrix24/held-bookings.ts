import { type Appointment, mapOutcome, type Outcome, ok, type Zone } from '../../booking';
import { zoneClock } from '../../calendar';
import type { HeldVisit } from '../computed';
import { readTogether } from './batch';
import * as calls from './calls';
import type { Context } from './context';
import { byBooking, dealsQuestion, memoryIn } from './linked-deals';
import { type Note, readNote } from './note';
import type { Settings, Stages } from './settings';
import { priceOf, rankOf, statusOf, versionOf } from './visit-items';
import type { BookingClientWire, BookingWire, ItemWire, Page } from './wire';

/** A booking with what stands elsewhere in the portal: its client and its deal. */
export interface HeldBooking extends HeldVisit {
	/** Null for a visit whose booking is deleted and whose deal alone remains. */
	readonly booking: BookingWire | null;
	readonly deal: ItemWire | null;
	/** Whether the portal itself knows the client: set last, so that it proves the rest. */
	readonly isBound: boolean;
}

export function isHeldBooking(visit: HeldVisit): visit is HeldBooking {
	return 'booking' in visit;
}

/** What a booking does not tell by itself. */
export interface Details {
	readonly contactId: string | null;
	readonly deal: ItemWire | null;
}

const NO_DETAILS: Details = { contactId: null, deal: null };
/** Commands of a batch, less the one that asks for deals. */
const AT_ONCE = 49;

/** Clients and deals of bookings, 49 bookings a request. */
export async function readDetails({ transport, settings }: Context, bookings: readonly BookingWire[]): Promise<Outcome<ReadonlyMap<string, Details>>> {
	const details = new Map<string, Details>();
	const hasDeals = settings.mode === 'booking' && settings.deals !== undefined;
	for (let from = 0; from < bookings.length; from += AT_ONCE) {
		const chunk = bookings.slice(from, from + AT_ONCE);
		const ids = chunk.map(({ id }) => id);
		const made = hasDeals ? chunk.flatMap(({ id, description }) => tagsIn(description).map((tag) => ({ bookingId: id, tag }))) : [];
		const clients = Object.fromEntries(ids.map((id) => [`c${id}`, calls.bookingClients(id)]));
		const answers = await readTogether<Record<string, readonly BookingClientWire[] | Page<ItemWire>>>(transport, { ...clients, ...(made.length === 0 ? {} : { deals: dealsQuestion(made) }) });
		if (answers.kind !== 'ok') return answers;
		const { deals: asked = NO_DEALS, ...perBooking } = answers.value;
		if (asked.kind !== 'ok') return asked;
		const deals = byBooking('items' in asked.value ? asked.value.items : []);
		for (const id of ids) {
			const one = perBooking[`c${id}`];
			// a booking that was deleted meanwhile is one no more
			if (one === undefined || (one.kind === 'refused' && one.reason === 'not_found')) continue;
			if (one.kind !== 'ok') return one;
			details.set(id, { contactId: 'items' in one.value ? null : contactIn(one.value), deal: deals.get(id) ?? null });
		}
	}
	return ok(details);
}

/** Deals of bookings, at most a page of them, by the booking's id. */
export async function readDeals({ transport, settings }: Context, bookings: readonly BookingWire[]): Promise<Outcome<ReadonlyMap<string, ItemWire>>> {
	const made = bookings.flatMap(({ id, description }) => tagsIn(description).map((tag) => ({ bookingId: id, tag })));
	if (settings.mode !== 'booking' || settings.deals === undefined || made.length === 0) return ok(new Map());
	return mapOutcome(await transport.read(dealsQuestion(made)), ({ items }) => byBooking(items));
}

const NO_DEALS = ok<Page<ItemWire>>({ items: [], total: null, next: null });

function tagsIn(description: string): readonly string[] {
	const { made } = readNote(description);
	return made === null ? [] : [made.tag];
}

/** The contact among the clients of a booking. */
export function contactIn(clients: readonly BookingClientWire[]): string | null {
	return clients.find(({ type }) => type.module.toLowerCase() === 'crm' && type.code.toUpperCase() === 'CONTACT')?.id ?? null;
}

interface Shape {
	readonly zone: Zone;
	readonly staffIds: ReadonlySet<string>;
}

/** How the salon tells visits: its zone, and which resources are people. */
export async function shapeOf(context: Context): Promise<Outcome<Shape>> {
	return mapOutcome(await context.facts.salon(context), ({ company, staff }) => ({ zone: company.zone, staffIds: new Set(staff.map(({ id }) => id)) }));
}

/** A booking as a visit. A booking of nobody has an empty client. */
export function heldOf({ settings, count }: Pick<Context, 'settings' | 'count'>, { zone, staffIds }: Shape, booking: BookingWire, { contactId, deal }: Details = NO_DETAILS): HeldBooking {
	const note = readNote(booking.description);
	const { from, to } = booking.datePeriod;
	const stages = stagesOf(settings);
	const status = deal === null || stages === null ? 'booked' : statusOf(deal, stages, count);
	const seen: Omit<Appointment, 'version'> = {
		...spoken(note),
		id: booking.id,
		clientId: contactId ?? note.made?.clientId ?? '',
		staffId: booking.resourceIds.find((id) => staffIds.has(id)) ?? booking.resourceIds[0] ?? '',
		...spanIn(zone, from.timestamp, to.timestamp),
		// the booking takes its time whatever stage the deal was put into
		status: status === 'cancelled' ? 'booked' : status,
		price: deal === null ? null : priceOf(deal),
	};
	return { booking, deal, isBound: contactId !== null, appointment: { ...seen, version: versionOf([seen, booking.resourceIds]) }, tag: note.made?.tag ?? null, rank: rankOf(booking.id), touchedAt: null };
}

/** The visit that a deal remembers after its booking was deleted; null where it does not tell enough. */
export function rememberedIn({ settings }: Pick<Context, 'settings'>, { zone }: Shape, deal: ItemWire): HeldBooking | null {
	const memory = memoryIn(deal);
	if (memory === null || deal.stageId !== stagesOf(settings)?.cancelled) return null;
	const { place, note } = memory;
	const seen: Omit<Appointment, 'version'> = {
		...spoken(note),
		id: place.bookingId,
		clientId: deal.contactId ?? note.made?.clientId ?? '',
		staffId: place.staffId,
		...spanIn(zone, Date.parse(place.start) / 1000, Date.parse(place.end) / 1000),
		status: 'cancelled',
		price: priceOf(deal),
	};
	return { booking: null, deal, isBound: true, appointment: { ...seen, version: versionOf([seen]) }, tag: note.made?.tag ?? null, rank: rankOf(place.bookingId), touchedAt: null };
}

function stagesOf(settings: Settings): Stages | null {
	return settings.mode === 'booking' ? (settings.deals?.stages ?? null) : null;
}

function spoken({ comment, guestName, made }: Note): Pick<Appointment, 'serviceIds' | 'comment' | 'guestName'> {
	return { serviceIds: made?.serviceIds ?? [], comment: comment === '' ? null : comment, guestName: guestName === '' ? null : guestName };
}

function spanIn(zone: Zone, from: number, to: number): Pick<Appointment, 'start' | 'end'> {
	const clock = zoneClock(zone);
	return { start: clock.format(Math.floor(from / 60)), end: clock.format(Math.ceil(to / 60)) };
}
