import type { ItemMedia, MediaKind } from '../item';
import { numberOf } from '../values';
import { fileName, mimetypeOf } from './names';

/** Where an encrypted file is to be had and what opens it. Bytes are base64, so that it can be stored. */
export interface MediaReference {
	readonly url: string | null;
	readonly directPath: string;
	readonly mediaKey: string;
	readonly fileSha256: string | null;
}

type Field = Readonly<Record<string, unknown>>;

const base64 = (value: unknown): string | null => (value instanceof Uint8Array && value.length > 0 ? Buffer.from(value).toString('base64') : null);

/** Null when the message does not tell enough to get its file. */
export function referenceOf({ url, directPath, mediaKey, fileSha256 }: Field): MediaReference | null {
	const key = base64(mediaKey);
	// two slashes would be another host
	if (key === null || typeof directPath !== 'string' || !/^\/(?!\/)[\x21-\x7e]{1,2048}$/.test(directPath)) return null;
	return { url: typeof url === 'string' ? url.slice(0, 2048) : null, directPath, mediaKey: key, fileSha256: base64(fileSha256) };
}

/** What is known of a file before it is here. */
export function mediaOf(kind: MediaKind, field: Field): ItemMedia {
	const mimetype = mimetypeOf(field['mimetype'], kind);
	const [seconds, size] = [numberOf(field['seconds']), numberOf(field['fileLength'])];
	return {
		kind,
		mimetype,
		name: fileName(field['fileName'] ?? field['title'], kind, mimetype),
		seconds: seconds !== null && seconds >= 0 ? seconds : null,
		size: size !== null && size >= 0 ? size : null,
		blobId: null,
		missing: null,
	};
}
