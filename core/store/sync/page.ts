import type { Transaction } from 'kysely';
import type { StreamName, SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { forgetting } from './erased';
import type { Told } from './merge';
import { touchClients } from './sums';
import { type RowChange, upsertTold } from './upsert';
import { dropVoided, type Voided } from './voided';

export const ENTITY_OF = { company: 'company', services: 'service', staff: 'staff', clients: 'client', visits: 'visit', goods: 'goods', schedules: 'schedule' } as const satisfies Readonly<Record<StreamName, SyncedEntity>>;

/** Pages of a stream that follow each other, read. */
export interface PageToApply {
	readonly stream: StreamName;
	readonly runId: string;
	readonly told: readonly Told[];
	/** Records that are none of the stream; more of their rows than `most` are a fault, and none is deleted then. */
	readonly voided?: { readonly records: readonly Voided[]; readonly most: number };
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

/** What the rows of a page have changed. */
export interface RowsApplied {
	/** Of what was told. */
	readonly merged: readonly RowChange[];
	/** Of what was voided; null when that was too much. */
	readonly dropped: readonly RowChange[] | null;
}

/** Merges and deletes the rows of a page, and notes whose sums and totals are due. */
export async function applyRows(trx: Transaction<Database>, tenant: string, page: PageToApply, at: string): Promise<RowsApplied> {
	const entity = ENTITY_OF[page.stream];
	const told = await forgetting(trx, tenant, entity, page.told);
	const merged = await upsertTold(trx, tenant, entity, told, at);
	const dropped = page.voided === undefined || page.voided.records.length === 0 ? [] : await dropVoided(trx, tenant, entity, page.voided.records, page.voided.most, at);
	// the first copy notes all clients at its end
	if (page.initial && page.checkpoint !== undefined) return { merged, dropped };
	const changes = [...merged, ...(dropped ?? [])];
	if (entity === 'client') await touchClients(trx, tenant, page.rereadTotals ? page.ids : changes.map(({ id }) => id), page.rereadTotals);
	if ((entity === 'visit' || entity === 'goods') && changes.length > 0) {
		const before = changes.flatMap(({ owner }) => owner ?? []);
		const changed = new Set(changes.map(({ id }) => id));
		const now = page.told.filter(({ id }) => changed.has(id)).flatMap(({ fields }) => (typeof fields.client_id === 'string' ? [fields.client_id] : []));
		await touchClients(trx, tenant, [...before, ...now], page.rereadTotals);
	}
	if (page.totalsOf !== undefined && page.totalsOf.length > 0) {
		await trx.updateTable('sync_touched').set({ total_due: 0 }).where('tenant', '=', tenant).where('client_id', 'in', page.totalsOf).execute();
		await trx.deleteFrom('sync_touched').where('tenant', '=', tenant).where('client_id', 'in', page.totalsOf).where('sum_due', '=', 0).where('total_due', '=', 0).execute();
	}
	return { merged, dropped };
}

/** Notes records that could not be read, and forgets those that now can be. */
export async function noteRejects(trx: Transaction<Database>, tenant: string, { stream, rejected, told, voided }: PageToApply, at: string): Promise<void> {
	for (const { id, reason } of rejected) {
		const row = { tenant, stream, id, reason, first_at: at, last_at: at };
		await trx.insertInto('sync_reject').values(row).onConflict((conflict) => conflict.columns(['tenant', 'stream', 'id']).doUpdateSet({ reason, last_at: at })).execute();
	}
	const isClean = (await trx.selectFrom('sync_reject').select('id').where('tenant', '=', tenant).where('stream', '=', stream).limit(1).execute()).length === 0;
	const read = [...told, ...(voided?.records ?? [])].map(({ id }) => id);
	if (!isClean && read.length > 0) await trx.deleteFrom('sync_reject').where('tenant', '=', tenant).where('stream', '=', stream).where('id', 'in', read).execute();
}
