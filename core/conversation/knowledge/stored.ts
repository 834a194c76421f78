import { StoreError } from '../../store/errors';
import type { EntryRecord, KnowledgeStore } from '../../store/assistant';
import type { KnowledgeSource, Snippet } from './port';
import { buildKnowledgeIndex, type Hit, type KnowledgeIndex } from './search';

interface Built {
	readonly version: number;
	readonly index: KnowledgeIndex<EntryRecord>;
}

const MOST_TENANTS = 100;
/** One index a tenant and a version of its knowledge, for all turns of the process. */
const built = new WeakMap<KnowledgeStore, Map<string, Built>>();

async function indexOf(store: KnowledgeStore, tenant: string): Promise<KnowledgeIndex<EntryRecord>> {
	const ofStore = built.get(store) ?? new Map<string, Built>();
	built.set(store, ofStore);
	// The version is read before the entries: a change in between is seen at the next search, never missed.
	const version = await store.version(tenant);
	const known = ofStore.get(tenant);
	if (known?.version === version) return known.index;
	const index = buildKnowledgeIndex(await store.entries(tenant));
	if (ofStore.size >= MOST_TENANTS) ofStore.clear();
	ofStore.set(tenant, { version, index });
	return index;
}

/** The salon's own entries as a source of answers. A database that cannot be read is `unavailable`, never `none`. */
export function createStoredKnowledge(store: KnowledgeStore, tenant: string): KnowledgeSource {
	return {
		async search(question, limit) {
			try {
				const hits = (await indexOf(store, tenant)).search(question, limit);
				return hits.length === 0 ? { kind: 'none' } : { kind: 'found', snippets: hits.map(toSnippet) };
			} catch (error) {
				return { kind: 'unavailable', cause: error instanceof StoreError ? error.code : 'failed' };
			}
		},
	};
}

function toSnippet({ entry, score }: Hit<EntryRecord>): Snippet {
	return { id: entry.id, title: entry.title, text: entry.body, score };
}
