import * as v from 'valibot';
import { type Outcome, ok, refused } from '../booking';
import { dayOf, minuteOf } from './wall-clock';

/**
 * What a caller of the booking port may ask, checked before a CRM is asked anything: the same words and bounds for every
 * CRM, ours and a vendor's.
 */

/** Longest range of days one question may cover. */
const MAX_QUERY_DAYS = 31;
const MAX_SERVICES = 10;

function holds(read: () => unknown): boolean {
	try {
		read();
		return true;
	} catch {
		return false;
	}
}

/** Text for people: control characters become spaces, the ends are trimmed. */
export function text(max: number, what: string): v.GenericSchema<string, string> {
	return v.pipe(
		v.string(),
		v.transform((value) => value.replace(/\p{C}+/gu, ' ').trim()),
		v.maxLength(max, `${what} is longer than ${max} characters.`),
	);
}

export const ID = v.pipe(v.string(), v.trim(), v.minLength(1, 'An id is empty.'), v.maxLength(100, 'An id is longer than 100 characters.'));
export const KEY = v.pipe(v.string(), v.minLength(1, 'The operation key is empty.'), v.maxLength(200, 'The operation key is longer than 200 characters.'));
export const DATE = v.pipe(v.string(), v.check((value) => holds(() => dayOf(value)), 'A date must exist and be written YYYY-MM-DD.'));
export const INSTANT = v.pipe(
	v.string(),
	v.maxLength(40),
	v.check((value) => holds(() => minuteOf(value)), 'An instant must be ISO 8601 with an offset, for example 2026-11-24T15:00:00+03:00.'),
);
export const COMMENT = text(2000, 'The comment');
export const GUEST_NAME = text(100, 'The guest name');

/** The start of a visit, on a multiple of so many minutes. */
export function startEvery(minutes: number, message: string): v.GenericSchema<string, string> {
	return v.pipe(INSTANT, v.check((value) => Date.parse(value) % (minutes * 60_000) === 0, message));
}

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

/** What every new visit names; `start` is the CRM's own schema of a start. */
export function visitEntries<TStart extends v.GenericSchema<string, string>>(start: TStart) {
	return { clientId: ID, serviceIds: SERVICE_IDS, staffId: ID, start };
}

/** Where a visit moves to. */
export function rescheduleTo<TStart extends v.GenericSchema<string, string>>(start: TStart) {
	return v.object({ start, staffId: v.optional(ID), version: v.optional(v.string()) });
}

/** Parses outside input; a refusal says what is wrong and never repeats the value. */
export function parseInput<TSchema extends v.GenericSchema>(schema: TSchema, input: unknown): Outcome<v.InferOutput<TSchema>> & { kind: 'ok' | 'refused' } {
	const parsed = v.safeParse(schema, input);
	if (parsed.success) return ok(parsed.output);
	const [issue] = parsed.issues;
	const where = (issue.path ?? []).map((part) => (typeof part.key === 'number' || typeof part.key === 'string' ? String(part.key).slice(0, 40) : '?')).join('.');
	// the library's own texts quote the value received; ours never do
	const own = issue.message.startsWith('Invalid ') ? `expected ${issue.expected ?? 'another value'}` : issue.message;
	return refused('invalid_request', where === '' ? own : `${where}: ${own}`);
}
