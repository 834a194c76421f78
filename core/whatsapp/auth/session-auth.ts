import type { AuthenticationCreds, AuthenticationState } from '@whiskeysockets/baileys';
import type { Store } from '../../store';
import type { ClientLibrary } from '../client-library';
import { WhatsappError } from '../errors';
import { holdLease, type Lease, type SessionKey } from '../lease';
import { linkingOf, parseCreds } from './creds';
import { createKeys } from './keys';
import { createSealedValues, type Place } from './sealed-value';
import { WriteQueue, type WriteQueueOptions } from './writes';

/** What a session's state is kept with. */
export interface SessionAuthParts extends WriteQueueOptions {
	readonly store: Store;
	readonly client: ClientLibrary;
	/** The right to run the session; every write proves it. */
	readonly lease: Lease;
	readonly now?: () => Date;
}

/** The state of one session for one socket after the other. */
export interface SessionAuth {
	/** What the client is given. */
	readonly state: AuthenticationState;
	/** Saves the account as it is now; to be called at every `creds.update`. */
	saveCreds(): Promise<void>;
	/** Resolves when every write so far has ended; a shutdown waits for it. */
	idle(): Promise<void>;
}

const CREDS = 'creds';
/** Marks the name of a session whose state was put aside. */
const ASIDE = ':aside:';

/**
 * Reads the state of a session that was linked before. Null when it never was, or when linking was begun and not finished: then
 * {@link beginLinking}. Throws {@link WhatsappError} `state_unreadable` when there is a state that cannot be read: a session
 * is never linked anew by itself.
 */
export async function openSessionAuth(parts: SessionAuthParts): Promise<SessionAuth | null> {
	const row = await credsRow(parts.store, parts.lease);
	if (row === undefined) return null;
	const creds = parseCreds(createSealedValues(parts.store.vault, parts.client).open(credsPlace(parts.lease), row.value));
	return linkingOf(creds) === 'linked' ? create(parts, creds) : null;
}

/** Begins to link the session: new keys in place of an unfinished attempt. Throws `already_linked` when a linked or unreadable state is there. */
export async function beginLinking(parts: SessionAuthParts): Promise<SessionAuth> {
	const { store, client, lease } = parts;
	if ((await openSessionAuth(parts)) !== null) throw new WhatsappError('already_linked');
	await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		await trx.deleteFrom('wa_key').where('tenant', '=', lease.tenant).where('session', '=', lease.session).execute();
	});
	const auth = create(parts, client.initAuthCreds());
	await auth.saveCreds();
	return auth;
}

/** Takes a state out of use and keeps it under another name, which it returns: after a logout it may still be wanted. */
export async function putAside(store: Store, lease: Lease, now: () => Date = () => new Date()): Promise<string> {
	const { tenant, session } = lease;
	const aside = `${session}${ASIDE}${now().toISOString()}`;
	await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		for (const table of ['wa_key', 'wa_creds'] as const) await trx.updateTable(table).set({ session: aside }).where('tenant', '=', tenant).where('session', '=', session).execute();
	});
	return aside;
}

/** Removes states that were put aside before the instant, of whatever tenant; how many. Rejects with a StoreError. */
export async function dropAside(store: Store, before: Date): Promise<number> {
	const rows = await store.db.selectFrom('wa_creds').select(['tenant', 'session']).where('session', 'like', `%${ASIDE}%`).execute();
	const old = rows.filter(({ session }) => Date.parse(session.slice(session.lastIndexOf(ASIDE) + ASIDE.length)) < before.getTime());
	for (const { tenant, session } of old) {
		await store.write(async (trx) => {
			for (const table of ['wa_key', 'wa_creds'] as const) await trx.deleteFrom(table).where('tenant', '=', tenant).where('session', '=', session).execute();
		});
	}
	return old.length;
}

function create(parts: SessionAuthParts, creds: AuthenticationCreds): SessionAuth {
	const { store, client, lease, now = () => new Date() } = parts;
	const { tenant, session } = lease;
	const values = createSealedValues(store.vault, client);
	const writes = new WriteQueue(parts);
	return {
		state: { creds, keys: createKeys({ store, lease, client, values, writes }) },
		async saveCreds() {
			await writes.run(async () => {
				// sealed when its turn comes: the client changes the object between two saves
				const value = values.seal(credsPlace(lease), creds);
				const updated_at = now().toISOString();
				await store.write(async (trx) => {
					await holdLease(store, trx, lease);
					await trx
						.insertInto('wa_creds')
						.values({ tenant, session, value, version: 1, updated_at })
						.onConflict((conflict) => conflict.columns(['tenant', 'session']).doUpdateSet((row) => ({ value, updated_at, version: row('wa_creds.version', '+', 1) })))
						.execute();
				});
			});
		},
		idle: () => writes.idle(),
	};
}

/** A state put aside keeps the place it was sealed for: renamed back, it opens. */
const credsPlace = ({ tenant, session }: SessionKey): Place => ({ tenant, session, type: CREDS, id: '' });

async function credsRow(store: Store, { tenant, session }: SessionKey): Promise<{ readonly value: string } | undefined> {
	return await store.db.selectFrom('wa_creds').select('value').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
}
