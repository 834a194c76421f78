/** Bytes of a page header before its segment table. */
const HEADER = 27;
const OPUS_RATE = 48_000;
/** A page on which no packet ends has this granule position. */
const NO_GRANULE = 0xffff_ffff_ffff_ffffn;

/** How granule positions of a stream become seconds. */
interface Clock {
	readonly rate: number;
	/** Samples at the start that are not played. */
	readonly skip: number;
}

/**
 * Length of an Ogg file in seconds, from the granule position of its last page; null when its codec is not known or no
 * page can be read. A file that was cut off counts up to the cut.
 */
export function oggSeconds(bytes: Buffer): number | null {
	const clock = clockOf(bytes);
	if (clock === null) return null;
	const granule = lastGranule(bytes);
	return granule === null ? null : Math.max(0, Number(granule) - clock.skip) / clock.rate;
}

/** The identification header is the first packet of the first page. */
function clockOf(bytes: Buffer): Clock | null {
	const start = payloadStart(bytes, 0);
	if (start === null) return null;
	const head = bytes.subarray(start, start + 64);
	if (hasText(head, 'OpusHead', 0) && head.length >= 12) return { rate: OPUS_RATE, skip: head.readUInt16LE(10) };
	if (hasText(head, '\x01vorbis', 0) && head.length >= 16) return positive(head.readUInt32LE(12));
	if (hasText(head, 'Speex   ', 0) && head.length >= 40) return positive(head.readUInt32LE(36));
	return null;
}

function positive(rate: number): Clock | null {
	return rate > 0 ? { rate, skip: 0 } : null;
}

/** Walks the pages of the first stream; after damage it goes on at the next page that can be read. */
function lastGranule(bytes: Buffer): bigint | null {
	const serial = bytes.readUInt32LE(14);
	let last: bigint | null = null;
	for (let at = 0; at !== -1; ) {
		const start = payloadStart(bytes, at);
		if (start === null) {
			at = bytes.indexOf('OggS', at + 1, 'latin1');
			continue;
		}
		const granule = bytes.readBigUInt64LE(at + 6);
		if (bytes.readUInt32LE(at + 14) === serial && granule !== NO_GRANULE) last = granule;
		const next = start + payloadLength(bytes, at);
		at = hasText(bytes, 'OggS', next) ? next : bytes.indexOf('OggS', at + 1, 'latin1');
	}
	return last;
}

/** Where the payload of the page at `at` begins, or null when no whole header stands there. */
function payloadStart(bytes: Buffer, at: number): number | null {
	if (!hasText(bytes, 'OggS', at) || bytes.length < at + HEADER) return null;
	const start = at + HEADER + (bytes[at + HEADER - 1] ?? 0);
	return start <= bytes.length ? start : null;
}

function payloadLength(bytes: Buffer, at: number): number {
	const count = bytes[at + HEADER - 1] ?? 0;
	return bytes.subarray(at + HEADER, at + HEADER + count).reduce((sum, length) => sum + length, 0);
}

function hasText(bytes: Buffer, text: string, at: number): boolean {
	return bytes.toString('latin1', at, at + text.length) === text;
}
