import type { Kysely, Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import { mergeChatsIn } from '../../store/collect';
import type { SessionKey } from '../lease';
import { isLid, phoneOf, pnOf } from './values';

/** Channel of a session's turns. */
export const channelOf = (session: string): string => `whatsapp:${session}`;

/** Which addresses are one person, as far as somebody knows. */
export interface Addresses {
	readonly lid: string | null;
	/** `…@s.whatsapp.net`. */
	readonly pn: string | null;
}

/** A person as they are stored. */
export interface Person extends Addresses {
	/** The address that stands for them in every table, whichever they write from. */
	readonly chat: string;
	/** All addresses they are known by. */
	readonly jids: readonly string[];
	readonly pausedUntil: number | null;
}

/** What a message adds to what is known of its sender. */
export interface Meeting {
	readonly name: string | null;
	/** When they wrote, in milliseconds since the epoch; null when it was not they who wrote. */
	readonly wroteAt: number | null;
	/** Until when a person of the salon answers; null leaves it as it is. */
	readonly pausedUntil: number | null;
	/**
	 * Addresses that a message which came just now names itself. Only such a pair takes a number from one LID to another; what was merely remembered, or
	 * came in a list, may be older than what is known.
	 */
	readonly told: readonly (string | null)[];
}

type Trx = Transaction<Database>;
type Row = Database['wa_contact'];

export const addressesOf = (jids: readonly (string | null)[]): Addresses => ({
	lid: jids.find((jid) => jid !== null && isLid(jid)) ?? null,
	pn: jids.find((jid) => jid !== null && !isLid(jid)) ?? null,
});

/** The other address of somebody whom an earlier message or the history made known; of several numbers the one that was learnt last. */
export async function knownAddresses({ db }: Store, key: SessionKey, jid: string): Promise<Addresses> {
	const rows = await rowsOf(db, key, [jid]);
	const phone = phoneIn(rows);
	return addressesOf([jid, ...rows.map((row) => row.jid).filter(isLid), phone === null ? null : pnOf(phone)]);
}

/** The number of a person, of all their rows; null when nobody knows it. A row of a LID has the number that was learnt last, one of a number only its own. */
export function phoneIn(rows: readonly Pick<Row, 'jid' | 'phone'>[]): string | null {
	const lids = rows.filter(({ jid }) => isLid(jid));
	return (lids.length > 0 ? lids : rows).find(({ phone }) => phone !== null)?.phone ?? null;
}

/**
 * Notes a person under all the addresses given, and that those are one: turns that were kept apart until now are put together.
 * A person keeps the address they were first known by; of two, the LID. Two LIDs are never one person: a number that was another's goes to who
 * writes with it now.
 */
export async function meetIn(trx: Trx, { vault }: Store, key: SessionKey, addresses: Addresses, { name, wroteAt, pausedUntil, told }: Meeting): Promise<Person> {
	const { tenant, session } = key;
	const { lid, pn } = await agreeIn(trx, key, addresses, told);
	// one order for all, so that no two transactions wait for each other
	const given = [lid, pn].filter((jid) => jid !== null).sort();
	const rows = await rowsOf(trx, key, given);
	const chats = [...new Set(rows.map(({ chat }) => chat))];
	const all = addressesOf([lid, pn, ...rows.map(({ jid }) => jid)]);
	const chat = chats.find(isLid) ?? chats[0] ?? lid ?? pn ?? '';
	for (const other of chats) if (other !== chat) await mergeIn(trx, key, other, chat);
	const phone = pn === null ? null : phoneOf(pn);
	const sealed = name === null ? null : vault.seal(name);
	const values = given.map((jid) => ({ tenant, session, jid, chat, phone, name: sealed, opted_in: 0, first_in_at: wroteAt, last_in_at: wroteAt, first_out_at: null, paused_until: pausedUntil }));
	await trx
		.insertInto('wa_contact')
		.values(values)
		.onConflict((conflict) =>
			conflict.columns(['tenant', 'session', 'jid']).doUpdateSet((eb) => ({
				chat,
				phone: eb.fn.coalesce('excluded.phone', 'wa_contact.phone'),
				name: eb.fn.coalesce('excluded.name', 'wa_contact.name'),
				first_in_at: eb.fn.coalesce('wa_contact.first_in_at', 'excluded.first_in_at'),
				last_in_at: eb.fn.coalesce('excluded.last_in_at', 'wa_contact.last_in_at'),
				paused_until: eb.fn.coalesce('excluded.paused_until', 'wa_contact.paused_until'),
			})),
		)
		.execute();
	const jids = [...new Set([...given, ...rows.map(({ jid }) => jid)])];
	return { ...all, chat, jids, pausedUntil: pausedUntil ?? latestPause(rows) };
}

/** Notes pairs that the client learnt; people who never wrote are noted too, because their next message may come under either address. */
export async function pairIn(trx: Trx, store: Store, key: SessionKey, pairs: readonly Addresses[]): Promise<void> {
	for (const pair of pairs) await meetIn(trx, store, key, pair, { name: null, wroteAt: null, pausedUntil: null, told: [pair.lid] });
}

/** The addresses without those that belong to somebody else; a number that belonged to another LID is taken from it where the message itself tells so. */
async function agreeIn(trx: Trx, key: SessionKey, { lid, pn }: Addresses, told: Meeting['told']): Promise<Addresses> {
	if (lid === null || pn === null) return { lid, pn };
	const rows = await rowsOf(trx, key, [pn]);
	const lids = rows.filter(({ jid }) => isLid(jid));
	const number = rows.find(({ jid }) => jid === pn);
	const [before] = lids;
	if (number === undefined || before === undefined || lids.some(({ jid }) => jid === lid)) return { lid, pn };
	if (!told.includes(lid) || !told.includes(pn)) return { lid: told.includes(lid) ? lid : null, pn: told.includes(pn) ? pn : null };
	await handOverIn(trx, key, number, before);
	return { lid, pn };
}

/** Takes a number from the person who had it: what was noted under it is still theirs, the number is nobody's until it is noted anew. */
async function handOverIn(trx: Trx, key: SessionKey, number: Row, before: Row): Promise<void> {
	const { tenant, session } = key;
	const contact = (jid: string) => ({ tenant, session, jid });
	await trx.deleteFrom('wa_contact').where((eb) => eb.and(contact(number.jid))).execute();
	// the chat itself may have gone by the number
	const chat = number.chat === number.jid ? before.jid : number.chat;
	if (chat !== number.chat) await mergeIn(trx, key, number.chat, chat);
	await trx
		.updateTable('wa_contact')
		.set({
			opted_in: Math.max(before.opted_in, number.opted_in),
			name: before.name ?? number.name,
			first_in_at: before.first_in_at ?? number.first_in_at,
			last_in_at: before.last_in_at ?? number.last_in_at,
			first_out_at: before.first_out_at ?? number.first_out_at,
			paused_until: before.paused_until ?? number.paused_until,
		})
		.where((eb) => eb.and(contact(before.jid)))
		.execute();
	await trx.updateTable('wa_contact').set({ phone: null }).where((eb) => eb.and({ tenant, session, chat })).where('phone', '=', phoneOf(number.jid)).execute();
	await trx.updateTable('wa_outbox').set({ chat }).where((eb) => eb.and({ tenant, session, chat: number.jid })).execute();
	// what still waits to be read is known by the address it came from
	const seen = trx.selectFrom('wa_inbox').select('id').where((eb) => eb.and({ tenant, session, chat }));
	await trx.deleteFrom('wa_inbox').where((eb) => eb.and({ tenant, session, chat: number.jid })).where('id', 'in', seen).execute();
	await trx.updateTable('wa_inbox').set({ chat }).where((eb) => eb.and({ tenant, session, chat: number.jid })).where('state', 'in', ['turned', 'dropped']).execute();
}

/** Every address of the people whom the given ones belong to. */
async function rowsOf(db: Kysely<Database>, { tenant, session }: SessionKey, jids: readonly string[]): Promise<readonly Row[]> {
	return await db
		.selectFrom('wa_contact')
		.selectAll()
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('chat', 'in', db.selectFrom('wa_contact').select('chat').where('tenant', '=', tenant).where('session', '=', session).where('jid', 'in', jids))
		.execute();
}

async function mergeIn(trx: Trx, { tenant, session }: SessionKey, from: string, to: string): Promise<void> {
	await trx.updateTable('wa_contact').set({ chat: to }).where('tenant', '=', tenant).where('session', '=', session).where('chat', '=', from).execute();
	await mergeChatsIn(trx, { tenant, channel: channelOf(session), chatId: from }, to);
}

function latestPause(rows: readonly Row[]): number | null {
	const pauses = rows.flatMap(({ paused_until }) => (paused_until === null ? [] : [Number(paused_until)]));
	return pauses.length === 0 ? null : Math.max(...pauses);
}
