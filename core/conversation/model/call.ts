import { judgeAnswer } from './answer';
import type { ChatModel, ModelAnswer, ModelMessage } from './port';

/**
 * Calls a model once and waits at most `timeoutMs`. The signal is aborted then, but nothing depends on a provider that
 * honours it: a late answer is not looked at. Never rejects; the timer never outlives the call.
 */
export async function callModel(model: ChatModel, messages: readonly ModelMessage[], maxOutputTokens: number, timeoutMs: number): Promise<ModelAnswer> {
	const abort = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<ModelAnswer>((resolve) => {
		timer = setTimeout(() => {
			resolve({ kind: 'failed', cause: 'timeout' });
			abort.abort();
		}, timeoutMs);
	});
	try {
		return await Promise.race([answerOf(model, messages, maxOutputTokens, abort.signal), late]);
	} finally {
		clearTimeout(timer);
	}
}

async function answerOf(model: ChatModel, messages: readonly ModelMessage[], maxOutputTokens: number, signal: AbortSignal): Promise<ModelAnswer> {
	try {
		return judgeAnswer(await model.complete({ messages, maxOutputTokens, signal }));
	} catch {
		return { kind: 'failed', cause: 'unavailable' };
	}
}
