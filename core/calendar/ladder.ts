import type { CalendarDate, Instant, Slot, Zone } from '../booking';
import { DAY_MINUTES, dayOf, minuteOf, zoneClock, type ZoneClock } from './wall-clock';

/** Half-open part of a day in minutes since midnight; `to` up to 1440. */
export interface DayWindow {
	readonly from: number;
	readonly to: number;
}

/** What the client wished. Every field may be absent: «когда есть» is a wish for anything soon. */
export interface Wish {
	/** An exact moment. */
	readonly start?: Instant;
	/** A date without a moment; ignored when `start` is given. */
	readonly date?: CalendarDate;
	/** A part of the day, e.g. the evening as `{ from: 1020, to: 1440 }`; ignored when `start` is given. */
	readonly window?: DayWindow;
	readonly staffId?: string;
	/** True when the client, not a habit or a default, named the person. */
	readonly staffConfirmed: boolean;
}

export interface LadderInput {
	/** Live slots for the same services: any staff, from the wished day to at least seven days on. */
	readonly slots: readonly Slot[];
	readonly wish: Wish;
	readonly zone: Zone;
	/** How little a slot fits the client's habits, 0 the best: decides only between slots of equal score. */
	readonly preference?: (slot: Slot) => number;
	/** Length of the shortest service: a start that leaves a shorter gap loses a tie. */
	readonly gapMinutes?: number;
	/** At most 5, and 5 when absent. */
	readonly max?: number;
}

/** 1 same staff and day near the wish; 2 same time, another person; 3 same staff and part of the day on the next days; 4 anyone, soonest. */
export type Rung = 1 | 2 | 3 | 4;

/** A slot to offer, and why. */
export interface OfferChoice {
	readonly slot: Slot;
	readonly rung: Rung;
	readonly score: number;
}

interface Candidate {
	readonly slot: Slot;
	readonly at: number;
	readonly day: number;
	readonly score: number;
	readonly distance: number;
	readonly fragments: boolean;
	readonly sameStaff: boolean;
}

interface Target {
	readonly at: number | null;
	readonly day: number;
	readonly window: DayWindow;
	/** The first days after the wished one on which the person has anything free. */
	readonly nextDays: ReadonlySet<number>;
}

const MAX_OFFERS = 5;
const PER_RUNG = 2;
const NEAR_MINUTES = 120;
const APART_MINUTES = 30;
const STAFF_CHANGE = 60;
const DAY_CHANGE = 240;
const WORKING_DAYS = 3;
const DAYS_AHEAD = 7;

const RUNGS: readonly { rung: Rung; admits: (candidate: Candidate, target: Target, wish: Wish) => boolean }[] = [
	{ rung: 1, admits: (c, t) => c.sameStaff && c.day === t.day && c.distance <= NEAR_MINUTES },
	{ rung: 2, admits: (c, t, wish) => !c.sameStaff && !wish.staffConfirmed && c.at === t.at },
	{ rung: 3, admits: (c, t) => c.sameStaff && t.nextDays.has(c.day) && c.distance <= (t.at === null ? 0 : NEAR_MINUTES) },
	{ rung: 4, admits: (c, t) => c.day >= t.day && c.day <= t.day + DAYS_AHEAD },
];

/**
 * Other times to offer when the wished one is taken or not exact, best first within a rung and rungs in order; the same
 * for any order of the slots. At most two a rung, so fewer than three only when the slots allow no more; an empty list
 * means rung 5: a waiting list or a person. Offers are more than 30 minutes apart, except that rung 2 names other
 * people at the same time. The score is minutes from the wished time of day, 60 for another person, 240 for each day.
 *
 * Throws `RangeError` for a zone, date or instant that is not one.
 */
