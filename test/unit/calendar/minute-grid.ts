import type { CalendarDate, WallRange, WallTime, Zone } from '../../../core/booking';
import type { BusyInterval, CalendarInput, CalendarStaff, DayPlan } from '../../../core/calendar';

/** An independent answer to the same question: every minute is looked at, wall clocks come from Intl one by one. */
interface GridMinute {
	readonly ms: number;
	/** `YYYY-MM-DDTHH:mm`, so that text order is wall-clock order. */
	readonly label: string;
}

const grids = new Map<string, readonly GridMinute[]>();

export function shiftDate(date: CalendarDate, days: number): CalendarDate {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function gridOf(zone: Zone, from: CalendarDate, to: CalendarDate): readonly GridMinute[] {
	const key = `${zone} ${from} ${to}`;
	const known = grids.get(key);
	if (known !== undefined) return known;
	const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
	const minutes: GridMinute[] = [];
	const last = Date.parse(`${shiftDate(to, 1)}T12:00:00Z`);
	for (let ms = Date.parse(`${shiftDate(from, -1)}T12:00:00Z`); ms < last; ms += 60_000) {
		minutes.push({ ms, label: format.format(ms).replace(' ', 'T') });
	}
	grids.set(key, minutes);
	return minutes;
}

/** Index of the first minute whose wall clock shows this time or, when it never does, the first later one. */
function firstAt(grid: readonly GridMinute[], date: CalendarDate, time: WallTime): number {
	const label = time === '24:00' ? `${shiftDate(date, 1)}T00:00` : `${date}T${time}`;
	return grid.findIndex((minute) => minute.label >= label);
}

function planOf(staff: CalendarStaff, date: CalendarDate): DayPlan {
	const weekday = ([7, 1, 2, 3, 4, 5, 6] as const)[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 7;
	return staff.schedule.exceptions?.[date] ?? staff.schedule.weekly[weekday] ?? { hours: [] };
}

interface Marks {
	readonly open: boolean[];
	readonly paused: boolean[];
}

function mark(marks: boolean[], grid: readonly GridMinute[], date: CalendarDate, range: WallRange, only?: boolean[]): void {
	const next = shiftDate(date, 1);
	const end = range.to < range.from ? firstAt(grid, next, range.to) : firstAt(grid, date, range.to);
	for (let index = firstAt(grid, date, range.from); index < end; index += 1) if (only === undefined || only[index] === true) marks[index] = true;
}

function marksOf(staff: CalendarStaff, grid: readonly GridMinute[], from: CalendarDate, to: CalendarDate): Marks {
	const open: boolean[] = [];
	const paused: boolean[] = [];
	for (let date = shiftDate(from, -1); date <= to; date = shiftDate(date, 1)) {
		const plan = planOf(staff, date);
		const shift: boolean[] = [];
		for (const range of plan.hours) mark(shift, grid, date, range);
		const next = shiftDate(date, 1);
		if (staff.schedule.exceptions?.[next] !== undefined) shift.length = Math.min(shift.length, firstAt(grid, next, '00:00'));
		for (const pause of plan.breaks ?? []) {
			mark(paused, grid, date, pause, shift);
			mark(paused, grid, next, pause, shift);
		}
		shift.forEach((on, index) => {
			if (on) open[index] = true;
		});
	}
	return { open, paused };
}

function headsAt(input: CalendarInput, kind: BusyInterval['calendar'], id: string, ms: number, sharedBy: string | null): number {
	return input.busy
		.filter((busy) => busy.calendar === kind && busy.id === id && (busy.visitId === undefined || busy.visitId !== input.excludeVisitId))
		.filter((busy) => Date.parse(busy.start) < ms + 60_000 && ms < Date.parse(busy.end))
		.reduce((sum, busy) => sum + (kind === 'resource' || (busy.sharedBy ?? null) === sharedBy ? (busy.heads ?? 1) : 1_000), 0);
}

/** `instant staff` of every free start, found minute by minute. */
export function bruteForceStarts(input: CalendarInput): string[] {
	const grid = gridOf(input.zone, shiftDate(input.from, -1), shiftDate(input.to, 2));
	const nowIndex = grid.findIndex((minute) => minute.ms >= Date.parse(input.now));
	const today = new Intl.DateTimeFormat('sv-SE', { timeZone: input.zone, dateStyle: 'short' }).format(Date.parse(input.now));
	const found: string[] = [];
	for (const staff of input.staff) {
		if (input.services.some((service) => staff.services[service.id] === undefined)) continue;
		const { open, paused } = marksOf(staff, grid, shiftDate(input.from, -1), shiftDate(input.to, 1));
		const length = input.services.reduce((sum, service) => sum + (staff.services[service.id]?.durationMinutes ?? service.durationMinutes), 0);
		const before = Math.max(...input.services.map((service) => service.bufferBeforeMinutes ?? 0));
		const after = Math.max(...input.services.map((service) => service.bufferAfterMinutes ?? 0));
		const single = input.services.length === 1 ? input.services[0] : undefined;
		const capacity = single?.capacity ?? 1;
		const sharedBy = capacity > 1 ? (single?.id ?? null) : null;
		const needed = new Set(input.services.flatMap((service) => service.resourceIds ?? []));
		const blocked = grid.map(({ ms }, index) => {
			if (paused[index] === true) return true;
			const heads = headsAt(input, 'staff', staff.id, ms, sharedBy);
			if (sharedBy === null ? heads > 0 : heads + 1 > capacity) return true;
			return [...needed].some((id) => headsAt(input, 'resource', id, ms, null) + 1 > (input.resources?.find((one) => one.id === id)?.capacity ?? 0));
		});
		const seen = new Set<string>();
		grid.forEach(({ ms, label }, index) => {
			const [date = '', time = ''] = label.split('T');
			const [hour = 0, minute = 0] = time.split(':').map(Number);
			if (seen.has(label)) return;
			seen.add(label);
			if ((hour * 60 + minute) % input.stepMinutes !== 0 || date < input.from || date > input.to) return;
			if (index < nowIndex + input.noticeMinutes || date > shiftDate(today, input.horizonDays)) return;
			for (let at = index; at < index + length; at += 1) if (open[at] !== true) return;
			for (let at = index - before; at < index + length + after; at += 1) if (blocked[at] === true) return;
			found.push(`${new Date(ms).toISOString()} ${staff.id}`);
		});
	}
	return found.sort();
}
