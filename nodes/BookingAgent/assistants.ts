import { createAssistant, type Assistant, type CatalogueCache } from '../../core/conversation';
import { createModelHealth, type ModelHealth } from '../../core/conversation/model/health';
import { createHabits } from '../../core/profile';
import { createAssistantStore } from '../../core/store';
import type { CrmConnection } from '../shared/crm-registry';
import { processState } from '../shared/process-state';
import { now } from '../shared/salon';
import { assistantProfileOf } from './profile';
import type { AgentSettings } from './settings';

/** What a process keeps for a salon's agent nodes. */
interface Kept {
	readonly variants: Map<string, Assistant>;
	/** One for all variants: what one of them learns of a provider spares the others the wait. */
	readonly modelHealth: ModelHealth;
}

const kept = (): WeakMap<CrmConnection, Kept> => processState('assistants', 2, () => new WeakMap<CrmConnection, Kept>());

/** Most variants of settings kept for one salon; expressions in settings must not grow memory. */
const MAX_VARIANTS = 20;

/**
 * The assistant of a salon with these settings; made once a process, so that a message pays for nothing but its turn.
 * Models and tools belong to an execution and come with each call.
 */
export async function assistantFor(connection: CrmConnection, settings: AgentSettings): Promise<Assistant> {
	const { variants, modelHealth } = keptFor(connection);
	const assistantStore = createAssistantStore(connection.opened.store);
	const profile = await assistantProfileOf(assistantStore, connection.tenant, settings.profileId);
	const key = JSON.stringify([settings, profile]);
	const found = variants.get(key);
	if (found !== undefined) return found;
	if (variants.size >= MAX_VARIANTS) variants.clear();
	const { crm, leads, catalogueCache, opened } = connection;
	const { assistant: own, voice, wording, limits, healthFacts } = settings;
	const assistant = createAssistant({
		store: opened.conversations,
		crm,
		...(leads === undefined ? {} : { leads }),
		habits: createHabits(opened.store),
		clock: now,
		settings: own,
		catalogueCache,
		voice: { ...voice, name: own.assistantName },
		wording,
		limits,
		modelHealth,
		assistantStore,
		...(profile === undefined ? {} : { profile }),
		allowHealthFacts: healthFacts,
	});
	variants.set(key, assistant);
	return assistant;
}

function keptFor(connection: CrmConnection): Kept {
	const known = kept().get(connection) ?? { variants: new Map<string, Assistant>(), modelHealth: healthOf(connection) };
	kept().set(connection, known);
	return known;
}

/** A connection to a vendor ends with its execution, what is known of a provider does not: it stays with the salon's cache. */
function healthOf({ catalogueCache }: CrmConnection): ModelHealth {
	const healths = processState('model-health', 1, () => new WeakMap<CatalogueCache, ModelHealth>());
	const known = healths.get(catalogueCache) ?? createModelHealth();
	healths.set(catalogueCache, known);
	return known;
}
