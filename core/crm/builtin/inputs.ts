import * as v from 'valibot';
import { COMMENT, GUEST_NAME, rescheduleTo, startEvery, text, visitEntries } from '../../calendar/inputs';

export { APPOINTMENT_QUERY, DATE, ID, INSTANT, KEY, parseInput, SLOT_QUERY, text } from '../../calendar/inputs';

/** Bookable times are whole periods of this many minutes: one row of taken time. */
export const GRANULE_MINUTES = 5;
const MAX_VISIT_MINUTES = 1440;

const START = startEvery(GRANULE_MINUTES, `A start must be on a multiple of ${GRANULE_MINUTES} minutes; use a start that slots returned.`);
const WALL_FROM = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time must be HH:mm.'));
const WALL_TO = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time must be HH:mm, at most 24:00.'));
export const RANGES = v.pipe(
	v.array(
		v.pipe(
			v.strictObject({ from: WALL_FROM, to: WALL_TO }),
			v.check((range) => range.from !== range.to, 'A range of hours is empty: its end equals its start.'),
		),
	),
	v.maxLength(10, 'A day has at most 10 ranges.'),
);
export const DAY_PLAN = v.strictObject({ hours: RANGES, breaks: v.optional(RANGES, []) });

/** {@link text} that must not be empty. */
export function title(max: number, what: string): v.GenericSchema<string, string> {
	return v.pipe(text(max, what), v.minLength(1, `${what} is empty.`));
}

/** A whole number of minutes that taken time can express. */
export function minutes(min: number, max: number, what: string): v.GenericSchema<number, number> {
	return v.pipe(
		v.number(),
		v.integer(`${what} must be whole minutes.`),
		v.minValue(min, `${what} must be at least ${min} minutes.`),
		v.maxValue(max, `${what} must be at most ${max} minutes.`),
		v.multipleOf(GRANULE_MINUTES, `${what} must be a multiple of ${GRANULE_MINUTES} minutes.`),
	);
}

export const DURATION = minutes(GRANULE_MINUTES, MAX_VISIT_MINUTES, 'The duration');
export const BUFFER = minutes(0, 240, 'The buffer');
export const MONEY = v.pipe(v.number(), v.integer('Money must be an integer of minor units.'), v.minValue(0, 'Money must not be negative.'), v.maxValue(1e12));
export const PRICE = v.pipe(
	v.strictObject({ min: MONEY, max: MONEY }),
	v.check((price) => price.min <= price.max, 'The lowest price is above the highest.'),
);

export const NEW_APPOINTMENT = v.object({ ...visitEntries(START), comment: v.optional(COMMENT), guestName: v.optional(GUEST_NAME) });
export const RESCHEDULE = rescheduleTo(START);
