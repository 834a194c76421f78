import { createHash } from 'node:crypto';
import type { Appointment, AppointmentStatus, Client, Instant, IsoWeekday, WallRange, Zone } from '../../booking';
import { dayOf, formatWall, zoneClock } from '../../calendar';
import { parsePhone } from '../../language/phone';
import { priceOf } from './money';
import type { BookTimeWire, ClientWire, RecordWire } from './wire';

/** Vendor's rows to the words of the domain. Nothing here asks, waits or remembers. */

/** What a branch tells about its rows. */
export interface Locale {
	readonly zone: Zone;
	readonly currency: string;
	readonly country: string;
	/** See the brand. */
	readonly guestMark: string;
}

/** A card; a phone that cannot be read, or is hidden from the account, is none. */
export function clientOf(wire: ClientWire, country: string): Client {
	const name = wire.name.trim();
	return { id: wire.id, name: name === '' ? null : name, phone: phoneOf(wire.phone, country), blocked: false };
}

/** Countries that write an eight where the world writes their code, a seven; elsewhere an eight begins other codes. */
const EIGHT_IS_SEVEN: ReadonlySet<string> = new Set(['RU', 'KZ']);

/** E.164 of what the vendor holds: digits with the country code, with or without a plus. */
export function phoneOf(text: string, country: string): string | null {
	const digits = EIGHT_IS_SEVEN.has(country) ? text.replace(/^8(?=\d{10}$)/, '7') : text;
	const withPlus = (): string | null => parsePhone(`+${digits}`, country)?.phone ?? null;
	if (/^\d{11,15}$/.test(digits)) return withPlus();
	return parsePhone(text, country)?.phone ?? (/^\d{8,10}$/.test(digits) ? withPlus() : null);
}

/** True for a phone the account is not shown. */
export function isHidden(phone: string): boolean {
	return phone.trim() === '' || phone.includes('*');
}

/** How a phone is sent. */
export function digitsOf(phone: string): string {
	return phone.replace(/\D/g, '');
}

const ATTENDANCE: Readonly<Record<string, AppointmentStatus>> = { '-1': 'no_show', '0': 'booked', '1': 'arrived', '2': 'confirmed' };

/** A record of a client; null for blocked time, which is nobody's visit. A value of attendance that is not known stands as a visit and is counted. */
export function appointmentOf(wire: RecordWire, locale: Locale, count: (field: string) => void): Appointment | null {
	if (wire.client === null) return null;
	const start = startOf(wire, locale.zone);
	const attendance = ATTENDANCE[String(wire.attendance ?? 0)];
	if (attendance === undefined) count('record.attendance');
	const { comment, guestName } = readComment(wire.comment, locale.guestMark);
	const costs = wire.services.map(({ cost }) => cost ?? null);
	const cost = costs.length === 0 || costs.includes(null) ? null : costs.reduce<number>((sum, one) => sum + (one ?? 0), 0);
	return {
		id: wire.id,
		clientId: wire.client.id,
		serviceIds: wire.services.map(({ id }) => id),
		staffId: wire.staff_id,
		start: formatted(start, locale.zone),
		end: formatted(start + secondsToMinutes(wire.seance_length), locale.zone),
		status: wire.deleted ? 'cancelled' : (attendance ?? 'booked'),
		price: priceOf(cost, cost, locale.currency),
		comment: comment === '' ? null : comment,
		guestName: guestName === '' ? null : guestName,
		version: versionOf(wire),
	};
}

