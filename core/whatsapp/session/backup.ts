import * as v from 'valibot';
import type { Store } from '../../store';
import { putAside } from '../auth';
import { WhatsappError } from '../errors';
import { holdLease, type Lease, type SessionKey } from '../lease';

const FORMAT = 'ai-admin-whatsapp-backup@1';
const ROWS = 500;
const BACKUP = v.object({
	format: v.literal(FORMAT),
	tenant: v.string(),
	session: v.string(),
	takenAt: v.number(),
	creds: v.string(),
	keys: v.array(v.tuple([v.string(), v.string(), v.string()])),
});
export type Backup = v.InferOutput<typeof BACKUP>;

/**
 * The state of a session at one instant, as one sealed text. The session may run meanwhile: its writes wait until everything is read.
 * Null when it was never linked. Values are sealed by the store's key inside and out: only such a store opens them.
 */
export async function backupSession(store: Store, { tenant, session }: SessionKey, now: number): Promise<string | null> {
	const read = await store.write(async (trx) => {
		const lease = trx.selectFrom('wa_lease').select('epoch').where('tenant', '=', tenant).where('session', '=', session);
		// whoever writes the state holds the lease's row
		await (store.dialect === 'postgres' ? lease.forUpdate() : lease).execute();
		const creds = await trx.selectFrom('wa_creds').select('value').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
		const keys = await trx.selectFrom('wa_key').select(['type', 'id', 'value']).where('tenant', '=', tenant).where('session', '=', session).execute();
		return creds === undefined ? null : { creds: creds.value, keys };
	});
	if (read === null) return null;
	const { vault } = store;
	const backup: Backup = {
		format: FORMAT, tenant, session, takenAt: now,
		creds: vault.open(read.creds),
		keys: read.keys.map(({ type, id, value }) => [type, id, vault.open(value)]),
	};
	return vault.seal(JSON.stringify(backup));
}

/** Reads a backup of this session. Throws {@link WhatsappError} `backup_unreadable`. */
export function openBackup({ vault }: Store, { tenant, session }: SessionKey, sealed: string): Backup {
	let parsed: Backup;
	try {
		parsed = v.parse(v.pipe(v.string(), v.parseJson(), BACKUP), vault.open(sealed.trim()));
	} catch (error) {
		throw new WhatsappError('backup_unreadable', undefined, error);
	}
	if (parsed.tenant !== tenant || parsed.session !== session) throw new WhatsappError('backup_unreadable', 'It is one of another session.');
	return parsed;
}

/** Puts the state of a backup in place of the present one, which is kept aside. The caller has the lease and runs no socket. */
export async function restoreSession(store: Store, lease: Lease, backup: Backup, now: number): Promise<void> {
	const { tenant, session } = lease;
	const { vault } = store;
	const linked = await store.db.selectFrom('wa_creds').select('version').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
	if (linked !== undefined) await putAside(store, lease, () => new Date(now));
	await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		await trx.deleteFrom('wa_key').where('tenant', '=', tenant).where('session', '=', session).execute();
		for (let start = 0; start < backup.keys.length; start += ROWS) {
			const rows = backup.keys.slice(start, start + ROWS).map(([type, id, value]) => ({ tenant, session, type, id, value: vault.seal(value) }));
			await trx.insertInto('wa_key').values(rows).execute();
		}
		await trx.insertInto('wa_creds').values({ tenant, session, value: vault.seal(backup.creds), version: 1, updated_at: new Date(now).toISOString() }).execute();
	});
}
