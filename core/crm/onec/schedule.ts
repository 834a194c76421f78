import { type CalendarDate, type Outcome, ok, type WallRange } from '../../booking';
import { type DayPlan, formatWall, type Schedule } from '../../calendar';
import type { ScheduleMapping } from './base-mapping';
import type { Context } from './context';
import { allOf, anyOf, datetime, guid } from './odata';
import { readAll, readWhere, type Source } from './pages';
import { OBJECT, type ObjectWire, ROW, type Row, keyIn, timeIn, valueIn, wallIn } from './wire';
import { dateIn } from './wall-time';

/**
 * Working days of people as a register holds them, from yesterday to the horizon. Somebody without a row for a day does
 * not work on it: the register is the truth, and no usual hours stand in for it.
 */
export async function readSchedules(context: Context, table: ScheduleMapping, zone: string): Promise<Outcome<(staffId: string) => Schedule>> {
	const rows = await scheduleRows(context, table, zone);
	if (rows.kind !== 'ok') return rows;
	const shifts = await readShifts(context, table, rows.value);
	if (shifts.kind !== 'ok') return shifts;
	const days = new Map<string, Record<CalendarDate, DayPlan>>();
	for (const row of rows.value) {
		const [staffId, date] = [keyIn(row, table.staff), wallIn(row, table.date)?.slice(0, 10)];
		if (staffId === null || date === undefined) continue;
		const held = days.get(staffId) ?? {};
		const hours = table.flags.every((flag) => valueIn(row, flag) === true) ? hoursOf(context, table, row, shifts.value) : null;
		held[date] = { hours: [...(held[date]?.hours ?? []), ...(hours === null ? [] : [hours])] };
		days.set(staffId, held);
	}
	return ok((staffId) => ({ weekly: {}, exceptions: days.get(staffId) ?? {} }));
}

/** Rows of the register in the window of bookings, as they come. */
async function scheduleRows({ transport, mapping, plan, clock }: Context, table: ScheduleMapping, zone: string): Promise<Outcome<readonly Row[]>> {
	const horizon = plan.company.bookingHorizonDays ?? DEFAULT_HORIZON;
	const bound = (days: number): string => datetime(`${dateIn(clock(), zone, days)}T00:00:00`);
	return readAll(transport, scheduleSource(table, allOf(`${table.date} ge ${bound(-1)}`, `${table.date} le ${bound(horizon + 1)}`), mapping.allowedOnly));
}

/** Rows of the register by day and person. */
export function scheduleSource(table: ScheduleMapping, filter: string, allowedOnly: boolean): Source<Row> {
	return { name: 'schedules', set: table.entity, options: { filter, orderby: `${table.date},${table.staff}`, allowedOnly }, schema: ROW, idOf: (row) => scheduleId(table, row) };
}

/** The horizon of a plan that names none. */
const DEFAULT_HORIZON = 60;

/** A row of the register: a person, a day and, where several stand in one, the row itself. */
function scheduleId({ staff, date }: ScheduleMapping, row: Row): string {
	const parts = [keyIn(row, staff) ?? '', String(valueIn(row, date) ?? '').slice(0, 10), String(valueIn(row, 'Recorder') ?? ''), String(valueIn(row, 'LineNumber') ?? '')];
	return parts.filter((part) => part !== '').join(':');
}

type Shifts = ReadonlyMap<string, ObjectWire>;

export async function readShifts({ transport }: Context, { shift, shiftEntity }: ScheduleMapping, rows: readonly Row[]): Promise<Outcome<Shifts>> {
	if (shift === null || shiftEntity === null) return ok(new Map());
	const ids = [...new Set(rows.map((row) => keyIn(row, shift)))].filter((id): id is string => id !== null);
	const source = { name: 'shifts', set: shiftEntity, options: { orderby: 'Ref_Key' }, schema: OBJECT, idOf: (row: ObjectWire) => row.Ref_Key };
	const found = await readWhere(transport, source, ids.map(guid), (group) => anyOf('Ref_Key', group));
	return found.kind === 'ok' ? ok(new Map(found.value.map((row) => [row.Ref_Key, row]))) : found;
}

/** Hours of a row; null for a row without any, which is counted. An end at midnight closes the day. */
function hoursOf({ count }: Context, { shift, from, to }: ScheduleMapping, row: Row, shifts: Shifts): WallRange | null {
	const holder = shift === null ? row : shifts.get(keyIn(row, shift) ?? '');
	const [start, end] = holder === undefined ? [null, null] : [timeIn(holder, from), timeIn(holder, to)];
	if (start === null || end === null || (start === 0 && end === 0)) {
		count('schedule.hours');
		return null;
	}
	return { from: formatWall(start), to: formatWall(end) };
}
