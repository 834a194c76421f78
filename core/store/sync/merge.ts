import type { SyncedEntity } from '../../booking';
import { type FieldRule, MERGE_RULES, takenFields } from './rules';

export type Value = string | number | null;

/** A word of the CRM about one record, by the columns of its table; null and absence are nothing told. */
export interface Told {
	readonly id: string;
	readonly fields: Readonly<Record<string, Value | undefined>>;
	readonly extra: string;
	/** UTC; null where the vendor does not say. */
	readonly changedAt: string | null;
	readonly deleted: boolean;
}

/** What is kept of it. */
export interface Kept {
	readonly id: string;
	readonly fields: Readonly<Record<string, Value>>;
	readonly extra: string;
	readonly changedAt: string | null;
	readonly deletedAt: string | null;
	readonly missingSince: string | null;
	readonly revision: number;
	readonly firstSeenAt: string;
	readonly updatedAt: string;
}

/** A shorter form of a record, which says nothing of the rest. */
export const NO_EXTRA = '{}';

export type ChangeKind = 'created' | 'updated' | 'deleted';

/** The value with emptiness as null. */
export function cleaned({ emptyIs }: FieldRule, value: Value | undefined): Value {
	return value === undefined || (emptyIs !== undefined && value === emptyIs) ? null : value;
}

function merged(rule: FieldRule, kept: Value, told: Value): Value {
	if (rule.class === 'mirror') return told;
	return rule.class === 'firstWins' ? (kept ?? told) : (told ?? kept);
}

/** Whether a word may be taken after what is kept. */
export function isTimely(entity: SyncedEntity, keptAt: string | null, toldAt: string | null): boolean {
	return MERGE_RULES[entity].rows === 'latest' || keptAt === null || toldAt === null || toldAt >= keptAt;
}

/**
 * The merge that the store does in SQL, in memory: for tests and for whoever wants to know what a word would change.
 * Gives back `kept` itself when nothing really changes. `at` is the moment of the merge, UTC.
 */
export function mergeTold(entity: SyncedEntity, kept: Kept | null, told: Told, at: string): { readonly kept: Kept; readonly change: ChangeKind | null } {
	const rules = takenFields(entity);
	const values = rules.map((rule) => [rule, cleaned(rule, told.fields[rule.field])] as const);
	if (kept === null) {
		const { id, extra, changedAt, deleted } = told;
		const fields = Object.fromEntries(values.map(([{ field }, value]) => [field, value]));
		return { kept: { id, fields, extra, changedAt, deletedAt: deleted ? at : null, missingSince: null, revision: 1, firstSeenAt: at, updatedAt: at }, change: 'created' };
	}
	const fields = { ...kept.fields, ...Object.fromEntries(values.map(([rule, value]) => [rule.field, merged(rule, kept.fields[rule.field] ?? null, value)])) };
	const isFlipped = told.deleted !== (kept.deletedAt !== null);
	const isChanged = isFlipped || rules.some(({ field }) => fields[field] !== (kept.fields[field] ?? null));
	if (!isChanged || !isTimely(entity, kept.changedAt, told.changedAt)) return { kept, change: null };
	const deletedAt = told.deleted ? (kept.deletedAt ?? at) : null;
	return {
		kept: { ...kept, fields, extra: told.extra === NO_EXTRA ? kept.extra : told.extra, changedAt: told.changedAt ?? kept.changedAt, deletedAt, missingSince: null, revision: kept.revision + 1, updatedAt: at },
		change: isFlipped && told.deleted ? 'deleted' : 'updated',
	};
}
