import fc from 'fast-check';
import type { SyncedEntity } from '../../../core/booking';
import type { Store } from '../../../core/store';
import type { FieldRule, Kept, Told, Value } from '../../../core/store/sync';
import { MERGE_RULES, takenFields } from '../../../core/store/sync';

export const ENTITIES = Object.keys(MERGE_RULES) as readonly SyncedEntity[];

/** Columns a table wants to be told. */
const NEEDED: Readonly<Record<SyncedEntity, readonly string[]>> = {
	company: ['name', 'zone', 'currency'],
	service: ['title', 'active'],
	staff: ['name', 'active'],
	client: [],
	visit: ['visit_id', 'start_at', 'end_at', 'status', 'lines', 'services_amount', 'comment'],
	goods: ['title', 'amount', 'cost', 'sold_at'],
	schedule: ['staff_id', 'hours'],
};

function valueOf(entity: SyncedEntity, { field, type, emptyIs }: FieldRule): fc.Arbitrary<Value> {
	const isNeeded = NEEDED[entity].includes(field);
	const told: fc.Arbitrary<Value> = type === 'text' ? fc.constantFrom('a', 'ё', 'Ж"\'%_', '😀', 'b') : type === 'real' ? fc.constantFrom(1, 2.5, -1) : fc.constantFrom(0, 1, 250_000, -1);
	return isNeeded ? told : fc.oneof({ weight: 3, arbitrary: told }, fc.constant(null), ...(emptyIs === undefined ? [] : [fc.constant<Value>(emptyIs)]));
}

/** Any word of a CRM about one record. */
export function toldAbout(entity: SyncedEntity, id: string): fc.Arbitrary<Told> {
	const fields = fc.record(Object.fromEntries(takenFields(entity).map((rule) => [rule.field, valueOf(entity, rule)])));
	const changedAt = fc.option(fc.integer({ min: 1, max: 5 }).map((day) => `2026-11-0${day}T00:00:00.000Z`));
	return fc.record({ id: fc.constant(id), fields, extra: fc.constantFrom('{}', '{"x":1}'), changedAt, deleted: fc.boolean() });
}

/** A row as the store keeps it, in the form of the merge in memory. */
export async function keptIn(store: Store, tenant: string, entity: SyncedEntity, id: string): Promise<Kept | null> {
	const row = (await store.db.selectFrom(MERGE_RULES[entity].table as 'sync_client').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()) as Record<string, Value> | undefined;
	if (row === undefined) return null;
	return {
		id,
		fields: Object.fromEntries(takenFields(entity).map(({ field }) => [field, row[field] ?? null])),
		extra: String(row.extra),
		changedAt: row.changed_at as string | null,
		deletedAt: row.deleted_at as string | null,
		missingSince: row.missing_since as string | null,
		revision: Number(row.revision),
		firstSeenAt: String(row.first_seen_at),
		updatedAt: String(row.updated_at),
	};
}

/** The moment of the nth word. */
export const moment = (index: number): string => new Date(Date.parse('2026-11-21T00:00:00.000Z') + index * 1000).toISOString();
