/** A model that speaks OpenAI's chat completions over HTTP and does what a script says: n8n's own model node talks to it. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelMessage {
	readonly role: string;
	readonly content: unknown;
	readonly tool_calls?: readonly { readonly function: { readonly name: string } }[];
	readonly name?: string;
}

/** What the model does next: call a tool, or say something. */
export type ModelMove = { readonly tool: string; readonly args: Readonly<Record<string, unknown>> } | { readonly say: string };

export interface ScriptedModel {
	readonly url: string;
	/** Calls answered so far. */
	readonly calls: number;
	close(): Promise<void>;
}

/** Starts the server on loopback; `script` sees the whole conversation and the tools' names as the node sent them. */
export async function startScriptedModel(script: (messages: readonly ModelMessage[], tools: readonly string[]) => ModelMove): Promise<ScriptedModel> {
	let calls = 0;
	const server = createServer((request, response) => {
		void readBody(request).then((text) => {
			const body = JSON.parse(text) as { messages: ModelMessage[]; tools?: { function: { name: string } }[] };
			calls++;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completion(script(body.messages, (body.tools ?? []).map((tool) => tool.function.name)), calls)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		get calls() {
			return calls;
		},
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function completion(move: ModelMove, id: number): unknown {
	const message =
		'say' in move
			? { role: 'assistant', content: move.say }
			: { role: 'assistant', content: null, tool_calls: [{ id: `call_${id}`, type: 'function', function: { name: move.tool, arguments: JSON.stringify(move.args) } }] };
	return {
		id: `chatcmpl-${id}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'say' in move ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
	};
}
