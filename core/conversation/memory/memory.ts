import type { Instant } from '../../booking';
import type { ClientRef, FactStore, NewFact } from '../../store/assistant';
import type { ChatKey } from '../../store/conversation-store';
import { MEMORY_KEYS, type MemoryKey, type RememberedFact } from '../context';
import type { KnownClient } from '../state';

/** What is worth knowing first: what could harm, who comes, then habits. */
const RANK: Readonly<Record<MemoryKey, number>> = { allergy: 0, companion: 1, preferred_staff: 2, preferred_time: 3, note: 4 };

/** What one salon remembers of its clients. Errors of the database are StoreErrors. */
export interface ClientMemory {
	remember(client: ClientRef, facts: readonly NewFact[], dialogue: ChatKey, now: Instant): Promise<void>;
	/** Most important first, newest first within a key; `allowHealth` off hides what was stored while it was on. */
	recall(client: ClientRef, options: { now: Instant; allowHealth: boolean }): Promise<readonly RememberedFact[]>;
	/** Forgets all facts of the client; says how many. */
	erase(client: ClientRef): Promise<number>;
}

/** Whom facts belong to: the phone where the channel vouches for it, else the chat alone. */
export function clientRef(client: Pick<KnownClient, 'phone' | 'phoneVerified'>, chat: ChatKey): ClientRef {
	return client.phoneVerified && client.phone !== null ? { phone: client.phone } : { chat };
}

/** The memory of a tenant in the store. */
export function createClientMemory(store: FactStore, tenant: string): ClientMemory {
	return {
		remember: (client, facts, dialogue, now) => store.learn(tenant, client, facts, dialogue, now),

		async recall(client, { now, allowHealth }) {
			const facts = (await store.recall(tenant, client, now)).flatMap(({ key, value }) => {
				const known = MEMORY_KEYS.find((one) => one === key);
				return known === undefined || (known === 'allergy' && !allowHealth) ? [] : [{ key: known, value }];
			});
			return facts.sort((a, b) => RANK[a.key] - RANK[b.key]);
		},

		erase: (client) => store.forget(tenant, client),
	};
}
