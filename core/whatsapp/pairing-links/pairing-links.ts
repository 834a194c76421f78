import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '../../store';
import type { SessionKey } from '../lease';

/** How long a browser that opened a link may go on pairing, in milliseconds. */
export const VISIT_MS = 30 * 60_000;
/** Links that are over for so long are removed. */
const REMOVED_AFTER_MS = 86_400_000;

/** A link as it is given out; the token is nowhere else. */
export interface PairingLink {
	readonly token: string;
	/** Milliseconds since the epoch until when it can be opened. */
	readonly expiresAt: number;
}

/** Links to a pairing page: each opens once, and then belongs to the browser that opened it. */
export interface PairingLinks {
	/** Makes a link that can be opened for `ttlMs`. */
	create(key: SessionKey, ttlMs: number): Promise<PairingLink>;
	/** Whether a link could be opened now; opens nothing. */
	isGood(tenant: string, token: string): Promise<boolean>;
	/** Opens a link: of all who try, one gets a visitor's key. Null for a link that is wrong, opened or over. */
	open(tenant: string, token: string): Promise<{ readonly session: string; readonly visitor: string } | null>;
	/** The session a visitor may link; null for a key that is wrong or over. */
	sessionOf(tenant: string, visitor: string): Promise<string | null>;
}

/** The links of a store. Only hashes are kept; they are of random bytes, so that a plain hash gives nothing away. */
export function createPairingLinks(store: Pick<Store, 'db' | 'write'>, clock: () => number = Date.now): PairingLinks {
	return {
		async create({ tenant, session }, ttlMs) {
			const token = randomKey();
			const now = clock();
			const expiresAt = now + ttlMs;
			await store.write(async (trx) => {
				await trx.deleteFrom('wa_pairing_link').where('tenant', '=', tenant).where('expires_at', '<', now - REMOVED_AFTER_MS).execute();
				await trx.insertInto('wa_pairing_link').values({ tenant, token_hash: hashOf(token), session, expires_at: expiresAt, used_at: null, visitor_hash: null }).execute();
			});
			return { token, expiresAt };
		},

		async isGood(tenant, token) {
			const row = await store.db
				.selectFrom('wa_pairing_link')
				.select('session')
				.where('tenant', '=', tenant)
				.where('token_hash', '=', hashOf(token))
				.where('used_at', 'is', null)
				.where('expires_at', '>', clock())
				.executeTakeFirst();
			return row !== undefined;
		},

		async open(tenant, token) {
			const visitor = randomKey();
			const now = clock();
			const row = await store.write((trx) =>
				trx
					.updateTable('wa_pairing_link')
					.set({ used_at: now, visitor_hash: hashOf(visitor) })
					.where('tenant', '=', tenant)
					.where('token_hash', '=', hashOf(token))
					.where('used_at', 'is', null)
					.where('expires_at', '>', now)
					.returning('session')
					.executeTakeFirst(),
			);
			return row === undefined ? null : { session: row.session, visitor };
		},

		async sessionOf(tenant, visitor) {
			const row = await store.db
				.selectFrom('wa_pairing_link')
				.select('session')
				.where('tenant', '=', tenant)
				.where('visitor_hash', '=', hashOf(visitor))
				.where('used_at', '>', clock() - VISIT_MS)
				.executeTakeFirst();
			return row?.session ?? null;
		},
	};
}

const randomKey = (): string => randomBytes(32).toString('base64url');
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
