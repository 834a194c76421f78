import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Instant, Phone, PriceRange, Zone } from '../../../booking';
import { parsePhone } from '../../../language/phone';
import { priceOf } from '../money';
import { ID, minuteIn, MINUTES, MOMENT, MONEY, TEXT, ZONE } from '../parts';
import { type BookingStatus, bookingStatusOf } from '../status';
import { formatted } from '../times';

/** Events of the gateway contract. */
export const GATEWAY_EVENTS = [
	'booking.created', 'booking.updated', 'booking.rescheduled', 'booking.cancelled', 'booking.completed', 'booking.no_show', 'client.created', 'client.updated', 'test.ping',
] as const;
/** One of {@link GATEWAY_EVENTS}. */
export type GatewayEventName = (typeof GATEWAY_EVENTS)[number];

/** A booking as an event tells it. Prices are minor units. */
export interface EventBooking {
	readonly id: string;
	/** Null where neither the event nor its booking tells it. */
	readonly status: BookingStatus | null;
	readonly start: Instant;
	readonly end: Instant | null;
	readonly staff: { readonly id: string; readonly name: string | null } | null;
	readonly services: readonly { readonly id: string | null; readonly title: string | null; readonly price: PriceRange | null; readonly durationMinutes: number | null }[];
	readonly price: PriceRange | null;
	readonly comment: string | null;
}

export interface EventClient {
	readonly id: string | null;
	readonly name: string | null;
	readonly phone: Phone | null;
	readonly email: string | null;
}

/** One event, checked and in our own words. `raw` is what came, with all its unknown keys. */
export interface GatewayEvent {
	/** What a repeated delivery is known by. */
	readonly id: string;
	readonly event: GatewayEventName;
	readonly occurredAt: Instant;
	readonly companyId: string;
	/** The command whose outcome this is, where the gateway had answered «pending». */
	readonly commandId: string | null;
	readonly booking: EventBooking | null;
	readonly client: EventClient | null;
	readonly raw: Readonly<Record<string, unknown>>;
}

/** How values without zone, currency and country are read. */
export interface EventLocale {
	readonly zone: Zone;
	readonly currency: string;
	readonly country: string;
}

/** What is wrong with an event, for the people who map a platform's fields. Never the value. */
export interface EventProblem {
	readonly path: string;
	readonly message: string;
}

export type ParsedEvent = { readonly ok: true; readonly event: GatewayEvent } | { readonly ok: false; readonly problems: readonly EventProblem[] };

const CURRENCY = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/));
const SERVICE = v.looseObject({ id: v.nullish(ID), name: TEXT, price: v.nullish(MONEY), duration_min: v.nullish(MINUTES) });
const BOOKING = v.looseObject({
	id: ID,
	status: v.optional(v.unknown()),
	starts_at: MOMENT,
	ends_at: v.nullish(MOMENT),
	timezone: v.nullish(ZONE),
	staff: v.nullish(v.looseObject({ id: ID, name: TEXT })),
	services: v.optional(v.array(SERVICE), []),
	total: v.nullish(MONEY),
	currency: v.nullish(CURRENCY),
	comment: TEXT,
});
const CLIENT = v.looseObject({ id: v.nullish(ID), name: TEXT, phone: v.nullish(v.union([v.string(), v.number()])), email: TEXT });
const EVENT = v.looseObject({
	schema: v.literal('booking.gateway.v1'),
	event_id: v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^[^\p{C}]{1,128}$/u))),
	event: v.picklist(GATEWAY_EVENTS),
	occurred_at: v.nullish(MOMENT),
	company_id: ID,
	command_id: v.nullish(ID),
	booking: v.nullish(BOOKING),
	client: v.nullish(CLIENT),
});
type EventWire = v.InferOutput<typeof EVENT>;
type BookingWire = v.InferOutput<typeof BOOKING>;

/** Reads an event. `receivedAt` stands in for an event that names no moment; `count` hears of unknown values, never which. */
export function parseEvent(input: unknown, locale: EventLocale, receivedAt: Instant, count: (field: string) => void = () => undefined): ParsedEvent {
	const parsed = v.safeParse(EVENT, input);
	if (!parsed.success) return { ok: false, problems: parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.input === undefined ? 'required' : 'invalid' })) };
	const wire = parsed.output;
	const zone = wire.booking?.timezone ?? locale.zone;
	const phone = wire.client?.phone === null || wire.client?.phone === undefined ? null : (parsePhone(String(wire.client.phone), locale.country)?.phone ?? null);
	const problems = problemsOf(wire, zone, phone);
	if (problems.length > 0) return { ok: false, problems };
	const { client, booking } = wire;
	return {
		ok: true,
		event: {
			id: wire.event_id ?? fallbackId(wire),
			event: wire.event,
			occurredAt: wire.occurred_at === null || wire.occurred_at === undefined ? receivedAt : (formattedIn(wire.occurred_at, locale.zone, locale.zone) ?? receivedAt),
			companyId: wire.company_id,
			commandId: wire.command_id ?? null,
			booking: booking === null || booking === undefined ? null : bookingOf(wire.event, booking, zone, locale, count),
			client: client === null || client === undefined ? null : { id: client.id ?? null, name: textOf(client.name), phone, email: textOf(client.email) },
			raw: wire,
		},
	};
}

