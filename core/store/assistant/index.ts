import type { Store } from '../store';
import { erasureOf, type ErasureStore } from './erase';
import { factsOf, type FactStore } from './facts';
import { knowledgeOf, type KnowledgeStore } from './knowledge';
import { profilesOf, type ProfileStore } from './profiles';
import { questionsOf, type QuestionStore } from './questions';
import { scriptsOf, type ScriptStore } from './scripts';
import { usageOf, type UsageStore } from './usage';

export { SCRIPT_STAGES, type FactSource, type QuestionStatus, type ScriptKind, type ScriptStage } from '../schema/assistant';
export { type ErasedCounts, type ErasureStore, type PurgedCounts } from './erase';
export { MOST_FACTS, type FactRecord, type FactStore, type NewFact } from './facts';
export type { EntryDraft, EntryRecord, ImportCounts, KnowledgeStore, SourceSummary } from './knowledge';
export type { ProfileRecord, ProfileSave, ProfileStore } from './profiles';
export { MOST_QUESTIONS, type AskedQuestion, type QuestionRecord, type QuestionStore } from './questions';
export type { ScriptRecord, ScriptStore } from './scripts';
export type { ClientRef } from './subjects';
export type { ModelUsage, UsageStore } from './usage';

/** What assistants know and remember; every call names its tenant. Errors are StoreErrors. */
export interface AssistantStore {
	readonly knowledge: KnowledgeStore;
	readonly questions: QuestionStore;
	readonly scripts: ScriptStore;
	readonly facts: FactStore;
	readonly profiles: ProfileStore;
	readonly usage: UsageStore;
	readonly erasure: ErasureStore;
}

const opened = new WeakMap<Store, AssistantStore>();

/**
 * The assistants' tables of a {@link Store}, the same object for the same store, so that what is cached by it lasts.
 * Texts of clients are sealed, instants come back in UTC.
 */
export function createAssistantStore(store: Store): AssistantStore {
	const known = opened.get(store);
	if (known !== undefined) return known;
	const made: AssistantStore = {
		knowledge: knowledgeOf(store),
		questions: questionsOf(store),
		scripts: scriptsOf(store),
		facts: factsOf(store),
		profiles: profilesOf(store),
		usage: usageOf(store),
		erasure: erasureOf(store),
	};
	opened.set(store, made);
	return made;
}
