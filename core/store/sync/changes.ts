import type { Kysely } from 'kysely';
import type { SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { statement, statements } from '../statement';
import type { Store } from '../store';
import { inChunks } from './chunks';
import type { ChangeKind } from './merge';
import type { RowChange } from './upsert';

/** A real change of the copy. */
export interface Change {
	readonly seq: number;
	readonly entity: SyncedEntity;
	readonly id: string;
	readonly kind: ChangeKind;
	/** UTC. */
	readonly at: string;
}

const RESERVE = statement<{ readonly tenant: string; readonly count: number }, { seq: number }>((db, { tenant, count }) =>
	db
		.insertInto('outbox_head')
		.values({ tenant, seq: count })
		.onConflict((conflict) => conflict.column('tenant').doUpdateSet((eb) => ({ seq: eb('outbox_head.seq', '+', eb.ref('excluded.seq')) })))
		.returning('seq'),
);

type Params = Readonly<Record<string, string | number>>;

const INSERT = statements<Params, never>((count) => (db, values) =>
	db.insertInto('outbox_change').values(
		Array.from({ length: count }, (_unused, at) => ({
			tenant: values.tenant as string, entity: values.entity as string, at: values.at as string, seq: values[`seq ${at}`] as number, id: values[`id ${at}`] as string, kind: values[`kind ${at}`] as ChangeKind,
		})),
	),
);

/** Saves changes with the rows that made them. The last thing a transaction does: others of the tenant wait for the number. */
export async function noteChanges(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, changes: readonly RowChange[], at: string): Promise<void> {
	if (changes.length === 0) return;
	const [head] = await RESERVE(trx, { tenant, count: changes.length });
	let seq = (head?.seq ?? changes.length) - changes.length;
	await inChunks(changes, async (chunk) => {
		const params: Record<string, string | number> = { tenant, entity, at };
		for (const [index, { id, kind }] of chunk.entries()) Object.assign(params, { [`seq ${index}`]: (seq += 1), [`id ${index}`]: id, [`kind ${index}`]: kind });
		await INSERT(chunk.length)(trx, params);
	});
}

/** Reads the changes of a tenant in their order. */
export interface ChangeFeed {
	/** Changes after what `reader` has confirmed; a new reader begins with what comes from now on. */
	next(reader: string, limit: number): Promise<readonly Change[]>;
	/** Never goes back. */
	confirm(reader: string, seq: number): Promise<void>;
	/** Forgets changes older than this, read or not. */
	forget(before: string): Promise<number>;
}

export function createChangeFeed(store: Store, tenant: string): ChangeFeed {
	async function positionOf(reader: string): Promise<number> {
		const known = await store.db.selectFrom('outbox_reader').select('seq').where('tenant', '=', tenant).where('reader', '=', reader).executeTakeFirst();
		if (known !== undefined) return known.seq;
		return store.write(async (trx) => {
			const head = await trx.selectFrom('outbox_head').select('seq').where('tenant', '=', tenant).executeTakeFirst();
			await trx.insertInto('outbox_reader').values({ tenant, reader, seq: head?.seq ?? 0 }).onConflict((conflict) => conflict.doNothing()).execute();
			return (await trx.selectFrom('outbox_reader').select('seq').where('tenant', '=', tenant).where('reader', '=', reader).executeTakeFirstOrThrow()).seq;
		});
	}
	return {
		async next(reader, limit) {
			const seq = await positionOf(reader);
			const rows = await store.db.selectFrom('outbox_change').selectAll().where('tenant', '=', tenant).where('seq', '>', seq).orderBy('seq').limit(limit).execute();
			return rows.map((row) => ({ seq: row.seq, entity: row.entity as SyncedEntity, id: row.id, kind: row.kind, at: row.at }));
		},
		async confirm(reader, seq) {
			await store.write((trx) => trx.updateTable('outbox_reader').set({ seq }).where('tenant', '=', tenant).where('reader', '=', reader).where('seq', '<', seq).execute());
		},
		async forget(before) {
			const gone = await store.write((trx) => trx.deleteFrom('outbox_change').where('tenant', '=', tenant).where('at', '<', before).executeTakeFirst());
			return Number(gone.numDeletedRows);
		},
	};
}
