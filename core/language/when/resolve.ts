import { isoDay, weekdayOf } from './calendar';
import { clockReadings, isAfternoonReading, minutesOf, wallTime, type ClockReading } from './clock-choice';
import { chooseDays, type DayChoice } from './day-choice';
import { DAY_PARTS } from './day-parts';
import type { Phrase } from './phrase';
import type { Selection } from './selection';
import type { Day, DayPart, TimeItem, WhenOptions, WhenReading, WorkingHours, WorkingWeek } from './types';

/** Now, as the branch sees it. */
export interface Present {
	today: Day;
	/** Minutes since midnight. */
	minutes: number;
}

type Reading = Omit<WhenReading, 'spans'>;
type Point = { date: string | null; time?: string };

/** Turns the selected expressions into days and wall times, and decides what has to be asked. */
export function resolve(phrase: Phrase, selection: Selection, present: Present, options: WhenOptions): Reading {
	const wishes = wishKeys(selection);
	const [moment] = selection.moments;
	if (moment !== undefined && selection.times.length === 0 && selection.days.every(({ from }) => from === moment.day)) {
		const reading: Reading = { ...wishes, date: isoDay(moment.day), time: wallTime(moment.minutes), ask: null, readings: [] };
		if (moment.until !== undefined) reading.timeTo = wallTime(moment.until);
		return moment.bygone ? { ...reading, past: true } : reading;
	}
	const choice = chooseDays(phrase, selection.days);
	if (choice.days.length === 0 && wishes.recurring) return { recurring: true, ask: null, readings: [] };
	const { recurring: _habit, ...plainWishes } = wishes;
	const pairs = pairedTimes(selection, choice, present, options);
	if (pairs !== undefined) return { ...plainWishes, ...pairs };
	return { ...plainWishes, ...new Resolution(selection, choice, present, options).reading() };
}

function wishKeys({ wishes }: Selection): Partial<Record<'soonest' | 'earlier' | 'later' | 'recurring', true>> {
	const keys: Partial<Record<'soonest' | 'earlier' | 'later' | 'recurring', true>> = {};
	for (const { wish } of wishes) keys[wish] = true;
	return keys;
}

/** «завтра в 10 или в среду в 12»: two whole moments, so the client has to choose. */
function pairedTimes(selection: Selection, choice: DayChoice, present: Present, options: WhenOptions): Reading | undefined {
	const { days, times } = selection;
	if (choice.days.length < 2 || choice.to !== undefined || times.length < 2 || times.length > days.length) return undefined;
	const points = times.map((time) => {
		const owner = days.filter((day) => day.start < time.start).at(-1) ?? days[0];
		const reading = bookable(clockReadings(time, undefined), time, owner ? [owner.from] : [], present, options)[0];
		return { date: owner === undefined ? null : isoDay(owner.from), time: wallTime(reading?.from ?? 0) };
	});
	const [first] = points;
	if (first === undefined || new Set(points.map(({ date }) => date)).size < 2) return undefined;
	const [time] = times;
	const to = time && clockReadings(time, undefined)[0]?.to;
	const reading: Reading = { ...first, ask: 'day', readings: points };
	if (to !== undefined) reading.timeTo = wallTime(to);
	if (time?.open !== undefined) reading.open = time.open;
	return reading;
}

class Resolution {
	private readonly part: DayPart | undefined;
	private readonly rivalParts: boolean;
	private readonly span: { item: TimeItem; readings: ClockReading[] } | undefined;
	private readonly rivals: TimeItem[];

	constructor(
		private readonly selection: Selection,
		private readonly choice: DayChoice,
		private readonly present: Present,
		private readonly options: WhenOptions,
	) {
		const parts = new Set(selection.parts.map(({ part }) => part));
		this.part = [...parts].at(-1);
		this.rivalParts = parts.size > 1;
		const times = joinBounds(selection.times);
		const [item] = times;
		this.rivals = times.slice(1);
		this.span = item && { item, readings: this.readingsOf(item) };
	}

	reading(): Reading {
		const { days, to } = this.choice;
		const reading: Reading = { ask: null, readings: [] };
		if (days.length > 1) reading.dates = days.map(isoDay);
		else reading.date = days[0] === undefined ? null : isoDay(days[0]);
		if (to !== undefined) reading.dateTo = isoDay(to);
		this.putClock(reading);
		if (this.isPast()) reading.past = true;
		this.ask(reading);
		return reading;
	}

	private putClock(reading: Reading): void {
		const first = this.span?.readings[0];
		if (first !== undefined) {
			reading.time = wallTime(first.from);
			if (first.to !== undefined) reading.timeTo = wallTime(first.to);
		} else if (this.part !== undefined && !this.rivalParts) reading.part = this.part;
		const open = this.span?.item.open ?? this.selection.parts[0]?.open ?? (this.span === undefined ? this.choice.open : undefined);
		if (open !== undefined) reading.open = open;
	}

	private readingsOf(item: TimeItem): ClockReading[] {
		const hint = this.rivalParts ? undefined : this.part;
		return bookable(clockReadings(item, hint), item, this.choice.days, this.present, this.options);
	}

	private isPast(): boolean {
		const last = Math.max(this.choice.to ?? -Infinity, ...this.choice.days);
		if (this.choice.days.length === 0 || this.choice.open === 'after') return false;
		return last < this.present.today || (last === this.present.today && this.choice.to === undefined && this.isOver());
	}

