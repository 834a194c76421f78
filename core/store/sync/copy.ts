import type { Transaction } from 'kysely';
import type { StreamName } from '../../booking';
import { StoreError } from '../errors';
import type { WorkLease } from '../lock';
import { spareTold } from '../outreach/silence';
import type { Database } from '../schema';
import type { SyncStreamTable } from '../schema/sync';
import type { Store } from '../store';
import { type Absent, absentOf, find, type ShownWindow } from './absent';
import { noteChanges } from './changes';
import { type FieldNews, noteFields } from './fields';
import { applyRows, ENTITY_OF, noteRejects, type PageToApply } from './page';
import { countSeen, doomed, lose, missesTooMany, reconcile, see, unseenOf } from './seen';
import { ownersOf, sumClients, touchAll, touchClients } from './sums';
import type { RowChange } from './upsert';

export interface Applied {
	readonly inserted: number;
	readonly updated: number;
	readonly unchanged: number;
	readonly deleted: number;
	/** Of the deleted, rows of voided records; null when those were too many and stayed. */
	readonly dropped: number | null;
}

/** How a whole reading ended. */
export interface WindowEnd {
	readonly runId: string;
	/** What it did not show is not there. */
	readonly exact: boolean;
	readonly changedTo: string;
	readonly rereadTotals: boolean;
	/** So many of its records were voided that their rows stayed. */
	readonly guarded?: boolean;
	readonly days?: { readonly from: string; readonly to: string };
	/** The salon says that whatever is missing is gone. */
	readonly acceptsMissing?: boolean;
	/** Names of all fields its records had; absent where not all of them passed by. */
	readonly fields?: readonly string[];
}

export interface Verdict {
	readonly kind: 'done' | 'guarded' | 'inexact';
	readonly fields: FieldNews;
}

/** How far a reading of changes has come. */
export interface Bound {
	readonly changedTo?: string;
	readonly backfilledTo?: string;
	/** What is left of a reading that is done in slices; null when nothing is. */
	readonly slices?: string | null;
	/** It met more records that are gone than can be believed. */
	readonly guarded?: boolean;
}

/** What a reading of a window of the records' own time makes of what it did not show. */
export interface Settlement {
	readonly runId: string;
	readonly rereadTotals: boolean;
	/** Two readings missed them. */
	readonly gone: readonly string[];
	readonly doubtful: readonly string[];
	readonly found: readonly string[];
}

/** The word for {@link SyncStreamTable.guarded_since}. */
const MANY_MISSING = 'many_missing';

