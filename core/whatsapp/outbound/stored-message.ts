import type { proto } from '@whiskeysockets/baileys';
import type { Store } from '../../store';
import type { ClientLibrary } from '../client-library';
import type { SessionKey } from '../lease';
import { Refused } from './refusals';
import { openFor, sealFor } from './sealing';

/** A message of the protocol as a row keeps it. */
export function sealMessage({ vault }: Store, { proto: { Message } }: ClientLibrary, id: string, message: proto.IMessage): string {
	return sealFor(vault, id, Buffer.from(Message.encode(message).finish()).toString('base64'));
}

/** Throws {@link Refused} `unreadable`. */
export function openMessage({ vault }: Store, { proto: { Message } }: ClientLibrary, id: string, sealed: string): proto.IMessage {
	return Message.decode(Buffer.from(openFor(vault, id, sealed), 'base64'));
}

/** The message that was sent under this id; undefined when there was none, or when it cannot be read: never an empty one. */
export async function decodeMessage(store: Store, client: ClientLibrary, { tenant, session }: SessionKey, waId: string): Promise<proto.IMessage | undefined> {
	const row = await store.db.selectFrom('wa_outbox').select(['id', 'message']).where('tenant', '=', tenant).where('session', '=', session).where('wa_id', '=', waId).executeTakeFirst();
	if (row?.message === undefined || row.message === null) return undefined;
	try {
		return openMessage(store, client, row.id, row.message);
	} catch (error) {
		if (error instanceof Refused) return undefined;
		throw error;
	}
}
