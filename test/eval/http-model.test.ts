import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelAnswer } from '../../core/conversation/model/port';
import { httpModel } from './http-model';

let server: Server | null = null;
afterEach(() => new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve()))));

/** Asks a server that answers every request in the given way. */
async function asked(listener: RequestListener, signal = AbortSignal.timeout(5000)): Promise<{ answer: ModelAnswer; complaints: readonly string[] }> {
	const made = createServer(listener);
	server = made;
	await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
	const complaints: string[] = [];
	const model = httpModel({ baseUrl: `http://127.0.0.1:${(made.address() as AddressInfo).port}/v1/`, model: 'small', apiKey: 'secret-key' }, (what) => complaints.push(what));
	const answer = await model.complete({ messages: [{ role: 'user', content: 'hello' }], maxOutputTokens: 7, signal });
	made.closeAllConnections();
	return { answer, complaints };
}

describe('a model behind an OpenAI-compatible address', () => {
	it('is asked in that form, with its key, and its usage is counted', async () => {
		let path = '';
		let key: string | undefined;
		let body = '';
		const { answer } = await asked((request, response) => {
			path = request.url ?? '';
			key = request.headers.authorization;
			request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
			request.on('end', () => response.end(JSON.stringify({ choices: [{ message: { content: 'ok' } }], usage: { prompt_tokens: 11, completion_tokens: 2 } })));
		});
		expect(answer).toEqual({ kind: 'ok', text: 'ok', usage: { inputTokens: 11, outputTokens: 2 } });
		expect(path).toBe('/v1/chat/completions');
		expect(key).toBe('Bearer secret-key');
		expect(JSON.parse(body)).toMatchObject({ model: 'small', max_tokens: 7, messages: [{ role: 'user', content: 'hello' }] });
	});

	it.each([
		[401, 'rejected'], [404, 'rejected'], [429, 'throttled'], [500, 'unavailable'], [503, 'unavailable'],
	])('that answers %i has failed: %s, and says so without its key', async (status, cause) => {
		const { answer, complaints } = await asked((_request, response) => response.writeHead(status, { 'retry-after': '3' }).end('<html>no</html>'));
		expect(answer).toMatchObject({ kind: 'failed', cause, retryAt: expect.stringMatching(/^\d{4}-/) as string });
		expect(complaints.join()).toContain(String(status));
		expect(complaints.join()).not.toContain('secret-key');
	});

	it.each(['<html>welcome</html>', '{}', '{"choices":[]}', 'null', '{"choices":[{"message":{"content":null}}]}'])('that answers %s is unreadable', async (body) => {
		expect((await asked((_request, response) => response.end(body))).answer).toEqual({ kind: 'failed', cause: 'unreadable' });
	});

	it('that hangs is given up when the signal says so', async () => {
		expect((await asked(() => undefined, AbortSignal.timeout(50))).answer).toEqual({ kind: 'failed', cause: 'timeout' });
	});

	it('that is not there is unavailable', async () => {
		const answer = await httpModel({ baseUrl: 'http://127.0.0.1:1/v1', model: 'x', apiKey: null }).complete({ messages: [], maxOutputTokens: 1, signal: AbortSignal.timeout(5000) });
		expect(answer).toEqual({ kind: 'failed', cause: 'unavailable' });
	});
});
