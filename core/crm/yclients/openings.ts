import { type CalendarDate, type Outcome, ok, type Zone } from '../../booking';
import { dayOf, zoneClock } from '../../calendar';
import { readRecords } from './appointments';
import * as calls from './calls';
import type { Context } from './context';
import { readWhole } from './facts';
import { secondsToMinutes, startOf, wallOf } from './mapping';
import type { ScheduleDayWire } from './wire';

/** Half-open, minutes since the epoch. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A person's working time of one day and what already stands in it. */
export interface WorkDay {
	readonly staffId: string;
	readonly date: CalendarDate;
	readonly zone: Zone;
	readonly open: readonly Span[];
	readonly busy: readonly (Span & { readonly recordId: string | null })[];
}

/** Working time and taken time of people, both days included. A person without a day does not work on it. */
export async function readWorkDays(context: Context, zone: Zone, staffIds: readonly string[], from: CalendarDate, to: CalendarDate): Promise<Outcome<readonly WorkDay[]>> {
	const answer = await readWhole(context, calls.schedule(context.companyId, staffIds, from, to));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return readOldWorkDays(context, zone, staffIds, from, to);
	if (answer.kind !== 'ok') return answer;
	const asked = answer.value.filter((day) => staffIds.includes(day.staff_id) && day.date >= from && day.date <= to);
	return ok(asked.map((day) => workDayOf(day, zone)));
}

/** The older route knows hours only: what is taken comes from the journal. */
async function readOldWorkDays(context: Context, zone: Zone, staffIds: readonly string[], from: CalendarDate, to: CalendarDate): Promise<Outcome<readonly WorkDay[]>> {
	const days: WorkDay[] = [];
	for (const staffId of staffIds) {
		const [hours, records] = await Promise.all([
			readWhole(context, calls.oldSchedule(context.companyId, staffId, from, to)),
			readRecords(context, { staff_id: staffId, start_date: from, end_date: to }),
		]);
		if (hours.kind !== 'ok') return hours;
		if (records.kind !== 'ok') return records;
		const busy = records.value.filter((record) => !record.deleted && record.staff_id === staffId).map((record) => {
			const start = startOf(record, zone);
			return { start, end: start + secondsToMinutes(Math.max(record.seance_length, record.length ?? 0)), recordId: record.id };
		});
		const working = hours.value.filter((day) => day.is_working && day.date >= from && day.date <= to);
		days.push(...working.map(({ date, slots }) => ({ staffId, date, zone, open: slots.map((slot) => spanOf(slot, date, zone)), busy })));
	}
	return ok(days);
}

function workDayOf({ staff_id: staffId, date, slots, busy_intervals: intervals }: ScheduleDayWire, zone: Zone): WorkDay {
	return {
		staffId,
		date,
		zone,
		open: slots.map((slot) => spanOf(slot, date, zone)),
		busy: intervals.map((busy) => ({ ...spanOf(busy, date, zone), recordId: busy.entity_type === 'record' && busy.entity_id != null ? String(busy.entity_id) : null })),
	};
}

/** An end that is not after its start is of the next day. */
function spanOf({ from, to }: { readonly from: string; readonly to: string }, date: CalendarDate, zone: Zone): Span {
	const clock = zoneClock(zone);
	const day = dayOf(date);
	const [begin, end] = [wallOf(from), wallOf(to)];
	return { start: clock.boundary(day, begin), end: clock.boundary(day, end <= begin ? end + 1440 : end) };
}

/** Whether working time holds the whole visit. */
export function isWorking(days: readonly WorkDay[], visit: Span): boolean {
	return days.some(({ open }) => open.some((span) => span.start <= visit.start && visit.end <= span.end));
}

/** Whether working time holds the whole visit and nothing stands in it but `exceptId`. */
export function isFree(days: readonly WorkDay[], visit: Span, exceptId?: string): boolean {
	return isWorking(days, visit) && !days.some(({ busy }) => busy.some((span) => (exceptId === undefined || span.recordId !== exceptId) && overlaps(span, visit)));
}

/**
 * Starts in steps from the beginning of each stretch of work at which a visit fits; `exceptId` counts as absent. Of a
 * wall time that comes twice the first is meant: the journal takes wall times.
 */
export function startsIn({ open, busy, zone }: WorkDay, minutes: number, stepMinutes: number, exceptId?: string): readonly Span[] {
	const taken = busy.filter(({ recordId }) => recordId === null || recordId !== exceptId);
	const clock = zoneClock(zone);
	const found: Span[] = [];
	for (const stretch of open) {
		for (let start = stretch.start; start + minutes <= stretch.end; start += stepMinutes) {
			const visit = { start, end: start + minutes };
			const wall = clock.wall(start);
			if (clock.at(wall.day, wall.minute) === start && !taken.some((span) => overlaps(span, visit))) found.push(visit);
		}
	}
	return found;
}

/** Whether two spans share a moment. */
export function overlaps(one: Span, other: Span): boolean {
	return one.start < other.end && other.start < one.end;
}
