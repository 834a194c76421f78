import * as v from 'valibot';
import type { Zone } from '../../booking';
import { dayOf, zoneClock } from '../../calendar';

/** Pieces of answers and events: gateways and platforms write every value as text if they like. */

/** Any name a system gives its records; numbers count as their digits. */
export const ID = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.trim(), v.regex(/^[^\p{C}]{1,64}$/u));
const NUMBER = v.pipe(v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^-?\d+([.,]\d+)?$/), v.transform((text) => Number(text.replace(',', '.'))))]), v.finite());
/** Decimal major units. */
export const MONEY = v.pipe(NUMBER, v.minValue(0), v.maxValue(1e9));
export const MINUTES = v.pipe(NUMBER, v.integer(), v.minValue(1), v.maxValue(1440));
export const TEXT = v.pipe(v.nullish(v.string(), ''), v.maxLength(20_000));
/** A day that exists. */
export const DAY = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/), v.check(isDay));
/** A day and a time of it, with an offset or without. */
export const MOMENT = v.pipe(
	v.string(),
	v.trim(),
	v.regex(/^\d{4}-\d{2}-\d{2}[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?$/),
	v.check((text) => isDay(text.slice(0, 10))),
);
/** An IANA zone. */
export const ZONE = v.pipe(v.string(), v.check((name) => {
	try {
		zoneClock(name);
		return true;
	} catch {
		return false;
	}
}));

function isDay(date: string): boolean {
	try {
		return dayOf(date) !== null;
	} catch {
		return false;
	}
}

/**
 * Minutes since the epoch of a {@link MOMENT}; without an offset it is wall time of `zone`, the first of two where the
 * clock is set back. Null for a wall time that the clock jumps over.
 */
export function minuteIn(moment: string, zone: Zone): number | null {
	if (/(Z|[+-]\d{2}:?\d{2})$/.test(moment)) return Math.floor(Date.parse(moment.replace(' ', 'T')) / 60_000);
	const [hours, minutes] = moment.slice(11, 16).split(':').map(Number);
	return zoneClock(zone).at(dayOf(moment.slice(0, 10)), (hours ?? 0) * 60 + (minutes ?? 0));
}
