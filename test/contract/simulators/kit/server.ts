import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer';
import type { VirtualClock } from './clock';
import type { FaultCall, FaultScript, NoAnswer } from './faults';
import type { RateLimit } from './limits';
import { readRequest, type SimRequest } from './request';
import type { LoggedRequest, RequestLog } from './request-log';
import { createRouter, type Route } from './router';

/** How a vendor says what the kit has to say for it. */
export interface VendorVoice {
	throttled(retryAfterSeconds?: number): Answer;
	failed(status: number): Answer;
	errorIn200(): Answer;
	noPath(request: SimRequest): Answer;
	noMethod(request: SimRequest): Answer;
}

/** What a server is made of. */
export interface SimServerParts {
	readonly routes: readonly Route[];
	readonly voice: VendorVoice;
	readonly clock: VirtualClock;
	readonly faults: FaultScript;
	readonly log: RequestLog;
	/** Absent: no limit. Asked for every request, with the key of {@link SimServerParts.limitKey}. */
	readonly limit?: RateLimit;
	/** What a limit counts by; the caller's address by default. */
	readonly limitKey?: (request: SimRequest) => string;
	/** Stands between the limit and the route: sign-in, envelope. */
	readonly around?: (request: SimRequest, work: () => Promise<Answer>) => Promise<Answer>;
	/** Port to listen on; a free one by default. */
	readonly port?: number;
}

/** A running server on loopback. */
export interface SimServer {
	/** `http://127.0.0.1:<port>`, without a slash at the end. */
	readonly url: string;
	/** Cuts all connections; rejects with the first error a handler threw, so that a broken simulator cannot pass for a fault. */
	close(): Promise<void>;
}

/** Starts a server; answers only after the routes and voice of a vendor. */
export async function startServer(parts: SimServerParts): Promise<SimServer> {
	const find = createRouter(parts.routes);
	const errors: unknown[] = [];
	const work = async (request: SimRequest): Promise<Answer> => {
		const match = find(request.method, request.path);
		if (match.kind === 'found') return match.handle({ ...request, params: match.params });
		return match.kind === 'no-method' ? parts.voice.noMethod(request) : parts.voice.noPath(request);
	};
	const server = createServer((message, response) => {
		serve(parts, work, message, response).catch((error: unknown) => {
			errors.push(error);
			send(response, { status: 599, headers: { 'content-type': 'text/plain' }, body: 'the simulator broke' });
		});
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(parts.port ?? 0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			if (errors.length > 0) throw errors[0];
		},
	};
}

async function serve(parts: SimServerParts, work: (request: SimRequest) => Promise<Answer>, message: IncomingMessage, response: ServerResponse): Promise<void> {
	const request = await readRequest(message);
	const entry = parts.log.add(request, parts.clock.instant());
	const answer = await decide(parts, work, request, entry);
	if (answer === 'cut') response.destroy();
	if (typeof answer === 'string') return;
	entry.status = answer.status;
	send(response, answer);
}

async function decide(parts: SimServerParts, work: (request: SimRequest) => Promise<Answer>, request: SimRequest, entry: LoggedRequest): Promise<Answer | NoAnswer> {
	const { voice, around } = parts;
	const limit = parts.limit?.(parts.limitKey?.(request) ?? request.address);
	if (limit?.allowed === false) {
		entry.limited = true;
		return voice.throttled();
	}
	const call: FaultCall = {
		work: async () => (around === undefined ? work(request) : around(request, () => work(request))),
		throttled: (seconds) => voice.throttled(seconds),
		failed: (status) => voice.failed(status),
		errorIn200: () => voice.errorIn200(),
	};
	const fault = parts.faults.next(request.method, request.path);
	if (fault === null) return call.work();
	entry.fault = fault.name;
	return fault.apply(call);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
	if (response.destroyed || response.headersSent) return;
	response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) }) });
	response.end(status === 204 ? undefined : body);
}
