import { createHash } from 'node:crypto';
import type { Appointment, AppointmentStatus, Client, Instant, OperationKey, PriceRange, Service, Zone } from '../../booking';
import { zoneClock } from '../../calendar';
import { parsePhone } from '../../language/phone';
import type { BookingWire, CustomerWire } from './wire';

/** Vendor's rows to the words of the domain. Nothing here asks, waits or remembers. */

const MINUTE_MS = 60_000;

/** Text without its ends; null for none. */
export function textOrNull(text: string): string | null {
	return text.trim() === '' ? null : text.trim();
}

/** A price the vendor names, minor units; a price nobody set stands as zero, so a free service has none either. */
export function priceOf(amount: number | null | undefined, currency: string | null | undefined): PriceRange | null {
	return amount == null || amount === 0 || currency == null ? null : { min: amount, max: amount, currency };
}

/** A card; a phone that cannot be read is none. The vendor knows no blocked clients. */
export function clientOf(wire: CustomerWire, country: string): Client {
	return { id: wire.uuid, name: textOrNull(fullName(wire)), phone: phoneOf(wire.phone, country), blocked: false };
}

/** E.164 of what a card holds. */
export function phoneOf(text: string, country: string): string | null {
	return parsePhone(text, country)?.phone ?? null;
}

/** A name in one. */
export function fullName({ first_name: first, last_name: last }: Pick<CustomerWire, 'first_name' | 'last_name'>): string {
	return [first, last].map((part) => part.trim()).filter((part) => part !== '').join(' ');
}

/** How a name is sent: its first word, and the rest. */
export function namePartsOf(name: string): { readonly first_name: string; readonly last_name: string } {
	const [first = '', ...rest] = name.trim().split(/\s+/);
	return { first_name: first, last_name: rest.join(' ') };
}

/** What tells a row of the location. */
export interface Locale {
	readonly zone: Zone;
	readonly services: readonly Service[];
	/** Counts a value that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}

/** A booking. `staffId` comes from elsewhere: the vendor names nobody in it; null when nobody was found. */
export function appointmentOf(wire: BookingWire, customer: CustomerWire, staffId: string | null, { zone, services, count }: Locale): Appointment {
	const { comment, guestName } = readNotes(wire.public_notes);
	if (staffId === null) count('booking.staffer');
	return {
		id: wire.uuid,
		clientId: customer.uuid,
		serviceIds: serviceIdsOf(wire, services, count),
		staffId: staffId ?? '',
		start: formatted(minuteAt(wire.start_time), zone),
		end: formatted(minuteAt(wire.end_time, 'up'), zone),
		status: statusOf(wire, count),
		price: priceOf(wire.order?.total, wire.currency),
		comment: textOrNull(comment),
		guestName: textOrNull(guestName),
		version: versionOf(wire, staffId),
	};
}

/** Its two flags are all that is certain of a status: the list of types is not known, and their names are of any language. */
export function statusOf({ is_canceled: canceled, is_completed: completed, status }: Pick<BookingWire, 'is_canceled' | 'is_completed' | 'status'>, count: (field: string) => void): AppointmentStatus {
	if (canceled) return 'cancelled';
	if (completed) return 'arrived';
	if (typeof status === 'object' && status !== null && 'type' in status && status.type !== 'new') count('booking.status');
	return 'booked';
}

type LineWire = BookingWire['ordered_services'][number];

/** Services of the lines; a line of no service is left out. */
function serviceIdsOf({ ordered_services: lines }: BookingWire, services: readonly Service[], count: (field: string) => void): readonly string[] {
	return lines.flatMap((line) => serviceIdOf(line, services, count) ?? []);
}

/** The service of a line by its name, and by price and length where several have one name; null for a line of no service, which is counted. */
export function serviceIdOf({ name, price, original_price: original, duration }: LineWire, services: readonly Service[], count: (field: string) => void): string | null {
	const named = services.filter(({ title }) => title.trim() === name.trim());
	const points = (service: Service): number => Number(service.price?.min === (original ?? price)) + Number(service.durationMinutes === duration);
	const [best, next] = [...named].sort((a, b) => points(b) - points(a));
	if (best === undefined || (next !== undefined && points(next) === points(best))) count('booking.ordered_services');
	return best?.id ?? null;
}

/** The vendor marks no change; what a change can touch tells one from another. */
function versionOf(wire: BookingWire, staffId: string | null): string {
	const parts = [wire.start_time, wire.end_time, wire.is_canceled, wire.is_completed, staffId, wire.public_notes, wire.ordered_services.map(({ name, price }) => [name, price])];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Minutes since the epoch. */
export function minuteAt(ms: number, rounding: 'down' | 'up' = 'down'): number {
	return rounding === 'down' ? Math.floor(ms / MINUTE_MS) : Math.ceil(ms / MINUTE_MS);
}

/** An instant with the location's offset. */
export function formatted(minute: number, zone: Zone): Instant {
	return zoneClock(zone).format(minute);
}

/** A moment as the vendor takes it: UTC, whatever the zone of the location. */
export function utcOf(minute: number): string {
	return new Date(minute * MINUTE_MS).toISOString().replace('.000Z', 'Z');
}

/** Names the operation inside a booking; not reversible, so that a key's own words stay with us. Short: clients may see it. */
export function tagOf(key: OperationKey): string {
	return `aia-${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;
}

const GUEST = 'Guest: ';
const TAG = /^\[(aia-[0-9a-f]{20})\]$/;

/** The notes of a booking: what the client said, whom the visit is for, and the tag of the operation, the last two in lines of their own. */
export function writeNotes(comment: string, guestName: string, tag: string): string {
	return [comment, ...(guestName === '' ? [] : [`${GUEST}${guestName}`]), `[${tag}]`].filter((line) => line !== '').join('\n');
}

/** Reads {@link writeNotes} back; notes of others have neither guest nor tag. */
export function readNotes(text: string): { readonly comment: string; readonly guestName: string; readonly tag: string | null } {
	const lines = text.trim().split('\n').map((line) => line.trim());
	const tag = TAG.exec(lines.at(-1) ?? '')?.[1] ?? null;
	if (tag !== null) lines.pop();
	const last = lines.at(-1) ?? '';
	const isGuest = last.startsWith(GUEST);
	return { comment: (isGuest ? lines.slice(0, -1) : lines).join('\n').trim(), guestName: isGuest ? last.slice(GUEST.length).trim() : '', tag };
}
