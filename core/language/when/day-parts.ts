import type { DayPart } from './types';

/** Default windows of the parts of a day, wall time, half-open. */
export const DAY_PARTS: Record<DayPart, readonly [string, string]> = {
	morning: ['09:00', '12:00'],
	before_lunch: ['09:00', '13:00'],
	lunch: ['12:00', '14:00'],
	day: ['12:00', '17:00'],
	after_lunch: ['13:00', '18:00'],
	evening: ['17:00', '21:00'],
	night: ['21:00', '24:00'],
};

/** The four parts that share out the day without overlap; night also holds the hours before morning. */
const PARTITION: readonly DayPart[] = ['morning', 'day', 'evening'];

/**
 * The part of the day a wall time 'HH:mm' belongs to: morning, day, evening, else night
 * (21:00 to 09:00 with the default windows), so that every minute has a part.
 */
export function partOf(time: string, parts: Partial<Record<DayPart, readonly [string, string]>> = {}): DayPart {
	const found = PARTITION.find((part) => {
		const [from, to] = parts[part] ?? DAY_PARTS[part];
		return from <= time && time < to;
	});
	return found ?? 'night';
}
