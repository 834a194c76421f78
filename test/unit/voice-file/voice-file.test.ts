import * as fc from 'fast-check';
import { readVoiceFile, VOICE_LIMITS } from '../../../core/conversation/voice-file';
import { oggSeconds } from '../../../core/conversation/voice-file/ogg';
import { oggPage, opusFile, opusHead } from './ogg-pages';

const bytes = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('a voice file', () => {
	it.each([
		['Ogg', opusFile(3), 'voice.ogg', 'audio/ogg'],
		['MP3 with a tag', bytes('ID3', [4, 0, 0, 0]), 'voice.mp3', 'audio/mpeg'],
		['MP3 without a tag', bytes([0xff, 0xfb, 0x90, 0x64]), 'voice.mp3', 'audio/mpeg'],
		['M4A', bytes([0, 0, 0, 28], 'ftypM4A '), 'voice.m4a', 'audio/mp4'],
		['MP4', bytes([0, 0, 0, 28], 'ftypisom'), 'voice.mp4', 'audio/mp4'],
		['WAV', bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt '), 'voice.wav', 'audio/wav'],
		['WebM', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm'), 'voice.webm', 'audio/webm'],
		['AMR', bytes('#!AMR\n'), 'voice.amr', 'audio/amr'],
		['FLAC', bytes('fLaC', [0, 0, 0, 34]), 'voice.flac', 'audio/flac'],
	])('is named by its bytes: %s', (_title, file, fileName, mimeType) => {
		expect(readVoiceFile(file)).toMatchObject({ kind: 'ok', fileName, mimeType });
	});

	it.each([
		['text', bytes('hello, this is no sound')],
		['a picture', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
		['raw AAC', bytes([0xff, 0xf1, 0x50, 0x80])],
		['a RIFF that is no WAV', bytes('RIFF', [36, 0, 0, 0], 'AVI LIST')],
		['a Matroska film', bytes([0x1a, 0x45, 0xdf, 0xa3, 0xa3, 0x42, 0x82, 0x88], 'matroska')],
		['one byte', bytes([0xff])],
	])('is refused when it is %s', (_title, file) => {
		expect(readVoiceFile(file)).toEqual({ kind: 'refused', reason: 'unknown_format' });
	});

	it('is refused when nothing is in it or too much', () => {
		expect(readVoiceFile(Buffer.alloc(0))).toEqual({ kind: 'refused', reason: 'empty' });
		const largest = Buffer.concat([bytes('ID3'), Buffer.alloc(VOICE_LIMITS.maxBytes - 3)]);
		expect(readVoiceFile(largest).kind).toBe('ok');
		expect(readVoiceFile(Buffer.concat([largest, Buffer.alloc(1)]))).toEqual({ kind: 'refused', reason: 'too_large' });
	});

	it('is refused when it is longer than a minute, and not at a minute', () => {
		expect(readVoiceFile(opusFile(60))).toMatchObject({ kind: 'ok', seconds: 60 });
		expect(readVoiceFile(opusFile(60.1))).toEqual({ kind: 'refused', reason: 'too_long' });
		expect(readVoiceFile(opusFile(9), { ...VOICE_LIMITS, maxSeconds: 8 })).toEqual({ kind: 'refused', reason: 'too_long' });
	});

	it('has no length where the container does not tell it', () => {
		expect(readVoiceFile(bytes('ID3', [4, 0, 0, 0]))).toMatchObject({ seconds: null });
	});
});

describe('the length of an Ogg file', () => {
	it('leaves out the samples that are not played', () => {
		expect(oggSeconds(opusFile(2, 3_840))).toBe(2);
	});

	it('is read at the rate of the stream for Vorbis', () => {
		const head = Buffer.alloc(30);
		head.write('\x01vorbis', 0, 'latin1');
		head.writeUInt32LE(16_000, 12);
		const file = Buffer.concat([oggPage({ payload: head, granule: 0n, type: 2 }), oggPage({ payload: Buffer.alloc(300), granule: 80_000n })]);
		expect(oggSeconds(file)).toBe(5);
	});

	it('counts neither pages on which no packet ends nor pages of another stream', () => {
		const file = Buffer.concat([
			opusHead(0),
			oggPage({ payload: Buffer.alloc(10), granule: 96_000n }),
			oggPage({ payload: Buffer.alloc(10), granule: 0xffff_ffff_ffff_ffffn }),
			oggPage({ payload: Buffer.alloc(10), granule: 960_000n, serial: 8 }),
		]);
		expect(oggSeconds(file)).toBe(2);
	});

	it('takes no marks inside a payload for a page, and goes on after damage', () => {
		const decoy = oggPage({ payload: Buffer.alloc(4), granule: 9_600_000n });
		const [head, next] = [opusHead(0), oggPage({ payload: Buffer.alloc(10), granule: 144_000n })];
		expect(oggSeconds(Buffer.concat([head, oggPage({ payload: decoy, granule: 48_000n }), next]))).toBe(3);
		expect(oggSeconds(Buffer.concat([head, Buffer.from('damaged'), next]))).toBe(3);
		expect(oggSeconds(Buffer.concat([head, next]).subarray(0, head.length + 30))).toBe(3);
		expect(oggSeconds(Buffer.concat([head, next]).subarray(0, head.length + 20))).toBe(0);
	});

	it('is unknown for a codec nobody knows', () => {
		expect(oggSeconds(oggPage({ payload: Buffer.from('\x80theora'), granule: 0n }))).toBeNull();
	});
});

it('never throws, whatever the bytes', () => {
	const seed = Date.now() % 2 ** 31;
	console.log(`seed ${seed}`);
	const mark = fc.constantFrom('OggS', 'RIFF', 'ftyp', 'ID3', 'fLaC', '#!AMR', 'OpusHead', '\x01vorbis');
	const file = fc.array(fc.oneof(mark.map((text) => Buffer.from(text, 'latin1')), fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array))), { maxLength: 12 });
	fc.assert(
		fc.property(file, fc.nat(200), (parts, cut) => {
			const whole = Buffer.concat([...parts, opusFile(1)]);
			for (const one of [whole, whole.subarray(0, cut), opusFile(2).subarray(0, cut)]) expect(['ok', 'refused']).toContain(readVoiceFile(one).kind);
		}),
		{ seed, numRuns: 500 },
	);
});