/** The vendor's mark of a change counts whole seconds; what a change can touch tells two of one second apart. */
function versionOf(wire: RecordWire): string {
	const parts = [wire.last_change_date, wire.date, wire.staff_id, wire.seance_length, wire.attendance, wire.deleted, wire.comment, wire.services.map(({ id, cost }) => [id, cost])];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/**
 * Minute since the epoch. The branch's wall time is believed, not the offset beside it, which some accounts give for
 * another zone; it only decides which of two equal wall times is meant when the clock is set back.
 */
export function startOf(wire: Pick<RecordWire, 'date' | 'datetime'>, zone: Zone): number {
	return minuteAt(wire.date.slice(0, 10), wire.date.slice(11, 16), wire.datetime ?? null, zone) ?? zoneClock(zone).boundary(dayOf(wire.date.slice(0, 10)), wallOf(wire.date.slice(11, 16)));
}

/** Minute of a wall time, null when the clock jumps over it. */
function minuteAt(date: string, time: string, datetime: string | null, zone: Zone): number | null {
	const clock = zoneClock(zone);
	const day = dayOf(date);
	const minute = wallOf(time);
	const told = datetime === null ? Number.NaN : Date.parse(datetime) / 60_000;
	if (Number.isInteger(told)) {
		const wall = clock.wall(told);
		if (wall.day === day && wall.minute === minute) return told;
	}
	return clock.at(day, minute);
}

/** Minutes since midnight, the hour with one digit or two. */
export function wallOf(time: string): number {
	const [hours, minutes] = time.split(':').map(Number);
	return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** A free start that is as it was offered: `datetime` is sent back unchanged. */
export interface Offer {
	/** Minutes since the epoch. */
	readonly start: number;
	readonly end: number;
	readonly datetime: string;
}

/**
 * A free start of a day; null for a wall time that the clock jumps over. `contradiction` when its two times of day tell
 * different moments by any reading: then the answer is not one to book by.
 */
export function offerOf(wire: BookTimeWire, date: string, zone: Zone): Offer | null | 'contradiction' {
	const start = minuteAt(date, wire.time, wire.datetime, zone);
	if (start === null) return null;
	const sameWall = wire.datetime.slice(0, 10) === date && wallOf(wire.datetime.slice(11, 16)) === wallOf(wire.time);
	if (!sameWall && Date.parse(wire.datetime) !== start * 60_000) return 'contradiction';
	return { start, end: start + secondsToMinutes(Math.max(wire.seance_length, wire.sum_length ?? 0)), datetime: wire.datetime };
}

/** Whole minutes that hold so many seconds. */
export function secondsToMinutes(seconds: number): number {
	return Math.ceil(seconds / 60);
}

/** An instant with the branch's offset. */
export function formatted(minute: number, zone: Zone): Instant {
	return zoneClock(zone).format(minute);
}

/** `YYYY-MM-DD HH:MM:SS` in the branch's zone, as the journal takes it. */
export function naiveOf(minute: number, zone: Zone): string {
	const wall = zoneClock(zone).wall(minute);
	return `${new Date(wall.day * 86_400_000).toISOString().slice(0, 10)} ${formatWall(wall.minute)}:00`;
}

/** A visit for somebody else says so in the last line of its comment: the API has no field for it. */
export function writeComment(comment: string, guestName: string, guestMark: string): string {
	return [comment, ...(guestName === '' ? [] : [`${guestMark}${guestName}`])].filter((line) => line !== '').join('\n');
}

function readComment(text: string, guestMark: string): { readonly comment: string; readonly guestName: string } {
	const lines = text.trim().split('\n');
	const last = lines.at(-1) ?? '';
	if (!last.startsWith(guestMark)) return { comment: text.trim(), guestName: '' };
	return { comment: lines.slice(0, -1).join('\n').trim(), guestName: last.slice(guestMark.length).trim() };
}

/** One range for every day, where the branch writes its hours so; anything else is not guessed. */
export function workingHoursOf(schedule: unknown): Readonly<Partial<Record<IsoWeekday, readonly WallRange[]>>> {
	const match = typeof schedule === 'string' ? /^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-4]):([0-5]\d)$/.exec(schedule.trim()) : null;
	if (match === null) return {};
	const range = { from: `${match[1]}:${match[2]}`, to: `${match[3]}:${match[4]}` };
	return { 1: [range], 2: [range], 3: [range], 4: [range], 5: [range], 6: [range], 7: [range] };
}
