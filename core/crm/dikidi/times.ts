import type { Instant, Slot, Zone } from '../../booking';
import { minuteOf, zoneClock } from '../../calendar';

/** An instant with the company's offset; minutes since the epoch. */
export function formatted(minute: number, zone: Zone): Instant {
	return zoneClock(zone).format(minute);
}

/** Slots in the port's order, each once. */
export function sortedSlots(slots: readonly Slot[]): Slot[] {
	const unique = new Map(slots.map((slot) => [`${minuteOf(slot.start)} ${slot.staffId}`, slot]));
	return [...unique.values()].sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.staffId < b.staffId ? -1 : 1));
}
