import * as v from 'valibot';
import { type Appointment, APPOINTMENT_STATUSES, ok, type Outcome, refused } from '../../../booking';
import { readAppointment, readRow, withLines } from '../appointments';
import { readSettings } from '../catalogue';
import { change } from '../changes';
import { answering, type Context, nowText } from '../context';
import { ID, INSTANT, parseInput } from '../inputs';
import { lockVisit } from '../locks';
import { NOT_SET_UP } from '../selection';

const LIST = v.strictObject({
	clientId: v.optional(ID),
	staffId: v.optional(ID),
	serviceId: v.optional(ID),
	status: v.optional(v.picklist(APPOINTMENT_STATUSES)),
	/** Visits that begin from here on. */
	from: v.optional(INSTANT),
	/** Visits that begin before this. */
	to: v.optional(INSTANT),
	limit: v.optional(
		v.pipe(v.number(), v.integer('The limit must be a whole number.'), v.minValue(1, 'The limit must be at least 1.'), v.maxValue(500, 'The limit must be at most 500.')),
		100,
	),
	order: v.optional(v.picklist(['asc', 'desc']), 'asc'),
});
const STATUS = v.picklist(['confirmed', 'arrived', 'no_show'], 'The status must be confirmed, arrived or no_show; cancel a visit to free its time.');
/** Input of {@link listAppointments}. */
export type AppointmentList = v.InferInput<typeof LIST>;
/** What the front desk marks a visit with. */
export type VisitMark = v.InferInput<typeof STATUS>;

const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** One visit by id, cancelled ones too. */
export function getAppointment({ store, tenant }: Context, id: string): Promise<Outcome<Appointment>> {
	return answering(async () => {
		const settings = await readSettings(store.db, tenant);
		if (settings === null) return NOT_SET_UP;
		const visit = await readAppointment(store.db, tenant, settings, id);
		return visit === null ? NO_VISIT : ok(visit);
	});
}

/** Visits of any status by start, filtered. */
export function listAppointments({ store, tenant }: Context, filter: AppointmentList): Promise<Outcome<readonly Appointment[]>> {
	return answering(async () => {
		const parsed = parseInput(LIST, filter);
		if (parsed.kind === 'refused') return parsed;
		const { clientId, staffId, serviceId, status, from, to, limit, order } = parsed.value;
		const settings = await readSettings(store.db, tenant);
		if (settings === null) return NOT_SET_UP;
		let query = store.db.selectFrom('crm_appointment').selectAll().where('tenant', '=', tenant);
		if (clientId !== undefined) query = query.where('client_id', '=', clientId);
		if (staffId !== undefined) query = query.where('staff_id', '=', staffId);
		if (status !== undefined) query = query.where('status', '=', status);
		if (from !== undefined) query = query.where('starts_at', '>=', new Date(from).toISOString());
		if (to !== undefined) query = query.where('starts_at', '<', new Date(to).toISOString());
		if (serviceId !== undefined) {
			const withService = store.db.selectFrom('crm_appointment_line').select('appointment_id').where('tenant', '=', tenant).where('service_id', '=', serviceId);
			query = query.where('id', 'in', withService);
		}
		const rows = await query.orderBy('starts_at', order).orderBy('id', order).limit(limit).execute();
		return ok(await withLines(store.db, tenant, settings, rows));
	});
}

/** Marks a visit as confirmed, arrived or missed. A cancelled visit takes no mark. */
export function setAppointmentStatus(context: Context, id: string, status: VisitMark): Promise<Outcome<Appointment>> {
	return answering(async () => {
		const parsed = parseInput(STATUS, status);
		if (parsed.kind === 'refused') return parsed;
		const { tenant } = context;
		return context.store.write(async (trx): Promise<Outcome<Appointment>> => {
			const settings = await readSettings(trx, tenant);
			if (settings === null) return NOT_SET_UP;
			await lockVisit(context, trx, id);
			const row = await readRow(trx, tenant, id);
			if (row === null) return NO_VISIT;
			if (row.status === 'cancelled') return refused('already_cancelled', 'The visit is cancelled; book a new one.');
			if (row.status !== parsed.value) await change(trx, row, { status: parsed.value, updated_at: nowText(context) });
			const visit = await readAppointment(trx, tenant, settings, id);
			return visit === null ? NO_VISIT : ok(visit);
		});
	}, `visit:${id}`);
}
