import { type Appointment, type OperationKey, type Outcome, ok, refused, type Refused, type Reschedule, unknown } from '../../booking';
import { dateOf, minuteOf, momentRefusal, zoneClock } from '../../calendar';
import { inputs } from '../http';
import { readLive, readRecord, readRecords } from './appointments';
import { crosses, isTaken, whyTaken } from './booking';
import * as calls from './calls';
import { ruleRefusal, secondsFor } from './choice';
import type { Context } from './context';
import type { Branch } from './facts';
import { appointmentOf, digitsOf, isHidden, naiveOf, secondsToMinutes, startOf } from './mapping';
import type { RecordWire } from './wire';

/** A record as it is now, with the visit it is. */
interface Current {
	readonly branch: Branch;
	readonly record: RecordWire;
	readonly appointment: Appointment;
}

const GONE = refused('already_cancelled', 'The visit is cancelled already; book a new one.');
const OVER = refused('too_late_to_change', 'The visit has taken place or was missed; it can no longer be changed.');
const SELF_OVERLAP = refused('self_overlap', 'The client has another visit at this time; move or cancel it first.');

/** Moves a visit. The vendor replaces the whole record, so everything it holds is sent back with the new time. */
export async function rescheduleAppointment(context: Context, id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.RESCHEDULE, to);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const current = await readCurrent(context, id);
	if (current.kind !== 'ok') return current;
	const { branch, record, appointment } = current.value;
	const start = minuteOf(parsed.value.start);
	const staffId = parsed.value.staffId ?? record.staff_id;
	if (stands(branch, record, start, staffId)) return ok(appointment);
	if (parsed.value.version !== undefined && parsed.value.version !== appointment.version) return refused('version_conflict', 'The visit was changed meanwhile; read it again.');
	const barred = checkStatus(appointment) ?? ruleRefusal(branch.change, appointment.start, context.clock()) ?? momentRefusal(branch.company, minuteOf(parsed.value.start), context.clock());
	if (barred !== null) return barred;
	const seconds = await lengthWith(context, record, staffId);
	if (seconds.kind !== 'ok') return seconds;
	const visit = { start, end: start + secondsToMinutes(seconds.value) };
	if (isHidden(record.client?.phone ?? '')) return refused('not_allowed', 'The user of the credential does not see phones of clients, and a move would lose the phone; give the right in the CRM.');
	if (appointment.guestName === null) {
		const date = dateOf(zoneClock(branch.locale.zone).wall(start).day);
		const others = await readRecords(context, { client_id: appointment.clientId, start_date: date, end_date: date });
		if (others.kind !== 'ok') return others;
		if (crosses(context, { branch }, others.value, visit, appointment.clientId, record.id)) return SELF_OVERLAP;
	}
	const changed = { staff_id: Number(staffId), datetime: naiveOf(start, branch.locale.zone), seance_length: seconds.value, save_if_busy: false, send_sms: false };
	const moved = await context.transport.write(calls.updateRecord(context.companyId, id, { ...wholeOf(record), ...changed }), key);
	if (moved.kind === 'refused') return (await isTaken(context, moved, branch.locale.zone, staffId, visit, id)) ? whyTaken(context, branch.locale.zone, staffId, visit) : moved;
	if (moved.kind === 'unavailable') return moved;
	const after = await readRecord(context, id);
	const told = after.kind === 'ok' && stands(branch, after.value, start, staffId) ? appointmentOf(after.value, branch.locale, context.count) : null;
	return told === null ? unknown(key) : ok(told);
}