export function alternatives(input: LadderInput): OfferChoice[] {
	const clock = zoneClock(input.zone);
	const target = targetOf(input, clock);
	if (target === null) return [];
	const candidates = candidatesOf(input, target, clock);
	const limit = Math.min(input.max ?? MAX_OFFERS, MAX_OFFERS);
	const chosen: { candidate: Candidate; rung: Rung }[] = [];
	for (const { rung, admits } of RUNGS) {
		let taken = 0;
		for (const candidate of candidates) {
			if (chosen.length >= limit || taken >= PER_RUNG) break;
			if (!admits(candidate, target, input.wish) || !chosen.every((other) => apart(other, { candidate, rung }))) continue;
			chosen.push({ candidate, rung });
			taken += 1;
		}
	}
	return chosen.map(({ candidate, rung }) => ({ slot: candidate.slot, rung, score: candidate.score }));
}

function targetOf({ slots, wish }: LadderInput, clock: ZoneClock): Target | null {
	if (slots.length === 0) return null;
	const soonest = slots.reduce((least, slot) => Math.min(least, minuteOf(slot.start)), Infinity);
	const at = wish.start === undefined ? null : minuteOf(wish.start);
	const moment = clock.wall(at ?? soonest);
	const day = at === null && wish.date !== undefined ? dayOf(wish.date) : moment.day;
	const window = at === null ? (wish.window ?? { from: 0, to: DAY_MINUTES }) : { from: moment.minute, to: moment.minute + 1 };
	const later = slots.filter((slot) => isSameStaff(slot, wish)).map((slot) => clock.wall(minuteOf(slot.start)).day).filter((other) => other > day);
	const nextDays = new Set([...new Set(later)].sort((a, b) => a - b).slice(0, WORKING_DAYS));
	return { at, day, window, nextDays };
}

function candidatesOf(input: LadderInput, target: Target, clock: ZoneClock): Candidate[] {
	const fragments = fragmentTest(input);
	const { preference = () => 0 } = input;
	return input.slots
		.map((slot): Candidate => {
			const at = minuteOf(slot.start);
			const { day, minute } = clock.wall(at);
			const distance = Math.max(target.window.from - minute, minute - (target.window.to - 1), 0);
			const sameStaff = isSameStaff(slot, input.wish);
			const score = distance + (sameStaff ? 0 : STAFF_CHANGE) + DAY_CHANGE * Math.abs(day - target.day);
			return { slot, at, day, score, distance, fragments: fragments(slot, at), sameStaff };
		})
		.sort((a, b) => a.score - b.score || preference(a.slot) - preference(b.slot) || Number(a.fragments) - Number(b.fragments) || a.at - b.at || compareText(a.slot.staffId, b.slot.staffId));
}

/** Without a wished person everybody is the same: nobody's offer costs a change of staff. */
function isSameStaff(slot: Slot, wish: Wish): boolean {
	return wish.staffId === undefined || slot.staffId === wish.staffId;
}

function apart(one: { candidate: Candidate; rung: Rung }, other: { candidate: Candidate; rung: Rung }): boolean {
	const distance = Math.abs(one.candidate.at - other.candidate.at);
	if (distance > APART_MINUTES) return true;
	const namesOther = one.rung === 2 || other.rung === 2;
	return namesOther && distance === 0 && one.candidate.slot.staffId !== other.candidate.slot.staffId;
}

/** Overlapping or touching slots of one person show one free stretch; a start that leaves a short rest of it fragments it. */
function fragmentTest({ slots, gapMinutes = 0 }: LadderInput): (slot: Slot, at: number) => boolean {
	const stretches = new Map<string, { start: number; end: number }[]>();
	const sorted = slots.map((slot) => ({ staffId: slot.staffId, start: minuteOf(slot.start), end: minuteOf(slot.end) })).sort((a, b) => a.start - b.start);
	for (const { staffId, start, end } of sorted) {
		const list = stretches.get(staffId) ?? [];
		const last = list.at(-1);
		if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
		else list.push({ start, end });
		stretches.set(staffId, list);
	}
	const short = (gap: number): boolean => gap > 0 && gap < gapMinutes;
	return (slot, at) => {
		const stretch = stretches.get(slot.staffId)?.find((one) => one.start <= at && at < one.end);
		return stretch !== undefined && (short(at - stretch.start) || short(stretch.end - minuteOf(slot.end)));
	};
}

function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
