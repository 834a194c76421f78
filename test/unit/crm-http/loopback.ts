import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** A server whose paths misbehave in one way each; `hits` counts what reached it. */
export interface Loopback {
	readonly url: string;
	readonly hits: string[];
	readonly headers: IncomingMessage['headers'][];
	close(): Promise<void>;
}

const HANDLERS: Readonly<Record<string, Handle>> = {
	'/ok': (_request, response) => response.writeHead(200, { 'X-Request-Id': 'req-1' }).end('[1]'),
	'/teapot': (_request, response) => response.writeHead(418).end('short and stout'),
	'/redirect': (_request, response) => response.writeHead(302, { location: '/ok' }).end(),
	'/empty': (_request, response) => response.writeHead(204).end(),
	'/hang': () => undefined,
	'/drip': (_request, response) => {
		response.writeHead(200);
		const timer = setInterval(() => response.write(' '), 20);
		response.on('close', () => clearInterval(timer));
	},
	'/cut': (_request, response) => response.destroy(),
	'/half': (_request, response) => {
		response.writeHead(200, { 'content-length': '1000' });
		response.write('[1, 2', () => response.destroy());
	},
	'/big': (_request, response) => response.writeHead(200).end(Buffer.alloc(200_000, 0x20)),
	'/locked': (_request, response) => response.writeHead(401, { 'x-request-id': 'req-2' }).end('{"no":1}'),
};

export async function startLoopback(extra: Readonly<Record<string, Handle>> = {}): Promise<Loopback> {
	const hits: string[] = [];
	const headers: IncomingMessage['headers'][] = [];
	const server: Server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://loopback');
		hits.push(`${request.method ?? ''} ${pathname}`);
		headers.push(request.headers);
		request.resume();
		request.on('end', () => (extra[pathname] ?? HANDLERS[pathname] ?? ((_request, other) => other.writeHead(404).end()))(request, response));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		hits,
		headers,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** A port on which nothing listens: taken and given back. */
export async function deadPort(): Promise<number> {
	const server = createTcpServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
