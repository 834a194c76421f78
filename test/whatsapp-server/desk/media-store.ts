import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { getMediaKeys, type MediaType } from '@whiskeysockets/baileys';

/** What a message says of its file. */
export interface MediaReference {
	readonly url: string;
	readonly directPath: string;
	readonly mediaKey: Buffer;
	readonly fileSha256: Buffer;
	readonly fileEncSha256: Buffer;
	readonly fileLength: number;
}

/** How the server spoils what it is asked for. */
export type MediaFault = 'missing' | 'gone' | 'broken' | 'cut';

const MAC_LENGTH = 10;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

async function encrypt(plain: Buffer, mediaKey: Buffer, type: MediaType): Promise<Buffer> {
	const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type);
	const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
	const body = Buffer.concat([cipher.update(plain), cipher.final()]);
	return Buffer.concat([body, macOf(body, iv, macKey)]);
}

function macOf(body: Uint8Array, iv: Uint8Array, macKey: Uint8Array | null | undefined): Buffer {
	if (!macKey) throw new Error('this kind of file has no key for its MAC');
	return createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, MAC_LENGTH);
}

/** Files in the vendor's encrypted form, by path. */
export class MediaStore {
	readonly #files = new Map<string, Buffer>();
	readonly #faults = new Map<string, MediaFault>();
	/** Uploads and downloads the server answered. */
	readonly requests: string[] = [];
	/** The next uploads that fail with 500. */
	failingUploads = 0;
	/** `host:port` where the files are served. */
	host = '';

	/** Keeps bytes under a path that was not used before. */
	keep(bytes: Buffer): string {
		const path = `/m/${sha256(bytes).toString('hex').slice(0, 24)}-${this.#files.size}`;
		this.#files.set(path, bytes);
		return path;
	}

	read(path: string): Buffer | undefined {
		return this.#files.get(path);
	}

	/** Nobody has the file any more, its phone included. */
	forget(path: string): void {
		this.#files.delete(path);
	}

	/** What happens to whoever asks for the file from now on; null mends it. */
	spoil(path: string, fault: MediaFault | null): void {
		if (fault === null) this.#faults.delete(path);
		else this.#faults.set(path, fault);
	}

	faultOf(path: string): MediaFault | undefined {
		return this.#faults.get(path);
	}

	/** Encrypts and keeps a file as a phone does before it sends it. */
	async upload(plain: Buffer, type: MediaType, mediaKey: Buffer = randomBytes(32)): Promise<MediaReference> {
		const sealed = await encrypt(plain, mediaKey, type);
		const directPath = this.keep(sealed);
		return { url: `https://${this.host}${directPath}`, directPath, mediaKey, fileSha256: sha256(plain), fileEncSha256: sha256(sealed), fileLength: plain.length };
	}

	/** Decrypts a file as the phone that got the message does; throws when a digest or the MAC is wrong. */
	async open(reference: Pick<MediaReference, 'directPath' | 'mediaKey' | 'fileSha256' | 'fileEncSha256'>, type: MediaType): Promise<Buffer> {
		const sealed = this.#files.get(reference.directPath);
		if (sealed === undefined) throw new Error('no such file');
		if (!sha256(sealed).equals(reference.fileEncSha256)) throw new Error('the encrypted file has another digest');
		const { iv, cipherKey, macKey } = await getMediaKeys(reference.mediaKey, type);
		const body = sealed.subarray(0, -MAC_LENGTH);
		if (!macOf(body, iv, macKey).equals(sealed.subarray(-MAC_LENGTH))) throw new Error('the MAC of the file is wrong');
		const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
		const plain = Buffer.concat([decipher.update(body), decipher.final()]);
		if (!sha256(plain).equals(reference.fileSha256)) throw new Error('the file has another digest');
		return plain;
	}
}
