import { createHash } from 'node:crypto';
import type { Store } from '../store';

export interface DeliveryOptions {
	/** Who asks: workflow and trigger node. */
	readonly subscriber: string;
	/** How long an event is remembered, in milliseconds. */
	readonly rememberMs?: number;
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
}

/** Lets each event of a vendor through once. */
export interface Deliveries {
	/** Those of the keys that have not passed yet; from now on they have. Of two processes that ask at once only one gets a key. Errors are StoreErrors. */
	fresh(keys: readonly string[]): Promise<readonly string[]>;
	/** Those of the keys that have not passed yet; they still may. */
	unseen(keys: readonly string[]): Promise<readonly string[]>;
}

const REMEMBERED_MS = 7 * 86_400_000;
/** Rows removed with one question, so that a burst does not pay for a week. */
const MOST_REMOVED = 200;
/** Keys in one question. */
const MOST_ASKED = 500;
/** A power cut that forgets the latest events lets a few of them through again. */
const REPEATABLE = { survives: 'kill' } as const;

/** The memory of one subscriber, kept in the store. */
export function createDeliveries(store: Store, { subscriber, rememberMs = REMEMBERED_MS, clock = Date.now }: DeliveryOptions): Deliveries {
	return {
		async fresh(keys) {
			const hashes = hashed(keys);
			if (hashes.size === 0) return [];
			const now = clock();
			return store.write(async (trx) => {
				const old = trx.selectFrom('webhook_delivery').select(['subscriber', 'event_key']).where('expires_at', '<=', now).orderBy('expires_at').limit(MOST_REMOVED);
				for (const row of await old.execute()) {
					await trx.deleteFrom('webhook_delivery').where('subscriber', '=', row.subscriber).where('event_key', '=', row.event_key).where('expires_at', '<=', now).execute();
				}
				const fresh: string[] = [];
				for (const [hash, key] of hashes) {
					const { numInsertedOrUpdatedRows } = await trx
						.insertInto('webhook_delivery')
						.values({ subscriber, event_key: hash, expires_at: now + rememberMs })
						// a row that has expired and not been removed yet is as good as none
						.onConflict((conflict) => conflict.columns(['subscriber', 'event_key']).doUpdateSet({ expires_at: now + rememberMs }).where('webhook_delivery.expires_at', '<=', now))
						.executeTakeFirst();
					if (Number(numInsertedOrUpdatedRows ?? 0) > 0) fresh.push(key);
				}
				return fresh;
			}, REPEATABLE);
		},
		async unseen(keys) {
			const hashes = [...hashed(keys)];
			const seen = new Set<string>();
			for (let at = 0; at < hashes.length; at += MOST_ASKED) {
				const part = hashes.slice(at, at + MOST_ASKED).map(([hash]) => hash);
				const rows = await store.db.selectFrom('webhook_delivery').select('event_key').where('subscriber', '=', subscriber).where('event_key', 'in', part).where('expires_at', '>', clock()).execute();
				for (const row of rows) seen.add(row.event_key);
			}
			return hashes.filter(([hash]) => !seen.has(hash)).map(([, key]) => key);
		},
	};
}

function hashed(keys: readonly string[]): ReadonlyMap<string, string> {
	return new Map(keys.map((key) => [createHash('sha256').update(key).digest('hex'), key]));
}
