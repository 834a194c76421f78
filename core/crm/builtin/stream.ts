import { type RawBuilder, sql, type SqlBool } from 'kysely';
import * as v from 'valibot';
import { ok, type Outcome, type StreamName, type StreamPage, type StreamRecord, type StreamWindow } from '../../booking';
import { withLines } from './appointments';
import { readServices, readSettings, readStaff, type Settings } from './catalogue';
import { clientOf } from './clients';
import { answering, type Context, type Db } from './context';
import { INSTANT, parseInput } from './inputs';
import { NOT_SET_UP } from './selection';

const PAGE_SIZE = 200;

/** A record with the moment of its last change; pages are ordered by both. */
interface Changed {
	readonly id: string;
	readonly at: string;
	readonly data: Readonly<Record<string, unknown>>;
}

interface Bounds {
	readonly from: string;
	readonly to: string;
	/** Last record of the previous page. */
	readonly after: { readonly at: string; readonly id: string };
}

type Reader = (db: Db, tenant: string, settings: Settings, bounds: Bounds) => Promise<Changed[]>;

const CURSOR = v.pipe(v.string(), v.maxLength(200), v.regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z \S+$/, 'The cursor is not one this CRM gave; start without a cursor.'));
const WINDOW = v.object({ from: v.optional(INSTANT), to: v.optional(INSTANT), cursor: v.optional(CURSOR) });
/** Sorts before and after every instant the tables hold. */
const FIRST = '';
const LAST = '~';

/** Small lists are read whole and cut in memory; the long ones page in the database. */
const READERS: Readonly<Record<StreamName, Reader>> = {
	company: async (_db, tenant, { updatedAt, ...settings }, bounds) => cut([{ id: tenant, at: updatedAt, data: settings }], bounds),
	services: async (db, tenant, { currency }, bounds) =>
		cut(
			(await readServices(db, tenant, currency)).map(({ updatedAt, ...service }) => ({ id: service.id, at: updatedAt, data: service })),
			bounds,
		),
	staff: async (db, tenant, { currency }, bounds) => {
		const changed = await staffChanges(db, tenant);
		const staff = await readStaff(db, tenant, currency);
		return cut(staff.map((member) => ({ id: member.id, at: changed.get(member.id)?.updated_at ?? FIRST, data: { ...member } })), bounds);
	},
	schedules: async (db, tenant, _settings, bounds) => {
		const changed = await staffChanges(db, tenant);
		const weeks = await db.selectFrom('crm_schedule').selectAll().where('tenant', '=', tenant).orderBy('weekday').execute();
		const exceptions = await db.selectFrom('crm_schedule_exception').selectAll().where('tenant', '=', tenant).orderBy('date').execute();
		const plan = (row: { hours: string; breaks: string }): object => ({ hours: JSON.parse(row.hours), breaks: JSON.parse(row.breaks) });
		return cut(
			[...changed.values()].map((row) => ({
				id: row.id,
				at: row.schedule_updated_at,
				data: {
					staffId: row.id,
					weekly: Object.fromEntries(weeks.filter((week) => week.staff_id === row.id).map((week) => [week.weekday, plan(week)])),
					exceptions: Object.fromEntries(exceptions.filter((day) => day.staff_id === row.id).map((day) => [day.date, plan(day)])),
				},
			})),
			bounds,
		);
	},
	clients: async (db, tenant, _settings, bounds) => {
		const rows = await db.selectFrom('crm_client').selectAll().where('tenant', '=', tenant).where(inWindow(bounds)).orderBy('updated_at').orderBy('id').limit(PAGE_SIZE).execute();
		return rows.map((row) => ({ id: row.id, at: row.updated_at, data: { ...clientOf(row), notes: row.notes, createdAt: row.created_at } }));
	},
	visits: async (db, tenant, settings, bounds) => {
		const rows = await db.selectFrom('crm_appointment').selectAll().where('tenant', '=', tenant).where(inWindow(bounds)).orderBy('updated_at').orderBy('id').limit(PAGE_SIZE).execute();
		const visits = await withLines(db, tenant, settings, rows);
		return visits.map((visit, index) => ({ id: visit.id, at: rows[index]?.updated_at ?? FIRST, data: { ...visit, createdAt: rows[index]?.created_at } }));
	},
	goods: async (db, tenant, { currency }, bounds) => {
		const sales = await db.selectFrom('crm_goods_sale').selectAll().where('tenant', '=', tenant).where(inWindow(bounds)).orderBy('updated_at').orderBy('id').limit(PAGE_SIZE).execute();
		if (sales.length === 0) return [];
		const lines = await db.selectFrom('crm_goods_sale_line').selectAll().where('tenant', '=', tenant).where('sale_id', 'in', sales.map(({ id }) => id)).orderBy('position').execute();
		return sales.map((sale) => ({
			id: sale.id,
			at: sale.updated_at,
			data: {
				id: sale.id,
				clientId: sale.client_id,
				staffId: sale.staff_id,
				appointmentId: sale.appointment_id,
				soldAt: sale.sold_at,
				currency,
				lines: lines.filter((line) => line.sale_id === sale.id).map((line) => ({ title: line.title, quantity: line.quantity, unitPrice: line.unit_price })),
			},
		}));
	},
};

