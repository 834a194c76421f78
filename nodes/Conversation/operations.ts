import type { Operation } from '../shared/operation';
import type { ConversationContext } from './context';
import { eraseClient, eraseConversation } from './erase';
import { getConversation } from './get';
import { getAllConversations } from './get-all';
import { getUnanswered } from './get-unanswered';
import { handOverConversation, pauseConversation, resumeConversation } from './modes';

/** Everything Conversation can do. */
export const OPERATIONS: readonly Operation<ConversationContext>[] = [
	getConversation,
	getAllConversations,
	getUnanswered,
	handOverConversation,
	pauseConversation,
	resumeConversation,
	eraseClient,
	eraseConversation,
];
