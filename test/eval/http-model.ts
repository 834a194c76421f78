import type { ChatModel, ModelAnswer, ModelFailure } from '../../core/conversation/model/port';

/** Where a real model is and what it is called. */
export interface Endpoint {
	/** Up to and with `/v1`. */
	readonly baseUrl: string;
	readonly model: string;
	readonly apiKey: string | null;
}

const TEMPERATURE = 0.1;

const CAUSES: Readonly<Record<number, ModelFailure>> = { 400: 'rejected', 401: 'rejected', 403: 'rejected', 404: 'rejected', 422: 'rejected', 408: 'timeout', 429: 'throttled' };

/** A chat model behind an OpenAI-compatible address. Never throws; a failure keeps its cause, and none is tried twice. */
export function httpModel({ baseUrl, model, apiKey }: Endpoint, onFailure: (what: string) => void = () => undefined): ChatModel {
	const url = `${baseUrl.replace(/\/+$/, '')}/chat/completions`;
	const headers = { 'content-type': 'application/json', ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }) };
	const failed = (cause: ModelFailure, what: string, retryAt?: string): ModelAnswer => {
		onFailure(what);
		return { kind: 'failed', cause, ...(retryAt === undefined ? {} : { retryAt }) };
	};
	return {
		name: `http:${model}`,
		async complete({ messages, maxOutputTokens, signal }) {
			const body = JSON.stringify({ model, messages, max_tokens: maxOutputTokens, temperature: TEMPERATURE });
			let response: Response;
			let text: string;
			try {
				response = await fetch(url, { method: 'POST', headers, body, signal });
				text = await response.text();
			} catch (error) {
				return signal.aborted ? failed('timeout', 'no answer in time') : failed('unavailable', `${url} cannot be reached: ${reasonOf(error)}`);
			}
			if (!response.ok) return failed(CAUSES[response.status] ?? 'unavailable', `${url} answered ${response.status}`, retryAtOf(response));
			return readCompletion(text) ?? failed('unreadable', `${url} answered something that is no chat completion`);
		},
	};
}

function reasonOf(error: unknown): string {
	const { cause } = error as { cause?: { code?: string } };
	return cause?.code ?? (error instanceof Error ? error.name : 'unknown');
}

function retryAtOf(response: Response): string | undefined {
	const seconds = Number(response.headers.get('retry-after'));
	return Number.isFinite(seconds) && seconds > 0 ? new Date(Date.now() + seconds * 1000).toISOString() : undefined;
}

interface Completion {
	readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[];
	readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown };
}

function readCompletion(text: string): ModelAnswer | null {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return null;
	}
	const { choices, usage } = (parsed ?? {}) as Completion;
	const content = choices?.[0]?.message?.content;
	if (typeof content !== 'string') return null;
	const { prompt_tokens: input, completion_tokens: output } = usage ?? {};
	return { kind: 'ok', text: content, usage: typeof input === 'number' && typeof output === 'number' ? { inputTokens: input, outputTokens: output } : null };
}
