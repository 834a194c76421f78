import type { Instant } from '../booking';
import type { AssistantStore, NewFact } from '../store/assistant';
import type { ChatKey } from '../store/conversation-store';
import type { CatalogueCache } from './assistant';
import type { HandoffRules } from './assistant-profile';
import type { RememberedFact } from './context';
import { composeSources, createQuestionLog, createStoredKnowledge, type KnowledgeSource } from './knowledge';
import { clientRef, createClientMemory } from './memory';
import { createScriptLibrary, type SalesScript } from './scripts';
import type { KnownClient } from './state';

/** What an assistant knows besides the CRM: answers to free questions, lines that sell, what clients are remembered for. */
export interface Lore {
	/** Where answers to free questions come from, or null when there is no such place. */
	readonly knowledge: KnowledgeSource | null;
	/** Notes a question nothing answered. */
	noteQuestion(chat: ChatKey, question: string, now: Instant): Promise<void>;
	scripts(): Promise<readonly SalesScript[]>;
	recall(client: KnownClient, chat: ChatKey, now: Instant): Promise<readonly RememberedFact[]>;
	remember(client: KnownClient, chat: ChatKey, facts: readonly NewFact[], now: Instant): Promise<void>;
	/** Whether what clients say of their health may be kept. */
	readonly allowHealth: boolean;
	readonly handoff: HandoffRules;
}

export interface LoreParts {
	readonly store: AssistantStore | null;
	readonly tenant: string;
	/** A second source of answers, such as a vector store. */
	readonly knowledge: KnowledgeSource | null;
	readonly cache: CatalogueCache;
	readonly allowHealth: boolean;
	readonly handoff: HandoffRules;
}

export const NO_HANDOFF_RULES: HandoffRules = { onUnansweredQuestion: false, onNoSlots: false, words: [] };

/** The lore of a tenant for one turn. Errors of the database are StoreErrors. */
export function loreOf({ store, tenant, knowledge, cache, allowHealth, handoff }: LoreParts): Lore {
	if (store === null) return { ...EMPTY, knowledge, allowHealth, handoff };
	const memory = createClientMemory(store.facts, tenant);
	return {
		knowledge: composeSources(createStoredKnowledge(store.knowledge, tenant), knowledge),
		noteQuestion: async (chat, question, now) => {
			await createQuestionLog(store, tenant).note(chat, question, now);
		},
		scripts: () => cache.get(`scripts:${tenant}`, async () => (await createScriptLibrary(store.scripts, tenant).list()).scripts, () => true),
		recall: (client, chat, now) => memory.recall(clientRef(client, chat), { now, allowHealth }),
		remember: (client, chat, facts, now) => memory.remember(clientRef(client, chat), facts, chat, now),
		allowHealth,
		handoff,
	};
}

const EMPTY: Omit<Lore, 'knowledge' | 'allowHealth' | 'handoff'> = {
	noteQuestion: async () => undefined,
	scripts: async () => [],
	recall: async () => [],
	remember: async () => undefined,
};
