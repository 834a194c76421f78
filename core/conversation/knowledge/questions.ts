import type { Instant } from '../../booking';
import { toWords } from '../../language/words';
import type { KnowledgeStore, QuestionRecord, QuestionStatus, QuestionStore } from '../../store/assistant';
import type { ChatKey } from '../../store/conversation-store';
import { entriesOf } from './entries';
import { termsOf } from './terms';

/** Source of the entries made from answered questions. */
export const ANSWERS_SOURCE = 'answered questions';
const MOST_QUESTION = 500;

/** An operator's answer. `title` is a question as anybody may ask it: a client's own words may name the client. */
export interface QuestionAnswer {
	readonly title: string;
	readonly body: string;
	readonly aliases?: readonly string[];
}

export type Answered =
	| { readonly kind: 'answered'; readonly entries: number }
	| { readonly kind: 'not_found' }
	/** Title or body is empty: nothing was changed. */
	| { readonly kind: 'empty' };

/** A salon's open questions. Errors of the database are StoreErrors. */
export interface QuestionLog {
	/** Notes a question nothing answered; says how often it was asked by now. */
	note(chat: ChatKey, question: string, now: Instant): Promise<number>;
	list(filter: { status?: QuestionStatus; limit: number }): Promise<readonly QuestionRecord[]>;
	/** Marks a question answered; with an answer the knowledge learns it too. */
	answer(id: string, answer: QuestionAnswer | null, now: Instant): Promise<Answered>;
	/** False when there is no such question. */
	dismiss(id: string): Promise<boolean>;
}

/** Equal for questions about the same: their subjects and stems, whatever their order, courtesy and small words. */
export function normaliseQuestion(question: string): string {
	const keys = [...new Set(termsOf(question).map((term) => term.key))].sort();
	return keys.length > 0 ? keys.join(' ') : toWords(question).line.trim();
}

/** The open questions of a tenant in the store. */
export function createQuestionLog(stores: { readonly questions: QuestionStore; readonly knowledge: KnowledgeStore }, tenant: string): QuestionLog {
	const { questions, knowledge } = stores;
	return {
		async note(chat, question, now) {
			const text = question.slice(0, MOST_QUESTION);
			const { asked } = await questions.log({ chat: { ...chat, tenant }, question: text, normalised: normaliseQuestion(text), now });
			return asked;
		},

		list: (filter) => questions.list({ tenant, ...filter }),

		async answer(id, answer, now) {
			if ((await questions.get(tenant, id)) === null) return { kind: 'not_found' };
			const entries = answer === null ? [] : entriesOf({ ...answer, aliases: answer.aliases ?? [] });
			if (answer !== null && (answer.title.trim() === '' || entries.length === 0)) return { kind: 'empty' };
			if (entries.length > 0) await knowledge.add(tenant, ANSWERS_SOURCE, entries, now);
			await questions.setStatus(tenant, id, 'answered');
			return { kind: 'answered', entries: entries.length };
		},

		dismiss: (id) => questions.setStatus(tenant, id, 'dismissed'),
	};
}
