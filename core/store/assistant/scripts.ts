import type { Instant } from '../../booking';
import { utcInstant } from '../instant';
import type { ScriptKind, ScriptStage } from '../schema/assistant';
import type { Store } from '../store';

/** A sales script as it is stored; `trigger` and `serviceIds` are JSON text the caller defines. */
export interface ScriptRecord {
	readonly id: string;
	readonly kind: ScriptKind;
	readonly stage: ScriptStage;
	readonly trigger: string;
	readonly bodyRu: string | null;
	readonly bodyEn: string | null;
	/** Most uses in one dialogue. */
	readonly maxUses: number;
	readonly serviceIds: string;
	readonly active: boolean;
	readonly updatedAt: Instant;
}

/** A salon's sales scripts and answers to objections. */
export interface ScriptStore {
	/** By id. */
	list(tenant: string): Promise<readonly ScriptRecord[]>;
	/** Writes a script; one with the same id is replaced. */
	put(tenant: string, script: Omit<ScriptRecord, 'updatedAt'>, now: Instant): Promise<void>;
	/** False when there was none. */
	remove(tenant: string, id: string): Promise<boolean>;
}

/** See {@link ScriptStore}. */
export function scriptsOf(store: Store): ScriptStore {
	return {
		async list(tenant) {
			const rows = await store.db.selectFrom('sales_script').selectAll().where('tenant', '=', tenant).orderBy('id').execute();
			return rows.map((row) => ({
				id: row.id,
				kind: row.kind,
				stage: row.stage,
				trigger: row.trigger_on,
				bodyRu: row.body_ru,
				bodyEn: row.body_en,
				maxUses: row.max_uses,
				serviceIds: row.service_ids,
				active: row.active === 1,
				updatedAt: row.updated_at,
			}));
		},

		async put(tenant, script, now) {
			const content = {
				kind: script.kind,
				stage: script.stage,
				trigger_on: script.trigger,
				body_ru: script.bodyRu,
				body_en: script.bodyEn,
				max_uses: script.maxUses,
				service_ids: script.serviceIds,
				active: script.active ? 1 : 0,
				updated_at: utcInstant(now),
			};
			await store.write((trx) =>
				trx
					.insertInto('sales_script')
					.values({ tenant, id: script.id, ...content })
					.onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(content))
					.execute(),
			);
		},

		async remove(tenant, id) {
			const { numDeletedRows } = await store.write((trx) =>
				trx.deleteFrom('sales_script').where((eb) => eb.and({ tenant, id })).executeTakeFirst(),
			);
			return numDeletedRows > 0n;
		},
	};
}
