import * as v from 'valibot';
import { mapOutcome, ok, type CalendarDate, type Outcome } from '../../../booking';
import { formatWall } from '../../../calendar';
import { path } from '../../http';
import { readRecords } from '../appointments';
import * as calls from '../calls';
import { secondsToMinutes, wallOf } from '../mapping';
import { ANY_RECORD, pageOf, type RecordWire, SCHEDULE_DAY } from '../wire';
import type { Office, Row } from './office';

const CATEGORY = v.looseObject({ ...ANY_RECORD.entries, title: v.nullish(v.string(), '') });

/** Categories of services, with the ids services name. */
export async function categories({ transport, companyId }: Office): Promise<Outcome<readonly Row[]>> {
	const answer = await transport.read({ name: 'service_categories', method: 'GET', path: path`company/${companyId}/service_categories`, schema: pageOf(CATEGORY) });
	return mapOutcome(answer, ({ items }) => items);
}

/** A person's working time of one day; wall times of the branch. */
export interface ScheduleDay {
	readonly staffId: string;
	readonly date: CalendarDate;
	readonly hours: readonly { readonly from: string; readonly to: string }[];
	readonly busy: readonly { readonly appointmentId: string | null; readonly kind: string; readonly from: string; readonly to: string }[];
}

export interface ScheduleQuery {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	readonly staffIds: readonly string[];
}

/** Working and taken time of the days, both inclusive; a person without a day does not work on it. All people when none is named. */
export async function schedules({ transport, companyId }: Office, query: ScheduleQuery): Promise<Outcome<readonly ScheduleDay[]>> {
	const answer = await transport.read({
		name: 'schedule',
		method: 'GET',
		path: path`company/${companyId}/staff/schedule`,
		query: { start_date: query.from, end_date: query.to, 'staff_ids[]': query.staffIds, 'include[]': ['busy_intervals'] },
		schema: pageOf(SCHEDULE_DAY),
	});
	if (answer.kind === 'refused' && answer.reason === 'not_found') return oldSchedules({ transport, companyId }, query);
	return mapOutcome(answer, ({ items }) =>
		items.map((day) => ({
			staffId: day.staff_id,
			date: day.date,
			hours: day.slots.map(({ from, to }) => ({ from, to })),
			busy: day.busy_intervals.map(({ entity_type: kind, entity_id: id, from, to }) => ({ appointmentId: kind === 'record' && id !== null && id !== undefined ? String(id) : null, kind, from, to })),
		})),
	);
}

/** The same of an account of an old tariff: hours person by person, and what is taken from the journal. */
async function oldSchedules(office: Office, { from, to, staffIds }: ScheduleQuery): Promise<Outcome<readonly ScheduleDay[]>> {
	const { transport, companyId } = office;
	const staff = staffIds.length > 0 ? ok(staffIds) : mapOutcome(await transport.read(calls.staff(companyId)), ({ items }) => items.map(({ id }) => id));
	if (staff.kind !== 'ok') return staff;
	const records = await readRecords(office, { start_date: from, end_date: to });
	if (records.kind !== 'ok') return records;
	const days: ScheduleDay[] = [];
	for (const staffId of staff.value) {
		const hours = await transport.read(calls.oldSchedule(companyId, staffId, from, to));
		if (hours.kind !== 'ok') return hours;
		for (const { date, slots } of hours.value.items.filter((day) => day.is_working)) {
			const taken = records.value.filter((record) => !record.deleted && record.staff_id === staffId && record.date.startsWith(date));
			days.push({ staffId, date, hours: slots.map((slot) => ({ from: slot.from, to: slot.to })), busy: taken.map(busyOf) });
		}
	}
	return ok(days);
}

function busyOf({ id, date, seance_length: seconds, length }: RecordWire): ScheduleDay['busy'][number] {
	const from = wallOf(date.slice(11, 16));
	return { appointmentId: id, kind: 'record', from: formatWall(from), to: formatWall(Math.min(1440, from + secondsToMinutes(Math.max(seconds, length ?? 0)))) };
}
