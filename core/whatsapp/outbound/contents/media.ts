import * as v from 'valibot';
import { INVISIBLE } from '../../invisible';
import { isOggOpus, opusSeconds } from '../opus';
import { Refused } from '../refusals';
import type { ComposeParts, ContentKind } from './content';
import { CAPTION, NAME, QUOTED } from './fields';

/** A file as it waits: the id of its bytes. */
const MEDIA = v.object({ blobId: v.pipe(v.string(), v.nonEmpty()) });
/** Type and subtype, and parameters such as codecs; nothing that breaks a line. */
const mimetype = (type: string) => v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(new RegExp(`^${type}/[\\w.+-]+(; ?[\\w-]+=[\\w.+-]+)*$`), 'the type of the file does not fit its kind'));
const SECONDS = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)));

const IMAGE = v.object({ kind: v.literal('image'), media: MEDIA, mimetype: mimetype('image'), caption: CAPTION, quotedId: QUOTED });
const VIDEO = v.object({ kind: v.literal('video'), media: MEDIA, mimetype: mimetype('video'), caption: CAPTION, seconds: SECONDS, quotedId: QUOTED });
const AUDIO = v.object({ kind: v.literal('audio'), media: MEDIA, mimetype: mimetype('audio'), seconds: SECONDS, quotedId: QUOTED });
const VOICE = v.object({ kind: v.literal('voice'), media: MEDIA, quotedId: QUOTED });
const DOCUMENT = v.object({ kind: v.literal('document'), media: MEDIA, mimetype: mimetype('[\\w-]+'), fileName: v.pipe(NAME, v.transform(bareName)), caption: CAPTION, quotedId: QUOTED });

const OPUS = 'audio/ogg; codecs=opus';
/** A level line: the client would need another library to draw the real one. */
const WAVEFORM = new Uint8Array(64);
/** Without one the client looks for a library that makes it. */
const NO_THUMBNAIL = '';

/** The name a file is saved under on the phone: no folders, nothing invisible. */
function bareName(name: string): string {
	return (name.split(/[\\/]/).at(-1) ?? '').replace(INVISIBLE, '').trim() || 'file';
}

async function bytesOf({ media }: { readonly media: v.InferOutput<typeof MEDIA> }, { readBlob, mediaLimitBytes }: ComposeParts): Promise<Buffer> {
	const bytes = await readBlob(media.blobId);
	if (bytes.length > mediaLimitBytes) throw new Refused('media_too_large');
	return bytes;
}

export const image: ContentKind<typeof IMAGE> = {
	schema: IMAGE,
	compose: async (content, parts) => ({ image: await bytesOf(content, parts), mimetype: content.mimetype, caption: content.caption, jpegThumbnail: NO_THUMBNAIL }),
};

export const video: ContentKind<typeof VIDEO> = {
	schema: VIDEO,
	compose: async (content, parts) => ({ video: await bytesOf(content, parts), mimetype: content.mimetype, caption: content.caption, seconds: content.seconds, jpegThumbnail: NO_THUMBNAIL }),
};

export const audio: ContentKind<typeof AUDIO> = {
	schema: AUDIO,
	compose: async (content, parts) => ({ audio: await bytesOf(content, parts), mimetype: content.mimetype, seconds: content.seconds ?? 0 }),
};

export const voice: ContentKind<typeof VOICE> = {
	schema: VOICE,
	async compose(content, parts) {
		const bytes = await bytesOf(content, parts);
		if (!isOggOpus(bytes)) throw new Refused('voice_not_opus');
		return { audio: bytes, mimetype: OPUS, ptt: true, seconds: opusSeconds(bytes), waveform: WAVEFORM };
	},
	preparing: () => ({ shown: 'recording', characters: 0 }),
};

export const document: ContentKind<typeof DOCUMENT> = {
	schema: DOCUMENT,
	compose: async (content, parts) => ({ document: await bytesOf(content, parts), mimetype: content.mimetype, fileName: content.fileName, caption: content.caption }),
};
