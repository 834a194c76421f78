import { type Appointment, type AppointmentQuery, type Outcome, ok } from '../../booking';
import { zoneClock } from '../../calendar';
import type { CrmAppointmentLineTable, CrmAppointmentTable } from '../../store/schema/builtin-crm';
import { priceOf, readSettings, type Settings, sumPrices } from './catalogue';
import { answering, type Context, type Db } from './context';
import { APPOINTMENT_QUERY, parseInput } from './inputs';
import { NOT_SET_UP } from './selection';

type Zoned = Pick<Settings, 'zone' | 'currency'>;

/** Ids in one `in (...)`, well below the engines' limits of parameters. */
const ID_CHUNK = 500;

/** Visits that begin in the window, by start. */
export function appointments(context: Context, query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>> {
	return answering(async () => {
		const parsed = parseInput(APPOINTMENT_QUERY, query);
		if (parsed.kind === 'refused') return parsed;
		const { clientId, staffId, from, to, includeCancelled } = parsed.value;
		const { tenant, store } = context;
		const settings = await readSettings(store.db, tenant);
		if (settings === null) return NOT_SET_UP;
		let rows = store.db
			.selectFrom('crm_appointment')
			.selectAll()
			.where('tenant', '=', tenant)
			.where('starts_at', '>=', new Date(from).toISOString())
			.where('starts_at', '<', new Date(to).toISOString());
		if (clientId !== undefined) rows = rows.where('client_id', '=', clientId);
		if (staffId !== undefined) rows = rows.where('staff_id', '=', staffId);
		if (!includeCancelled) rows = rows.where('status', '<>', 'cancelled');
		return ok(await withLines(store.db, tenant, settings, await rows.orderBy('starts_at').orderBy('id').execute()));
	});
}

/** One visit, or null. */
export async function readAppointment(db: Db, tenant: string, settings: Zoned, id: string): Promise<Appointment | null> {
	const row = await readRow(db, tenant, id);
	if (row === null) return null;
	const [appointment] = await withLines(db, tenant, settings, [row]);
	return appointment ?? null;
}

/** The row of a visit, or null. */
export async function readRow(db: Db, tenant: string, id: string): Promise<CrmAppointmentTable | null> {
	const row = await db.selectFrom('crm_appointment').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
	return row ?? null;
}

/** Rows as the domain sees them, with the services and prices of the booking; the order is kept. */
export async function withLines(db: Db, tenant: string, settings: Zoned, rows: readonly CrmAppointmentTable[]): Promise<Appointment[]> {
	const lines = new Map<string, CrmAppointmentLineTable[]>();
	for (let index = 0; index < rows.length; index += ID_CHUNK) {
		const ids = rows.slice(index, index + ID_CHUNK).map(({ id }) => id);
		const found = await db.selectFrom('crm_appointment_line').selectAll().where('tenant', '=', tenant).where('appointment_id', 'in', ids).orderBy('position').execute();
		for (const line of found) lines.set(line.appointment_id, [...(lines.get(line.appointment_id) ?? []), line]);
	}
	const { zone, currency } = settings;
	return rows.map((row) => {
		const own = lines.get(row.id) ?? [];
		return {
			id: row.id,
			clientId: row.client_id,
			serviceIds: own.map((line) => line.service_id),
			staffId: row.staff_id,
			start: localInstant(zone, row.starts_at),
			end: localInstant(zone, row.ends_at),
			status: row.status,
			price: sumPrices(own.map((line) => priceOf(line, currency)), currency),
			comment: row.comment,
			guestName: row.guest_name,
			version: String(row.version),
		};
	});
}

/** A stored instant with the offset of the salon's zone. */
export function localInstant(zone: string, stored: string): string {
	return zoneClock(zone).format(Date.parse(stored) / 60_000);
}

/** An instant as the tables keep it. */
export function storedInstant(minute: number): string {
	return new Date(minute * 60_000).toISOString();
}
