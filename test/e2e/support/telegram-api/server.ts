/** Telegram's Bot API on loopback: its paths, its limits, its words. Nothing of it is Telegram's own code. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refused, type ApiAnswer } from './answer';
import { Delivery } from './delivery';
import { METHODS } from './methods';
import { World } from './world';

export interface TelegramApi {
	readonly url: string;
	readonly token: string;
	readonly world: World;
	readonly delivery: Delivery;
	close(): Promise<void>;
}

/** Starts it on a free port; a credential's base URL and token are `url` and `token`. */
export async function startTelegramApi(): Promise<TelegramApi> {
	const world = new World();
	const token = '7000000001:simulated-bot';
	const delivery = new Delivery(world);
	const server = createServer((request, response) => {
		void readBody(request).then(async (body) => {
			const url = new URL(request.url ?? '/', 'http://telegram');
			const file = fileAt(world, token, url.pathname);
			if (file !== null) return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
			const answer = await call(world, token, url, request.headers['content-type'] ?? '', body);
			return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, token, world, delivery, close: () => close(server, delivery) };
}

async function call(world: World, token: string, url: URL, contentType: string, body: Buffer): Promise<ApiAnswer> {
	const [, given = '', name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
	if (given === '') return refused(404, 'Not Found');
	if (decodeURIComponent(given) !== token) return refused(401, 'Unauthorized');
	const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
	if (method === undefined) return refused(404, 'Not Found');
	const parameters = { ...Object.fromEntries(url.searchParams), ...(await parse(contentType, body)) };
	const failure = world.failNext.get(name)?.shift() ?? 0;
	const answer = failure === 0 ? method(world, parameters) : refused(failure, failure >= 500 ? 'Internal Server Error' : 'Bad Request: scripted');
	world.calls.push({ method: name, parameters, status: answer.status, at: Date.now() });
	return answer;
}

async function parse(contentType: string, body: Buffer): Promise<Record<string, unknown>> {
	if (body.length === 0) return {};
	if (contentType.startsWith('multipart/form-data')) return multipart(await new Response(body, { headers: { 'content-type': contentType } }).formData());
	if (contentType.includes('json')) return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
	return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

/** Files as their names and bytes. */
async function multipart(form: FormData): Promise<Record<string, unknown>> {
	const parts = await Promise.all([...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) }] as const));
	return Object.fromEntries(parts);
}

function fileAt(world: World, token: string, path: string): Buffer | null {
	const start = `/file/bot${token}/`;
	const decoded = decodeURIComponent(path);
	if (!decoded.startsWith(start)) return null;
	return [...world.files.values()].find((file) => file.path === decoded.slice(start.length))?.bytes ?? null;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function close(server: Server, delivery: Delivery): Promise<void> {
	delivery.close();
	return new Promise((resolve) => {
		server.closeAllConnections();
		server.close(() => resolve());
	});
}
