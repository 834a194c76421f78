/** Builds Ogg files page by page, as encoders do. */

const HEAD_TYPE = 2;
const END_TYPE = 4;

interface Page {
	readonly payload: Buffer;
	readonly granule: bigint;
	readonly serial?: number;
	readonly type?: number;
}

/** One page; the checksum stays zero, nobody here checks it. */
export function oggPage({ payload, granule, serial = 7, type = 0 }: Page): Buffer {
	const full = Math.floor(payload.length / 255);
	const table = [...Array.from({ length: full }, () => 255), payload.length - full * 255];
	const header = Buffer.alloc(27);
	header.write('OggS', 0, 'latin1');
	header[5] = type;
	header.writeBigUInt64LE(granule, 6);
	header.writeUInt32LE(serial, 14);
	header[26] = table.length;
	return Buffer.concat([header, Buffer.from(table), payload]);
}

/** The identification page of an Opus stream. */
export function opusHead(skip = 312, serial = 7): Buffer {
	const head = Buffer.alloc(19);
	head.write('OpusHead', 0, 'latin1');
	head[8] = 1;
	head[9] = 1;
	head.writeUInt16LE(skip, 10);
	head.writeUInt32LE(48_000, 12);
	return oggPage({ payload: head, granule: 0n, serial, type: HEAD_TYPE });
}

/** An Opus voice message of so many seconds, one page a second. */
export function opusFile(seconds: number, skip = 312): Buffer {
	const pages = [opusHead(skip), oggPage({ payload: Buffer.from('OpusTags'), granule: 0n })];
	for (let second = 1; second <= Math.ceil(seconds); second++) {
		const at = Math.min(second, seconds);
		pages.push(oggPage({ payload: Buffer.alloc(600, 1), granule: BigInt(Math.round(at * 48_000) + skip), type: at === seconds ? END_TYPE : 0 }));
	}
	return Buffer.concat(pages);
}
