import type { CalendarDate, Instant, Zone } from '../booking';
import { type LoadedRange, type MinuteRange, overlaps, rangesAbove, subtractRanges } from './ranges';
import { type Schedule, workingTime } from './schedule';
import { DAY_MINUTES, dayOf, minuteOf, zoneClock, type ZoneClock } from './wall-clock';

/** A service to be booked. Durations and buffers are whole minutes. */
export interface CalendarService {
	readonly id: string;
	readonly durationMinutes: number;
	readonly bufferBeforeMinutes?: number;
	readonly bufferAfterMinutes?: number;
	/** Clients served together; 1 when absent. */
	readonly capacity?: number;
	/** Every one of these must have a place for the whole visit with its buffers. */
	readonly resourceIds?: readonly string[];
}

/** A person's calendar and row of the staff-service matrix. */
export interface CalendarStaff {
	readonly id: string;
	readonly schedule: Schedule;
	/** What the person does, by service id, with the person's own duration where it differs. */
	readonly services: Readonly<Record<string, { readonly durationMinutes?: number }>>;
}

/** A chair, room or device. */
export interface CalendarResource {
	readonly id: string;
	readonly capacity: number;
}

/** Time that is taken on one calendar, buffers included. Empty and reversed intervals are ignored. */
export interface BusyInterval {
	readonly calendar: 'staff' | 'resource';
	readonly id: string;
	readonly start: Instant;
	readonly end: Instant;
	/** Places taken. On a staff calendar they can be shared only by visits of the same single service; see `sharedBy`. */
	readonly heads?: number;
	/** The group service whose clients take the places; without it the staff calendar is taken whole. */
	readonly sharedBy?: string;
	/** The visit that takes the time; lets a visit that is being moved be left out. */
	readonly visitId?: string;
}

/** All that free starts depend on. The clock is `now`; the process's own zone is never used. */
export interface CalendarInput {
	readonly zone: Zone;
	readonly now: Instant;
	/** First and last wall-clock date of a start, both inclusive. */
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	/** A start exactly this many minutes from now is still offered. */
	readonly noticeMinutes: number;
	/** The whole day this many days after today (in the zone) is still offered. */
	readonly horizonDays: number;
	/** Starts are wall times whose minutes since midnight divide by the step. */
	readonly stepMinutes: number;
	readonly services: readonly CalendarService[];
	readonly staff: readonly CalendarStaff[];
	readonly resources?: readonly CalendarResource[];
	readonly busy: readonly BusyInterval[];
	readonly excludeVisitId?: string;
}

/** One visit's shape with one person: buffers are busy time around it and are not part of its length. */
export interface VisitShape {
	readonly duration: number;
	readonly before: number;
	readonly after: number;
	readonly capacity: number;
	readonly sharedBy: string | null;
	readonly resourceIds: readonly string[];
}

interface Load extends LoadedRange {
	readonly sharedBy: string | null;
}

/** Availability over prepared integers. Working time is built once per person, loads once per calendar. */
export class Availability {
	readonly clock: ZoneClock;
	readonly firstDay: number;
	readonly lastDay: number;
	/** Earliest bookable minute. */
	readonly earliest: number;
	private readonly horizonDay: number;
	private readonly lastWorkingDay: number;
	private readonly working = new Map<string, ReturnType<typeof workingTime>>();
	private readonly staffLoads = new Map<string, Load[]>();
	private readonly resourceLoads = new Map<string, Load[]>();
	private readonly capacities: ReadonlyMap<string, number>;

	/** Throws `RangeError` for a zone, date, instant or step that is not one. */
	constructor(readonly input: CalendarInput) {
		if (!Number.isInteger(input.stepMinutes) || input.stepMinutes < 1) throw new RangeError('The step must be a whole number of minutes, at least 1');
		this.clock = zoneClock(input.zone);
		this.earliest = minuteOf(input.now, 'up') + input.noticeMinutes;
		const today = this.clock.wall(minuteOf(input.now)).day;
		this.firstDay = Math.max(dayOf(input.from), this.clock.wall(this.earliest).day - 1);
		this.horizonDay = today + input.horizonDays;
		this.lastDay = Math.min(dayOf(input.to), this.horizonDay);
		this.lastWorkingDay = this.lastDay + Math.ceil(this.longest() / DAY_MINUTES);
		this.capacities = new Map((input.resources ?? []).map((resource) => [resource.id, resource.capacity]));
		this.readBusy();
	}

	/** Instants at which a visit of this shape may begin with this person, step and dates apart. */
	startRanges(staff: CalendarStaff, shape: VisitShape): MinuteRange[] {
		const working = this.workingTimeOf(staff);
		const fitting = working.open.map(({ start, end }) => ({ start: Math.max(start, this.earliest), end: end - shape.duration + 1 }));
		const blocked = [...working.breaks, ...this.staffBlocked(staff.id, shape), ...this.resourcesBlocked(shape)];
		const forbidden = blocked.map(({ start, end }) => ({ start: start - shape.duration - shape.after + 1, end: end + shape.before }));
		return subtractRanges(fitting, forbidden);
	}

