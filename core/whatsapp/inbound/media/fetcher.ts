import { setTimeout as wait } from 'node:timers/promises';
import type { WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { ItemMedia, MediaMissing } from '../item';
import type { InboundSettings } from '../settings';
import { download, type Download, type DownloadParts } from './download';
import type { MediaReference } from './reference';

/** Bytes of a file, or why it will never be there. */
export type Fetched = { readonly bytes: Buffer } | { readonly missing: MediaMissing };

/** A file wanted by a turn. */
export interface Wanted {
	readonly media: ItemMedia;
	readonly file: MediaReference;
	/** Of the message, for the phone that is asked to upload again. */
	readonly jid: string;
	readonly messageId: string;
}

export interface FetcherParts extends Omit<DownloadParts, 'limitBytes'> {
	readonly settings: Pick<InboundSettings, 'mediaLimitBytes' | 'mediaKinds'>;
	/** Bytes that may still be kept of this person. */
	readonly roomBytes: number;
	/** The socket that is open now. */
	readonly socket: () => Pick<WASocket, 'updateMediaMessage'> | null;
	/** How long the phone has to upload a file again. */
	readonly reuploadMs: number;
}

/** Waits between tries, in milliseconds. */
const PAUSES: readonly number[] = [500, 2_000];
const CONTENT = { image: 'imageMessage', video: 'videoMessage', audio: 'audioMessage', voice: 'audioMessage', document: 'documentMessage', sticker: 'stickerMessage' } as const;

/** Gets a file: again after a passing failure, and once by way of the phone when the server has it no longer. Rejects only when it is stopped. */
export async function fetchFile(parts: FetcherParts, wanted: Wanted): Promise<Fetched> {
	const { roomBytes, settings: { mediaKinds, mediaLimitBytes } } = parts;
	const { media, file } = wanted;
	if (!mediaKinds.includes(media.kind)) return { missing: 'switched_off' };
	if (media.size !== null && media.size > mediaLimitBytes) return { missing: 'too_large' };
	if (roomBytes <= 0 || (media.size !== null && media.size > roomBytes)) return { missing: 'too_many' };
	const first = await tryOften(parts, wanted, file);
	if (first.kind !== 'reupload') return outcome(parts, first);
	const moved = await askPhone(parts, wanted);
	if (moved === null) return { missing: 'gone' };
	const second = await tryOften(parts, wanted, moved);
	return second.kind === 'reupload' ? { missing: 'damaged' } : outcome(parts, second);
}

async function tryOften(parts: FetcherParts, { media }: Wanted, file: MediaReference): Promise<Download> {
	const limited = { ...parts, limitBytes: Math.min(parts.settings.mediaLimitBytes, parts.roomBytes) };
	let last = await download(limited, media.kind, file);
	for (const pause of PAUSES) {
		if (last.kind !== 'again') return last;
		await wait(pause, undefined, { signal: parts.signal });
		last = await download(limited, media.kind, file);
	}
	return last;
}

function outcome({ roomBytes, settings }: FetcherParts, result: Download): Fetched {
	if (result.kind === 'file') return { bytes: result.bytes };
	if (result.kind !== 'missing') return { missing: 'unavailable' };
	// a sender who said less than was sent
	return { missing: result.reason === 'too_large' && roomBytes < settings.mediaLimitBytes ? 'too_many' : result.reason };
}

/** Where the file is after its phone uploaded it again; null when it does not. */
async function askPhone({ socket, reuploadMs, signal }: FetcherParts, { media, file, jid, messageId }: Wanted): Promise<MediaReference | null> {
	const open = socket();
	if (open === null) return null;
	const content = { url: file.url, directPath: file.directPath, mediaKey: Buffer.from(file.mediaKey, 'base64') };
	const message: WAMessage = { key: { remoteJid: jid, id: messageId, fromMe: false }, message: { [CONTENT[media.kind]]: content } };
	// the client waits for ever for a phone that is switched off
	const patience = new AbortController();
	const never = wait(reuploadMs, null, { signal: AbortSignal.any([signal, patience.signal]) }).catch(() => null);
	try {
		const updated = await Promise.race([open.updateMediaMessage(message), never]);
		const path = updated?.message?.[CONTENT[media.kind]]?.directPath;
		return typeof path === 'string' && path.startsWith('/') && !path.startsWith('//') ? { ...file, directPath: path } : null;
	} catch {
		return null;
	} finally {
		patience.abort();
	}
}
