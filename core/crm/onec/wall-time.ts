import type { CalendarDate, Instant, Zone } from '../../booking';
import { dateOf, dayOf, formatWall, minuteOf, zoneClock } from '../../calendar';

/** The base keeps wall times of its zone without an offset. Of a time that comes twice the first is meant, as everywhere. */

/** `YYYY-MM-DDTHH:mm:ss` of an instant in the zone of the base. */
export function wallOf(instant: Instant, zone: Zone): string {
	return wallAt(minuteOf(instant), zone);
}

/** The same of a minute since the epoch. */
export function wallAt(minute: number, zone: Zone): string {
	const wall = zoneClock(zone).wall(minute);
	return `${dateOf(wall.day)}T${formatWall(wall.minute)}:00`;
}

/** Minute since the epoch of a wall time; one that the clock jumps over is the jump itself. */
export function minuteIn(wall: string, zone: Zone): number {
	return zoneClock(zone).boundary(dayOf(wall.slice(0, 10)), Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)));
}

/** ISO 8601 with the zone's offset. */
export function instantOf(minute: number, zone: Zone): Instant {
	return zoneClock(zone).format(minute);
}

/** Midnight of the day so many days after an instant's own. */
export function midnight(instant: Instant, zone: Zone, days: number): string {
	return `${dateIn(instant, zone, days)}T00:00:00`;
}

/** The date so many days after an instant's own. */
export function dateIn(instant: Instant, zone: Zone, days = 0): CalendarDate {
	return dateOf(zoneClock(zone).wall(minuteOf(instant)).day + days);
}
