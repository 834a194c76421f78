const CAPTURE = Buffer.from('OggS');
const HEAD = Buffer.from('OpusHead');
/** Granules of Opus in a second, whatever the recording's own rate is (RFC 7845, section 4). */
const GRANULES = 48_000n;
const GRANULE_AT = 6;
const SEGMENTS_AT = 26;
const PRE_SKIP_AT = 10;
const MOST_SECONDS = 86_400;

/** Whether the bytes begin as an Ogg file of Opus does (RFC 7845, section 5.1). */
export function isOggOpus(bytes: Buffer): boolean {
	return bytes.subarray(0, CAPTURE.length).equals(CAPTURE) && headAt(bytes) !== null;
}

/** Whole seconds of an Ogg file of Opus, at least one; from the position that its last page tells. */
export function opusSeconds(bytes: Buffer): number {
	const page = bytes.lastIndexOf(CAPTURE);
	const head = headAt(bytes);
	if (head === null || page < 0 || bytes.length < page + GRANULE_AT + 8) return 1;
	const played = bytes.readBigInt64LE(page + GRANULE_AT) - BigInt(bytes.readUInt16LE(head + PRE_SKIP_AT));
	return Math.min(MOST_SECONDS, Math.max(1, Math.round(Number((played * 10n) / GRANULES) / 10)));
}

/** Where the identification header begins: first packet of the first page. */
function headAt(bytes: Buffer): number | null {
	const segments = bytes[SEGMENTS_AT];
	if (segments === undefined) return null;
	const at = SEGMENTS_AT + 1 + segments;
	const isHead = bytes.subarray(at, at + HEAD.length).equals(HEAD) && bytes.length >= at + PRE_SKIP_AT + 2;
	return isHead ? at : null;
}
