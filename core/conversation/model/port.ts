import type { Instant } from '../../booking';

/** One message of a prompt. Only `user` messages hold words of clients; they are masked before a provider sees them. */
export interface ModelMessage {
	readonly role: 'system' | 'user' | 'assistant';
	readonly content: string;
}

/** One call of a chat model. */
export interface ModelRequest {
	readonly messages: readonly ModelMessage[];
	/** Most tokens of the answer; a provider that ignores it is cut off by size. */
	readonly maxOutputTokens: number;
	/** Aborted when the turn has no time left: the answer is then worth nothing. */
	readonly signal: AbortSignal;
}

/** Tokens as the provider counted them. */
export interface TokenUsage {
	readonly inputTokens: number;
	readonly outputTokens: number;
}

export const MODEL_FAILURES = ['timeout', 'throttled', 'unavailable', 'rejected', 'unreadable', 'too_long'] as const;
/** `rejected`: the provider refused the request or the key. `unreadable`: HTML, broken bytes, no text. */
export type ModelFailure = (typeof MODEL_FAILURES)[number];

export type ModelAnswer =
	| { readonly kind: 'ok'; readonly text: string; readonly usage: TokenUsage | null }
	| { readonly kind: 'failed'; readonly cause: ModelFailure; readonly retryAt?: Instant };

/** A chat model of any provider. Never throws and never retries by itself: the turn's budget decides. */
export interface ChatModel {
	/** Stable name for budgets and the audit log, e.g. `openai:gpt-5-mini`; holds no key and no address. */
	readonly name: string;
	complete(request: ModelRequest): Promise<ModelAnswer>;
}

/** What a call is for: `repair` is the one re-ask of an understanding, `rephrase` the one of a wording. */
export type ModelPurpose = 'understand' | 'repair' | 'compose' | 'rephrase';

/** The models as one turn may use them: within its budget, with personal data masked, every call in the audit log. */
export interface TurnModel {
	/** Names of people known in this turn (client, guest): masked wherever they stand in `user` messages. */
	know(names: readonly string[]): void;
	/** The answer with masked data restored, or null when none came within the budget: then rules and templates go on. */
	ask(purpose: ModelPurpose, messages: readonly ModelMessage[], maxOutputTokens: number): Promise<string | null>;
}
