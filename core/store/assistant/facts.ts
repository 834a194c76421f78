import type { Selectable, Transaction } from 'kysely';
import type { Instant } from '../../booking';
import type { ChatKey } from '../conversation-store';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import type { ClientFactTable, FactSource } from '../schema/assistant';
import type { Store, Vault } from '../store';
import { chatHash, clientKey, clientKeys, queueFor, type ClientRef } from './subjects';

/** Most facts of one client; above it what others concluded goes first, oldest first. */
export const MOST_FACTS = 20;

/** A fact to be remembered. */
export interface NewFact {
	readonly key: string;
	/** Sealed at rest. */
	readonly value: string;
	readonly source: FactSource;
	readonly expiresAt: Instant;
	/** True where a client has one such fact: a later one replaces it, but nothing replaces the client's own word but the client's. */
	readonly single: boolean;
}

/** A remembered fact. */
export interface FactRecord {
	readonly id: string;
	readonly key: string;
	readonly value: string;
	readonly source: FactSource;
	readonly learnedAt: Instant;
	readonly expiresAt: Instant;
}

/** What is remembered of clients. */
export interface FactStore {
	/** Stores facts learned in `dialogue`; one learned again is renewed. */
	learn(tenant: string, client: ClientRef, facts: readonly NewFact[], dialogue: ChatKey, now: Instant): Promise<void>;
	/** Facts that have not expired, newest first. */
	recall(tenant: string, client: ClientRef, now: Instant): Promise<readonly FactRecord[]>;
	/** Forgets one fact, or all of the client; says how many. */
	forget(tenant: string, client: ClientRef, id?: string): Promise<number>;
}

function factId(vault: Vault, tenant: string, fact: NewFact): string {
	return fact.single ? fact.key : `${fact.key}:${vault.hash(JSON.stringify([tenant, fact.key, fact.value.toLowerCase()]))}`;
}

function record(vault: Vault, row: Selectable<ClientFactTable>): FactRecord {
	const { id, key, source, learned_at: learnedAt, expires_at: expiresAt } = row;
	return { id, key, value: vault.open(row.value), source, learnedAt, expiresAt };
}

/** Drops what has expired and what is too much. */
async function makeRoom(trx: Transaction<Database>, tenant: string, key: string, now: Instant): Promise<void> {
	const ofClient = trx.deleteFrom('client_fact').where((eb) => eb.and({ tenant, client_key: key }));
	await ofClient.where('expires_at', '<=', now).execute();
	const rows = await trx
		.selectFrom('client_fact')
		.select(['id', 'source'])
		.where((eb) => eb.and({ tenant, client_key: key }))
		.orderBy('learned_at')
		.orderBy('id')
		.execute();
	const concluded = rows.filter((row) => row.source !== 'client');
	const said = rows.filter((row) => row.source === 'client');
	const surplus = [...concluded, ...said].slice(0, Math.max(0, rows.length - MOST_FACTS)).map((row) => row.id);
	if (surplus.length > 0) await ofClient.where('id', 'in', surplus).execute();
}

/** See {@link FactStore}. */
export function factsOf(store: Store): FactStore {
	const { db, vault } = store;
	return {
		async learn(tenant, client, facts, dialogue, at) {
			if (facts.length === 0) return;
			const now = utcInstant(at);
			const key = clientKey(vault, tenant, client);
			const dialogue_hash = chatHash(vault, dialogue);
			await store.write(async (trx) => {
				await queueFor(store, trx, ['facts', tenant, key]);
				for (const fact of facts) {
					const content = {
						value: vault.seal(fact.value),
						source: fact.source,
						learned_at: now,
						expires_at: utcInstant(fact.expiresAt),
						dialogue_hash,
					};
					await trx
						.insertInto('client_fact')
						.values({ tenant, client_key: key, id: factId(vault, tenant, fact), key: fact.key, ...content })
						.onConflict((conflict) => {
							const renewed = conflict.columns(['tenant', 'client_key', 'id']).doUpdateSet(content);
							if (fact.source === 'client') return renewed;
							return renewed.where((eb) => eb.or([eb('client_fact.source', '!=', 'client'), eb('client_fact.expires_at', '<=', now)]));
						})
						.execute();
				}
				await makeRoom(trx, tenant, key, now);
			});
		},

		async recall(tenant, client, now) {
			const rows = await db
				.selectFrom('client_fact')
				.selectAll()
				.where('tenant', '=', tenant)
				.where('client_key', 'in', clientKeys(vault, tenant, client))
				.where('expires_at', '>', utcInstant(now))
				.orderBy('learned_at', 'desc')
				.orderBy('id')
				.limit(MOST_FACTS)
				.execute();
			return rows.map((row) => record(vault, row));
		},

		async forget(tenant, client, id) {
			const { numDeletedRows } = await store.write((trx) => {
				const query = trx.deleteFrom('client_fact').where('tenant', '=', tenant).where('client_key', 'in', clientKeys(vault, tenant, client));
				return (id === undefined ? query : query.where('id', '=', id)).executeTakeFirst();
			});
			return Number(numDeletedRows);
		},
	};
}
