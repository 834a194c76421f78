import type { Store } from '../../store';
import { holdLease, type Lease } from '../lease';

/** Rows resealed in one transaction: a session that runs meanwhile waits for no more than these. */
const BATCH = 200;

/**
 * Seals what a session keeps with the current encryption key, its account and the names of people, so that an earlier one can be given up once no message
 * waits under it; returns how many values were changed. Safe to repeat, also while the session runs under the same lease. What no configured key opens stops it
 * with a StoreError, and nothing of its batch is changed.
 */
export async function resealSession(store: Store, lease: Lease): Promise<number> {
	const { vault } = store;
	const { tenant, session } = lease;
	const current = `${keyOf(vault.seal(''))}%`;
	const anew = (value: string): { readonly value: string } => ({ value: vault.seal(vault.open(value)) });
	// by the old value, too: a row that the session wrote meanwhile is newer, and is left alone
	const creds = await store.db.selectFrom('wa_creds').select('value').where('tenant', '=', tenant).where('session', '=', session).where('value', 'not like', current).execute();
	for (const { value } of creds) {
		await store.write(async (trx) => {
			await holdLease(store, trx, lease);
			await trx.updateTable('wa_creds').set(anew(value)).where('tenant', '=', tenant).where('session', '=', session).where('value', '=', value).execute();
		});
	}
	const pending = async () => await store.db.selectFrom('wa_key').select(['type', 'id', 'value']).where('tenant', '=', tenant).where('session', '=', session).where('value', 'not like', current).limit(BATCH).execute();
	let changed = creds.length;
	for (let keys = await pending(); keys.length > 0; keys = await pending()) {
		await store.write(async (trx) => {
			await holdLease(store, trx, lease);
			for (const { type, id, value } of keys) {
				await trx.updateTable('wa_key').set(anew(value)).where('tenant', '=', tenant).where('session', '=', session).where('type', '=', type).where('id', '=', id).where('value', '=', value).execute();
			}
		});
		changed += keys.length;
	}
	const called = async () =>
		await store.db.selectFrom('wa_contact').select(['jid', 'name']).where('tenant', '=', tenant).where('session', '=', session).where('name', 'not like', current).limit(BATCH).$narrowType<{ name: string }>().execute();
	for (let names = await called(); names.length > 0; names = await called()) {
		await store.write(async (trx) => {
			await holdLease(store, trx, lease);
			for (const { jid, name } of names) {
				await trx.updateTable('wa_contact').set({ name: anew(name).value }).where('tenant', '=', tenant).where('session', '=', session).where('jid', '=', jid).where('name', '=', name).execute();
			}
		});
		changed += names.length;
	}
	return changed;
}

/** Version and key id of a sealed text, with the dot that ends them. */
const keyOf = (sealed: string): string => sealed.slice(0, sealed.lastIndexOf('.') + 1);
