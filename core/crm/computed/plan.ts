import * as v from 'valibot';
import type { WallRange } from '../../booking';
import { dayOf, zoneClock } from '../../calendar';
import { parsePhone } from '../../language/phone';

/**
 * What an operator writes down about a salon whose CRM has no calendar of bookings: hours, lengths, rules. Prices are in
 * whole units of the currency, as a price list says them.
 */

const HOURS_HINT = 'write hours as "10:00-20:00", several with commas, or [] for a day off';
const RANGE = /^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const MOST_ROWS = 1000;

function holds(read: () => unknown): boolean {
	try {
		read();
		return true;
	} catch {
		return false;
	}
}

const TITLE = v.pipe(v.string(), v.trim(), v.minLength(1, 'is empty'), v.maxLength(200, 'is longer than 200 characters'));
const ID = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.trim(), v.minLength(1, 'is empty'), v.maxLength(100, 'is longer than 100 characters'));

function whole(min: number, max: number, what: string): v.GenericSchema<number, number> {
	const hint = `write ${what} as a whole number from ${min} to ${max}`;
	return v.pipe(v.number(hint), v.integer(hint), v.minValue(min, hint), v.maxValue(max, hint));
}

const DURATION = whole(1, 1440, 'minutes');
const BUFFER = whole(0, 480, 'minutes');
const AMOUNT = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));
const PRICE = v.pipe(
	v.union([AMOUNT, v.strictObject({ min: AMOUNT, max: AMOUNT })], 'write a price as a number or as {"min": 1500, "max": 2500}'),
	v.transform((price) => (typeof price === 'number' ? { min: price, max: price } : price)),
	v.check(({ min, max }) => min <= max, 'the lowest price is above the highest'),
);

/** Working time of one day: shifts; what lies between two of them is a break. */
const DAY = v.pipe(
	v.union([v.string(), v.array(v.string())], HOURS_HINT),
	v.transform((given) => (typeof given === 'string' ? given.split(',') : given).map((part) => part.trim()).filter((part) => part !== '')),
	v.array(v.pipe(v.string(), v.regex(RANGE, HOURS_HINT), v.transform(rangeOf), v.check(({ from, to }) => from !== to, 'the end of a range equals its start'))),
	v.maxLength(10, 'has more than 10 ranges'),
);

function rangeOf(text: string): WallRange {
	const [from = '', to = ''] = text.split(/\s*[-–]\s*/);
	return { from, to };
}

const WEEK = v.strictObject({ mon: v.optional(DAY, []), tue: v.optional(DAY, []), wed: v.optional(DAY, []), thu: v.optional(DAY, []), fri: v.optional(DAY, []), sat: v.optional(DAY, []), sun: v.optional(DAY, []) });
const DATE = v.pipe(v.string(), v.check((text) => holds(() => dayOf(text)), 'write a date as 2026-12-31'));
const EXCEPTIONS = v.optional(v.record(DATE, DAY), {});

const COMPANY = v.strictObject({
	id: v.optional(ID),
	name: v.optional(TITLE),
	zone: v.optional(v.pipe(v.string(), v.check((name) => holds(() => zoneClock(name)), 'use an IANA zone such as Europe/Moscow'))),
	/** ISO 4217. */
	currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'use a code such as RUB'))),
	/** ISO 3166: how phones without a country code are read. */
	country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'use a code such as RU'))),
	address: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'is longer than 500 characters'))),
	phone: v.optional(v.pipe(v.string(), v.maxLength(40))),
	workingHours: v.optional(WEEK),
	/** Dates that replace the week for everybody who has no exception of their own: holidays. */
	exceptions: EXCEPTIONS,
	/** A start exactly this many minutes from now is still booked. */
	bookingNoticeMinutes: v.optional(whole(0, 525_600, 'minutes')),
	/** The last bookable day, counted from today. */
	bookingHorizonDays: v.optional(whole(0, 366, 'days')),
	/** A visit exactly this many minutes from now may still be moved or cancelled. */
	changeNoticeMinutes: v.optional(whole(0, 525_600, 'minutes')),
	/** Distance of starts. */
	stepMinutes: v.optional(whole(1, 240, 'minutes')),
});

