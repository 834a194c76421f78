import type { Transaction } from 'kysely';
import type { StreamName, SyncedEntity } from '../../booking';
import { StoreError } from '../errors';
import type { WorkLease } from '../lock';
import type { Database } from '../schema';
import type { SyncRunTable, SyncStreamTable } from '../schema/sync';
import type { Store } from '../store';
import { noteChanges } from './changes';
import type { Told } from './merge';
import { countSeen, reconcile, see, unseenOf } from './seen';
import { ownersOf, sumClients, touchAll, touchClients } from './sums';
import { type RowChange, upsertTold } from './upsert';

export const ENTITY_OF = { company: 'company', services: 'service', staff: 'staff', clients: 'client', visits: 'visit', goods: 'goods', schedules: 'schedule' } as const satisfies Readonly<Record<StreamName, SyncedEntity>>;

/** Pages of a stream that follow each other, read. */
export interface PageToApply {
	readonly stream: StreamName;
	readonly runId: string;
	readonly told: readonly Told[];
	readonly rejected: readonly { readonly id: string; readonly reason: string }[];
	/** Ids of all records of the pages, rejected and skipped ones too. */
	readonly ids: readonly string[];
	readonly pages: number;
	/** Of the first copy: nothing it brings is a change. */
	readonly initial: boolean;
	/** The CRM's own totals of the clients of these pages are to be read again. */
	readonly rereadTotals: boolean;
	/** Clients whose totals these pages brought. */
	readonly totalsOf?: readonly string[];
	/** Where the whole reading stands after these pages; absent outside one. `counted`: all of them gave the count `total`. */
	readonly checkpoint?: { readonly windowId: string; readonly cursor: string | null; readonly exact: boolean; readonly counted: boolean; readonly total: number | null };
}

export interface Applied {
	readonly inserted: number;
	readonly updated: number;
	readonly unchanged: number;
	readonly deleted: number;
}

/** The lease was lost: another process reads the stream now, and nothing of this step was saved. */
export class LeaseLost extends Error {
	constructor() {
		super('Another process reads this stream now; nothing of this step was saved.');
		this.name = 'LeaseLost';
	}
}

/** A power cut that undoes the latest pages costs their reading again: rows and checkpoint go together. */
const REPEATABLE = { survives: 'kill' } as const;
/** Streams that the sums of clients are made of. */
const SUMMED: ReadonlySet<StreamName> = new Set(['clients', 'visits', 'goods']);
/** Clients summed in one transaction. */
const SUM_BATCH = 250;

export interface CopyOptions {
	readonly tenant: string;
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
}

export type StreamState = SyncStreamTable;
export type RunRow = SyncRunTable;

/** The copy of one branch: pages go in with their checkpoint in one transaction, under the lease of their stream. */
export type Copy = ReturnType<typeof createCopy>;

