/** What a client writes before its first frame: the protocol's name, version 6 and its dictionary's version 3. */
export const INTRO = Buffer.from([0x57, 0x41, 6, 3]);
const ROUTING = Buffer.from('ED');
const ROUTING_HEADER = 7;
const LENGTH_BYTES = 3;

/** Cuts what arrives into frames; a websocket message holds several frames or part of one. */
export class FrameReader {
	#rest: Buffer = Buffer.alloc(0);
	#introduced = false;
	#routingInfo: Buffer | null = null;

	/** What the client was told to send with its intro, null while it sent none. */
	get routingInfo(): Buffer | null {
		return this.#routingInfo;
	}

	push(chunk: Uint8Array): readonly Buffer[] {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		if (!this.#introduced && !this.#readIntro()) return [];
		const frames: Buffer[] = [];
		for (;;) {
			if (this.#rest.length < LENGTH_BYTES) return frames;
			const end = LENGTH_BYTES + this.#rest.readUIntBE(0, LENGTH_BYTES);
			if (this.#rest.length < end) return frames;
			frames.push(this.#rest.subarray(LENGTH_BYTES, end));
			this.#rest = this.#rest.subarray(end);
		}
	}

	#readIntro(): boolean {
		let start = 0;
		if (this.#rest.subarray(0, 2).equals(ROUTING)) {
			if (this.#rest.length < ROUTING_HEADER) return false;
			start = ROUTING_HEADER + this.#rest.readUIntBE(4, LENGTH_BYTES);
		}
		if (this.#rest.length < start + INTRO.length) return false;
		if (!this.#rest.subarray(start, start + INTRO.length).equals(INTRO)) throw new Error('the client did not introduce itself');
		if (start > 0) this.#routingInfo = Buffer.from(this.#rest.subarray(ROUTING_HEADER, start));
		this.#rest = this.#rest.subarray(start + INTRO.length);
		this.#introduced = true;
		return true;
	}
}

/** One frame: its length in three bytes, then its body. */
export function frameOf(body: Uint8Array): Buffer {
	const header = Buffer.alloc(LENGTH_BYTES);
	header.writeUIntBE(body.length, 0, LENGTH_BYTES);
	return Buffer.concat([header, body]);
}
