import * as v from 'valibot';
import { CONTENT, type StoredContent } from './contents';
import { isOggOpus } from './opus';
import { Refused } from './refusals';

/** Bytes of a file, or the id of a blob that holds them already, such as one that was received. */
export type MediaSource = Uint8Array | { readonly blobId: string };

type WithSource<Content> = Content extends { readonly media: unknown } ? Omit<Content, 'media'> & { readonly media: MediaSource } : Content;
type ContentInput = WithSource<v.InferInput<typeof CONTENT>>;

/** A message to send. */
export interface WhatsappOrder {
	/** Id of a chat (`…@lid` or `…@s.whatsapp.net`), or a phone number. */
	readonly to: string;
	readonly content: ContentInput;
	/** The same request made twice is one message; whoever asks knows by what it is the same. */
	readonly idemKey: string;
	/** It answers something the person wrote: a stop does not hold it back, and typing is shown before it. */
	readonly isAnswer: boolean;
	/** The person agreed to be written to first; kept for later messages. */
	readonly hasAgreed?: boolean;
	/** Not before this instant, in milliseconds since the epoch. */
	readonly notBefore?: number;
}

/** What is sealed into a row. */
const PAYLOAD = v.object({ content: CONTENT, isAnswer: v.boolean() });
export type Payload = v.InferOutput<typeof PAYLOAD>;

/** An order that was checked: the file apart from what is sealed into the row. */
export interface CheckedOrder {
	readonly payload: Payload;
	readonly bytes: Uint8Array | null;
}

/** An order that cannot be sent as it is, with what is wrong about it. */
export class BadOrder extends Refused {
	constructor(readonly detail: string) {
		super('bad_order');
	}
}

/** Checks an order; `ownBlob` is where bytes given with it will be. Throws {@link Refused}. */
export function checkOrder({ content, isAnswer, idemKey }: WhatsappOrder, mediaLimitBytes: number, ownBlob: string): CheckedOrder {
	if (idemKey === '') throw new BadOrder('The key of the request is empty.');
	const { given, bytes } = splitMedia(content, ownBlob);
	const parsed = v.safeParse(CONTENT, given);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		throw new BadOrder(`${v.getDotPath(issue) ?? 'content'}: ${issue.message}.`);
	}
	if (bytes !== null) checkBytes(parsed.output, bytes, mediaLimitBytes);
	return { payload: { content: parsed.output, isAnswer }, bytes };
}

/** Reads what {@link checkOrder} made. Throws {@link Refused} `unreadable`. */
export function parsePayload(json: string): Payload {
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), PAYLOAD), json);
	if (!parsed.success) throw new Refused('unreadable');
	return parsed.output;
}

function splitMedia(content: ContentInput, ownBlob: string): { readonly given: unknown; readonly bytes: Uint8Array | null } {
	if (!('media' in content) || !(content.media instanceof Uint8Array)) return { given: content, bytes: null };
	return { given: { ...content, media: { blobId: ownBlob } }, bytes: content.media };
}

function checkBytes({ kind }: StoredContent, bytes: Uint8Array, mediaLimitBytes: number): void {
	if (bytes.length === 0) throw new BadOrder('The file is empty.');
	if (bytes.length > mediaLimitBytes) throw new Refused('media_too_large');
	if (kind === 'voice' && !isOggOpus(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) throw new Refused('voice_not_opus');
}
