/** A provider of chat models on loopback: n8n's own model nodes talk to it over HTTP and it does what a script says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, type FaultName } from './faults';
import { tokensIn, tokensOut } from './tokens';
import { completion, type Saying, type WireRequest } from './wire';

/** What a model does with a request. */
export type Move = Saying | { readonly fault: FaultName };
export type Script = (request: WireRequest) => Move;

/** A request as it was answered. */
export interface Call {
	readonly model: string;
	readonly request: WireRequest;
	readonly move: Move;
	/** As a provider would bill them; faults cost their input too. */
	readonly tokensIn: number;
	readonly tokensOut: number;
	/** True once the client has closed the connection before the answer was whole. */
	readonly left: boolean;
}

export interface OpenAiServer {
	/** Base URL for a credential; a model name of its own plays a script of its own. */
	readonly url: string;
	readonly calls: readonly Call[];
	/** The script of a model by its name in requests; `*` plays the rest. */
	play(model: string, script: Script): void;
	forget(): void;
	close(): Promise<void>;
}

/** Starts the server; without a script every model says «ok». */
export async function startOpenAiServer(): Promise<OpenAiServer> {
	const scripts = new Map<string, Script>();
	const calls: { -readonly [K in keyof Call]: Call[K] }[] = [];
	let count = 0;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const text = await readBody(request);
		if (request.method !== 'POST' || request.url?.endsWith('/chat/completions') !== true) {
			response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"Unknown path","type":"invalid_request_error"}}');
			return;
		}
		const wire = JSON.parse(text) as WireRequest;
		const move = (scripts.get(wire.model) ?? scripts.get('*') ?? (() => ({ say: 'ok' })))(wire);
		const saying: Saying = 'fault' in move ? { say: '{"acts":[{"type":"none"}]}' } : move;
		const usage = { input: tokensIn(wire), output: tokensOut(saying) };
		const call = { model: wire.model, request: wire, move, tokensIn: usage.input, tokensOut: 'fault' in move ? 0 : usage.output, left: false };
		calls.push(call);
		response.once('close', () => (call.left = !response.writableFinished));
		const body = completion(saying, wire.model, ++count, usage);
		if ('fault' in move) fail(move.fault, response, body);
		else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
	}

	const server = createServer((request, response) => {
		answer(request, response).catch((error: unknown) => {
			// a script that fails is a mistake of the test, and has to be seen
			process.stderr.write(`The script of the model failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
			response.destroy();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		calls,
		play: (model, script) => void scripts.set(model, script),
		forget: () => void calls.splice(0),
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
