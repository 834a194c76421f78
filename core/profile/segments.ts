import type { CalendarDate } from '../booking';
import { dateOf, dayOf } from '../calendar';
import { daysBetween } from './days';
import type { VisitHistory } from './history';

export const SEGMENTS = ['new', 'regular', 'sleeping', 'lost', 'vip', 'birthday'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** What the segments mean; a salon may set them. Days are calendar days of the branch. */
export interface SegmentRules {
	/** New: at most so many visits, the first within so many days or still ahead. */
	readonly newVisits: number;
	readonly newDays: number;
	/** Regular: at least so many visits, and not yet late. */
	readonly regularVisits: number;
	/** Sleeping: the last visit is older than so many usual intervals, or so many days where the client has none. */
	readonly sleepingIntervals: number;
	readonly sleepingDays: number;
	/** Lost: the same, further on. */
	readonly lostIntervals: number;
	readonly lostDays: number;
	/** Nobody sleeps or is lost earlier than this, however often they used to come. */
	readonly sleepingNotBefore: number;
	readonly lostNotBefore: number;
	/** VIP: among this part of those who have spent anything, by money. */
	readonly vipShare: number;
	/** VIP: or has spent at least this, minor units; null for no such sum. */
	readonly vipSpent: number | null;
	/** Birthday: today or within so many days. */
	readonly birthdayDays: number;
}

export const SEGMENT_RULES: SegmentRules = {
	newVisits: 1, newDays: 60, regularVisits: 3, sleepingIntervals: 2, sleepingDays: 60, lostIntervals: 4, lostDays: 180, sleepingNotBefore: 21, lostNotBefore: 60, vipShare: 0.1, vipSpent: null, birthdayDays: 7,
};

/** What a client is judged by. */
export interface SegmentFacts {
	/** Null while visits are not known: then only money and the birthday say anything. */
	readonly history: VisitHistory | null;
	/** Minor units; null where nobody told. */
	readonly spent: number | null;
	/** Least sum of the best spenders; null where nobody spent. */
	readonly vipFrom: number | null;
	/** `YYYY-MM-DD` or `MM-DD`. */
	readonly birthday: string | null;
	/** In the branch's zone. */
	readonly today: CalendarDate;
}

type Test = (facts: SegmentFacts, rules: SegmentRules) => boolean;

/** One test a segment; a client may be in several. */
const TESTS: Readonly<Record<Segment, Test>> = {
	new: ({ history, today }, { newVisits, newDays }) => {
		if (history === null || history.kept > newVisits) return false;
		return history.firstVisitOn === null ? history.nextVisit !== null : daysBetween(history.firstVisitOn, today) <= newDays;
	},
	regular: (facts, rules) => facts.history !== null && facts.history.kept >= rules.regularVisits && silence(facts) <= sleepsAfter(facts.history, rules),
	sleeping: (facts, rules) => isAway(facts) && silence(facts) > sleepsAfter(facts.history, rules) && silence(facts) <= lostAfter(facts.history, rules),
	lost: (facts, rules) => isAway(facts) && silence(facts) > lostAfter(facts.history, rules),
	vip: ({ spent, vipFrom }, { vipSpent }) => spent !== null && spent > 0 && ((vipFrom !== null && spent >= vipFrom) || (vipSpent !== null && spent >= vipSpent)),
	birthday: ({ birthday, today }, { birthdayDays }) => {
		const days = daysToBirthday(birthday, today);
		return days !== null && days <= birthdayDays;
	},
};

/** Every segment a client is in. Pure. */
export function segmentsOf(facts: SegmentFacts, rules: SegmentRules = SEGMENT_RULES): readonly Segment[] {
	return SEGMENTS.filter((segment) => TESTS[segment](facts, rules));
}

type Away = SegmentFacts & { readonly history: VisitHistory };

/** Has come, and nothing is booked. */
function isAway(facts: SegmentFacts): facts is Away {
	return facts.history !== null && facts.history.kept > 0 && facts.history.nextVisit === null;
}

/** Days since the last visit; none for who never came. */
function silence({ history, today }: SegmentFacts): number {
	const last = history?.lastVisit ?? null;
	return last === null ? 0 : daysBetween(last.date, today);
}

function sleepsAfter({ usualInterval }: VisitHistory, rules: SegmentRules): number {
	return usualInterval === null ? rules.sleepingDays : Math.max(rules.sleepingIntervals * usualInterval.days, rules.sleepingNotBefore);
}

function lostAfter({ usualInterval }: VisitHistory, rules: SegmentRules): number {
	return usualInterval === null ? rules.lostDays : Math.max(rules.lostIntervals * usualInterval.days, rules.lostNotBefore);
}

/** Days to the next birthday, 0 today; one on 29 February is kept on the 28th where the year has none. Null for no date. */
export function daysToBirthday(birthday: string | null, today: CalendarDate): number | null {
	const match = /^(?:\d{4}-)?(\d{2})-(\d{2})$/.exec(birthday ?? '');
	if (match === null) return null;
	const [, month = '', day = ''] = match;
	const year = Number(today.slice(0, 4));
	const candidates = [year, year + 1].flatMap((one) => dayIn(one, month, day) ?? []);
	const next = candidates.find((one) => one >= dayOf(today));
	return next === undefined ? null : next - dayOf(today);
}

/** Null for a date that no year has. */
function dayIn(year: number, month: string, day: string): number | null {
	const at = Date.UTC(year, Number(month) - 1, month === '02' && day === '29' ? 28 : Number(day)) / 86_400_000;
	const leap = month === '02' && day === '29' && dateOf(at + 1).endsWith('02-29') ? at + 1 : at;
	return dateOf(leap).slice(5, 7) === month ? leap : null;
}
