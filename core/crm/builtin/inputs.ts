import * as v from 'valibot';
import { type Outcome, ok, refused, type Refused } from '../../booking';
import { dayOf, minuteOf } from '../../calendar';

/** Bookable times are whole periods of this many minutes: one row of taken time. */
export const GRANULE_MINUTES = 5;
/** Longest range of days one question may cover. */
export const MAX_QUERY_DAYS = 31;
const MAX_SERVICES = 10;
const MAX_VISIT_MINUTES = 1440;

function holds(read: () => unknown): boolean {
	try {
		read();
		return true;
	} catch {
		return false;
	}
}

export const ID = v.pipe(v.string(), v.trim(), v.minLength(1, 'An id is empty.'), v.maxLength(100, 'An id is longer than 100 characters.'));
export const KEY = v.pipe(v.string(), v.minLength(1, 'The operation key is empty.'), v.maxLength(200, 'The operation key is longer than 200 characters.'));
export const DATE = v.pipe(v.string(), v.check((text) => holds(() => dayOf(text)), 'A date must exist and be written YYYY-MM-DD.'));
export const INSTANT = v.pipe(
	v.string(),
	v.maxLength(40),
	v.check((text) => holds(() => minuteOf(text)), 'An instant must be ISO 8601 with an offset, for example 2026-11-24T15:00:00+03:00.'),
);
export const START = v.pipe(
	INSTANT,
	v.check((text) => Date.parse(text) % (GRANULE_MINUTES * 60_000) === 0, `A start must be on a multiple of ${GRANULE_MINUTES} minutes; use a start that slots returned.`),
);
export const WALL_FROM = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time must be HH:mm.'));
export const WALL_TO = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time must be HH:mm, at most 24:00.'));
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

/** Text for people: control characters become spaces, the ends are trimmed. */
export function text(max: number, what: string): v.GenericSchema<string, string> {
	return v.pipe(
		v.string(),
		v.transform((value) => value.replace(/\p{C}+/gu, ' ').trim()),
		v.maxLength(max, `${what} is longer than ${max} characters.`),
	);
}

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

const SERVICE_IDS = v.pipe(
	v.array(ID),
	v.minLength(1, 'Name at least one service.'),
	v.maxLength(MAX_SERVICES, `A visit has at most ${MAX_SERVICES} services.`),
	v.check((ids) => new Set(ids).size === ids.length, 'A service is named twice.'),
);

export const SLOT_QUERY = v.pipe(
	v.object({ serviceIds: SERVICE_IDS, staffId: v.optional(ID), from: DATE, to: DATE, excludeAppointmentId: v.optional(ID) }),
	v.check((query) => query.from <= query.to, 'The last day is before the first.'),
	v.check((query) => dayOf(query.to) - dayOf(query.from) < MAX_QUERY_DAYS, `Ask for at most ${MAX_QUERY_DAYS} days at once.`),
);
export const APPOINTMENT_QUERY = v.object({
	clientId: v.optional(ID),
	staffId: v.optional(ID),
	from: INSTANT,
	to: INSTANT,
	includeCancelled: v.optional(v.boolean(), false),
});
export const NEW_APPOINTMENT = v.object({
	clientId: ID,
	serviceIds: SERVICE_IDS,
	staffId: ID,
	start: START,
	comment: v.optional(text(2000, 'The comment')),
	guestName: v.optional(text(100, 'The guest name')),
});
export const RESCHEDULE = v.object({ start: START, staffId: v.optional(ID), version: v.optional(v.string()) });

/** Parses outside input; a refusal says what is wrong and never repeats the value. */
export function parseInput<TSchema extends v.GenericSchema>(schema: TSchema, input: unknown): Outcome<v.InferOutput<TSchema>> & { kind: 'ok' | 'refused' } {
	const parsed = v.safeParse(schema, input);
	if (parsed.success) return ok(parsed.output);
	return invalid(parsed.issues);
}

function invalid(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Refused {
	const [issue] = issues;
	const path = (issue.path ?? []).map((part) => (typeof part.key === 'number' || typeof part.key === 'string' ? String(part.key).slice(0, 40) : '?')).join('.');
	// The library's own texts quote the value received; ours never do.
	const own = issue.message.startsWith('Invalid ') ? `expected ${issue.expected ?? 'another value'}` : issue.message;
	return refused('invalid_request', path === '' ? own : `${path}: ${own}`);
}
