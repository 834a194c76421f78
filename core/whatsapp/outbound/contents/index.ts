import * as v from 'valibot';
import { edit, reaction, remove } from './changes';
import { contact } from './contact';
import type { ContentKind } from './content';
import { audio, document, image, video, voice } from './media';
import { location } from './place';
import { poll } from './poll';
import { text } from './text';

/** Every kind of message that can be sent. */
const KINDS = { text, image, video, document, audio, voice, location, contact, poll, reaction, edit, delete: remove };

/** A message as it waits in the outbox: a file is the id of its bytes. */
export const CONTENT = v.variant('kind', [
	text.schema,
	image.schema,
	video.schema,
	document.schema,
	audio.schema,
	voice.schema,
	location.schema,
	contact.schema,
	poll.schema,
	reaction.schema,
	edit.schema,
	remove.schema,
]);
export type StoredContent = v.InferOutput<typeof CONTENT>;
export type ContentKindName = keyof typeof KINDS;

/** The kind of a message, by the name it has in the order. */
export function kindOf(content: Pick<StoredContent, 'kind'>): ContentKind<v.GenericSchema<unknown, StoredContent>> {
	// each kind reads content of its own name only, which the schema has made sure of
	return KINDS[content.kind] as unknown as ContentKind<v.GenericSchema<unknown, StoredContent>>;
}

const FILES: ReadonlySet<string> = new Set<ContentKindName>(['image', 'video', 'document', 'audio', 'voice']);

/** Whether rows of the kind may have bytes of their own. */
export const hasFile = (kind: string): boolean => FILES.has(kind);

export type { ComposeParts } from './content';
