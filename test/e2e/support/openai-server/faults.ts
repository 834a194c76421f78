/** How a provider can fail, each on the real wire. */
import type { ServerResponse } from 'node:http';

const SLOW_MS = 60_000;
const DRIP_MS = 150;
const HUGE_CHARACTERS = 1_000_000;

/** Answers a request wrongly; `body` is the right answer. A fault that keeps the connection open stops when the client leaves. */
type Fault = (response: ServerResponse, body: string) => void;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const error = (message: string, type: string, code: string | null): string => JSON.stringify({ error: { message, type, param: null, code } });

/** The faults by name. */
export const FAULTS = {
	/** Answers rightly, long after the client has lost patience. */
	slow: (response, body) => {
		const timer = setTimeout(() => response.writeHead(200, JSON_TYPE).end(body), SLOW_MS);
		response.once('close', () => clearTimeout(timer));
	},
	never: () => undefined,
	server_error: (response) => {
		response.writeHead(500, JSON_TYPE).end(error('The server had an error while processing your request.', 'server_error', null));
	},
	throttled: (response) => {
		response.writeHead(429, { ...JSON_TYPE, 'retry-after': '30' }).end(error('Rate limit reached. Please try again in 30s.', 'requests', 'rate_limit_exceeded'));
	},
	out_of_quota: (response) => {
		response.writeHead(429, JSON_TYPE).end(error('You exceeded your current quota.', 'insufficient_quota', 'insufficient_quota'));
	},
	html: (response) => {
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><html><body><h1>Welcome to nginx!</h1></body></html>');
	},
	gateway_html: (response) => {
		response.writeHead(502, { 'content-type': 'text/html' }).end('<html><head><title>502 Bad Gateway</title></head></html>');
	},
	huge: (response, body) => {
		response.writeHead(200, JSON_TYPE).end(withContent(body, 'много слов '.repeat(HUGE_CHARACTERS / 11)));
	},
	bad_utf8: (response, body) => {
		// a Latin-1 proxy in between: the letters arrive as single bytes that are no UTF-8
		const bytes = Buffer.from(withContent(body, '{"acts":[{"type":"book","serviceText":"@@@@"}]}').replace('@@@@', '\u00ec\u00e0\u00ed\u00e8'), 'latin1');
		response.writeHead(200, JSON_TYPE).end(bytes);
	},
	reset: (response) => {
		response.socket?.resetAndDestroy();
	},
	/** The headers and half of the body come, then the connection breaks. */
	reset_midway: (response, body) => {
		response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) });
		response.write(body.slice(0, body.length / 2), () => setTimeout(() => response.socket?.resetAndDestroy(), 50));
	},
	unauthorised: (response) => {
		response.writeHead(401, JSON_TYPE).end(error('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'));
	},
	no_such_model: (response) => {
		response.writeHead(404, JSON_TYPE).end(error('The model does not exist.', 'invalid_request_error', 'model_not_found'));
	},
	/** JSON that ends in the middle, with a length that says it is whole. */
	truncated: (response, body) => {
		response.writeHead(200, JSON_TYPE).end(body.slice(0, Math.floor(body.length / 2)));
	},
	/** A byte now and then, for ever: no timeout between bytes ever fires. */
	drip: (response, body) => {
		response.writeHead(200, JSON_TYPE);
		let sent = 0;
		const timer = setInterval(() => response.write(sent < 40 ? (body[sent++] ?? ' ') : ' '), DRIP_MS);
		response.once('close', () => clearInterval(timer));
	},
	/** A completion without any choice. */
	empty: (response) => {
		response.writeHead(200, JSON_TYPE).end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model: 'x', choices: [] }));
	},
} satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

/** Carries the fault out. */
export function fail(name: FaultName, response: ServerResponse, body: string): void {
	const fault: Fault = FAULTS[name];
	fault(response, body);
}

function withContent(body: string, content: string): string {
	const whole = JSON.parse(body) as { choices: { message: { content: string | null } }[] };
	for (const choice of whole.choices) choice.message.content = content;
	return JSON.stringify(whole);
}
