import type { Store } from '../../store';
import { holdLease, type Lease } from '../lease';

/** Rows resealed in one transaction: a session that runs meanwhile waits for no more than these. */
const BATCH = 200;

/**
 * Seals everything a session has stored with the current encryption key, so that an earlier one can be given up; returns how many
 * values were changed. Safe to repeat, also while the session runs under the same lease. What no configured key opens stops it
 * with a StoreError, and nothing of its batch is changed.
 */
export async function resealSession(store: Store, lease: Lease): Promise<number> {
	const { vault } = store;
	const current = keyOf(vault.seal(''));
	const pending = async (table: 'wa_creds' | 'wa_key') =>
		await store.db.selectFrom(table).select('value').where('tenant', '=', lease.tenant).where('session', '=', lease.session).where('value', 'not like', `${current}%`).limit(BATCH).execute();
	let changed = 0;
	for (const table of ['wa_creds', 'wa_key'] as const) {
		for (let rows = await pending(table); rows.length > 0; rows = await pending(table)) {
			await store.write(async (trx) => {
				await holdLease(store, trx, lease);
				for (const { value } of rows) {
					// by the old value: a row that the session wrote meanwhile is newer, and is left alone
					await trx
						.updateTable(table)
						.set({ value: vault.seal(vault.open(value)) })
						.where('tenant', '=', lease.tenant)
						.where('session', '=', lease.session)
						.where('value', '=', value)
						.execute();
				}
			});
			changed += rows.length;
		}
	}
	return changed;
}

/** Version and key id of a sealed text, with the dot that ends them. */
const keyOf = (sealed: string): string => sealed.slice(0, sealed.lastIndexOf('.') + 1);