/** Cancels a visit: the vendor deletes its record. */
export async function cancelAppointment(context: Context, id: string, key: OperationKey): Promise<Outcome<Appointment>> {
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const current = await readCurrent(context, id);
	if (current.kind !== 'ok') return current;
	const { branch, record, appointment } = current.value;
	const barred = checkStatus(appointment) ?? ruleRefusal(branch.cancel, appointment.start, context.clock());
	if (barred !== null) return barred;
	const cancelled = appointmentOf({ ...record, deleted: true }, branch.locale, context.count) ?? appointment;
	const deleted = await context.transport.write(calls.deleteRecord(context.companyId, id), key);
	if (deleted.kind === 'refused') return deleted.reason === 'not_found' ? GONE : deleted;
	if (deleted.kind === 'unavailable') return deleted;
	const after = await readRecord(context, id);
	// the vendor may show a deleted record as deleted, or no longer at all
	if (after.kind === 'ok') return after.value.deleted ? ok(appointmentOf(after.value, branch.locale, context.count) ?? cancelled) : unknown(key);
	const isGone = after.kind === 'refused' && after.reason === 'not_found';
	return isGone || deleted.kind === 'ok' ? ok(cancelled) : unknown(key);
}

async function readCurrent(context: Context, id: string): Promise<Outcome<Current>> {
	const [branch, record] = await Promise.all([context.facts.branch(context), readLive(context, id)]);
	if (branch.kind !== 'ok') return branch;
	if (record.kind !== 'ok') return record;
	const appointment = appointmentOf(record.value, branch.value.locale, context.count);
	return appointment === null ? refused('not_found', 'There is no visit with this id; read the visits again.') : ok({ branch: branch.value, record: record.value, appointment });
}

function checkStatus({ status }: Appointment): Refused | null {
	return status === 'arrived' || status === 'no_show' ? OVER : null;
}

function stands({ locale }: Branch, record: RecordWire, start: number, staffId: string): boolean {
	return !record.deleted && record.staff_id === staffId && startOf(record, locale.zone) === start;
}

/** The record's own length, which an employee may have set by hand; another person's by the catalogue. */
async function lengthWith(context: Context, record: RecordWire, staffId: string): Promise<Outcome<number>> {
	if (staffId === record.staff_id) return ok(record.seance_length);
	const catalogue = await context.facts.catalogue(context);
	if (catalogue.kind !== 'ok') return catalogue;
	const member = catalogue.value.staff.find(({ id }) => id === staffId);
	if (member === undefined) return refused('not_found', 'There is no staff member with this id; read the staff again.');
	if (!member.bookable) return refused('staff_inactive', 'The staff member does not take bookings; choose another one.');
	const serviceIds = record.services.map(({ id }) => id);
	if (!serviceIds.every((id) => catalogue.value.seconds(id, staffId) !== null)) return refused('staff_unqualified', 'The staff member does not do all of these services; choose another one.');
	return ok(serviceIds.length === 0 ? record.seance_length : secondsFor(catalogue.value, serviceIds, staffId));
}

const KEPT_FIELDS = ['comment', 'attendance', 'api_id', 'custom_color', 'sms_remain_hours', 'email_remain_hours', 'activity_id', 'clients_count', 'technical_break_duration'] as const;
const LINE_FIELDS = ['first_cost', 'discount', 'cost', 'amount'] as const;
const PERSON_FIELDS = ['name', 'surname', 'patronymic', 'email'] as const;

/** Everything a record holds that the vendor would drop when it is not sent again. */
function wholeOf(record: RecordWire): Readonly<Record<string, unknown>> {
	const labels: readonly unknown[] = Array.isArray(record.record_labels) ? record.record_labels : [];
	const fields = record.custom_fields;
	return {
		...present(record, KEPT_FIELDS),
		services: record.services.map((line) => ({ id: Number(line.id), ...present(line, LINE_FIELDS) })),
		client: { ...present(record.client ?? {}, PERSON_FIELDS), phone: digitsOf(record.client?.phone ?? '') },
		record_labels: labels.map((label) => String(typeof label === 'object' && label !== null && 'id' in label ? label.id : label)),
		...(typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? { custom_fields: fields } : {}),
	};
}

function present(holder: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, unknown>> {
	return Object.fromEntries(names.filter((name) => holder[name] !== undefined && holder[name] !== null).map((name) => [name, holder[name]]));
}
