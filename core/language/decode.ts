import { isUtf8 } from 'node:buffer';

const CONTROL = /(?![\t\n\f\r])\p{Cc}/u;

/**
 * Bytes as text: by their mark, else UTF-8, else the Windows encoding in which Russian tables are saved. Null for bytes
 * that are no text in any of them.
 */
export function decodeText(bytes: Uint8Array): string | null {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
	const text = new TextDecoder('windows-1251').decode(bytes);
	return CONTROL.test(text) ? null : text;
}
