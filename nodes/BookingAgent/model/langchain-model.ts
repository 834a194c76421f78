import type { ChatModel, ModelAnswer, ModelMessage, ModelRequest } from '../../../core/conversation/model/port';
import { failureOf } from './failure';
import { answerOf } from './reply';

/** What every LangChain chat model has; n8n's own copy of LangChain made it, so that no class can be asked for. */
interface Invocable {
	invoke(messages: readonly ModelMessage[], options: { readonly signal: AbortSignal }): Promise<unknown>;
}

const LONGEST_NAME = 80;

export interface ChatModelOptions {
	/** How budgets and the audit log call the model; by default what it says of itself. */
	readonly name?: string;
	/** Aborted when the execution is cancelled. */
	readonly stop?: AbortSignal;
}

/**
 * A chat model that n8n's Chat Model input supplies, or null when what is connected is none.
 *
 * Calls are plain: no tools, no streaming, no retries of the library's own, and none outlasts its signal, whatever the
 * library does with it. The limit of tokens is the model node's own setting: a cap that a reasoning model spends on its
 * thoughts would leave an empty answer.
 */
export function asChatModel(supplied: unknown, { name, stop }: ChatModelOptions = {}): ChatModel | null {
	if (!isInvocable(supplied)) return null;
	withoutRetries(supplied);
	return {
		name: name ?? nameOf(supplied),
		async complete({ messages, signal }: ModelRequest): Promise<ModelAnswer> {
			const until = stop === undefined ? signal : AbortSignal.any([signal, stop]);
			if (until.aborted) return { kind: 'failed', cause: 'timeout' };
			try {
				const plain = messages.map(({ role, content }) => ({ role, content }));
				return answerOf(await beforeAbort(until, () => supplied.invoke(plain, { signal: until })));
			} catch (error) {
				return until.aborted ? { kind: 'failed', cause: 'timeout' } : failureOf(error, new Date().toISOString());
			}
		},
	};
}

/** A provider's name and a model's, without anything that could hold a key or an address. */
export function modelName(provider: string, model: string): string {
	const clean = (text: string): string => text.replace(/[^\p{L}\p{N}._/-]+/gu, '_').slice(0, LONGEST_NAME / 2);
	return `${clean(provider)}:${clean(model)}`;
}

function isInvocable(supplied: unknown): supplied is Invocable {
	return typeof supplied === 'object' && supplied !== null && 'invoke' in supplied && typeof supplied.invoke === 'function';
}

function nameOf(supplied: unknown): string {
	if (typeof supplied !== 'object' || supplied === null) return 'unknown';
	const own = supplied as { _llmType?: unknown; model?: unknown; modelName?: unknown };
	const type: unknown = typeof own._llmType === 'function' ? own._llmType() : null;
	const model = [own.model, own.modelName].find((text) => typeof text === 'string' && text !== '');
	return modelName(typeof type === 'string' ? type : 'model', typeof model === 'string' ? model : 'default');
}

/**
 * LangChain tries again by itself, up to six times, and waits in between for as long as a provider asks: the turn's time
 * would go by before the fallback model is asked. A model may hand its calls to parts that count for themselves.
 */
function withoutRetries(model: object): void {
	const parts: unknown[] = [model, ...Object.values(model)];
	for (const part of parts) {
		if (typeof part !== 'object' || part === null || !('caller' in part)) continue;
		const { caller } = part;
		if (typeof caller === 'object' && caller !== null && 'maxRetries' in caller && typeof caller.maxRetries === 'number') caller.maxRetries = 0;
	}
}

/** The call's own end, or its abort, whichever comes first: a library between two attempts hears no signal. */
async function beforeAbort<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
	let stop = (): void => undefined;
	const stopped = new Promise<never>((_resolve, reject) => {
		stop = () => reject(new DOMException('The call has no time left', 'AbortError'));
	});
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await Promise.race([call(), stopped]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
