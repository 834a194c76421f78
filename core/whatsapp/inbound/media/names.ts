import type { MediaKind } from '../item';
import { nameOf } from '../values';

const MIMETYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}(?:\s*;\s*[a-z0-9-]{1,32}=(?:[a-z0-9._-]{1,64}|"[a-z0-9._, -]{1,64}"))*$/i;
const USUAL: Readonly<Record<MediaKind, string>> = {
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/mpeg',
	voice: 'audio/ogg; codecs=opus',
	document: 'application/octet-stream',
	sticker: 'image/webp',
};
/** Extensions that do not follow from the name of the type. */
const EXTENSIONS: Readonly<Record<string, string>> = {
	'image/jpeg': 'jpg',
	'audio/mpeg': 'mp3',
	'audio/mp4': 'm4a',
	'audio/ogg': 'ogg',
	'audio/x-wav': 'wav',
	'video/quicktime': 'mov',
	'text/plain': 'txt',
	'text/vcard': 'vcf',
	'application/msword': 'doc',
	'application/octet-stream': 'bin',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const LONGEST = 120;

/** The sender's type when it has the form of one, otherwise the usual one of the kind. */
export function mimetypeOf(value: unknown, kind: MediaKind): string {
	return typeof value === 'string' && value.length <= 255 && MIMETYPE.test(value) ? value : USUAL[kind];
}

/** A name without folders, control characters and tricks of writing direction; made from kind and type when the sender gave none. */
export function fileName(value: unknown, kind: MediaKind, mimetype: string): string {
	const given = (nameOf(typeof value === 'string' ? lastPart(value) : null) ?? '').replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '');
	if (given === '') return `${kind}.${extensionOf(mimetype)}`;
	const safe = RESERVED.test(given) ? `_${given}` : given;
	return /\.[\p{L}\p{N}]{1,10}$/u.test(safe) ? safe : `${safe}.${extensionOf(mimetype)}`;
}

/** What stands after the last slash; a long name loses its middle, not its extension. */
function lastPart(path: string): string {
	const name = path.slice(-4096).split(/[\\/]/).at(-1) ?? '';
	const letters = [...name];
	return letters.length <= LONGEST / 2 ? name : letters.slice(0, LONGEST / 2 - 12).concat(letters.slice(-12)).join('');
}

function extensionOf(mimetype: string): string {
	const type = (mimetype.split(';')[0] ?? '').trim().toLowerCase();
	const own = /^[^/]+\/(?:x-)?([a-z0-9]{1,10})$/.exec(type)?.[1];
	return EXTENSIONS[type] ?? own ?? 'bin';
}
