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
	const aside = `${lease.session}${ASIDE}${now().toISOString()}`;
	await rename(store, lease, lease.session, aside);
	return aside;
}

/** Brings a state back that was put aside; the session must have none now. */
export async function takeBack(store: Store, lease: Lease, aside: string): Promise<void> {
	if ((await credsRow(store, lease)) !== undefined) throw new WhatsappError('already_linked');
	await rename(store, lease, aside, lease.session);
}

/** Removes states of the tenant that were put aside before the instant. */
export async function dropAside(store: Store, tenant: string, before: Date): Promise<number> {
	return await store.write(async (trx) => {
		const rows = await trx.selectFrom('wa_creds').select('session').where('tenant', '=', tenant).where('session', 'like', `%${ASIDE}%`).execute();
		const old = rows.map(({ session }) => session).filter((session) => Date.parse(session.slice(session.lastIndexOf(ASIDE) + ASIDE.length)) < before.getTime());
		for (const session of old) {
			await trx.deleteFrom('wa_key').where('tenant', '=', tenant).where('session', '=', session).execute();
			await trx.deleteFrom('wa_creds').where('tenant', '=', tenant).where('session', '=', session).execute();
		}
		return old.length;
	});
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

/** Also the name of a state put aside opens with the session's own place, to which it may go back. */
const credsPlace = ({ tenant, session }: SessionKey): Place => ({ tenant, session, type: CREDS, id: '' });

async function credsRow(store: Store, { tenant, session }: SessionKey): Promise<{ readonly value: string } | undefined> {
	return await store.db.selectFrom('wa_creds').select('value').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
}

async function rename(store: Store, lease: Lease, from: string, to: string): Promise<void> {
	await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		for (const table of ['wa_key', 'wa_creds'] as const) await trx.updateTable(table).set({ session: to }).where('tenant', '=', lease.tenant).where('session', '=', from).execute();
	});
}
