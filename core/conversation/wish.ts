import type { CalendarDate, Slot, WallTime, Zone } from '../booking';
import { DAY_PARTS, type WhenReading } from '../language/when';
import { addDays, dateOf, todayIn, wallTimeOf } from './local-time';
import type { WhenWish } from './state';

/** Turns a reading of the client's words into a wish; null when nothing was found. */
export function wishOf(reading: WhenReading): WhenWish | null {
	if (reading.none) return null;
	const wish: { -readonly [K in keyof WhenWish]: WhenWish[K] } = {};
	if (reading.dates !== undefined) wish.dates = reading.dates;
	else if (reading.date && reading.dateTo) wish.range = { from: reading.date, to: reading.dateTo };
	else if (reading.date) wish.dates = [reading.date];
	if (reading.time !== undefined) wish.time = reading.time;
	if (reading.timeTo !== undefined) wish.timeTo = reading.timeTo;
	if (reading.part !== undefined) wish.part = reading.part;
	if (reading.open !== undefined) wish.open = reading.open;
	if (reading.soonest) wish.soonest = true;
	const unclear = unclearOf(reading);
	if (unclear) wish.unclear = unclear;
	return Object.keys(wish).length === 0 ? null : wish;
}

function unclearOf(reading: WhenReading): WhenWish['unclear'] {
	if (reading.ask === 'am_pm') {
		const times = [...new Set(reading.readings.flatMap((one) => (one.time === undefined ? [] : [one.time])))].sort();
		return times.length > 1 ? { kind: 'am_pm', times } : undefined;
	}
	if (reading.ask === 'which_week') {
		const dates = [...new Set(reading.readings.flatMap((one) => (one.date === null ? [] : [one.date])))].sort();
		return dates.length > 1 ? { kind: 'which_week', dates } : undefined;
	}
	return undefined;
}

/**
 * Adds what was said now to what was known: a new day keeps the time of day, a new time keeps the day, a question that
 * the new words answer is closed. «завтра» then «вечером» is tomorrow evening.
 */
export function mergeWish(known: WhenWish | null, said: WhenWish): WhenWish {
	if (known === null) return said;
	const saysDay = said.dates !== undefined || said.range !== undefined || said.soonest === true;
	const saysTime = said.time !== undefined || said.part !== undefined || said.timeTo !== undefined;
	const day = saysDay ? said : known;
	const time = saysTime ? said : known;
	const merged: { -readonly [K in keyof WhenWish]: WhenWish[K] } = {};
	if (day.dates !== undefined) merged.dates = day.dates;
	if (day.range !== undefined) merged.range = day.range;
	if (day.soonest) merged.soonest = true;
	if (time.time !== undefined) merged.time = time.time;
	if (time.timeTo !== undefined) merged.timeTo = time.timeTo;
	if (time.part !== undefined) merged.part = time.part;
	if (time.open !== undefined) merged.open = time.open;
	const unclear = said.unclear ?? stillUnclear(known, saysDay, saysTime);
	if (unclear) merged.unclear = unclear;
	return resolvePart(merged, known, said);
}

function stillUnclear(known: WhenWish, saysDay: boolean, saysTime: boolean): WhenWish['unclear'] {
	if (known.unclear?.kind === 'am_pm') return saysTime ? undefined : known.unclear;
	if (known.unclear?.kind === 'which_week') return saysDay ? undefined : known.unclear;
	return undefined;
}

/** «в 4» was unclear and «дня» or «утра» follows: the part of day picks among the readings instead of replacing them. */
function resolvePart(merged: WhenWish, known: WhenWish, said: WhenWish): WhenWish {
	if (known.unclear?.kind !== 'am_pm' || said.part === undefined || said.time !== undefined) return merged;
	const [from, to] = DAY_PARTS[said.part];
	const fitting = known.unclear.times.filter((time) => time >= from && time < to);
	const [only] = fitting;
	if (fitting.length !== 1 || only === undefined) return merged;
	const { part: _part, ...rest } = merged;
	return { ...rest, time: only, ...(known.open === undefined ? {} : { open: known.open }) };
}

/** True when the wish names a day, a range of days or «as soon as possible». */
export function hasDay(wish: WhenWish | null): boolean {
	return wish !== null && (wish.dates !== undefined || wish.range !== undefined || wish.soonest === true);
}

/** The inclusive range of days to ask the CRM for: at most `maxDays`, not before today. */
export function daysToRead(
	wish: WhenWish | null,
	now: string,
	zone: Zone,
	maxDays: number,
): { from: CalendarDate; to: CalendarDate } {
	const today = todayIn(now, zone);
	const sorted = wish?.dates === undefined ? [] : [...wish.dates].sort();
	const first = sorted[0] ?? wish?.range?.from ?? today;
	const last = sorted[sorted.length - 1] ?? wish?.range?.to ?? addDays(today, 7);
	const from = first < today ? today : first;
	const limit = addDays(from, maxDays - 1);
	const to = last > limit ? limit : last;
	return { from, to: to < from ? from : to };
}

/** Whether a slot lies on a day the client named (any day when none was named). */
export function onWishedDay(slot: Pick<Slot, 'start'>, wish: WhenWish | null): boolean {
	if (wish === null) return true;
	const date = dateOf(slot.start);
	if (wish.dates !== undefined) return wish.dates.includes(date);
	if (wish.range !== undefined) return date >= wish.range.from && date <= wish.range.to;
	return true;
}

/** Whether a slot starts at the time, in the window or in the part of day the client named. Bounds: [from, to). */
export function atWishedTime(slot: Pick<Slot, 'start'>, wish: WhenWish | null): boolean {
	if (wish === null) return true;
	const time = wallTimeOf(slot.start);
	const [from, to] = timeWindow(wish);
	return isExact(wish) ? time === wish.time : time >= from && time < to;
}

/** True when one exact start was named. */
export function isExact(wish: WhenWish | null): boolean {
	return wish?.time !== undefined && wish.timeTo === undefined && wish.open === undefined;
}

/** The wished window of a day, `[from, to)`; the whole day when no time was said. */
export function timeWindow(wish: WhenWish | null): readonly [WallTime, WallTime] {
	if (wish === null) return ['00:00', '24:00'];
	const part = wish.part === undefined ? undefined : DAY_PARTS[wish.part];
	if (wish.time === undefined) return part ?? ['00:00', '24:00'];
	if (wish.timeTo !== undefined) return [wish.time, wish.timeTo];
	if (wish.open === 'after') return [wish.time, part !== undefined && part[1] > wish.time ? part[1] : '24:00'];
	if (wish.open === 'before') return [part !== undefined && part[0] < wish.time ? part[0] : '00:00', wish.time];
	return [wish.time, wish.time];
}
