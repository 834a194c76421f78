import { DateTime } from 'luxon';
import type { CalendarDate, Instant, IsoWeekday, WallTime, Zone } from '../booking';

/** Calendar date of an instant that carries the branch's own offset, as the port promises for slots. */
export function dateOf(instant: Instant): CalendarDate {
	return instant.slice(0, 10);
}

/** Wall time of an instant that carries the branch's own offset. */
export function wallTimeOf(instant: Instant): WallTime {
	return instant.slice(11, 16);
}

/** Today in the branch's zone. */
export function todayIn(now: Instant, zone: Zone): CalendarDate {
	return localIso(now, zone).slice(0, 10);
}

/** The instant written with the zone's offset. */
export function localIso(instant: Instant, zone: Zone): Instant {
	if (instant === last.instant && zone === last.zone) return last.local;
	const local = DateTime.fromISO(instant, { zone }).toISO({ suppressMilliseconds: true }) ?? instant;
	last = { instant, zone, local };
	return local;
}

/** A turn asks for its own instant many times over. */
let last = { instant: '', zone: '', local: '' };

/** Calendar arithmetic: no zone, no clock. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: CalendarDate): IsoWeekday {
	const day = new Date(`${date}T00:00:00Z`).getUTCDay();
	return (day === 0 ? 7 : day) as IsoWeekday;
}
