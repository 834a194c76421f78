import { setTimeout as wait } from 'node:timers/promises';
import type { proto, WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { Store } from '../../store';
import { readBlob } from '../blobs';
import type { ClientLibrary } from '../client-library';
import type { SessionKey } from '../lease';
import { type ComposeParts, kindOf, type StoredContent } from './contents';
import { readQuoted } from './quoted';
import { Refused } from './refusals';
import { isUnreadable } from './sealing';

/** For one upload, and for everything around it. */
const UPLOAD_MS = 60_000;
const COMPOSE_MS = 90_000;

export interface ComposeContext extends SessionKey {
	readonly store: Store;
	readonly client: ClientLibrary;
	readonly socket: WASocket;
	readonly mediaLimitBytes: number;
	/** Ends an upload with the socket it belongs to. */
	readonly signal: AbortSignal;
}

/** A file could not be uploaded; it may be later. */
export class UploadFailed extends Error {}

/**
 * Makes the message of the protocol: files are encrypted and uploaded. Throws `Refused` for what can never be sent, and
 * {@link UploadFailed}.
 */
export async function composeMessage(context: ComposeContext, chat: string, waId: string, content: StoredContent): Promise<proto.IMessage> {
	const { store, tenant, client, socket } = context;
	const parts: ComposeParts = { chat, mediaLimitBytes: context.mediaLimitBytes, readBlob: async (id) => await bytesOf(store, tenant, id) };
	const made = await kindOf(content).compose(content, parts);
	const quoted = 'quotedId' in content && content.quotedId !== undefined ? await readQuoted(context, chat, content.quotedId) : null;
	const generated = client.generateWAMessage(chat, made, {
		userJid: socket.user?.id ?? '',
		messageId: waId,
		upload: socket.waUploadToServer,
		mediaUploadTimeoutMs: UPLOAD_MS,
		...(quoted === null ? {} : { quoted }),
	});
	const { message } = 'media' in content ? await uploaded(generated, context.signal) : await generated;
	if (message === null || message === undefined) throw new Refused('bad_order');
	return message;
}

/** Throws `Refused`: `media_missing` when nobody has the bytes any more, `unreadable` when they cannot be opened. */
async function bytesOf(store: Store, tenant: string, id: string): Promise<Buffer> {
	const bytes = await readBlob(store, tenant, id).catch((error: unknown) => {
		throw isUnreadable(error) ? new Refused('unreadable') : error;
	});
	if (bytes === null) throw new Refused('media_missing');
	return bytes;
}

/** The client's own limit covers one request only, and no request knows of the socket. */
async function uploaded(generated: Promise<WAMessage>, signal: AbortSignal): Promise<WAMessage> {
	const over = new AbortController();
	const late = wait(COMPOSE_MS, undefined, { signal: AbortSignal.any([signal, over.signal]), ref: false }).then(() => {
		throw new Error('not in time');
	});
	try {
		return await Promise.race([generated, late]);
	} catch (error) {
		throw new UploadFailed('a file was not uploaded', { cause: error });
	} finally {
		over.abort();
	}
}
