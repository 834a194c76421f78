/** A transcription service with OpenAI's address and manners: it looks at the file's name before it looks at the file. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const EXTENSIONS = ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'ogg', 'wav', 'webm'];

/** A file as it arrived. */
export interface Heard {
	readonly fileName: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
	readonly language: string | null;
	readonly status: number;
}

export interface VoiceServer {
	readonly url: string;
	readonly heard: readonly Heard[];
	close(): Promise<void>;
}

/** Starts it on loopback; `transcribe` gives the words of a file, or a status to fail with. */
export async function startVoiceServer(key: string, transcribe: (bytes: Buffer) => string | number): Promise<VoiceServer> {
	const heard: Heard[] = [];
	const server = createServer((request, response) => {
		void answer(request).then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
	});

	async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
		const form = await readForm(request);
		if (request.url !== '/v1/audio/transcriptions') return problem(404, 'Unknown request URL');
		if (request.headers.authorization !== `Bearer ${key}`) return problem(401, 'Incorrect API key provided');
		const file = form?.get('file');
		if (!(file instanceof File)) return problem(400, "'file' is a required property");
		const bytes = Buffer.from(await file.arrayBuffer());
		const accepted = EXTENSIONS.includes(file.name.split('.').at(-1)?.toLowerCase() ?? '');
		const words = accepted ? transcribe(bytes) : 400;
		const status = typeof words === 'number' ? words : 200;
		const language = form?.get('language') ?? null;
		heard.push({ fileName: file.name, mimeType: file.type, bytes, language: typeof language === 'string' ? language : null, status });
		return status === 200 ? { status, body: { text: words } } : problem(status, accepted ? 'The server had an error' : `Invalid file format. Supported formats: ${JSON.stringify(EXTENSIONS)}`);
	}

	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		heard,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

async function readForm(request: IncomingMessage): Promise<FormData | null> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const type = request.headers['content-type'] ?? '';
	return type.startsWith('multipart/form-data') ? new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData() : null;
}

function problem(status: number, message: string): { status: number; body: object } {
	return { status, body: { error: { message, type: status >= 500 ? 'server_error' : 'invalid_request_error', param: null, code: null } } };
}