	/** Whether the date of this start may be booked already; the dates asked for do not matter. */
	withinHorizon(start: number): boolean {
		return this.clock.wall(start).day <= this.horizonDay;
	}

	/** Starts on the step's grid inside `ranges`, ascending. */
	gridStarts(ranges: readonly MinuteRange[]): number[] {
		const starts: number[] = [];
		for (const range of ranges) {
			const one = this.clock.wall(range.start).day;
			const other = this.clock.wall(range.end - 1).day;
			// A clock set back over midnight makes the later instant's date the earlier one.
			const last = Math.min(Math.max(one, other), this.lastDay);
			for (let day = Math.max(Math.min(one, other), this.firstDay); day <= last; day += 1) this.addDay(starts, range, day);
		}
		return starts;
	}

	private addDay(starts: number[], range: MinuteRange, day: number): void {
		const step = this.input.stepMinutes;
		const offset = this.clock.plainOffset(day);
		if (offset !== null) {
			const midnight = day * DAY_MINUTES - offset;
			const first = midnight + Math.ceil(Math.max(range.start - midnight, 0) / step) * step;
			const end = Math.min(range.end, midnight + DAY_MINUTES);
			for (let start = first; start < end; start += step) starts.push(start);
			return;
		}
		for (let minute = 0; minute < DAY_MINUTES; minute += step) {
			const start = this.clock.at(day, minute);
			if (start !== null && start >= range.start && start < range.end) starts.push(start);
		}
	}

	private workingTimeOf(staff: CalendarStaff): ReturnType<typeof workingTime> {
		const known = this.working.get(staff.id);
		if (known !== undefined) return known;
		const built = workingTime(staff.schedule, this.clock, this.firstDay, this.lastWorkingDay);
		this.working.set(staff.id, built);
		return built;
	}

	private staffBlocked(staffId: string, shape: VisitShape): MinuteRange[] {
		const loads = this.staffLoads.get(staffId) ?? [];
		if (shape.sharedBy === null) return loads;
		const { sharedBy, capacity } = shape;
		return rangesAbove(
			loads.map((load) => (load.sharedBy === sharedBy ? load : { ...load, heads: capacity })),
			capacity - 1,
		);
	}

	private resourcesBlocked(shape: VisitShape): MinuteRange[] {
		return shape.resourceIds.flatMap((id) => {
			const capacity = this.capacities.get(id) ?? 0;
			if (capacity < 1) return [{ start: -Infinity, end: Infinity }];
			return rangesAbove(this.resourceLoads.get(id) ?? [], capacity - 1);
		});
	}

	private readBusy(): void {
		for (const busy of this.input.busy) {
			if (busy.visitId !== undefined && busy.visitId === this.input.excludeVisitId) continue;
			const load = { start: minuteOf(busy.start), end: minuteOf(busy.end, 'up'), heads: busy.heads ?? 1, sharedBy: busy.sharedBy ?? null };
			if (load.start >= load.end) continue;
			const loads = busy.calendar === 'staff' ? this.staffLoads : this.resourceLoads;
			const list = loads.get(busy.id);
			if (list === undefined) loads.set(busy.id, [load]);
			else list.push(load);
		}
	}

	private longest(): number {
		return this.input.services.reduce((sum, service) => {
			const own = this.input.staff.map((staff) => staff.services[service.id]?.durationMinutes ?? 0);
			return sum + Math.max(service.durationMinutes, ...own);
		}, 0);
	}
}

/**
 * The shape of these services done by one person one after another: durations are summed (the person's own first), the
 * longest buffers stand around the whole, every resource is held for the whole. A single service with a capacity can be
 * shared; several services take the person's calendar whole. Null when the person does not do all of them.
 */
export function visitShape(staff: Pick<CalendarStaff, 'services'>, services: readonly CalendarService[]): VisitShape | null {
	let duration = 0;
	let before = 0;
	let after = 0;
	for (const service of services) {
		const cell = staff.services[service.id];
		if (cell === undefined) return null;
		duration += cell.durationMinutes ?? service.durationMinutes;
		before = Math.max(before, service.bufferBeforeMinutes ?? 0);
		after = Math.max(after, service.bufferAfterMinutes ?? 0);
	}
	if (duration < 1) return null;
	const [only] = services;
	const capacity = services.length === 1 ? (only?.capacity ?? 1) : 1;
	const resourceIds = [...new Set(services.flatMap((service) => service.resourceIds ?? []))];
	return { duration, before, after, capacity, sharedBy: capacity > 1 ? (only?.id ?? null) : null, resourceIds };
}

/** True when the times two visits take, buffers included, meet. */
export function paddedOverlap(one: { start: number; shape: VisitShape }, other: { start: number; shape: VisitShape }): boolean {
	return overlaps(padded(one), padded(other));
}

function padded({ start, shape }: { start: number; shape: VisitShape }): MinuteRange {
	return { start: start - shape.before, end: start + shape.duration + shape.after };
}
