import type { Transaction } from 'kysely';
import * as v from 'valibot';
import { removeBlobsIn } from '../blobs';
import { chatColumns } from '../conversation/rows';
import type { ChatKey } from '../conversation-store';
import type { Database } from '../schema';
import type { Store, Vault } from '../store';
import { eraseKeys } from './erase-keys';

/** Channel of conversations in WhatsApp sessions, and what the channel of a session's own turns begins with. */
const CHANNEL = 'whatsapp';
const SESSION = 'whatsapp:';
/** As much of a message as tells where its files are. */
const MESSAGE = v.pipe(v.string(), v.parseJson(), v.object({ item: v.object({ media: v.array(v.object({ blobId: v.nullable(v.string()) })) }) }));

/** Rows of WhatsApp sessions that are gone, by table. */
export interface ErasedWhatsapp {
	readonly wa_inbox: number;
	readonly wa_outbox: number;
	readonly wa_blob: number;
	readonly wa_contact: number;
	readonly wa_key: number;
	/** The session's own turns. */
	readonly collected_turn: number;
	readonly collected_message: number;
}

/** Chats in WhatsApp sessions of the person with a phone number (with `+`), whoever made the number known. */
export async function whatsappChatsOf({ db }: Store, tenant: string, phone: string): Promise<readonly ChatKey[]> {
	const rows = await db.selectFrom('wa_contact').select('chat').distinct().where('tenant', '=', tenant).where('phone', '=', phone.replace(/^\+/, '')).execute();
	return rows.map(({ chat }) => ({ tenant, channel: CHANNEL, chatId: chat }));
}

/**
 * Removes what WhatsApp sessions keep of a person: ids of their messages, what was sent to them, files, addresses, names and the keys
 * agreed with their devices. What was being sent is not sent any more. A chat of another channel has nothing of it.
 */
export async function eraseWhatsapp(trx: Transaction<Database>, store: Store, { tenant, channel, chatId }: ChatKey): Promise<ErasedWhatsapp> {
	const counts = { wa_inbox: 0, wa_outbox: 0, wa_blob: 0, wa_contact: 0, wa_key: 0, collected_turn: 0, collected_message: 0 };
	for (const { session, chat, jids, phones } of await peopleIn(trx, tenant, channel, chatId)) {
		const place = { tenant, session };
		const gone = async (query: { executeTakeFirst(): Promise<{ numDeletedRows: bigint }> }): Promise<number> => Number((await query.executeTakeFirst()).numDeletedRows);
		const sent = await trx.deleteFrom('wa_outbox').where((eb) => eb.and(place)).where('chat', 'in', jids).returning('id').execute();
		counts.wa_outbox += sent.length;
		counts.wa_blob += await removeBlobsIn(trx, tenant, [...sent.map(({ id }) => `out:${id}`), ...(await receivedIn(trx, store.vault, { tenant, channel: `${SESSION}${session}`, chatId: chat }))]);
		for (const hash of jids.flatMap((jid) => store.vault.hashes(`${session}\n${jid}`))) counts.wa_blob += await gone(trx.deleteFrom('wa_blob').where('tenant', '=', tenant).where('id', 'like', `${hash}:%`));
		counts.wa_inbox += await gone(trx.deleteFrom('wa_inbox').where((eb) => eb.and(place)).where('chat', 'in', jids));
		for (const table of ['collected_turn', 'collected_message'] as const) {
			counts[table] += await gone(trx.deleteFrom(table).where((eb) => eb.and({ tenant, channel: `${SESSION}${session}`, chat_id: chat })));
		}
		counts.wa_key += await eraseKeys(trx, place, [...jids, ...phones]);
		counts.wa_contact += await gone(trx.deleteFrom('wa_contact').where((eb) => eb.and(place)).where('chat', '=', chat));
	}
	return counts;
}

/** Files named by messages that wait: a person's bytes are known by the address that stood for them then, under a key that may be gone. */
async function receivedIn(trx: Transaction<Database>, vault: Vault, chat: ChatKey): Promise<readonly string[]> {
	const rows = await trx.selectFrom('collected_message').select('payload').where((eb) => eb.and(chatColumns(chat))).execute();
	return rows.flatMap(({ payload }) => {
		const parsed = v.safeParse(MESSAGE, openOrNothing(vault, payload));
		return parsed.success ? parsed.output.item.media.flatMap(({ blobId }) => blobId ?? []) : [];
	});
}

function openOrNothing(vault: Vault, sealed: string): string {
	try {
		return vault.open(sealed);
	} catch {
		return '';
	}
}

interface SessionPerson {
	readonly session: string;
	readonly chat: string;
	/** Every address they are known by. */
	readonly jids: readonly string[];
	/** Their numbers, digits only. */
	readonly phones: readonly string[];
}

/** The person in every session whose chat it is: the named one, or all of the tenant when the channel names none. */
async function peopleIn(trx: Transaction<Database>, tenant: string, channel: string, chatId: string): Promise<readonly SessionPerson[]> {
	if (channel !== CHANNEL && !channel.startsWith(SESSION)) return [];
	let query = trx
		.selectFrom('wa_contact as person')
		.innerJoin('wa_contact as own', (join) => join.onRef('own.tenant', '=', 'person.tenant').onRef('own.session', '=', 'person.session').onRef('own.chat', '=', 'person.chat'))
		.select(['person.session', 'person.chat', 'person.jid', 'person.phone'])
		.where('own.tenant', '=', tenant)
		.where('own.jid', '=', chatId);
	if (channel !== CHANNEL) query = query.where('own.session', '=', channel.slice(SESSION.length));
	const people = new Map<string, SessionPerson>();
	for (const { session, chat, jid, phone } of await query.execute()) {
		const known = people.get(session);
		people.set(session, { session, chat, jids: [...new Set([...(known?.jids ?? []), jid, chat])], phones: [...(known?.phones ?? []), ...(phone === null ? [] : [phone])] });
	}
	return [...people.values()];
}