export function createCopy(store: Store, { tenant, clock = Date.now }: CopyOptions) {
	const instant = (): string => new Date(clock()).toISOString();

	async function change(trx: Transaction<Database>, stream: StreamName, set: Partial<SyncStreamTable>): Promise<void> {
		await trx.updateTable('sync_stream').set(set).where('tenant', '=', tenant).where('stream', '=', stream).execute();
	}

	/** One transaction under the lease. Throws {@link LeaseLost}. */
	function under<T>(lease: WorkLease, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
		return store.write(async (trx) => {
			if (!(await lease.keepIn(trx))) throw new LeaseLost();
			return work(trx);
		}, REPEATABLE);
	}

	async function stateIn(trx: Pick<Transaction<Database>, 'selectFrom'>, stream: StreamName): Promise<StreamState | undefined> {
		return trx.selectFrom('sync_stream').selectAll().where('tenant', '=', tenant).where('stream', '=', stream).executeTakeFirst();
	}

	async function applyRows(trx: Transaction<Database>, page: PageToApply, at: string): Promise<readonly RowChange[]> {
		const entity = ENTITY_OF[page.stream];
		// the first copy notes all clients at its end
		if (page.initial && page.checkpoint !== undefined) return upsertTold(trx, tenant, entity, page.told, at);
		const before = entity === 'visit' || entity === 'goods' ? await ownersOf(trx, tenant, entity, page.told.map(({ id }) => id)) : [];
		const changes = await upsertTold(trx, tenant, entity, page.told, at);
		if (entity === 'client') await touchClients(trx, tenant, page.rereadTotals ? page.ids : changes.map(({ id }) => id), page.rereadTotals);
		if ((entity === 'visit' || entity === 'goods') && changes.length > 0) {
			const changed = new Set(changes.map(({ id }) => id));
			const now = page.told.filter(({ id }) => changed.has(id)).flatMap(({ fields }) => (typeof fields.client_id === 'string' ? [fields.client_id] : []));
			await touchClients(trx, tenant, [...before, ...now], page.rereadTotals);
		}
		if (page.totalsOf !== undefined && page.totalsOf.length > 0) {
			await trx.updateTable('sync_touched').set({ total_due: 0 }).where('tenant', '=', tenant).where('client_id', 'in', page.totalsOf).execute();
			await trx.deleteFrom('sync_touched').where('tenant', '=', tenant).where('client_id', 'in', page.totalsOf).where('sum_due', '=', 0).where('total_due', '=', 0).execute();
		}
		return changes;
	}

	async function noteRejects(trx: Transaction<Database>, { stream, rejected, told }: PageToApply, at: string): Promise<void> {
		for (const { id, reason } of rejected) {
			const row = { tenant, stream, id, reason, first_at: at, last_at: at };
			await trx.insertInto('sync_reject').values(row).onConflict((conflict) => conflict.columns(['tenant', 'stream', 'id']).doUpdateSet({ reason, last_at: at })).execute();
		}
		const isClean = (await trx.selectFrom('sync_reject').select('id').where('tenant', '=', tenant).where('stream', '=', stream).limit(1).execute()).length === 0;
		if (!isClean && told.length > 0) await trx.deleteFrom('sync_reject').where('tenant', '=', tenant).where('stream', '=', stream).where('id', 'in', told.map(({ id }) => id)).execute();
	}

	return {
		tenant,
		instant,

		/** How far a stream is copied; made when it is first asked for. */
		async state(stream: StreamName): Promise<StreamState> {
			const known = await stateIn(store.db, stream);
			if (known !== undefined) return known;
			return store.write(async (trx) => {
				await trx.insertInto('sync_stream').values({ tenant, stream, generation: 0, window_pages: 0, window_rows: 0, window_rejected: 0, window_exact: 1, window_counted: 1 }).onConflict((conflict) => conflict.doNothing()).execute();
				const made = await stateIn(trx, stream);
				if (made === undefined) throw new StoreError('not_found');
				return made;
			});
		},

		/** Begins a whole reading anew, also one that is under way. */
		openWindow(lease: WorkLease, stream: StreamName, windowId: string): Promise<void> {
			return under(lease, async (trx) => {
				await trx.deleteFrom('sync_seen').where('tenant', '=', tenant).where('stream', '=', stream).execute();
				await change(trx, stream, { window_id: windowId, window_began_at: instant(), window_cursor: null, window_pages: 0, window_rows: 0, window_rejected: 0, window_exact: 1, window_counted: 1, window_total: null });
			});
		},

		/** Applies a page, with its checkpoint, progress and changes, in one transaction. Throws {@link LeaseLost}. */
		apply(lease: WorkLease, page: PageToApply): Promise<Applied> {
			return under(lease, async (trx) => {
				const { stream, runId, checkpoint } = page;
				const at = instant();
				const changes = await applyRows(trx, page, at);
				await noteRejects(trx, page, at);
				if (checkpoint !== undefined) {
					await see(trx, tenant, stream, page.ids);
					const state = await stateIn(trx, stream);
					if (state?.window_id !== checkpoint.windowId) throw new LeaseLost();
					const isCounted = checkpoint.counted && (state.window_pages === 0 || state.window_total === checkpoint.total);
					await change(trx, stream, {
						window_cursor: checkpoint.cursor, window_pages: state.window_pages + page.pages, window_rows: state.window_rows + page.ids.length, window_rejected: state.window_rejected + page.rejected.length,
						window_exact: Number(state.window_exact === 1 && checkpoint.exact), window_counted: Number(state.window_counted === 1 && isCounted), window_total: checkpoint.total,
					});
				}
				const count = (kind: RowChange['kind']): number => changes.filter((one) => one.kind === kind).length;
				const applied = { inserted: count('created'), updated: count('updated'), deleted: count('deleted'), unchanged: page.told.length - changes.length };
				await trx
					.updateTable('sync_run')
					.set(({ eb }) => ({
						updated_at: at, pages: eb('pages', '+', page.pages), rows_in: eb('rows_in', '+', page.ids.length), inserted: eb('inserted', '+', applied.inserted), updated: eb('updated', '+', applied.updated),
						deleted: eb('deleted', '+', applied.deleted), unchanged: eb('unchanged', '+', applied.unchanged), rejected: eb('rejected', '+', page.rejected.length), ...(checkpoint === undefined ? {} : { total: checkpoint.total }),
					}))
					.where('tenant', '=', tenant).where('run_id', '=', runId).where('stream', '=', stream)
					.execute();
				if (!page.initial) await noteChanges(trx, tenant, ENTITY_OF[stream], changes, at);
				return applied;
			});
		},

		/** Ends a whole reading; an exact one, of a stream copied before, looks for what is gone. */
		closeWindow(lease: WorkLease, stream: StreamName, end: { readonly runId: string; readonly exact: boolean; readonly changedTo: string; readonly rereadTotals: boolean; readonly days?: { readonly from: string; readonly to: string } }): Promise<'done' | 'guarded' | 'inexact'> {
			return under(lease, async (trx) => {
				const at = instant();
				const state = await stateIn(trx, stream);
				if (state?.window_id == null || state.window_began_at === null) throw new LeaseLost();
				const looks = end.exact && state.full_at !== null;
				const verdict = looks ? await reconcile(trx, tenant, { stream, entity: ENTITY_OF[stream], beganAt: state.window_began_at, at, days: end.days }) : null;
				await trx.deleteFrom('sync_seen').where('tenant', '=', tenant).where('stream', '=', stream).execute();
				if (state.full_at === null && SUMMED.has(stream)) await touchAll(trx, tenant);
				await change(trx, stream, {
					window_id: null, window_cursor: null, window_began_at: null, generation: state.generation + 1, full_at: state.window_began_at, last_ok_at: at, last_error: verdict?.kind === 'guarded' ? 'many_missing' : null,
					changed_to: laterOf(state.changed_to, end.changedTo),
				});
				if (verdict?.kind === 'done' && verdict.deleted.length > 0) {
					const entity = ENTITY_OF[stream];
					const ids = verdict.deleted.map(({ id }) => id);
					if (entity === 'visit' || entity === 'goods') await touchClients(trx, tenant, await ownersOf(trx, tenant, entity, ids), end.rereadTotals);
					await trx.updateTable('sync_run').set(({ eb }) => ({ deleted: eb('deleted', '+', ids.length) })).where('tenant', '=', tenant).where('run_id', '=', end.runId).where('stream', '=', stream).execute();
					await noteChanges(trx, tenant, entity, verdict.deleted, at);
				}
				return verdict === null ? (end.exact ? 'done' : 'inexact') : verdict.kind;
			});
		},

		/** Moves a bound that a reading of changes has reached; it never goes back. */
		reached(lease: WorkLease, stream: StreamName, bound: { readonly changedTo?: string; readonly backfilledTo?: string }): Promise<void> {
			return under(lease, async (trx) => {
				const state = await stateIn(trx, stream);
				if (state === undefined) throw new LeaseLost();
				const { changed_to: changedTo, backfilled_to: backfilledTo } = state;
				await change(trx, stream, {
					last_ok_at: instant(), last_error: null,
					...(bound.changedTo === undefined ? {} : { changed_to: laterOf(changedTo, bound.changedTo) }),
					...(bound.backfilledTo === undefined ? {} : { backfilled_to: backfilledTo !== null && backfilledTo < bound.backfilledTo ? backfilledTo : bound.backfilledTo }),
				});
			});
		},

		/** Notes that a stream could not be read on; a word, no data. `anew`: what was read of a whole reading is not to be built on. */
		async failed(stream: StreamName, error: string, anew = false): Promise<void> {
			await store.write((trx) => change(trx, stream, { last_error: error, ...(anew ? { window_id: null, window_cursor: null, window_began_at: null } : {}) }), REPEATABLE);
		},

		/** Which of these records the whole reading under way has not shown yet. */
		unseen: (stream: StreamName, ids: readonly string[]) => unseenOf(store.db, tenant, stream, ids),
		/** How many records it has shown. */
		seen: (stream: StreamName) => countSeen(store.db, tenant, stream),

		/** Makes the sums of some clients that are due; false when none was. */
		sumSome(): Promise<boolean> {
			return store.write(async (trx) => {
				const due = await trx.selectFrom('sync_touched').select('client_id').where('tenant', '=', tenant).where('sum_due', '=', 1).orderBy('client_id').limit(SUM_BATCH).execute();
				if (due.length === 0) return false;
				const ids = due.map(({ client_id: id }) => id);
				const goods = await stateIn(trx, 'goods');
				// first the marks, then the sums: whoever marks again meanwhile is summed again
				await trx.updateTable('sync_touched').set({ sum_due: 0 }).where('tenant', '=', tenant).where('client_id', 'in', ids).execute();
				await trx.deleteFrom('sync_touched').where('tenant', '=', tenant).where('client_id', 'in', ids).where('sum_due', '=', 0).where('total_due', '=', 0).execute();
				await sumClients(trx, tenant, ids, goods?.full_at != null);
				return true;
			}, REPEATABLE);
		},

		/** Some clients whose totals at the CRM are to be read again. */
		async totalsDue(limit: number): Promise<readonly string[]> {
			const rows = await store.db.selectFrom('sync_touched').select('client_id').where('tenant', '=', tenant).where('total_due', '=', 1).orderBy('client_id').limit(limit).execute();
			return rows.map(({ client_id: id }) => id);
		},
	};
}

function laterOf(known: string | null, other: string): string {
	return known !== null && known > other ? known : other;
}
