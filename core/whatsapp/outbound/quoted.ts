import type { WAMessage } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import type { Store } from '../../store';
import { channelOf } from '../inbound/identity';
import type { ComposeContext } from './compose';
import { isUnreadable } from './sealing';
import { decodeMessage } from './stored-message';

/** Of a received message its text is enough: the phone that shows the quote has the rest. */
const STORED = v.pipe(v.string(), v.parseJson(), v.object({ item: v.object({ text: v.optional(v.nullable(v.string())) }) }));

/** A message of the chat as a quote needs it: one that was received, or one of ours. Null when nobody knows it, or can open it: then the answer goes without. */
export async function readQuoted(context: ComposeContext, chat: string, id: string): Promise<WAMessage | null> {
	return (await received(context, chat, id)) ?? (await sent(context, chat, id));
}

async function received({ store, tenant, session }: ComposeContext, chat: string, id: string): Promise<WAMessage | null> {
	const row = await store.db
		.selectFrom('collected_message')
		.select('payload')
		.where('tenant', '=', tenant)
		.where('channel', '=', channelOf(session))
		.where('chat_id', '=', chat)
		.where('message_id', '=', id)
		.executeTakeFirst();
	const text = row === undefined ? null : textOf(store, row.payload);
	return text === null ? null : { key: { remoteJid: chat, id, fromMe: false }, message: { conversation: text } };
}

/** Null when nobody can open it any more: no answer waits for a quote. */
function textOf({ vault }: Store, sealed: string): string | null {
	try {
		const parsed = v.safeParse(STORED, vault.open(sealed));
		return parsed.success ? (parsed.output.item.text ?? '') : '';
	} catch (error) {
		if (isUnreadable(error)) return null;
		throw error;
	}
}

async function sent({ store, client, tenant, session }: ComposeContext, chat: string, id: string): Promise<WAMessage | null> {
	const message = await decodeMessage(store, client, { tenant, session }, id);
	return message === undefined ? null : { key: { remoteJid: chat, id, fromMe: true }, message };
}
