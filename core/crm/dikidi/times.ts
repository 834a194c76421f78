import type { Instant, Zone } from '../../booking';
import { zoneClock } from '../../calendar';

/** An instant with the company's offset; minutes since the epoch. */
export function formatted(minute: number, zone: Zone): Instant {
	return zoneClock(zone).format(minute);
}
