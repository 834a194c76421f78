import type { SyncedEntity } from '../../booking';

/**
 * How a field of the copy takes what the CRM says:
 * `mirror`: always, null too, because the vendor always tells it;
 * `source`: always, zero too; what the vendor did not tell leaves what is there;
 * `nonEmpty`: like `source`, and emptiness is nothing told;
 * `firstWins`: once;
 * `sum` and `derived`: made from other rows and fields afterwards, never taken from outside;
 * `localOnly`: never, the field is ours.
 */
export type MergeClass = 'mirror' | 'source' | 'nonEmpty' | 'firstWins' | 'sum' | 'derived' | 'localOnly';

export interface FieldRule {
	readonly field: string;
	readonly class: MergeClass;
	readonly type: 'text' | 'integer' | 'real';
	/** What the number counts. */
	readonly unit?: 'minor units' | 'minutes' | 'visits' | 'pieces' | '0 or 1';
	/** A value that says no more than null does. */
	readonly emptyIs?: '' | '[]';
}

export interface EntityRules {
	readonly table: `sync_${SyncedEntity}`;
	/** `appendById`: an older word never replaces a newer one, and a row never goes: its end is a mark. */
	readonly rows: 'latest' | 'appendById';
	readonly fields: readonly FieldRule[];
}

const text = (kind: MergeClass, ...fields: readonly string[]): readonly FieldRule[] => fields.map((field) => ({ field, class: kind, type: 'text', ...(kind === 'nonEmpty' ? { emptyIs: '' as const } : {}) }));
const integer = (kind: MergeClass, unit: NonNullable<FieldRule['unit']>, ...fields: readonly string[]): readonly FieldRule[] => fields.map((field) => ({ field, class: kind, type: 'integer', unit }));

/** The one table of the merge: the SQL, the merge in memory, the docs and the tests are made from it. */
export const MERGE_RULES: Readonly<Record<SyncedEntity, EntityRules>> = {
	company: { table: 'sync_company', rows: 'latest', fields: [...text('nonEmpty', 'name', 'zone', 'currency', 'address', 'phone')] },
	service: {
		table: 'sync_service',
		rows: 'latest',
		fields: [...text('source', 'title', 'category'), ...integer('source', 'minor units', 'price_min', 'price_max'), ...integer('source', 'minutes', 'duration_minutes'), ...integer('source', '0 or 1', 'active')],
	},
	staff: { table: 'sync_staff', rows: 'latest', fields: [...text('source', 'name', 'position'), ...integer('source', '0 or 1', 'active')] },
	client: {
		table: 'sync_client',
		rows: 'latest',
		fields: [
			...text('nonEmpty', 'name', 'name_key', 'phone', 'email', 'birthday', 'first_visit_on', 'last_visit_on'),
			...integer('source', 'minor units', 'total_spent'),
			...integer('source', 'visits', 'visits_count'),
			...integer('source', '0 or 1', 'blocked'),
			...integer('sum', 'minor units', 'services_amount', 'goods_sold'),
			...integer('derived', 'minor units', 'goods_difference', 'goods_amount'),
			...integer('derived', '0 or 1', 'money_mismatch'),
			{ field: 'last_services', class: 'derived', type: 'text', emptyIs: '[]' },
			...text('localOnly', 'name_forms', 'note', 'consent_at', 'opted_out_at'),
		],
	},
	visit: {
		table: 'sync_visit',
		rows: 'appendById',
		fields: [...text('mirror', 'visit_id', 'client_id', 'staff_id', 'start_at', 'end_at', 'status', 'lines', 'comment'), ...integer('mirror', 'minor units', 'services_amount'), ...text('firstWins', 'created_at')],
	},
	goods: {
		table: 'sync_goods',
		rows: 'appendById',
		fields: [...text('mirror', 'client_id', 'staff_id', 'visit_id', 'title', 'sold_at'), { field: 'amount', class: 'mirror', type: 'real', unit: 'pieces' }, ...integer('mirror', 'minor units', 'cost')],
	},
	schedule: { table: 'sync_schedule', rows: 'latest', fields: [...text('mirror', 'staff_id', 'date', 'hours')] },
};

const TAKEN: ReadonlySet<MergeClass> = new Set(['mirror', 'source', 'nonEmpty', 'firstWins']);

/** The fields that a CRM's word can set. */
export function takenFields(entity: SyncedEntity): readonly FieldRule[] {
	return MERGE_RULES[entity].fields.filter((rule) => TAKEN.has(rule.class));
}
