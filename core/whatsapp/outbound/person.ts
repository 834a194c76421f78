import type { Insertable, Kysely, Transaction } from 'kysely';
import type { Database, Vault } from '../../store';
import { isSilenced } from '../../store/outreach';
import { phoneIn } from '../inbound/identity';
import { phoneOf } from '../inbound/values';
import type { SessionKey } from '../lease';
import type { OutboundRefusal } from './refusals';

/** What is known of who is written to, over all JIDs they are known by. Instants are milliseconds since the epoch. */
export interface Person {
	/** The JID that stands for them. */
	readonly id: string;
	readonly hasAgreed: boolean;
	readonly hasStopped: boolean;
	readonly firstInAt: number | null;
	readonly lastInAt: number | null;
	/** When we began the chat. */
	readonly firstOutAt: number | null;
}

/** Channel of the conversations in sessions. */
const CHANNEL = 'whatsapp';
/** An answer that comes later than this is none any more. */
const ANSWER_MS = 86_400_000;

/** Reads a person by any of their JIDs; somebody nobody heard of is one as well. Who asked for silence in another channel, by the same phone, asked for it here. */
export async function readPerson(db: Kysely<Database>, vault: Vault, { tenant, session }: SessionKey, jid: string): Promise<Person> {
	const own = db.selectFrom('wa_contact').select('chat').where('tenant', '=', tenant).where('session', '=', session).where('jid', '=', jid);
	const rows = await db
		.selectFrom('wa_contact')
		.select(['jid', 'chat', 'phone', 'opted_in', 'first_in_at', 'last_in_at', 'first_out_at'])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('chat', '=', own)
		.execute();
	const earliest = (values: readonly (number | null)[]): number | null => values.reduce<number | null>((least, value) => (value === null || (least !== null && least <= value) ? least : value), null);
	const id = rows[0]?.chat ?? jid;
	const phone = phoneIn(rows) ?? phoneOf(jid);
	return {
		id,
		hasAgreed: rows.some(({ opted_in }) => opted_in === 1),
		hasStopped: await isSilenced(db, vault, tenant, { chat: { tenant, channel: CHANNEL, chatId: id }, phone: phone === null ? null : `+${phone}` }),
		firstInAt: earliest(rows.map(({ first_in_at }) => first_in_at)),
		lastInAt: rows.reduce<number | null>((latest, { last_in_at }) => (last_in_at === null || (latest !== null && latest >= last_in_at) ? latest : last_in_at), null),
		firstOutAt: earliest(rows.map(({ first_out_at }) => first_out_at)),
	};
}

/** They never wrote to us: WhatsApp counts what we write to them. */
export const isCold = ({ firstInAt }: Person): boolean => firstInAt === null;

/** Nobody wrote to the other yet. */
export const isNewChat = (person: Person): boolean => isCold(person) && person.firstOutAt === null;

/** Why this person may not be written to; null when they may. */
export function refusalFor(person: Person, isAnswer: boolean, now: number): OutboundRefusal | null {
	const wroteLately = person.lastInAt !== null && now - person.lastInAt < ANSWER_MS;
	if (person.hasStopped && !(isAnswer && wroteLately)) return 'person_stopped';
	return isCold(person) && !person.hasAgreed ? 'not_opted_in' : null;
}

/** We wrote to them before they wrote to us. */
export async function noteFirstOut(trx: Transaction<Database>, key: SessionKey, jid: string, now: number): Promise<void> {
	await trx
		.insertInto('wa_contact')
		.values({ ...contactOf(key, jid), first_out_at: now })
		.onConflict((conflict) => conflict.columns(['tenant', 'session', 'jid']).doUpdateSet((row) => ({ first_out_at: row.fn.coalesce('wa_contact.first_out_at', row.val(now)) })))
		.execute();
}

/** They agreed to be written to first. */
export async function noteAgreement(trx: Transaction<Database>, key: SessionKey, jid: string): Promise<void> {
	await trx
		.insertInto('wa_contact')
		.values({ ...contactOf(key, jid), opted_in: 1 })
		.onConflict((conflict) => conflict.columns(['tenant', 'session', 'jid']).doUpdateSet({ opted_in: 1 }))
		.execute();
}

/** Somebody who was not heard of. */
const contactOf = ({ tenant, session }: SessionKey, jid: string): Insertable<Database['wa_contact']> => ({
	tenant,
	session,
	jid,
	chat: jid,
	phone: phoneOf(jid),
	name: null,
	opted_in: 0,
	first_in_at: null,
	last_in_at: null,
	first_out_at: null,
	paused_until: null,
});
