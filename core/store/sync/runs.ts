import type { StreamName } from '../../booking';
import type { SyncRunTable, SyncStreamTable } from '../schema/sync';
import type { Store } from '../store';

/** Progress of one stream in one run, in counts and without a person. */
export type RunRow = Readonly<SyncRunTable>;

/** A field that came or went at the vendor: its name, no value. */
export interface FieldAlert {
	readonly stream: StreamName;
	readonly name: string;
	/** UTC. */
	readonly firstAt: string;
	/** UTC; null for one that is there. */
	readonly missingSince: string | null;
}

const KEPT_MS = 30 * 86_400_000;

/** The book of runs: what the panel and the status show. */
export function createRunBook(store: Store, { tenant, clock = Date.now }: { readonly tenant: string; readonly clock?: () => number }) {
	const instant = (): string => new Date(clock()).toISOString();
	return {
		/** Begins a row; rows of a month ago go. */
		async begin(runId: string, stream: StreamName, kind: string): Promise<void> {
			await store.write(async (trx) => {
				const at = instant();
				await trx.deleteFrom('sync_run').where('tenant', '=', tenant).where('started_at', '<', new Date(clock() - KEPT_MS).toISOString()).execute();
				const zero = { pages: 0, rows_in: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0 };
				await trx.insertInto('sync_run').values({ tenant, run_id: runId, stream, kind, started_at: at, updated_at: at, status: 'running', ...zero }).onConflict((conflict) => conflict.doNothing()).execute();
			}, { survives: 'kill' });
		},
		async end(runId: string, stream: StreamName, status: string): Promise<void> {
			const at = instant();
			await store.write((trx) => trx.updateTable('sync_run').set({ status, ended_at: at, updated_at: at }).where('tenant', '=', tenant).where('run_id', '=', runId).where('stream', '=', stream).execute(), { survives: 'kill' });
		},
		/** The latest rows, newest first. */
		latest(limit: number): Promise<readonly RunRow[]> {
			return store.db.selectFrom('sync_run').selectAll().where('tenant', '=', tenant).orderBy('started_at', 'desc').orderBy('run_id').orderBy('stream').limit(limit).execute();
		},
		of(runId: string): Promise<readonly RunRow[]> {
			return store.db.selectFrom('sync_run').selectAll().where('tenant', '=', tenant).where('run_id', '=', runId).orderBy('stream').execute();
		},
		/** Fields of the vendor's records that came after the first whole reading, or are gone since. */
		async fields(): Promise<readonly FieldAlert[]> {
			const rows = await store.db.selectFrom('sync_field').selectAll().where('tenant', '=', tenant).where(({ or, eb }) => or([eb('of_first', '=', 0), eb('missing_since', 'is not', null)])).orderBy('stream').orderBy('name').execute();
			return rows.map(({ stream, name, first_at: firstAt, missing_since: missingSince }) => ({ stream: stream as StreamName, name, firstAt, missingSince }));
		},
		/** How far every stream is. */
		streams(): Promise<readonly Readonly<SyncStreamTable>[]> {
			return store.db.selectFrom('sync_stream').selectAll().where('tenant', '=', tenant).orderBy('stream').execute();
		},
	};
}

export type RunBook = ReturnType<typeof createRunBook>;
