import type { Act } from '../../../core/conversation/acts';
import type { Lang } from '../../../core/conversation/message';
import type { ChatModel, ModelAnswer, ModelRequest } from '../../../core/conversation/model/port';
import type { Rng } from '../rng';

/** What a double makes of a request: it knows nothing but the prompt. */
export interface Prompt {
	readonly purpose: 'understand' | 'compose';
	readonly lang: Lang;
	/** The client's words, as far as the prompt holds them. */
	readonly text: string;
	/** The reply to be worded, with handles; '' when understanding. */
	readonly draft: string;
	/** Handles that stand in the prompt. */
	readonly handles: readonly string[];
	/** How often this double was asked before in the dialogue. */
	readonly count: number;
}

/** What an honest understander would make of the client's words, so that a lying one can lie on top of it. */
export type Sane = (text: string, lang: Lang) => readonly Act[];

/** A model that misbehaves in one way. A string is an answer; anything else is what the provider did. */
export interface Double {
	/** The number of section 18.1. */
	readonly number: number;
	readonly name: string;
	answer(prompt: Prompt, rng: Rng, sane: Sane): string | ModelAnswer | Promise<ModelAnswer>;
}

/** Reads a request of the assistant. */
export function readPrompt(request: ModelRequest, count: number): Prompt {
	const users = request.messages.filter((message) => message.role === 'user').map((message) => message.content);
	const system = request.messages.filter((message) => message.role === 'system').map((message) => message.content).join('\n');
	const last = users.at(-1) ?? '';
	const parts = users.map(json).filter((part) => part !== null);
	const drafts = parts.flatMap((part) => (typeof part['draft'] === 'string' && part['handles'] !== undefined ? [part['draft']] : []));
	const [draft] = drafts;
	const words = parts.flatMap((part) => wordsOf(part));
	return {
		purpose: draft === undefined ? 'understand' : 'compose',
		lang: languageOf(system, last),
		text: words.at(-1) ?? last,
		draft: draft ?? '',
		handles: [...new Set([...users.join('\n').matchAll(/\b[orvs][1-9]\d?\b/g)].map((match) => match[0]))],
		count,
	};
}

function json(text: string): Readonly<Record<string, unknown>> | null {
	const from = text.indexOf('{');
	if (from < 0) return null;
	for (let to = text.lastIndexOf('}'); to > from; to = text.lastIndexOf('}', to - 1)) {
		try {
			const value: unknown = JSON.parse(text.slice(from, to + 1));
			return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
		} catch {
			continue;
		}
	}
	return null;
}

/** Texts under keys by which a prompt marks a client's words. */
function wordsOf(value: unknown, marked = false): readonly string[] {
	if (typeof value === 'string') return marked ? [value] : [];
	if (Array.isArray(value)) return value.flatMap((one: unknown) => wordsOf(one, marked));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => wordsOf(inner, marked || /^(untrusted|client)$/.test(key)));
}

function languageOf(system: string, user: string): Lang {
	const named = /Language: (Russian|English)/.exec(system)?.[1];
	if (named !== undefined) return named === 'Russian' ? 'ru' : 'en';
	const marked = /"lang"\s*:\s*"(ru|en)"/.exec(user)?.[1];
	return marked === undefined ? 'ru' : (marked as Lang);
}

/** One object as an understander answers it. */
export function reading(acts: readonly unknown[], more: Readonly<Record<string, unknown>> = {}, lang: Lang = 'ru'): string {
	return JSON.stringify({ acts, lang, confidence: 0.95, ...more });
}

/** Words on top of a draft: instead of it, before it, behind it, or in the place of its last line. */
export function onTop(draft: string, words: string, rng: Rng): string {
	const ways = [words, `${words} ${draft}`, `${words}\n${draft}`, `${draft}\n${words}`, `${draft} ${words}`, draft.replace(/[^\n]*$/, words)];
	return rng.pick(ways);
}

/** A double as the chat model of a dialogue; its name tells the dialogue, so that no earlier failure rests it. */
export function modelOf(double: Double, rng: Rng, sane: Sane, name = `double:${double.number}`): ChatModel {
	let count = 0;
	return {
		name,
		complete: async (request) => {
			const answer = await double.answer(readPrompt(request, count++), rng, sane);
			return typeof answer === 'string' ? { kind: 'ok', text: answer, usage: null } : answer;
		},
	};
}