const NO_NEWS: FieldNews = { appeared: [], vanished: [] };

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

	/** Deletions are changes like others: sums, the run's count and readers of changes hear of them. */
	async function noteDeleted(trx: Transaction<Database>, stream: StreamName, ids: readonly string[], { runId, rereadTotals }: Pick<WindowEnd, 'runId' | 'rereadTotals'>, at: string): Promise<void> {
		if (ids.length === 0) return;
		const entity = ENTITY_OF[stream];
		if (entity === 'visit' || entity === 'goods') await touchClients(trx, tenant, await ownersOf(trx, tenant, entity, ids), rereadTotals);
		await trx.updateTable('sync_run').set(({ eb }) => ({ deleted: eb('deleted', '+', ids.length) })).where('tenant', '=', tenant).where('run_id', '=', runId).where('stream', '=', stream).execute();
		await noteChanges(trx, tenant, entity, ids.map((id) => ({ id, kind: 'deleted' })), at);
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
		async apply(lease: WorkLease, page: PageToApply): Promise<Applied> {
			if (page.stream === 'visits') await store.months?.ensure('sync_visit', page.told.flatMap(({ fields }) => (typeof fields.start_at === 'string' ? [fields.start_at] : [])));
			return under(lease, async (trx) => {
				const { stream, runId, checkpoint } = page;
				const at = instant();
				const { merged, dropped } = await applyRows(trx, tenant, page, at);
				if (stream === 'clients') await spareTold(trx, store.vault, tenant, page.told);
				const changes = [...merged, ...(dropped ?? [])];
				await noteRejects(trx, tenant, page, at);
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
				const applied = { inserted: count('created'), updated: count('updated'), deleted: count('deleted'), unchanged: page.told.length - merged.length, dropped: dropped?.length ?? null };
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

		/** Ends a whole reading; a sure one, of a stream copied before, looks for what is gone. */
		closeWindow(lease: WorkLease, stream: StreamName, end: WindowEnd): Promise<Verdict> {
			return under(lease, async (trx) => {
				const at = instant();
				const state = await stateIn(trx, stream);
				if (state?.window_id == null || state.window_began_at === null) throw new LeaseLost();
				const looks = end.exact && state.full_at !== null;
				const reading = { stream, entity: ENTITY_OF[stream], beganAt: state.window_began_at, days: end.days, acceptsMissing: end.acceptsMissing };
				const verdict = looks ? await reconcile(trx, tenant, { ...reading, at }) : null;
				// a reading that proves nothing may still have shown what was missing
				const isStillGuarded = verdict === null && state.guarded_since !== null && end.acceptsMissing !== true && (await missesTooMany(trx, tenant, reading));
				const isGuarded = verdict?.kind === 'guarded' || end.guarded === true || isStillGuarded;
				await trx.deleteFrom('sync_seen').where('tenant', '=', tenant).where('stream', '=', stream).execute();
				// clients who were read before their visits or sales: what these came to meanwhile is not in their totals
				const isLate = stream !== 'clients' && end.rereadTotals && (await stateIn(trx, 'clients'))?.full_at != null;
				if (state.full_at === null && SUMMED.has(stream)) await touchAll(trx, tenant, isLate);
				await change(trx, stream, {
					window_id: null, window_cursor: null, window_began_at: null, generation: state.generation + 1, full_at: state.window_began_at, last_ok_at: at, slices: null, ...alarm(state, isGuarded, at),
					changed_to: laterOf(state.changed_to, end.changedTo),
				});
				const fields = end.fields === undefined ? NO_NEWS : await noteFields(trx, tenant, stream, end.fields, at);
				if (verdict?.kind === 'done') await noteDeleted(trx, stream, verdict.deleted.map(({ id }) => id), end, at);
				return { kind: verdict === null ? (end.exact ? 'done' : 'inexact') : verdict.kind, fields };
			});
		},

		/** Rows that the end of the whole reading under way would delete: to be looked for by their ids before. */
		async doomed(stream: StreamName, acceptsMissing = false): Promise<readonly string[]> {
			const { window_began_at: beganAt, full_at: before } = (await stateIn(store.db, stream)) ?? {};
			return beganAt == null || before == null ? [] : doomed(store.db, tenant, { stream, entity: ENTITY_OF[stream], beganAt, acceptsMissing });
		},
		/** Counts records as shown by the whole reading under way: they were found by their ids. */
		sawToo: (lease: WorkLease, stream: StreamName, ids: readonly string[]) => under(lease, (trx) => see(trx, tenant, stream, ids)),

		/** What the copy holds of a window of records' own time and a reading of it did not show. */
		absent: (stream: StreamName, shown: Omit<ShownWindow, 'entity'>): Promise<Absent> => absentOf(store.db, tenant, { ...shown, entity: ENTITY_OF[stream] }),

		/**
		 * Moves a bound that a reading of changes has reached; it never goes back. Goes together with what the reading makes of
		 * records it missed: marks them, deletes those that two missed, and forgets the marks of those found again. An alarm
		 * stays: what changed lately says nothing of what is missing.
		 */
		reached(lease: WorkLease, stream: StreamName, bound: Bound, end?: Settlement): Promise<void> {
			return under(lease, async (trx) => {
				const [at, state] = [instant(), await stateIn(trx, stream)];
				if (state === undefined) throw new LeaseLost();
				const { changed_to: changedTo, backfilled_to: backfilledTo } = state;
				await change(trx, stream, {
					last_ok_at: at, ...alarm(state, state.guarded_since !== null || bound.guarded === true, at),
					...(bound.slices === undefined ? {} : { slices: bound.slices }),
					...(bound.changedTo === undefined ? {} : { changed_to: laterOf(changedTo, bound.changedTo) }),
					...(bound.backfilledTo === undefined ? {} : { backfilled_to: backfilledTo !== null && backfilledTo < bound.backfilledTo ? backfilledTo : bound.backfilledTo }),
				});
				if (end === undefined) return;
				await find(trx, tenant, ENTITY_OF[stream], end.found);
				await lose(trx, tenant, ENTITY_OF[stream], end, at);
				await noteDeleted(trx, stream, end.gone, end, at);
			});
		},

		/** Notes that the next run reads on in slices; what was read is no success yet. */
		cut: (lease: WorkLease, stream: StreamName, slices: string) => under(lease, (trx) => change(trx, stream, { slices })),

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

/** What a reading that went through leaves in the book. */
function alarm({ guarded_since: since }: StreamState, isGuarded: boolean, at: string): Pick<SyncStreamTable, 'last_error' | 'guarded_since'> {
	return { last_error: isGuarded ? MANY_MISSING : null, guarded_since: isGuarded ? (since ?? at) : null };
}

function laterOf(known: string | null, other: string): string {
	return known !== null && known > other ? known : other;
}