/** What only the parts together show. */
function problemsOf({ event, booking, client }: EventWire, zone: Zone, phone: Phone | null): readonly EventProblem[] {
	const problems: EventProblem[] = [];
	if (event.startsWith('booking.') && (booking === null || booking === undefined)) problems.push({ path: 'booking', message: 'required' });
	if (booking !== null && booking !== undefined) {
		const [start, end] = [minuteIn(booking.starts_at, zone), booking.ends_at === null || booking.ends_at === undefined ? null : minuteIn(booking.ends_at, zone)];
		if (start === null) problems.push({ path: 'booking.starts_at', message: 'the clock jumps over this time' });
		else if (end !== null && end < start) problems.push({ path: 'booking.ends_at', message: 'before the start' });
	}
	const isGiven = client?.phone !== null && client?.phone !== undefined && String(client.phone).trim() !== '';
	if (isGiven && phone === null) problems.push({ path: 'client.phone', message: 'not a phone; send it with the country code' });
	if (!isGiven && (event === 'client.created' || event === 'booking.created')) problems.push({ path: 'client.phone', message: 'required' });
	return problems;
}

/** Statuses that an event tells by its name. */
const BY_EVENT: Readonly<Partial<Record<GatewayEventName, BookingStatus>>> = { 'booking.created': 'created', 'booking.cancelled': 'cancelled', 'booking.completed': 'completed', 'booking.no_show': 'no_show' };

function bookingOf(event: GatewayEventName, wire: BookingWire, zone: Zone, locale: EventLocale, count: (field: string) => void): EventBooking {
	const currency = wire.currency ?? locale.currency;
	const told = bookingStatusOf(wire.status);
	if (told === null && wire.status !== undefined && wire.status !== null && wire.status !== '') count('booking.status');
	return {
		id: wire.id,
		status: told ?? BY_EVENT[event] ?? null,
		start: formattedIn(wire.starts_at, zone, locale.zone) ?? '',
		end: wire.ends_at === null || wire.ends_at === undefined ? null : formattedIn(wire.ends_at, zone, locale.zone),
		staff: wire.staff === null || wire.staff === undefined ? null : { id: wire.staff.id, name: textOf(wire.staff.name) },
		services: wire.services.map((one) => ({ id: one.id ?? null, title: textOf(one.name), price: priceOf(one.price, one.price, currency), durationMinutes: one.duration_min ?? null })),
		price: priceOf(wire.total, wire.total, currency),
		comment: textOf(wire.comment),
	};
}

/** A moment of one zone, written in the company's. */
function formattedIn(moment: string, zone: Zone, shown: Zone): Instant | null {
	const minute = minuteIn(moment, zone);
	if (minute === null) return null;
	const seconds = /:\d{2}:(\d{2})/.exec(moment)?.[1] ?? '00';
	return formatted(minute, shown).replace(/:00(?=[+-])/, `:${seconds}`);
}

/** The contract's stand-in for an id: the same news of a booking is the same event; anything else is known by all it says. */
function fallbackId({ event, booking, ...rest }: EventWire): string {
	const parts = booking === null || booking === undefined ? [event, rest] : [event, booking.id, booking.starts_at, booking.status ?? ''];
	return `sha256-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

function textOf(text: string): string | null {
	return text.trim() === '' ? null : text.trim();
}

/** What is held of a booking when an event about it comes. */
export interface HeldBooking {
	readonly occurredAt: Instant;
	readonly status: BookingStatus | null;
}

/**
 * Whether an event changes what is held: news comes twice and in any order, so an older one never does, and a cancelled
 * booking comes back only by a newer `booking.created` or `booking.updated`.
 */
export function supersedes(event: Pick<GatewayEvent, 'event' | 'occurredAt'>, held: HeldBooking | null): boolean {
	if (held === null) return true;
	if (Date.parse(event.occurredAt) <= Date.parse(held.occurredAt)) return false;
	return held.status !== 'cancelled' || event.event === 'booking.created' || event.event === 'booking.updated' || event.event === 'booking.cancelled';
}