const SERVICE = v.strictObject({
	/** The CRM's own id; the title stands for it where the CRM has no list of services. */
	id: v.optional(ID),
	title: TITLE,
	aliases: v.optional(v.pipe(v.array(TITLE), v.maxLength(50, 'has more than 50 names')), []),
	category: v.optional(TITLE),
	price: v.optional(PRICE),
	durationMinutes: v.optional(DURATION),
	/** Time of the person before and after the visit that the client does not see. */
	bufferBeforeMinutes: v.optional(BUFFER, 0),
	bufferAfterMinutes: v.optional(BUFFER, 0),
	bookable: v.optional(v.boolean('write true or false'), true),
});

const STAFF_SERVICE = v.union(
	[
		v.pipe(TITLE, v.transform((service) => ({ service }))),
		v.strictObject({ service: TITLE, durationMinutes: v.optional(DURATION), price: v.optional(PRICE) }),
	],
	'name a service, or write {"service": "…", "durationMinutes": 45}',
);

const STAFF = v.strictObject({
	/** The CRM's own id; the name stands for it where the CRM has no list of people. */
	id: v.optional(ID),
	name: TITLE,
	position: v.optional(TITLE),
	/** Titles or ids of services; absent: all of them. */
	services: v.optional(v.pipe(v.array(STAFF_SERVICE), v.maxLength(MOST_ROWS))),
	/** Absent: the hours of the company. A day that is not named is a day off. */
	week: v.optional(WEEK),
	exceptions: EXCEPTIONS,
	bookable: v.optional(v.boolean('write true or false'), true),
});

const PLAN = v.strictObject({
	company: v.optional(COMPANY, {}),
	services: v.optional(v.pipe(v.array(SERVICE), v.maxLength(MOST_ROWS, `has more than ${MOST_ROWS} rows`)), []),
	staff: v.optional(v.pipe(v.array(STAFF), v.maxLength(MOST_ROWS, `has more than ${MOST_ROWS} rows`)), []),
});

/** As an operator writes it. */
export type SalonPlanInput = v.InferInput<typeof PLAN>;
export type SalonPlan = v.InferOutput<typeof PLAN>;
export type PlanService = SalonPlan['services'][number];
export type PlanStaff = SalonPlan['staff'][number];
export type PlanWeek = v.InferOutput<typeof WEEK>;

/**
 * Reads a plan: an object or its JSON. Throws `TypeError` that names the field and says what to write; the value itself is
 * not repeated.
 */
export function parsePlan(input: unknown): SalonPlan {
	const parsed = v.safeParse(PLAN, typeof input === 'string' ? jsonOf(input) : input);
	if (!parsed.success) throw new TypeError(`The salon plan is not valid. ${whereAndWhy(parsed.issues[0])}.`);
	const plan = parsed.output;
	const { phone, country } = plan.company;
	if (phone !== undefined && parsePhone(phone, country ?? 'RU') === null) throw new TypeError('The salon plan is not valid. company.phone: write it with the country code.');
	rejectTwins(plan.services.map(({ id, title }) => id ?? title), 'services');
	rejectTwins(plan.staff.map(({ id, name }) => id ?? name), 'staff');
	return plan;
}

function jsonOf(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new TypeError('The salon plan is not valid JSON; check the commas and quotes.');
	}
}

function whereAndWhy(issue: v.BaseIssue<unknown>): string {
	const where = v.getDotPath(issue)?.slice(0, 100) ?? 'the plan';
	// the library's own texts quote the value received; ours never do
	if (!issue.message.startsWith('Invalid ')) return `${where}: ${issue.message}`;
	return issue.expected === 'never' ? `${where}: there is no such field` : `${where}: expected ${issue.expected ?? 'another value'}`;
}

function rejectTwins(keys: readonly string[], list: string): void {
	const index = keys.findIndex((key, at) => keys.indexOf(key) !== at);
	if (index >= 0) throw new TypeError(`The salon plan is not valid. ${list}.${index}: stands there twice; give each its own id.`);
}
