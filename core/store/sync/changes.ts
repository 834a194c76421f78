import type { Kysely } from 'kysely';
import type { SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import type { OutboxChangeTable } from '../schema/sync';
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
	/** Changes after what `reader` has confirmed; a new reader begins with what comes from now on. What was sent and not confirmed comes again as the same batch. */
	next(reader: string, limit: number): Promise<readonly Change[]>;
	/** Notes, before it is handed over, that a batch ends here. */
	sending(reader: string, seq: number): Promise<void>;
	/** Never goes back. */
	confirm(reader: string, seq: number): Promise<void>;
	/** The newest changes, newest first, whoever has read them. */
	latest(limit: number): Promise<readonly Change[]>;
	/** The number of the newest change. */
	head(): Promise<number>;
	/** Changes after a number. */
	after(seq: number, limit: number): Promise<readonly Change[]>;
	/** Forgets changes older than this, read or not. */
	forget(before: string): Promise<number>;
}

interface Position {
	readonly seq: number;
	readonly sentTo: number | null;
}

export function createChangeFeed(store: Store, tenant: string): ChangeFeed {
	async function positionOf(reader: string): Promise<Position> {
		const known = await store.db.selectFrom('outbox_reader').select(['seq', 'sent_to as sentTo']).where('tenant', '=', tenant).where('reader', '=', reader).executeTakeFirst();
		if (known !== undefined) return known;
		return store.write(async (trx) => {
			const head = await trx.selectFrom('outbox_head').select('seq').where('tenant', '=', tenant).executeTakeFirst();
			await trx.insertInto('outbox_reader').values({ tenant, reader, seq: head?.seq ?? 0 }).onConflict((conflict) => conflict.doNothing()).execute();
			return trx.selectFrom('outbox_reader').select(['seq', 'sent_to as sentTo']).where('tenant', '=', tenant).where('reader', '=', reader).executeTakeFirstOrThrow();
		});
	}
	const changes = () => store.db.selectFrom('outbox_change').selectAll().where('tenant', '=', tenant);
	return {
		async next(reader, limit) {
			const { seq, sentTo } = await positionOf(reader);
			const from = changes().where('seq', '>', seq).orderBy('seq');
			const rows = sentTo !== null && sentTo > seq ? await from.where('seq', '<=', sentTo).execute() : await from.limit(limit).execute();
			// what was sent may have been forgotten since: then the batch is over
			return (rows.length === 0 && sentTo !== null ? await from.limit(limit).execute() : rows).map(changeOf);
		},
		async sending(reader, seq) {
			await store.write((trx) => trx.updateTable('outbox_reader').set({ sent_to: seq }).where('tenant', '=', tenant).where('reader', '=', reader).where('seq', '<', seq).execute());
		},
		async confirm(reader, seq) {
			await store.write((trx) => trx.updateTable('outbox_reader').set({ seq, sent_to: null }).where('tenant', '=', tenant).where('reader', '=', reader).where('seq', '<', seq).execute());
		},
		async latest(limit) {
			return (await changes().orderBy('seq', 'desc').limit(limit).execute()).map(changeOf);
		},
		async head() {
			return (await store.db.selectFrom('outbox_head').select('seq').where('tenant', '=', tenant).executeTakeFirst())?.seq ?? 0;
		},
		async after(seq, limit) {
			return (await changes().where('seq', '>', seq).orderBy('seq').limit(limit).execute()).map(changeOf);
		},
		async forget(before) {
			const gone = await store.write((trx) => trx.deleteFrom('outbox_change').where('tenant', '=', tenant).where('at', '<', before).executeTakeFirst());
			return Number(gone.numDeletedRows);
		},
	};
}

function changeOf({ seq, entity, id, kind, at }: OutboxChangeTable): Change {
	return { seq, entity: entity as SyncedEntity, id, kind, at };
}
