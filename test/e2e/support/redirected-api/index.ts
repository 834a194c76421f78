/** The double of an API whose address n8n's own nodes do not let one choose: n8n is started with {@link RedirectedApi.env}, and what it sends to the API's host comes here. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const REDIRECT = join(__dirname, 'redirect.cjs');

export interface Answer {
	readonly status: number;
	/** Nothing is sent without one. */
	readonly body?: unknown;
}

export abstract class RedirectedApi {
	#server: Server | null = null;

	/** As the API is known to n8n. */
	protected abstract readonly host: string;

	/** The answer to a request, by its path and the text of its body. */
	protected abstract answer(request: IncomingMessage, path: string, text: string): Answer | Promise<Answer>;

	get url(): string {
		return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
	}

	/** What n8n has to be started with. */
	get env(): Record<string, string> {
		return { NODE_OPTIONS: `--require ${REDIRECT}`, REDIRECTED_HOST: this.host, REDIRECTED_TO: this.url };
	}

	async start(): Promise<this> {
		this.#server = createServer((request, response) => {
			this.#take(request).then(
				({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body)),
				(error: unknown) => response.writeHead(500).end(String(error)),
			);
		});
		await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
		return this;
	}

	async close(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise<void>((resolve) => this.#server?.close(() => resolve()) ?? resolve());
	}

	async #take(request: IncomingMessage): Promise<Answer> {
		const { pathname } = new URL(request.url ?? '/', 'http://api');
		let text = '';
		for await (const part of request.setEncoding('utf8')) text += String(part);
		return this.answer(request, pathname, text);
	}
}
