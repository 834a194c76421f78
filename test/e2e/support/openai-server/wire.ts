/** The part of OpenAI's chat completions that n8n's model node speaks. */

export interface WireMessage {
	readonly role: string;
	/** Text, or parts of which only text ones are read. */
	readonly content: unknown;
	readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
	readonly tool_call_id?: string;
}

export interface WireTool {
	readonly function: { readonly name: string; readonly description?: string; readonly parameters?: unknown };
}

export interface WireRequest {
	readonly model: string;
	readonly messages: readonly WireMessage[];
	readonly tools?: readonly WireTool[];
	readonly stream?: boolean;
}

/** What the model says: text, or one call of a tool. */
export type Saying = { readonly say: string } | { readonly tool: string; readonly args: Readonly<Record<string, unknown>> };

/** Plain text of a message's content. */
export function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
}

/** The body of a completion with its usage. */
export function completion(saying: Saying, model: string, id: number, usage: { readonly input: number; readonly output: number }): string {
	const message =
		'say' in saying
			? { role: 'assistant', content: saying.say, refusal: null }
			: {
					role: 'assistant',
					content: null,
					refusal: null,
					tool_calls: [{ id: `call_${id}`, type: 'function', function: { name: saying.tool, arguments: JSON.stringify(saying.args) } }],
				};
	return JSON.stringify({
		id: `chatcmpl-${id}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model,
		choices: [{ index: 0, message, logprobs: null, finish_reason: 'say' in saying ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: usage.input, completion_tokens: usage.output, total_tokens: usage.input + usage.output },
	});
}