	/** The hour or the part named has gone by today. */
	private isOver(): boolean {
		const { minutes } = this.present;
		const { span } = this;
		if (span !== undefined && span.readings.length > 0) return span.readings.every((reading) => hasGone(reading, span.item, minutes));
		if (this.part === undefined || this.rivalParts || this.selection.parts[0]?.open === 'after') return false;
		return partEnd(this.part, this.options) <= minutes;
	}

	private ask(reading: Reading): void {
		const { days, other, question } = this.choice;
		const clocks = this.span?.readings ?? [];
		const otherStands = other !== undefined && !(other === this.present.today && this.todayIsOver());
		if (question !== undefined && otherStands) {
			reading.ask = question;
			reading.readings = this.points([...days, other], clocks);
		} else if (this.rivals.length > 0) {
			reading.ask = 'time';
			const rivals = this.rivals.map((item) => this.readingsOf(item));
			const firsts = [clocks, ...rivals].flatMap((readings) => readings.slice(0, 1));
			reading.readings = this.points(days, [...firsts, ...[clocks, ...rivals].flatMap((readings) => readings.slice(1))]);
		} else if (clocks.length > 1) {
			reading.ask = 'am_pm';
			reading.readings = this.points(days, clocks);
		} else if (this.rivalParts && this.span === undefined) reading.ask = 'time';
	}

	/** Nothing of today is left to book with what was said. */
	private todayIsOver(): boolean {
		if (this.isOver()) return true;
		const hours = hoursOn(this.options.workingHours, [this.present.today]);
		return hours !== undefined && hours.every(({ to }) => minutesOf(to) <= this.present.minutes);
	}

	private points(days: readonly Day[], clocks: readonly ClockReading[]): Point[] {
		const dates: (Day | null)[] = days.length === 0 ? [null] : [...days];
		const times: (ClockReading | undefined)[] = clocks.length === 0 ? [undefined] : [...clocks];
		const points: Point[] = [];
		for (const day of dates) {
			for (const clock of times) {
				const gone = day === this.present.today && clock !== undefined && this.span !== undefined && hasGone(clock, this.span.item, this.present.minutes);
				if (gone && day === this.choice.other) continue;
				const date = day === null ? null : isoDay(day);
				points.push(clock === undefined ? { date } : { date, time: wallTime(clock.from) });
			}
		}
		return points;
	}
}

/** «после 3, но до 6» is one stretch; the same time said twice is one time. */
function joinBounds(times: readonly TimeItem[]): TimeItem[] {
	const [first, second] = times;
	if (first?.open === 'after' && second?.open === 'before' && times.length === 2) {
		const { open: _bound, ...rest } = first;
		return [{ ...rest, finish: second.begin, end: second.end }];
	}
	return times.filter((time, index) => times.findIndex((other) => sameTime(other, time)) === index);
}

function sameTime(one: TimeItem, two: TimeItem): boolean {
	return one.begin.hour === two.begin.hour && one.begin.minute === two.begin.minute && one.finish?.hour === two.finish?.hour;
}

/** Readings that may be booked: not gone by, and inside working hours when those are known. */
function bookable(readings: ClockReading[], item: TimeItem, days: readonly Day[], present: Present, options: WhenOptions): ClockReading[] {
	const [likely] = readings;
	if (likely === undefined || readings.length === 1) return readings;
	const onlyToday = days.length === 1 && days[0] === present.today;
	const ahead = onlyToday ? readings.filter((reading) => !hasGone(reading, item, present.minutes)) : readings;
	const hours = hoursOn(options.workingHours, days);
	if (hours === undefined) {
		const asWritten = !isAfternoonReading(item.begin);
		return asWritten ? [likely] : ahead.length === 0 ? [likely] : ahead;
	}
	const inside = ahead.filter((reading) => hours.some((stretch) => isInside(reading, item, stretch)));
	return inside.length === 0 ? [likely] : inside;
}

function hasGone(reading: ClockReading, item: TimeItem, minutes: number): boolean {
	return item.open !== 'after' && (reading.to ?? reading.from) <= minutes;
}

function isInside(reading: ClockReading, item: TimeItem, hours: WorkingHours): boolean {
	const from = minutesOf(hours.from);
	const to = minutesOf(hours.to);
	if (item.open === 'before') return reading.from > from && reading.from <= to;
	return reading.from >= from && reading.from < to;
}

/** Working stretches of these days, of any day when no day is known; undefined when hours are not given. */
function hoursOn(hours: WhenOptions['workingHours'], days: readonly Day[]): readonly WorkingHours[] | undefined {
	if (hours === undefined) return undefined;
	if (isDaily(hours)) return [hours];
	const weekdays = days.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : days.map(weekdayOf);
	return Object.entries(hours).flatMap(([weekday, stretches]) => (weekdays.includes(Number(weekday)) ? (stretches ?? []) : []));
}

function isDaily(hours: WorkingHours | WorkingWeek): hours is WorkingHours {
	return 'from' in hours;
}

function partEnd(part: DayPart, options: WhenOptions): number {
	return minutesOf((options.dayParts?.[part] ?? DAY_PARTS[part])[1]);
}
