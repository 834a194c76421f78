import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const MOST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** Most bytes a file may unpack to: a small archive can hold a huge one. */
const MOST_UNPACKED = 30_000_000;

/** One file of an archive by its path, or null when it is not there or does not unpack. */
export async function fileInZip(bytes: Buffer, path: string): Promise<Buffer | null> {
	return Promise.resolve()
		.then(() => unpack(bytes, path))
		.catch(nullWhenDamaged);
}

/** A damaged archive points outside itself or does not inflate; every other fault is one to be seen. */
function nullWhenDamaged(error: unknown): null {
	if (typeof error === 'object' && error !== null && 'code' in error) return null;
	throw error;
}

function unpack(bytes: Buffer, path: string): Buffer | null {
	const end = endOf(bytes);
	if (end === null) return null;
	let at = bytes.readUInt32LE(end + 16);
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		if (bytes.readUInt32LE(at) !== ENTRY) return null;
		const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [number, number, number];
		if (bytes.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + name) === path) {
			return contentOf(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 10));
		}
		at += ENTRY_LENGTH + name + extra + comment;
	}
	return null;
}

function contentOf(bytes: Buffer, local: number, size: number, method: number): Buffer | null {
	if (bytes.readUInt32LE(local) !== LOCAL) return null;
	const from = local + LOCAL_LENGTH + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
	const packed = bytes.subarray(from, from + size);
	if (method === STORED) return packed;
	return method === DEFLATED ? inflateRawSync(packed, { maxOutputLength: MOST_UNPACKED }) : null;
}

/** Where the record at the end of the archive begins; a comment may follow it. */
function endOf(bytes: Buffer): number | null {
	const least = Math.max(0, bytes.length - END_LENGTH - MOST_COMMENT);
	for (let at = bytes.length - END_LENGTH; at >= least; at--) if (bytes.readUInt32LE(at) === END) return at;
	return null;
}
