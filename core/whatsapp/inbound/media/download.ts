import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ClientLibrary } from '../../client-library';
import { TEST_URL_VARIABLE } from '../../session/settings';
import type { MediaKind, MediaMissing } from '../item';
import type { MediaReference } from './reference';

/** What downloading needs of the world. */
export interface DownloadParts {
	readonly client: Pick<ClientLibrary, 'getMediaKeys'>;
	readonly fetch: typeof fetch;
	/** Which hosts may be asked: a message could name any. */
	readonly allowsHost: (host: string) => boolean;
	readonly limitBytes: number;
	/** Ends it: a session that stops. */
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
}

/** Bytes, or why there are none. `again` is worth another try, `reupload` is cured by the phone only. */
export type Download =
	| { readonly kind: 'file'; readonly bytes: Buffer }
	| { readonly kind: 'again' | 'reupload' }
	| { readonly kind: 'missing'; readonly reason: MediaMissing };

/** WhatsApp's own host, for messages that name none or one that is not theirs. */
const MEDIA_HOST = 'mmg.whatsapp.net';
const MAC_BYTES = 10;
const BLOCK = 16;
const KEY_KIND = { image: 'image', video: 'video', audio: 'audio', voice: 'audio', document: 'document', sticker: 'sticker' } as const;

/** WhatsApp's hosts, and this machine's where a server for tests stands for WhatsApp. */
export function isMediaHost(host: string): boolean {
	const local = process.env[TEST_URL_VARIABLE] !== undefined && /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
	return local || /^(?:[a-z0-9-]+\.)*whatsapp\.net$/i.test(host);
}

/** Address of a file: its path at the host the message names, when that is one of theirs. */
function addressOf({ url, directPath }: MediaReference, allowsHost: (host: string) => boolean): string {
	const named = url !== null && URL.canParse(url) ? new URL(url) : null;
	const host = named !== null && named.protocol === 'https:' && allowsHost(named.host) ? named.host : MEDIA_HOST;
	return `https://${host}${directPath}`;
}

/** Gets and opens a file; checks that it is whole and what its sender sent, and takes no more bytes than allowed. Never throws. */
export async function download(parts: DownloadParts, kind: MediaKind, reference: MediaReference): Promise<Download> {
	const { limitBytes } = parts;
	try {
		const signal = AbortSignal.any([parts.signal, AbortSignal.timeout(parts.timeoutMs)]);
		const response = await parts.fetch(addressOf(reference, parts.allowsHost), { signal, redirect: 'error', headers: { Origin: 'https://web.whatsapp.com' } });
		if (!response.ok) {
			await response.body?.cancel();
			return { kind: [403, 404, 410].includes(response.status) ? 'reupload' : 'again' };
		}
		const sealed = await readAtMost(response, limitBytes + BLOCK + MAC_BYTES);
		if (sealed === null) return { kind: 'missing', reason: 'too_large' };
		const bytes = await open(parts.client, sealed, kind, reference);
		if (bytes === null) return { kind: 'reupload' };
		// what is encrypted is padded: a few bytes too many show only now
		return bytes.length > limitBytes ? { kind: 'missing', reason: 'too_large' } : { kind: 'file', bytes };
	} catch {
		return { kind: 'again' };
	}
}

async function readAtMost({ body }: Response, limit: number): Promise<Buffer | null> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	if (body === null) return Buffer.alloc(0);
	for await (const chunk of body) {
		length += chunk.length;
		// leaving the loop cancels the rest
		if (length > limit) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** Null when it is not the file that was sent. */
async function open({ getMediaKeys }: Pick<ClientLibrary, 'getMediaKeys'>, sealed: Buffer, kind: MediaKind, { mediaKey, fileSha256 }: MediaReference): Promise<Buffer | null> {
	if (sealed.length < BLOCK + MAC_BYTES) return null;
	const { iv, cipherKey, macKey } = await getMediaKeys(Buffer.from(mediaKey, 'base64'), KEY_KIND[kind]);
	if (!macKey) return null;
	const body = sealed.subarray(0, -MAC_BYTES);
	const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, MAC_BYTES);
	if (!timingSafeEqual(mac, sealed.subarray(-MAC_BYTES))) return null;
	try {
		const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
		const plain = Buffer.concat([decipher.update(body), decipher.final()]);
		const digest = createHash('sha256').update(plain).digest();
		return fileSha256 === null || digest.equals(Buffer.from(fileSha256, 'base64')) ? plain : null;
	} catch {
		return null;
	}
}
