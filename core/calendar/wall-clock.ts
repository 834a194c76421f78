import { IANAZone } from 'luxon';
import type { CalendarDate, Instant, IsoWeekday, WallTime, Zone } from '../booking';

/**
 * Arithmetic between wall time and instants. Inside the calendar an instant is a whole minute since the epoch in UTC,
 * a day is the number of days since 1970-01-01, and a wall time is minutes since the local midnight, so that the inner
 * loops add integers and never build date objects. Zone rules come from Intl through luxon, asked once per UTC day.
 */

export const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** Offset of one UTC day: `before` until the minute `change`, `after` from it on (`Infinity` when nothing changes). */
interface OffsetDay {
	readonly change: number;
	readonly before: number;
	readonly after: number;
}

/** Wall time of an instant. */
export interface WallMoment {
	readonly day: number;
	readonly minute: number;
}

/** Zone rules of one IANA zone with a cache by day. Get one from {@link zoneClock}. */
export class ZoneClock {
	private readonly offsetDays = new Map<number, OffsetDay>();
	private readonly plainDays = new Map<number, number | null>();
	private readonly dates = new Map<number, CalendarDate>();

	constructor(private readonly zone: IANAZone) {}

	/** Offset from UTC in minutes that holds at this instant. */
	offsetAt(instant: number): number {
		const { change, before, after } = this.offsetDay(Math.floor(instant / DAY_MINUTES));
		return instant < change ? before : after;
	}

	/** The instant of a wall time; the first of two when the clock is set back, null when the clock jumps over it. */
	at(day: number, minute: number): number | null {
		const local = day * DAY_MINUTES + minute;
		const earlier = this.offsetAt(local - DAY_MINUTES);
		const later = this.offsetAt(local + DAY_MINUTES);
		if (earlier === later) return local - earlier;
		const candidates = [local - Math.max(earlier, later), local - Math.min(earlier, later)];
		return candidates.find((instant) => instant + this.offsetAt(instant) === local) ?? null;
	}

	/** The instant at which a range bounded by this wall time begins or ends: as {@link at}, or the jump itself. */
	boundary(day: number, minute: number): number {
		const exact = this.at(day, minute);
		if (exact !== null) return exact;
		const local = day * DAY_MINUTES + minute;
		const last = Math.floor((local - this.offsetAt(local - DAY_MINUTES)) / DAY_MINUTES);
		let utcDay = Math.floor((local - this.offsetAt(local + DAY_MINUTES)) / DAY_MINUTES);
		while (utcDay < last && this.offsetDay(utcDay).change === Infinity) utcDay += 1;
		return this.offsetDay(utcDay).change;
	}

	/** Wall time of an instant. */
	wall(instant: number): WallMoment {
		const local = instant + this.offsetAt(instant);
		const day = Math.floor(local / DAY_MINUTES);
		return { day, minute: local - day * DAY_MINUTES };
	}

	/** The offset that holds through the whole local day, null on a day with a clock change in or near it. */
	plainOffset(day: number): number | null {
		const known = this.plainDays.get(day);
		if (known !== undefined) return known;
		const before = this.offsetAt((day - 1) * DAY_MINUTES);
		const after = this.offsetAt((day + 2) * DAY_MINUTES);
		const offset = before === after ? before : null;
		this.plainDays.set(day, offset);
		return offset;
	}

	/** ISO 8601 with the zone's offset, e.g. `2026-11-24T15:00:00+03:00`. */
	format(instant: number): Instant {
		const offset = this.offsetAt(instant);
		const local = instant + offset;
		const day = Math.floor(local / DAY_MINUTES);
		let date = this.dates.get(day);
		if (date === undefined) {
			date = dateOf(day);
			this.dates.set(day, date);
		}
		const sign = offset < 0 ? '-' : '+';
		return `${date}T${formatWall(local - day * DAY_MINUTES)}:00${sign}${formatWall(Math.abs(offset))}`;
	}

	private offsetDay(utcDay: number): OffsetDay {
		const known = this.offsetDays.get(utcDay);
		if (known !== undefined) return known;
		const from = utcDay * DAY_MINUTES;
		const before = this.readOffset(from);
		const after = this.readOffset(from + DAY_MINUTES);
		const change = before === after ? Infinity : this.findChange(from, from + DAY_MINUTES, before);
		const found = { change, before, after };
		this.offsetDays.set(utcDay, found);
		return found;
	}

	private findChange(from: number, to: number, before: number): number {
		let low = from;
		let high = to;
		while (high - low > 1) {
			const middle = Math.floor((low + high) / 2);
			if (this.readOffset(middle) === before) low = middle;
			else high = middle;
		}
		return high;
	}

	private readOffset(instant: number): number {
		return Math.round(this.zone.offset(instant * MINUTE_MS));
	}
}

const clocks = new Map<Zone, ZoneClock>();

/** The clock of an IANA zone, kept for the life of the process. Throws `RangeError` for a name Intl does not know. */
export function zoneClock(zone: Zone): ZoneClock {
	const known = clocks.get(zone);
	if (known !== undefined) return known;
	if (!IANAZone.isValidZone(zone)) throw new RangeError(`"${zone}" is not an IANA time zone; use a name such as Europe/Moscow`);
	const clock = new ZoneClock(IANAZone.create(zone));
	clocks.set(zone, clock);
	return clock;
}

/** Whether a name is one of an IANA time zone. */
export function isZone(name: string): boolean {
	return IANAZone.isValidZone(name);
}

/** Whole minute of an instant; `up` for a bound that must not move earlier. Throws `RangeError` for text that is not an instant. */
export function minuteOf(instant: Instant, rounding: 'down' | 'up' = 'down'): number {
	const ms = Date.parse(instant);
	if (Number.isNaN(ms) || !/(?:Z|[+-]\d{2}:?\d{2})$/.test(instant)) {
		throw new RangeError('An instant must be ISO 8601 with an offset, for example 2026-11-24T15:00:00+03:00');
	}
	return rounding === 'down' ? Math.floor(ms / MINUTE_MS) : Math.ceil(ms / MINUTE_MS);
}

/** Day number of a calendar date. Throws `RangeError` for a date that does not exist. */
export function dayOf(date: CalendarDate): number {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
	const day = match === null ? NaN : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000;
	if (Number.isNaN(day) || dateOf(day) !== date) throw new RangeError('A calendar date must exist and be written YYYY-MM-DD');
	return day;
}

/** Calendar date of a day number. */
export function dateOf(day: number): CalendarDate {
	return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** ISO weekday of a day number, 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: number): IsoWeekday {
	const weekdays: readonly IsoWeekday[] = [1, 2, 3, 4, 5, 6, 7];
	// 1970-01-01 was a Thursday.
	return weekdays[(((day + 3) % 7) + 7) % 7] ?? 1;
}

/** Minutes since midnight of `HH:mm`, up to 1440 for `24:00`. Throws `RangeError` for anything else. */
export function wallMinute(time: WallTime): number {
	const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
	if (match !== null) return Number(match[1]) * 60 + Number(match[2]);
	if (time === '24:00') return DAY_MINUTES;
	throw new RangeError('A wall time must be HH:mm from 00:00 to 24:00');
}

/** `HH:mm` of minutes since midnight. */
export function formatWall(minute: number): WallTime {
	const hours = Math.floor(minute / 60);
	const minutes = minute % 60;
	return `${hours < 10 ? '0' : ''}${hours}:${minutes < 10 ? '0' : ''}${minutes}`;
}
