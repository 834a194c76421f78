import { sql } from 'kysely';
import type { Store, Vault } from '../../store';
import { holdLease, type Lease, type SessionKey } from '../lease';
import type { Decrypted } from './arrival';

/** A message that could not be taken in yet. */
export interface Journaled {
	readonly chat: string;
	readonly id: string;
	readonly seq: number;
	readonly receivedAt: number;
	readonly decrypted: Decrypted;
}

/** Puts away a decrypted message that nobody could read, so that a later version can; one that is known already is left alone. */
export async function journal(store: Store, lease: Lease, { chat, id, seq, receivedAt, decrypted }: Journaled): Promise<void> {
	const { tenant, session } = lease;
	await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		await trx
			.insertInto('wa_inbox')
			.values({ tenant, session, chat, id, state: 'decrypted', reason: null, journal: seal(store.vault, decrypted), item: null, seq, received_at: receivedAt })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	});
}

/** Whether a message was taken in or put away before. */
export async function isStored({ db }: Store, { tenant, session }: SessionKey, { jid, id }: { readonly jid: string; readonly id: string }): Promise<boolean> {
	const row = await db.selectFrom('wa_inbox').select('id').where('tenant', '=', tenant).where('session', '=', session).where('chat', '=', jid).where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

/** What was put away, in the order in which it came. */
export async function journaled({ db, vault }: Store, { tenant, session }: SessionKey, most: number): Promise<readonly Journaled[]> {
	const rows = await db
		.selectFrom('wa_inbox')
		.select(['chat', 'id', 'seq', 'received_at', 'journal'])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('state', 'in', [sql.lit('decrypted'), sql.lit('received')])
		.where('journal', 'is not', null)
		.orderBy('seq')
		.limit(most)
		.execute();
	return rows.map((row) => ({ chat: row.chat, id: row.id, seq: Number(row.seq), receivedAt: Number(row.received_at), decrypted: open(vault, row.journal ?? '') }));
}

/** Where the order of arrival stands: the last place in it and the last moment of it, 0 for a new session. */
export async function lastArrival({ db }: Store, { tenant, session }: SessionKey): Promise<{ readonly seq: number; readonly at: number }> {
	const row = await db.selectFrom('wa_inbox').select((eb) => [eb.fn.max('seq').as('seq'), eb.fn.max('received_at').as('at')]).where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
	return { seq: Number(row?.seq ?? 0), at: Number(row?.at ?? 0) };
}

type Stored = Omit<Decrypted, 'plaintext'> & { readonly plaintext: string };

const seal = (vault: Vault, { plaintext, ...rest }: Decrypted): string => vault.seal(JSON.stringify({ ...rest, plaintext: Buffer.from(plaintext).toString('base64') } satisfies Stored));

function open(vault: Vault, sealed: string): Decrypted {
	const { plaintext, ...rest } = JSON.parse(vault.open(sealed)) as Stored;
	return { ...rest, plaintext: Buffer.from(plaintext, 'base64') };
}
