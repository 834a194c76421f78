import { type SelectQueryBuilder, sql } from 'kysely';
import type { AppointmentStatus, CalendarDate, Instant, Phone, StreamName, SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import type { SyncTables } from '../schema/sync';
import type { Store } from '../store';
import { type CopyRecord, type EntityRow, recordOf, rejectRecordOf, runRecordOf } from './records';
import { MERGE_RULES } from './rules';
import { nameKey } from './told';

/** A part of a list. */
export interface ListPage {
	/** Infinity for all. */
	readonly limit: number;
	/** How many of the first are left out; 0 when absent. */
	readonly skip?: number;
}

/** Both ends count. */
export interface Range<T> {
	readonly from?: T;
	readonly to?: T;
}

interface Deletable {
	/** Only what is deleted, when true; only what is not when false or absent. */
	readonly deleted?: boolean;
}

export interface ClientFilter extends Deletable {
	/** A part of the name, in any case. */
	readonly search?: string;
	readonly phone?: Phone;
	/** Minor units. */
	readonly totalSpent?: Range<number>;
	readonly visitsCount?: Range<number>;
	readonly firstVisit?: Range<CalendarDate>;
	readonly lastVisit?: Range<CalendarDate>;
	/** `MM-DD`; from a later day to an earlier one goes over the new year. */
	readonly birthday?: Range<string>;
	readonly blocked?: boolean;
	readonly moneyMismatch?: boolean;
	readonly hasPhone?: boolean;
}

/** Half-open, unlike the ranges of days. */
interface Moments {
	readonly from?: Instant;
	readonly to?: Instant;
	readonly clientId?: string;
	readonly staffId?: string;
}

export interface VisitFilter extends Deletable, Moments {
	readonly status?: AppointmentStatus;
}
export interface GoodsFilter extends Deletable, Moments {}
export interface ScheduleFilter extends Range<CalendarDate> {
	readonly staffId?: string;
}
export interface CatalogueFilter extends Deletable {
	readonly active?: boolean;
}
export interface RunFilter {
	readonly stream?: StreamName;
	readonly status?: string;
	readonly runId?: string;
}

/** Rows of one statement of a long list. */
const CHUNK = 500;

type Query<T extends keyof SyncTables> = SelectQueryBuilder<Database, T, SyncTables[T]>;
/** A query whose table is one of several of the same columns. */
type AnyQuery = Query<'sync_client'>;

/** Reads the copy of one salon, and nothing of another. Nothing here writes. */
export type CopyQuery = ReturnType<typeof createCopyQuery>;

export function createCopyQuery({ db }: Pick<Store, 'db'>, tenant: string) {
	function from<T extends keyof SyncTables>(table: T): Query<T> {
		const query = db.selectFrom(table as 'sync_client').selectAll().where('tenant', '=', tenant);
		return query as unknown as Query<T>;
	}

	return {
		/** By id, so that pages stay where they are. */
		clients: (filter: ClientFilter, page: ListPage) => list('client', clientsBy(from('sync_client'), filter), ['id'], page),
		/** By start, soonest first. */
		visits(filter: VisitFilter, page: ListPage) {
			const { from: start, to: end, status } = filter;
			const query = owned(live(from('sync_visit'), filter), filter)
				.$if(start !== undefined, (some) => some.where('start_at', '>=', utc(start)))
				.$if(end !== undefined, (some) => some.where('start_at', '<', utc(end)))
				.$if(status !== undefined, (some) => some.where('status', '=', status ?? ''));
			return list('visit', query, ['start_at', 'id'], page);
		},
		/** By the time of the sale, oldest first. */
		goods(filter: GoodsFilter, page: ListPage) {
			const { from: start, to: end } = filter;
			const query = owned(live(from('sync_goods'), filter), filter)
				.$if(start !== undefined, (some) => some.where('sold_at', '>=', utc(start)))
				.$if(end !== undefined, (some) => some.where('sold_at', '<', utc(end)));
			return list('goods', query, ['sold_at', 'id'], page);
		},
		/** By day; hours that repeat come last where no day is asked for. */
		schedules({ from: first, to: last, staffId }: ScheduleFilter, page: ListPage) {
			const query = from('sync_schedule')
				.where('deleted_at', 'is', null)
				.$if(first !== undefined, (some) => some.where('date', '>=', first ?? ''))
				.$if(last !== undefined, (some) => some.where('date', '<=', last ?? ''))
				.$if(staffId !== undefined, (some) => some.where('staff_id', '=', staffId ?? ''));
			return list('schedule', query, ["coalesce(date, '~')", 'id'], page);
		},
		services: (filter: CatalogueFilter, page: ListPage) => list('service', active(live(from('sync_service'), filter), filter), ['id'], page),
		staff: (filter: CatalogueFilter, page: ListPage) => list('staff', active(live(from('sync_staff'), filter), filter), ['id'], page),

		/** Newest first: one row a stream of a run. */
		async runs({ stream, status, runId }: RunFilter, page: ListPage) {
			const query = from('sync_run')
				.$if(stream !== undefined, (some) => some.where('stream', '=', stream ?? ''))
				.$if(status !== undefined, (some) => some.where('status', '=', status ?? ''))
				.$if(runId !== undefined, (some) => some.where('run_id', '=', runId ?? ''));
			return (await pages(query, ['started_at', 'run_id', 'stream'], page, 'desc')).map(runRecordOf);
		},
		async rejects({ stream }: { readonly stream?: StreamName }, page: ListPage) {
			const query = from('sync_reject').$if(stream !== undefined, (some) => some.where('stream', '=', stream ?? ''));
			return (await pages(query, ['stream', 'id'], page)).map(rejectRecordOf);
		},

		/** Records by their ids, deleted ones too; those that are not there are left out. */
		async byIds(entity: SyncedEntity, ids: readonly string[]): Promise<ReadonlyMap<string, CopyRecord>> {
			const found = new Map<string, CopyRecord>();
			for (let at = 0; at < ids.length; at += CHUNK) {
				const rows = await from(MERGE_RULES[entity].table).where('id', 'in', ids.slice(at, at + CHUNK)).execute();
				for (const row of rows) found.set(row.id, recordOf(entity, row as EntityRow<typeof entity>));
			}
			return found;
		},

		/** The zone of the salon; null until its company was read. */
		async zone(): Promise<string | null> {
			return (await from('sync_company').where('deleted_at', 'is', null).orderBy('id').limit(1).executeTakeFirst())?.zone ?? null;
		},

		/** How many records of each stream could not be read. */
		async rejectsByStream(): Promise<ReadonlyMap<string, number>> {
			const rows = await db.selectFrom('sync_reject').select(({ fn }) => ['stream', fn.countAll<number>().as('count')]).where('tenant', '=', tenant).groupBy('stream').execute();
			return new Map(rows.map(({ stream, count }) => [stream, Number(count)]));
		},

		/** Rows of an entity that the latest whole reading has not shown: a second one deletes them. */
		async missing(entity: SyncedEntity): Promise<number> {
			const table = MERGE_RULES[entity].table as 'sync_client';
			const { count } = await db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count')).where('tenant', '=', tenant).where('missing_since', 'is not', null).executeTakeFirstOrThrow();
			return Number(count);
		},
	};
}

function clientsBy(query: Query<'sync_client'>, filter: ClientFilter): Query<'sync_client'> {
	const { search, phone, blocked, moneyMismatch, hasPhone, birthday } = filter;
	let some = live(query, filter)
		.$if(search !== undefined, (one) => one.where(sql<boolean>`name_key like ${`%${escaped(nameKey(search ?? ''))}%`} escape '\\'`))
		.$if(phone !== undefined, (one) => one.where('phone', '=', phone ?? ''))
		.$if(blocked !== undefined, (one) => (blocked === true ? one.where('blocked', '=', 1) : one.where((eb) => eb.or([eb('blocked', '=', 0), eb('blocked', 'is', null)]))))
		.$if(moneyMismatch !== undefined, (one) => one.where('money_mismatch', '=', moneyMismatch === true ? sql.lit(1) : sql.lit(0)))
		.$if(hasPhone !== undefined, (one) => one.where('phone', hasPhone === true ? 'is not' : 'is', null));
	some = ranged(some, 'total_spent', filter.totalSpent);
	some = ranged(some, 'visits_count', filter.visitsCount);
	some = ranged(some, 'first_visit_on', filter.firstVisit);
	some = ranged(some, 'last_visit_on', filter.lastVisit);
	return birthday === undefined ? some : some.where(birthdayIn(birthday));
}

/** Month and day are the last five characters of either form. */
function birthdayIn({ from = '01-01', to = '12-31' }: Range<string>) {
	const day = sql`substr(birthday, length(birthday) - 4)`;
	const within = from <= to ? sql`${day} between ${from} and ${to}` : sql`(${day} >= ${from} or ${day} <= ${to})`;
	return sql<boolean>`birthday is not null and ${within}`;
}

function ranged<T extends 'total_spent' | 'visits_count' | 'first_visit_on' | 'last_visit_on'>(query: Query<'sync_client'>, column: T, range: Range<string | number> = {}): Query<'sync_client'> {
	let some = query;
	if (range.from !== undefined) some = some.where(sql<boolean>`${sql.ref(column)} >= ${range.from}`);
	if (range.to !== undefined) some = some.where(sql<boolean>`${sql.ref(column)} <= ${range.to}`);
	return some;
}

// tables of the copy share these columns; the compiler cannot tell that of a query over one of several
function live<Q>(query: Q, { deleted = false }: Deletable): Q {
	return (query as AnyQuery).where('deleted_at', deleted ? 'is not' : 'is', null) as Q;
}

function owned<Q>(query: Q, { clientId, staffId }: Moments): Q {
	let some = query as Query<'sync_visit'>;
	if (clientId !== undefined) some = some.where('client_id', '=', clientId);
	if (staffId !== undefined) some = some.where('staff_id', '=', staffId);
	return some as Q;
}

function active<Q>(query: Q, { active: isActive }: CatalogueFilter): Q {
	return isActive === undefined ? query : ((query as Query<'sync_staff'>).where('active', '=', Number(isActive)) as Q);
}

async function list<E extends SyncedEntity>(entity: E, query: unknown, order: readonly string[], page: ListPage): Promise<readonly CopyRecord[]> {
	const rows = await pages(query as AnyQuery, order, page);
	return rows.map((row) => recordOf(entity, row as unknown as EntityRow<E>));
}

/**
 * A long list in several statements: no one of them holds the database for long. Each goes on after the last row of the
 * one before, so that a sync which writes meanwhile neither hides a row nor shows one twice. `order` ends in what is unique.
 */
async function pages<T extends keyof SyncTables>(query: Query<T>, order: readonly string[], { limit, skip = 0 }: ListPage, direction: 'asc' | 'desc' = 'asc'): Promise<SyncTables[T][]> {
	const rows: SyncTables[T][] = [];
	const columns = order.map((column) => sql.raw<string>(column));
	const sorted = columns.reduce((some, column) => some.orderBy(column, direction), query as AnyQuery);
	const keys = columns.map((column, index) => column.as(`key_${index}`));
	for (let after: readonly string[] | null = null; rows.length < limit; ) {
		const size = Math.min(CHUNK, limit - rows.length);
		const from: AnyQuery = after === null ? sorted.offset(skip) : sorted.where(sql<boolean>`(${sql.join(columns)}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${sql.join(after)})`);
		const page = await from.select(keys).limit(size).execute();
		rows.push(...(page as unknown as SyncTables[T][]));
		const last = page.at(-1) as Readonly<Record<string, unknown>> | undefined;
		if (last === undefined || page.length < size) break;
		after = keys.map((_key, index) => String(last[`key_${index}`]));
	}
	return rows;
}

function utc(instant: string | undefined): string {
	return new Date(instant ?? 0).toISOString();
}

function escaped(text: string): string {
	return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
