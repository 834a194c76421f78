/** What a file is, and the name and type by which transcription services take it. */
export interface Container {
	readonly name: 'ogg' | 'mp3' | 'm4a' | 'mp4' | 'wav' | 'webm' | 'amr' | 'flac';
	readonly mimeType: string;
	/** Whether the bytes begin as a file of this container does. */
	readonly matches: (bytes: Buffer) => boolean;
}

const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);
/** The document type of an EBML file stands in its first header. */
const EBML_HEADER = 64;
const M4A_BRANDS: ReadonlySet<string> = new Set(['M4A ', 'M4B ']);

/** Containers in the order they are tried: a clear mark before the two bytes of an MP3 frame. */
const CONTAINERS: readonly Container[] = [
	{ name: 'ogg', mimeType: 'audio/ogg', matches: (bytes) => text(bytes, 0, 4) === 'OggS' },
	{ name: 'wav', mimeType: 'audio/wav', matches: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WAVE' },
	{ name: 'flac', mimeType: 'audio/flac', matches: (bytes) => text(bytes, 0, 4) === 'fLaC' },
	{ name: 'webm', mimeType: 'audio/webm', matches: (bytes) => bytes.subarray(0, 4).equals(EBML) && text(bytes, 4, EBML_HEADER).includes('webm') },
	{ name: 'm4a', mimeType: 'audio/mp4', matches: (bytes) => M4A_BRANDS.has(brandOf(bytes)) },
	{ name: 'mp4', mimeType: 'audio/mp4', matches: (bytes) => brandOf(bytes) !== '' },
	{ name: 'amr', mimeType: 'audio/amr', matches: (bytes) => text(bytes, 0, 5) === '#!AMR' },
	{ name: 'mp3', mimeType: 'audio/mpeg', matches: (bytes) => text(bytes, 0, 3) === 'ID3' || isLayerThree(bytes) },
];

/** The container of these bytes by their first marks, or null; what the file is called does not matter. */
export function containerOf(bytes: Buffer): Container | null {
	return CONTAINERS.find(({ matches }) => matches(bytes)) ?? null;
}

function brandOf(bytes: Buffer): string {
	return text(bytes, 4, 8) === 'ftyp' ? text(bytes, 8, 12) : '';
}

/** A frame header of MPEG audio layer III; raw AAC begins alike and has layer 0. */
function isLayerThree(bytes: Buffer): boolean {
	const [first = 0, second = 0, third = 0] = bytes;
	const synchronised = first === 0xff && (second & 0xe0) === 0xe0;
	const version = (second >> 3) & 3;
	const layer = (second >> 1) & 3;
	const bitrate = third >> 4;
	const rate = (third >> 2) & 3;
	return synchronised && version !== 1 && layer === 1 && bitrate !== 15 && rate !== 3;
}

function text(bytes: Buffer, from: number, to: number): string {
	return bytes.toString('latin1', from, to);
}
