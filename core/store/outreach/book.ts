import type { Kysely } from 'kysely';
import type { Instant, Phone } from '../../booking';
import { queueFor } from '../assistant/subjects';
import type { Database } from '../schema';
import { statement } from '../statement';
import type { Store } from '../store';

/** A reason to write to a client, named so that the same reason is known again. */
export interface Occasion {
	readonly id: string;
	readonly kind: string;
	readonly clientId: string;
}

/** A person who is left in peace after one of these kinds: a phone, whatever cards it has. */
export interface Peace {
	readonly phone: Phone;
	readonly cardIds: readonly string[];
	readonly kinds: readonly string[];
	readonly since: Instant;
}

/** What became of it: `later` is tried again. */
export type OutreachEnd = 'said' | 'later' | 'never';

/** Which messages a branch has begun. Errors are StoreErrors. */
export interface OutreachBook {
	/**
	 * Takes an occasion for one caller; null when it was said, given up, or is with somebody else, and when its person is to be
	 * left in peace after an earlier one, in whichever run that was taken. The number tells tries apart.
	 */
	claim(occasion: Occasion, peace: Peace | null): Promise<number | null>;
	/** Notes what became of it; false for an occasion that was never taken. An end is not undone. */
	end(id: string, end: OutreachEnd, why: string | null): Promise<boolean>;
	/** Clients of the list to whom one of these kinds was said, or is being said, since then. */
	toldSince(clientIds: readonly string[], kinds: readonly string[], since: Instant): Promise<ReadonlySet<string>>;
}

export interface OutreachBookOptions {
	readonly tenant: string;
	/** UTC. */
	readonly now: () => Instant;
}

/** A run that took an occasion and said nothing of it for so long is gone. */
const ABANDONED_MS = 15 * 60_000;
/** Longer than a client is left in peace after anything. */
const KEPT_MS = 400 * 86_400_000;
const MOST_REMOVED = 100;
const MOST_IDS = 500;

const OLD = statement((db, { tenant, before }: { readonly tenant: string; readonly before: Instant }) =>
	db.selectFrom('outreach').select('id').where('tenant', '=', tenant).where('claimed_at', '<', before).limit(MOST_REMOVED),
);

/** The book of one branch. */
export function createOutreachBook(store: Store, { tenant, now }: OutreachBookOptions): OutreachBook {
	return {
		claim: ({ id, kind, clientId }, peace) =>
			store.write(async (trx) => {
				if (peace !== null) {
					await queueFor(store, trx, ['outreach', tenant, peace.phone]);
					if ((await toldIn(trx, tenant, peace.cardIds, peace.kinds, peace.since)).size > 0) return null;
				}
				const at = now();
				const abandoned = new Date(Date.parse(at) - ABANDONED_MS).toISOString();
				const row = await trx
					.insertInto('outreach')
					.values({ tenant, id, kind, client_id: clientId, state: 'claimed', why: null, attempt: 1, claimed_at: at, ended_at: null })
					.onConflict((conflict) =>
						conflict
							.columns(['tenant', 'id'])
							.doUpdateSet({ state: 'claimed', claimed_at: at, ended_at: null })
							.where((eb) => eb.or([eb('outreach.state', '=', 'waiting'), eb.and([eb('outreach.state', '=', 'claimed'), eb('outreach.claimed_at', '<', abandoned)])])),
					)
					.returning('attempt')
					.executeTakeFirst();
				return row === undefined ? null : Number(row.attempt);
			}),

		end: (id, end, why) =>
			store.write(async (trx) => {
				const { numUpdatedRows } = await trx
					.updateTable('outreach')
					.set((eb) => ({
						state: end === 'later' ? 'waiting' : end,
						why,
						ended_at: now(),
						attempt: end === 'later' ? eb('attempt', '+', 1) : eb.ref('attempt'),
					}))
					.where('tenant', '=', tenant)
					.where('id', '=', id)
					.where('state', 'in', ['claimed', 'waiting'])
					.executeTakeFirst();
				const old = await OLD(trx, { tenant, before: new Date(Date.parse(now()) - KEPT_MS).toISOString() });
				if (old.length > 0) await trx.deleteFrom('outreach').where('tenant', '=', tenant).where('id', 'in', old.map((row) => row.id)).execute();
				return numUpdatedRows > 0n;
			}),

		toldSince: (clientIds, kinds, since) => toldIn(store.db, tenant, clientIds, kinds, since),
	};
}

async function toldIn(db: Kysely<Database>, tenant: string, clientIds: readonly string[], kinds: readonly string[], since: Instant): Promise<ReadonlySet<string>> {
	const told = new Set<string>();
	for (let start = 0; start < clientIds.length; start += MOST_IDS) {
		const rows = await db
			.selectFrom('outreach')
			.select('client_id')
			.where('tenant', '=', tenant)
			.where('client_id', 'in', clientIds.slice(start, start + MOST_IDS))
			.where('kind', 'in', kinds)
			.where('claimed_at', '>=', since)
			.where('state', 'in', ['claimed', 'said'])
			.execute();
		for (const { client_id } of rows) told.add(client_id);
	}
	return told;
}
