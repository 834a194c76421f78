import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import type { Store } from '../../../core/store';
import { beginLinking, type ClientLibrary, type Lease, loadClientLibrary, openSessionAuth, type SessionAuth, type SessionKey, takeLease, type WhatsappError } from '../../../core/whatsapp';

export const KEY: SessionKey = { tenant: 'salon', session: 'main' };

/** A session's state with what it reported. */
export interface Opened {
	readonly auth: SessionAuth;
	readonly lease: Lease;
	readonly failures: WhatsappError[];
}

async function parts(store: Store, key: SessionKey, owner: string) {
	const lease = await takeLease(store, key, owner);
	if (lease === null) throw new Error('somebody else has the session');
	const failures: WhatsappError[] = [];
	const client: ClientLibrary = await loadClientLibrary();
	return { store, client, lease, failures, onFailure: (error: WhatsappError) => void failures.push(error), sleep: async () => undefined };
}

/** Begins to link and writes what a phone would have signed. */
export async function linkSession(store: Store, key: SessionKey = KEY, owner = 'tests'): Promise<Opened> {
	const all = await parts(store, key, owner);
	const auth = await beginLinking(all);
	sign(auth.state.creds, '79990000001');
	await auth.saveCreds();
	return { auth, lease: all.lease, failures: all.failures };
}

/** Opens what was linked; throws when there is nothing. */
export async function reopenSession(store: Store, key: SessionKey = KEY, owner = 'tests'): Promise<Opened> {
	const all = await parts(store, key, owner);
	const auth = await openSessionAuth(all);
	if (auth === null) throw new Error('the session is not linked');
	return { auth, lease: all.lease, failures: all.failures };
}

/** What linking adds to an account. */
export function sign(creds: AuthenticationCreds, number: string): void {
	creds.me = { id: `${number}:1@s.whatsapp.net`, lid: '1000:1@lid' };
	creds.account = { details: Buffer.from([1]), accountSignatureKey: Buffer.from([2]), accountSignature: Buffer.from([3]), deviceSignature: Buffer.from([4]) };
}
