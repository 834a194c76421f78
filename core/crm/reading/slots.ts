import type { Slot } from '../../booking';
import { minuteOf } from '../../calendar';

/** Slots in the port's order, each once. */
export function sortedSlots(slots: readonly Slot[]): Slot[] {
	const unique = new Map(slots.map((slot) => [`${minuteOf(slot.start)} ${slot.staffId}`, slot]));
	return [...unique.values()].sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.staffId < b.staffId ? -1 : 1));
}
