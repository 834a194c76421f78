import type { Selectable } from 'kysely';
import type { Instant } from '../../booking';
import { utcInstant } from '../instant';
import type { AssistantProfileTable } from '../schema/assistant';
import type { Store } from '../store';

/** An assistant's profile as it is stored; `body` is JSON text the caller defines. */
export interface ProfileRecord {
	readonly id: string;
	readonly name: string;
	readonly body: string;
	/** Grows by one with every save, from 1. */
	readonly version: number;
	readonly updatedAt: Instant;
}

export type ProfileSave =
	| { readonly kind: 'saved'; readonly version: number }
	/** Somebody else saved, removed or created it meanwhile: `current` is what stands there. */
	| { readonly kind: 'conflict'; readonly current: ProfileRecord | null };

/** The assistants of a tenant. */
export interface ProfileStore {
	/** By id. */
	list(tenant: string): Promise<readonly ProfileRecord[]>;
	get(tenant: string, id: string): Promise<ProfileRecord | null>;
	/** Writes only when the stored version is `expected`; null means that there is none yet. */
	save(tenant: string, profile: Pick<ProfileRecord, 'id' | 'name' | 'body'>, expected: number | null, now: Instant): Promise<ProfileSave>;
	/** False when there was none. */
	remove(tenant: string, id: string): Promise<boolean>;
}

function record(row: Selectable<AssistantProfileTable>): ProfileRecord {
	return { id: row.id, name: row.name, body: row.body, version: row.version, updatedAt: row.updated_at };
}

/** See {@link ProfileStore}. */
export function profilesOf(store: Store): ProfileStore {
	async function get(tenant: string, id: string): Promise<ProfileRecord | null> {
		const row = await store.db.selectFrom('assistant_profile').selectAll().where((eb) => eb.and({ tenant, id })).executeTakeFirst();
		return row === undefined ? null : record(row);
	}

	return {
		get,

		async list(tenant) {
			const rows = await store.db.selectFrom('assistant_profile').selectAll().where('tenant', '=', tenant).orderBy('id').execute();
			return rows.map(record);
		},

		async save(tenant, { id, name, body }, expected, at) {
			const updated_at = utcInstant(at);
			const saved = await store.write((trx) =>
				expected === null
					? trx
							.insertInto('assistant_profile')
							.values({ tenant, id, name, body, version: 1, updated_at })
							.onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
							.returning('version')
							.executeTakeFirst()
					: trx
							.updateTable('assistant_profile')
							.set({ name, body, version: expected + 1, updated_at })
							.where((eb) => eb.and({ tenant, id, version: expected }))
							.returning('version')
							.executeTakeFirst(),
			);
			return saved === undefined ? { kind: 'conflict', current: await get(tenant, id) } : { kind: 'saved', version: saved.version };
		},

		async remove(tenant, id) {
			const { numDeletedRows } = await store.write((trx) =>
				trx.deleteFrom('assistant_profile').where((eb) => eb.and({ tenant, id })).executeTakeFirst(),
			);
			return numDeletedRows > 0n;
		},
	};
}
