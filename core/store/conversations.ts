import { inboxOf } from './conversation/inbox';
import { operationsOf } from './conversation/operations';
import { readingOf } from './conversation/reading';
import { turnsOf } from './conversation/turns';
import type { ConversationStore } from './conversation-store';
import type { Store } from './store';

/** Conversations in a {@link Store}; texts are sealed, instants come back in UTC. Errors are {@link StoreError}. */
export function createConversationStore(store: Store): ConversationStore {
	return { ...inboxOf(store), ...turnsOf(store), ...operationsOf(store), ...readingOf(store) };
}
