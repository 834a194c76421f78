import type { AppointmentStatus } from '../../../booking';
import { weekdayOf, wallMinute, type zoneClock } from '../../../calendar';
import { overlaps } from '../../../calendar/ranges';
import type { Span } from '../taken-time';
import { DEMO_SERVICES, DEMO_STAFF, type DemoService, type DemoStaff } from './catalogue';
import type { Random } from './random';

/** A visit of the demo salon; times are minutes since the epoch. */
export interface DemoVisit {
	readonly staff: DemoStaff;
	readonly service: DemoService;
	readonly client: number;
	readonly visit: Span;
	readonly busy: Span;
	readonly price: readonly [min: number, max: number];
	readonly status: AppointmentStatus;
	readonly booked: number;
}

const STEP = 30;
const PAST_DAYS = 182;
const FUTURE_DAYS = 14;
const PAST_LOAD = 0.29;
/** Chance of a visit at a start today; it falls to nothing two weeks ahead, so that a newcomer finds free times. */
const FUTURE_LOAD = 0.19;
const DAY = 1440;

interface Diary {
	readonly random: Random;
	readonly clock: ReturnType<typeof zoneClock>;
	readonly now: number;
	readonly clients: number;
	/** Taken time of the day by client and by resource. */
	readonly taken: Map<string, Span[]>;
}

/** Six months of visits and two weeks ahead, day by day and person by person; nobody is in two places at once. */
export function demoVisits(random: Random, clock: ReturnType<typeof zoneClock>, now: number, clients: number): DemoVisit[] {
	const today = clock.wall(now).day;
	const visits: DemoVisit[] = [];
	for (let day = today - PAST_DAYS; day <= today + FUTURE_DAYS; day += 1) {
		const diary: Diary = { random, clock, now, clients, taken: new Map() };
		const load = day < today ? PAST_LOAD : FUTURE_LOAD * (1 - (day - today) / (FUTURE_DAYS + 1));
		for (const staff of DEMO_STAFF) {
			if (staff.days.includes(weekdayOf(day))) visits.push(...demoDay(diary, staff, day, load));
		}
	}
	return visits;
}

function demoDay(diary: Diary, staff: DemoStaff, day: number, load: number): DemoVisit[] {
	const { random, clock } = diary;
	const at = (time: string): number => clock.boundary(day, wallMinute(time));
	const breaks = staff.breaks.map(({ from, to }) => ({ start: at(from), end: at(to) }));
	const end = at(staff.hours.to);
	const visits: DemoVisit[] = [];
	for (let start = at(staff.hours.from); start < end; ) {
		const found = random.chance(load) ? demoVisit(diary, staff, start, end, breaks) : null;
		if (found === null) {
			start += STEP;
		} else {
			visits.push(found);
			start += Math.ceil((found.busy.end - start) / STEP) * STEP;
		}
	}
	return visits;
}

function demoVisit(diary: Diary, staff: DemoStaff, start: number, closing: number, breaks: readonly Span[]): DemoVisit | null {
	const { random, now } = diary;
	const own = DEMO_SERVICES.filter(({ id }) => staff.services[id] !== undefined);
	const service = random.pick(own);
	const cell = staff.services[service.id];
	const visit = { start, end: start + (cell?.duration ?? service.duration) };
	const busy = { start, end: visit.end + (service.bufferAfter ?? 0) };
	if (visit.end > closing || breaks.some((pause) => overlaps(pause, busy))) return null;
	if (service.resourceId !== undefined && isTaken(diary, service.resourceId, busy)) return null;
	const client = pickClient(diary, service, visit);
	if (client === null) return null;
	const status = demoStatus(random, visit, now);
	if (status !== 'cancelled') {
		if (service.resourceId !== undefined) take(diary, service.resourceId, busy);
		take(diary, `client ${client}`, visit);
	}
	const booked = Math.min(now, start - random.between(1, 12) * DAY + random.between(0, 600));
	return { staff, service, client, visit, busy, price: cell?.price ?? service.price, status, booked };
}

/** Regulars come more often: the square of chance leans to the first clients. One client in five is a man. */
function pickClient(diary: Diary, service: DemoService, visit: Span): number | null {
	const { random, clients } = diary;
	for (let tries = 0; tries < 8; tries += 1) {
		const client = Math.floor(random.next() ** 1.6 * clients);
		if (isMan(client) === (service.id === 'haircut-men') && !isTaken(diary, `client ${client}`, visit)) return client;
	}
	return null;
}

/** One client in five. */
export function isMan(client: number): boolean {
	return client % 5 === 4;
}

function demoStatus(random: Random, visit: Span, now: number): AppointmentStatus {
	const draw = random.next();
	if (draw < 0.06) return 'cancelled';
	if (visit.start >= now) return draw < 0.4 ? 'confirmed' : 'booked';
	return draw < 0.1 ? 'no_show' : 'arrived';
}

function isTaken({ taken }: Diary, key: string, span: Span): boolean {
	return (taken.get(key) ?? []).some((other) => overlaps(other, span));
}

function take({ taken }: Diary, key: string, span: Span): void {
	taken.set(key, [...(taken.get(key) ?? []), span]);
}
