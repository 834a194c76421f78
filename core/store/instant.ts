import type { Instant } from '../booking';
import { StoreError } from './errors';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Already in that form, and of a day that every month has. */
const STORED = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * The one form in which instants are stored: UTC with milliseconds, so that comparing text compares time. Throws
 * {@link StoreError} `invalid_instant` for anything that is not ISO 8601 with an offset.
 */
export function utcInstant(instant: Instant): Instant {
	if (STORED.test(instant)) return instant;
	const time = WITH_OFFSET.test(instant) ? Date.parse(instant) : Number.NaN;
	if (Number.isNaN(time)) throw new StoreError('invalid_instant');
	return new Date(time).toISOString();
}

/** The stored instant `ms` milliseconds after another stored instant. */
export function laterInstant(utc: Instant, ms: number): Instant {
	return new Date(Date.parse(utc) + ms).toISOString();
}
