import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MediaStore } from './desk/media-store';

const UPLOAD = /^\/(?:mms|product|pps)\/[\w-]+\/[\w%=-]+/;
const JSON_TYPE = { 'content-type': 'application/json' };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
	return Buffer.concat(parts);
}

/** Uploads and downloads of encrypted files, and the page that tells the current client version. */
export async function serveMedia(media: MediaStore, revision: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = new URL(request.url ?? '/', 'https://localhost').pathname;
	media.requests.push(`${request.method ?? ''} ${path}`);
	if (request.method === 'POST' && UPLOAD.test(path)) return await upload(media, request, response);
	if (path === '/sw.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(`self.x={"client_revision":${revision}};`);
	download(media, path, response);
}

async function upload(media: MediaStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const bytes = await bodyOf(request);
	if (media.failingUploads > 0) {
		media.failingUploads -= 1;
		response.writeHead(500, JSON_TYPE).end('{}');
		return;
	}
	const path = media.keep(bytes);
	response.writeHead(200, JSON_TYPE).end(JSON.stringify({ url: `https://${media.host}${path}`, direct_path: path }));
}

function download(media: MediaStore, path: string, response: ServerResponse): void {
	const bytes = media.read(path);
	const fault = media.faultOf(path);
	if (bytes === undefined || fault === 'missing') return void response.writeHead(404).end();
	if (fault === 'gone') return void response.writeHead(410).end();
	const sent = Buffer.from(bytes);
	if (fault === 'broken') sent.reverse();
	response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': sent.length });
	if (fault === 'cut') response.write(sent.subarray(0, sent.length / 2), () => response.destroy());
	else response.end(sent);
}
