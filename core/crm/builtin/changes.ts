import { type Appointment, type OperationKey, type Outcome, ok, refused, type Refused, type Reschedule } from '../../booking';
import { minuteOf } from '../../calendar';
import type { CrmAppointmentTable } from '../../store/schema/builtin-crm';
import { readRow } from './appointments';
import { checkClient, insertDetails, placeColumns, planVisit } from './booking';
import type { Settings } from './catalogue';
import type { Context, Db } from './context';
import { ID, parseInput, RESCHEDULE } from './inputs';
import { lockStaff, lockVisit } from './locks';
import { underKey } from './operations';
import { place, type Placement } from './placement';
import { releaseRows } from './taken-time';

/**
 * Moves a visit: the old time is given back and the new one taken in one transaction, so a conflict leaves the visit
 * as it was. With the same person the price of the booking stays; with another the other's price is taken.
 */
export async function rescheduleAppointment(context: Context, id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsedId = parseInput(ID, id);
	if (parsedId.kind === 'refused') return parsedId;
	const parsed = parseInput(RESCHEDULE, to);
	if (parsed.kind === 'refused') return parsed;
	const { start, staffId, version } = parsed.value;
	const { tenant } = context;
	return underKey(context, 'reschedule', key, async ({ trx, settings, now }) => {
		await lockVisit(context, trx, parsedId.value);
		const row = await readRow(trx, tenant, parsedId.value);
		if (row === null) return NO_VISIT;
		if (version !== undefined && version !== String(row.version)) return refused('version_conflict', 'The visit has changed since it was shown; read it again and ask once more.');
		const refusal = checkChange(row, settings, now) ?? (await checkOwner(trx, row));
		if (refusal !== null) return refusal;
		await lockStaff(context, trx, staffId ?? row.staff_id);
		const serviceIds = (await linesOf(trx, tenant, row.id)).map((line) => line.service_id);
		const placed = await place(trx, tenant, { serviceIds, staffId: staffId ?? row.staff_id, start }, now);
		if (placed.kind !== 'ok') return placed;
		const placement = placed.value.member.id === row.staff_id ? await withBookedPrices(trx, tenant, row.id, placed.value) : placed.value;
		const plan = await planVisit(trx, tenant, placement, row.guest_name === null ? row.client_id : null, row.id);
		if ('refusal' in plan) return plan.refusal;
		await releaseRows(trx, tenant, row.id);
		await trx.deleteFrom('crm_appointment_line').where('tenant', '=', tenant).where('appointment_id', '=', row.id).execute();
		await trx.deleteFrom('crm_appointment_resource').where('tenant', '=', tenant).where('appointment_id', '=', row.id).execute();
		await insertDetails(trx, tenant, row.id, placement, plan.rows);
		return change(trx, row, { ...placeColumns(placement), status: 'booked', updated_at: now });
	});
}

/** Cancels a visit and gives its time back. The visit stays, as cancelled. */
export async function cancelAppointment(context: Context, id: string, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = parseInput(ID, id);
	if (parsed.kind === 'refused') return parsed;
	const { tenant } = context;
	return underKey(context, 'cancel', key, async ({ trx, settings, now }) => {
		await lockVisit(context, trx, parsed.value);
		const row = await readRow(trx, tenant, parsed.value);
		if (row === null) return NO_VISIT;
		const refusal = checkChange(row, settings, now);
		if (refusal !== null) return refusal;
		await releaseRows(trx, tenant, row.id);
		return change(trx, row, { status: 'cancelled', updated_at: now });
	});
}

const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** Exactly the change notice before the visit is still in time. */
function checkChange(row: CrmAppointmentTable, settings: Settings, now: string): Refused | null {
	if (row.status === 'cancelled') return refused('already_cancelled', 'The visit is cancelled already; book a new one.');
	if (row.status === 'arrived' || row.status === 'no_show') return refused('too_late_to_change', 'The visit has taken place or was missed; it can no longer be changed.');
	const latest = minuteOf(row.starts_at) - settings.changeNoticeMinutes;
	if (minuteOf(now, 'up') <= latest && minuteOf(now) < minuteOf(row.starts_at)) return null;
	return refused('too_late_to_change', `A visit is moved or cancelled at least ${settings.changeNoticeMinutes} minutes before it; a person has to decide.`);
}

async function checkOwner(db: Db, row: CrmAppointmentTable): Promise<Refused | null> {
	const client = await db.selectFrom('crm_client').selectAll().where('tenant', '=', row.tenant).where('id', '=', row.client_id).executeTakeFirst();
	return client === undefined ? null : checkClient(db, client);
}

function linesOf(db: Db, tenant: string, id: string): Promise<Placement['lines'][number][]> {
	return db
		.selectFrom('crm_appointment_line')
		.select(['service_id', 'duration_minutes', 'price_min', 'price_max'])
		.where('tenant', '=', tenant)
		.where('appointment_id', '=', id)
		.orderBy('position')
		.execute();
}

async function withBookedPrices(db: Db, tenant: string, id: string, placement: Placement): Promise<Placement> {
	const booked = new Map((await linesOf(db, tenant, id)).map((line) => [line.service_id, line]));
	const lines = placement.lines.map((line) => {
		const old = booked.get(line.service_id) ?? line;
		return { ...line, price_min: old.price_min, price_max: old.price_max };
	});
	return { ...placement, lines };
}

/** Writes columns of a visit that is locked, under the next version. */
export async function change(trx: Db, row: CrmAppointmentTable, columns: Partial<Omit<CrmAppointmentTable, 'tenant' | 'id' | 'version'>>): Promise<Outcome<string>> {
	await trx
		.updateTable('crm_appointment')
		.set({ ...columns, version: row.version + 1 })
		.where('tenant', '=', row.tenant)
		.where('id', '=', row.id)
		.execute();
	return ok(row.id);
}
