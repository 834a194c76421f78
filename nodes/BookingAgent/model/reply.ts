import * as v from 'valibot';
import type { ModelAnswer, TokenUsage } from '../../../core/conversation/model/port';

/** How providers say that an answer ended at its limit of tokens. */
const CUT_OFF = /^(?:length|max_tokens|MAX_TOKENS)$/;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000));
/** The ways libraries report tokens, the common one first. */
const USAGES = [
	v.pipe(v.object({ input_tokens: Count, output_tokens: Count }), v.transform((usage) => ({ inputTokens: usage.input_tokens, outputTokens: usage.output_tokens }))),
	v.pipe(v.object({ promptTokens: Count, completionTokens: Count }), v.transform((usage) => ({ inputTokens: usage.promptTokens, outputTokens: usage.completionTokens }))),
	v.pipe(v.object({ prompt_tokens: Count, completion_tokens: Count }), v.transform((usage) => ({ inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }))),
];

/**
 * Reads what a chat model gave back: a message with text, or with parts of which only text ones count. Whether the text is
 * any good is for the caller to judge.
 */
export function answerOf(reply: unknown): ModelAnswer {
	const message = recordOf(reply);
	const text = textOf(message['content']);
	if (text.trim() === '') return { kind: 'failed', cause: 'unreadable' };
	const metadata = recordOf(message['response_metadata']);
	const ending = metadata['finish_reason'] ?? metadata['stop_reason'] ?? metadata['finishReason'];
	if (typeof ending === 'string' && CUT_OFF.test(ending)) return { kind: 'failed', cause: 'too_long' };
	return { kind: 'ok', text, usage: usageOf(message['usage_metadata']) ?? usageOf(metadata['tokenUsage']) ?? usageOf(metadata['usage']) };
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part: unknown) => (typeof part === 'string' ? part : recordOf(part)))
		.map((part) => (typeof part === 'string' ? part : part['type'] === 'text' && typeof part['text'] === 'string' ? part['text'] : ''))
		.join('');
}

function usageOf(value: unknown): TokenUsage | null {
	for (const schema of USAGES) {
		const parsed = v.safeParse(schema, value);
		if (parsed.success) return parsed.output;
	}
	return null;
}

function recordOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
