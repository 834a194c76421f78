import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, scrypt, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { StoreError } from './errors';
import type { Vault } from './store';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Fixed, because every process must derive the same key from the same passphrase. */
const SALT = 'n8n-nodes-ai-admin:store';

interface DerivedKey {
	/** Names the key in sealed texts without telling anything about it. */
	readonly id: string;
	readonly cipher: KeyObject;
	readonly mac: KeyObject;
}

/** A vault and the ids of its keys: the first seals, all open. */
export interface KeyedVault extends Vault {
	readonly keyIds: readonly string[];
}

async function derive(passphrase: string): Promise<DerivedKey> {
	const stretched = await promisify<string, string, number, Buffer>(scrypt)(passphrase, SALT, 32);
	const part = (purpose: string) => Buffer.from(hkdfSync('sha256', stretched, SALT, purpose, 32));
	// Key objects: sealing with a plain buffer takes three times as long, Node prepares it anew each time.
	return { id: part('id').toString('hex').slice(0, 8), cipher: createSecretKey(part('seal')), mac: createSecretKey(part('hash')) };
}

function sealWith(key: DerivedKey, plain: string): string {
	const prefix = `${VERSION}.${key.id}.`;
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv('aes-256-gcm', key.cipher, iv, { authTagLength: TAG_BYTES });
	cipher.setAAD(Buffer.from(prefix));
	const body = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
	return prefix + body.toString('base64');
}

function hashWith(key: DerivedKey, value: string): string {
	return createHmac('sha256', key.mac).update(value).digest('hex').slice(0, 16);
}

function openWith(key: DerivedKey, prefix: string, encoded: string): string {
	const body = Buffer.from(encoded, 'base64');
	if (body.length < IV_BYTES + TAG_BYTES) throw new StoreError('corrupt', 'A sealed text is cut short.');
	const decipher = createDecipheriv('aes-256-gcm', key.cipher, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
	decipher.setAAD(Buffer.from(prefix));
	decipher.setAuthTag(body.subarray(-TAG_BYTES));
	try {
		return decipher.update(body.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
	} catch {
		throw new StoreError('corrupt', 'A sealed text was changed after it was written.');
	}
}

/**
 * Derives the keys once (scrypt, then HKDF for each purpose); sealing, opening and hashing are fast afterwards.
 * `keys` are passphrases: the first seals and hashes, all open, so a key rotates by putting the new one in front.
 * Throws {@link StoreError} `invalid_config` without a key. A sealed text is `v1.<key id>.<base64 of iv, text, tag>`.
 */
export async function createVault(keys: readonly string[]): Promise<KeyedVault> {
	if (keys.some((key) => key.trim() === '')) throw new StoreError('invalid_config', 'An encryption key is empty.');
	const derived = await Promise.all(keys.map(derive));
	const [current] = derived;
	if (current === undefined) throw new StoreError('invalid_config', 'Set at least one encryption key.');
	const byId = new Map(derived.map((key) => [key.id, key]));

	return {
		keyIds: derived.map((key) => key.id),
		seal: (plain) => sealWith(current, plain),
		open(sealed) {
			const [version, keyId, body] = sealed.split('.');
			if (version !== VERSION || keyId === undefined || body === undefined) {
				throw new StoreError('corrupt', 'A text that should be sealed is not.');
			}
			const key = byId.get(keyId);
			if (key === undefined) throw new StoreError('sealed_with_other_key', `Key id ${keyId}.`);
			return openWith(key, `${VERSION}.${keyId}.`, body);
		},
		hash: (value) => hashWith(current, value),
		hashes: (value) => derived.map((key) => hashWith(key, value)),
	};
}
