import type { Store } from '../../../core/store';
import { beginLinking, loadClientLibrary, releaseLease, type SessionKey, takeLease } from '../../../core/whatsapp';
import { parseSettings } from '../../../core/whatsapp/session';
import { noteWanted } from '../../../core/whatsapp/session/records';
import type { Account } from './server-calls';

const FIRST_NUMBER = 79_980_000_000;

export const keyOf = (place: number): SessionKey => ({ tenant: 'bench', session: `session ${place}` });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Puts sessions into the store as if phones had been linked before; nobody wants them yet. */
export async function linkBeforehand(store: Store, from: number, to: number): Promise<readonly Account[]> {
	const client = await loadClientLibrary();
	const accounts: Account[] = [];
	for (let place = from; place < to; place += 1) {
		const key = keyOf(place);
		const number = String(FIRST_NUMBER + place);
		const lease = await takeLease(store, key, 'preparation');
		if (lease === null) throw new Error('the session is held');
		const auth = await beginLinking({ store, client, lease, onFailure: (error) => { throw error; } });
		const { creds } = auth.state;
		creds.me = { id: `${number}:1@s.whatsapp.net`, lid: `${1_000_000_000_000 + place}:1@lid`, name: 'Bench' };
		creds.account = { details: Buffer.from([1]), accountSignatureKey: Buffer.alloc(32, 2), accountSignature: Buffer.alloc(64, 3), deviceSignature: Buffer.alloc(64, 4) };
		await auth.saveCreds();
		await releaseLease(store, lease);
		await noteWanted(store, key, 'stop', parseSettings({}), Date.now());
		const { keyId, keyPair, signature } = creds.signedPreKey;
		accounts.push({
			number,
			noiseKey: base64(creds.noiseKey.public),
			identity: base64(creds.signedIdentityKey.public),
			registrationId: creds.registrationId,
			signedPreKey: { id: keyId, value: base64(keyPair.public), signature: base64(signature) },
		});
	}
	return accounts;
}

/** All sessions linked so far are to run. */
export async function wantAll(store: Store): Promise<void> {
	await store.write(async (trx) => await trx.updateTable('wa_session').set({ desired: 'run' }).execute());
}
