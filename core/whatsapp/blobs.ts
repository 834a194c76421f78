import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type Database, type Store, StoreError, type Vault } from '../store';

export { removeBlobsIn } from '../store/blobs';

/** Bytes in one row: what a write holds the database with. */
const PART = 512 * 1024;
const DIGITS = 4;
/** Length of what is added to the id of bytes for each of their parts. */
export const PART_LENGTH = 1 + DIGITS;

/** Whose bytes they are; both halves of a session use it, so that erasing a person finds them. */
export interface BlobOwner {
	readonly tenant: string;
	readonly session: string;
	/** The address that stands for the person. */
	readonly chat: string;
}

/** Begins the ids of a person's bytes; it tells nothing about them. One for every key, the current one first. */
export const blobPrefixes = (vault: Vault, { session, chat }: BlobOwner): readonly string[] => vault.hashes(`${session}\n${chat}`).map((hash) => `${hash}:`);

/** An id for new bytes of a person. */
export const newBlobId = (vault: Vault, owner: BlobOwner): string => `${blobPrefixes(vault, owner)[0] ?? ''}${randomUUID()}`;

/** Keeps bytes, sealed. `now` is milliseconds since the epoch. */
export async function putBlobIn(trx: Transaction<Database>, vault: Vault, tenant: string, id: string, bytes: Uint8Array, now: number): Promise<void> {
	const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let part = 0; part === 0 || part * PART < whole.length; part += 1) {
		const value = vault.seal(whole.subarray(part * PART, (part + 1) * PART).toString('base64'));
		await trx.insertInto('wa_blob').values({ tenant, id: `${id}/${String(part).padStart(DIGITS, '0')}`, value, created_at: now }).execute();
	}
}

/** The bytes; null when they were removed. */
export async function readBlob({ db, vault }: Store, tenant: string, id: string): Promise<Buffer | null> {
	const rows = await db.selectFrom('wa_blob').select('value').where('tenant', '=', tenant).where('id', '>=', `${id}/`).where('id', '<', `${id}0`).orderBy('id').execute();
	return rows.length === 0 ? null : Buffer.concat(rows.map(({ value }) => Buffer.from(vault.open(value), 'base64')));
}

/** Sealed with a key that is not configured any more, or changed: the next try would find the same. */
const UNREADABLE: ReadonlySet<string> = new Set(['sealed_with_other_key', 'corrupt']);

/** The bytes, or why there are none: they were removed, or cannot be opened. Throws when that cannot be told, as when the database is away. */
export async function openBlob(store: Store, tenant: string, id: string): Promise<Buffer | 'gone' | 'damaged'> {
	try {
		return (await readBlob(store, tenant, id)) ?? 'gone';
	} catch (error) {
		if (error instanceof StoreError && UNREADABLE.has(error.code)) return 'damaged';
		throw error;
	}
}

/** Bytes kept for a person, rounded up to the parts they are kept in. */
export async function keptBytes({ db, vault }: Store, owner: BlobOwner): Promise<number> {
	let parts = 0;
	for (const prefix of blobPrefixes(vault, owner)) {
		const row = await db.selectFrom('wa_blob').select((eb) => eb.fn.countAll().as('count')).where('tenant', '=', owner.tenant).where('id', '>=', prefix).where('id', '<', afterPrefix(prefix)).executeTakeFirstOrThrow();
		parts += Number(row.count);
	}
	return parts * PART;
}

/** The first text after all that begin with a prefix: it ends with a colon, and a semicolon is next. */
const afterPrefix = (prefix: string): string => `${prefix.slice(0, -1)};`;