/**
 * Pages of a stream by time of change, oldest first; exact, because the tables are the CRM. Erased clients come as
 * cards without a name and phone. Stops after the first page that is not `ok`.
 */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = parseInput(WINDOW, window);
	if (parsed.kind === 'refused') {
		yield parsed;
		return;
	}
	const from = parsed.value.from === undefined ? FIRST : new Date(parsed.value.from).toISOString();
	const to = parsed.value.to === undefined ? LAST : new Date(parsed.value.to).toISOString();
	for (let cursor = parsed.value.cursor ?? null; ; ) {
		const outcome = await readPage(context, name, from, to, cursor);
		yield outcome;
		if (outcome.kind !== 'ok' || outcome.value.cursor === null) return;
		cursor = outcome.value.cursor;
	}
}

function readPage({ store, tenant }: Context, name: StreamName, from: string, to: string, cursor: string | null): Promise<Outcome<StreamPage>> {
	return answering(async () => {
		const settings = await readSettings(store.db, tenant);
		if (settings === null) return NOT_SET_UP;
		const space = cursor?.indexOf(' ') ?? 0;
		const after = { at: cursor?.slice(0, space) ?? FIRST, id: cursor?.slice(space + 1) ?? FIRST };
		const changed = await READERS[name](store.db, tenant, settings, { from, to, after });
		const last = changed.at(-1);
		const records: StreamRecord[] = changed.map(({ id, data }) => ({ id, data }));
		return ok({ records, cursor: last === undefined || changed.length < PAGE_SIZE ? null : `${last.at} ${last.id}`, exact: true });
	});
}

/** Row values compare as the order does, in both engines. */
function inWindow({ from, to, after }: Bounds): RawBuilder<SqlBool> {
	return sql<SqlBool>`updated_at >= ${from} and updated_at < ${to} and (updated_at, id) > (${after.at}, ${after.id})`;
}

function cut(records: readonly Changed[], { from, to, after }: Bounds): Changed[] {
	return records
		.filter(({ at, id }) => at >= from && at < to && (at > after.at || (at === after.at && id > after.id)))
		.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
		.slice(0, PAGE_SIZE);
}

async function staffChanges(db: Db, tenant: string): Promise<Map<string, { id: string; updated_at: string; schedule_updated_at: string }>> {
	const rows = await db.selectFrom('crm_staff').select(['id', 'updated_at', 'schedule_updated_at']).where('tenant', '=', tenant).execute();
	return new Map(rows.map((row) => [row.id, row]));
}
