import { createHash } from 'node:crypto';
import type { Appointment, Client, OperationKey, Phone, Zone } from '../../../booking';
import { zoneClock } from '../../../calendar';
import { parsePhone } from '../../../language/phone';
import { priceOf } from '../money';
import { minuteIn } from '../parts';
import type { Settings } from '../settings';
import { appointmentStatusOf, bookingStatusOf } from '../status';
import { formatted } from '../times';
import type { BookingWire, ClientWire } from './wire';

type Locale = Pick<Settings, 'zone' | 'currency' | 'country'>;

/** Phone in E.164, null when it is none. */
export function phoneOf(text: string, country: string): Phone | null {
	return parsePhone(text, country)?.phone ?? null;
}

/**
 * The id of a client: the gateway's own and the phone together. The contract knows no reading of a card by its id, only by
 * its phone, so an id without a phone could never be found again.
 */
export function clientIdOf({ id, phone }: ClientWire, country: string): string {
	return `${id ?? ''}:${phoneOf(phone, country) ?? ''}`;
}

/** The two parts of a {@link clientIdOf}, null for an id that cannot be one. */
export function readClientId(clientId: string): { readonly id: string; readonly phone: Phone } | null {
	const match = /^(.{0,64}):(\+\d{7,15})$/u.exec(clientId);
	return match === null ? null : { id: match[1] ?? '', phone: match[2] ?? '' };
}

/** Whether a card is this client's. Some gateways write the phone alone into a booking: then the phone decides. */
export function isOfClient(card: ClientWire | null | undefined, clientId: string, country: string): boolean {
	const client = readClientId(clientId);
	if (client === null || card === null || card === undefined || phoneOf(card.phone, country) !== client.phone) return false;
	return card.id === null || card.id === undefined || card.id === client.id;
}

export function clientOf(card: ClientWire, country: string): Client {
	const name = card.name.trim();
	return { id: clientIdOf(card, country), name: name === '' ? null : name, phone: phoneOf(card.phone, country), blocked: false };
}

/** Half-open, minutes since the epoch. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** When a booking is; null when its times cannot be: over a clock change, or an end that is not after the start. */
export function spanOf({ starts_at: startsAt, ends_at: endsAt, timezone }: { readonly starts_at: string; readonly ends_at: string; readonly timezone?: string | null }, zone: Zone): Span | null {
	const [start, end] = [minuteIn(startsAt, timezone ?? zone), minuteIn(endsAt, timezone ?? zone)];
	if (start === null || end === null) return null;
	if (end > start) return { start, end };
	const again = secondComing(end, timezone ?? zone);
	return again !== null && again > start ? { start, end: again } : null;
}

/** The later instant of a wall time that comes twice, null for any other. */
function secondComing(first: number, zone: Zone): number | null {
	const clock = zoneClock(zone);
	const later = first + clock.offsetAt(first) - clock.offsetAt(first + 1440);
	const [one, other] = [clock.wall(first), clock.wall(later)];
	return later > first && one.day === other.day && one.minute === other.minute ? later : null;
}

/** Whether two spans share a moment. */
export function overlaps(one: Span, other: Span): boolean {
	return one.start < other.end && other.start < one.end;
}

/** A visit; null for time of nobody. A status that is not known stands as a visit and is counted. */
export function appointmentOf(wire: BookingWire, span: Span, locale: Locale, count: (field: string) => void): Appointment | null {
	if (wire.client === null || wire.client === undefined) return null;
	const status = bookingStatusOf(wire.status);
	if (status === null) count('booking.status');
	const prices = wire.services.map(({ price }) => price ?? null);
	const total = prices.length === 0 || prices.includes(null) ? null : prices.reduce<number>((sum, price) => sum + (price ?? 0), 0);
	const { comment, guestName } = readComment(wire.comment);
	return {
		id: wire.id,
		clientId: clientIdOf(wire.client, locale.country),
		serviceIds: wire.services.map(({ id }) => id),
		staffId: wire.staff.id,
		start: formatted(span.start, locale.zone),
		end: formatted(span.end, locale.zone),
		status: status === null ? 'booked' : appointmentStatusOf(status),
		price: priceOf(total, total, locale.currency),
		comment: comment === '' ? null : comment,
		guestName: guestName === '' ? null : guestName,
		version: versionOf(wire, span),
	};
}

/** The contract has no mark of a change: what a change can touch tells two states apart. */
function versionOf({ status, staff, services, comment, client }: BookingWire, { start, end }: Span): string {
	const parts = [start, end, typeof status === 'string' ? status : '', staff.id, services.map(({ id, price }) => [id, price ?? null]), comment, client?.id ?? null];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Names an operation to the gateway; not reversible, so that a key's own words stay with us. */
export function tagOf(key: OperationKey): string {
	return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

const GUEST = 'Гость: ';

/** A visit for somebody else says so in the last line of its comment: the contract has no field for it. */
export function writeComment(comment: string, guestName: string): string {
	return [comment, ...(guestName === '' ? [] : [`${GUEST}${guestName}`])].filter((line) => line !== '').join('\n');
}

/** What a comment holds: words of people, and whom the visit is for. */
export function readComment(text: string): { readonly comment: string; readonly guestName: string } {
	const lines = text.trim().split('\n');
	const last = lines.at(-1) ?? '';
	if (!last.startsWith(GUEST)) return { comment: text.trim(), guestName: '' };
	return { comment: lines.slice(0, -1).join('\n').trim(), guestName: last.slice(GUEST.length).trim() };
}
