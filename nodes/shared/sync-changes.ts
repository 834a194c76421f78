import type { SyncedEntity } from '../../core/booking';
import type { Change, CopyQuery, CopyRecord } from '../../core/store/sync';

/** A real change of the copy with the record as it is now. */
export interface ChangeItem {
	/** The same for a change that is handed over twice, different for every other. */
	readonly key: string;
	readonly seq: number;
	readonly salonId: string;
	readonly entity: SyncedEntity;
	readonly id: string;
	readonly kind: Change['kind'];
	readonly at: string;
	/** Null where the record is gone from the copy. */
	readonly record: CopyRecord | null;
}

/** Changes with their records, one question an entity. */
export async function changeItems(query: CopyQuery, salonId: string, changes: readonly Change[]): Promise<readonly ChangeItem[]> {
	const records = new Map<SyncedEntity, ReadonlyMap<string, CopyRecord>>();
	for (const entity of new Set(changes.map((one) => one.entity))) {
		const ids = changes.filter((one) => one.entity === entity).map(({ id }) => id);
		records.set(entity, await query.byIds(entity, [...new Set(ids)]));
	}
	return changes.map(({ seq, entity, id, kind, at }) => ({ key: `${salonId}:${seq}`, seq, salonId, entity, id, kind, at, record: records.get(entity)?.get(id) ?? null }));
}
