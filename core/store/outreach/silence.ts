import type { Kysely, Transaction } from 'kysely';
import type { Instant, Phone } from '../../booking';
import { type ClientRef, clientKey, clientKeys } from '../assistant/subjects';
import type { ChatKey } from '../conversation-store';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import { statement } from '../statement';
import type { Vault } from '../store';
import type { Told } from '../sync/merge';

/** Whom a word on messages that the salon begins is about; a phone only where the channel, or the staff, vouches for it. */
export interface Addressee {
	readonly chat: ChatKey | null;
	readonly phone: Phone | null;
}

/** Whether silence was asked for, or that was taken back; `at` is the moment. */
export interface SilenceWord {
	readonly asked: boolean;
	readonly at: Instant;
}

const MOST_KEYS = 500;

type Row = Pick<Database['outreach_silence'], 'client_key' | 'asked' | 'said_at'>;

/**
 * Notes the last word of a person, or of the staff about them, for the chat and for the phone, and on every card the copy
 * has of the phone. The same word noted twice is noted once.
 */
export async function noteSilence(trx: Transaction<Database>, vault: Vault, tenant: string, { chat, phone }: Addressee, { asked, at }: SilenceWord): Promise<void> {
	const said_at = utcInstant(at);
	const about: readonly ClientRef[] = [...(chat === null ? [] : [{ chat }]), ...(phone === null ? [] : [{ phone }])];
	for (const client of about) {
		const word = { asked: asked ? 1 : 0, said_at };
		await trx
			.insertInto('outreach_silence')
			.values({ tenant, client_key: clientKey(vault, tenant, client), ...word })
			.onConflict((conflict) => conflict.columns(['tenant', 'client_key']).doUpdateSet(word))
			.execute();
	}
	if (phone === null) return;
	const cards = trx.updateTable('sync_client').where('tenant', '=', tenant).where('phone', '=', phone);
	// the day of the first word is kept
	if (asked) await cards.set({ opted_out_at: said_at }).where('opted_out_at', 'is', null).execute();
	else await cards.set({ opted_out_at: null }).where('opted_out_at', 'is not', null).execute();
}

/**
 * Whether nothing may be begun in this chat with the person of this phone. The word about the phone decides; a stop that the
 * chat knows alone, because it vouched for no phone then, holds until something later is said of the phone. A card of the
 * phone on which silence is noted is enough by itself.
 */
export async function isSilenced(db: Kysely<Database>, vault: Vault, tenant: string, { chat, phone }: Addressee): Promise<boolean> {
	const keys = { chat: chat === null ? [] : clientKeys(vault, tenant, { chat }), phone: phone === null ? [] : clientKeys(vault, tenant, { phone }) };
	const rows = await wordsOf(db, tenant, [...keys.chat, ...keys.phone]);
	const [ofChat, ofPhone] = [latest(rows, keys.chat), latest(rows, keys.phone)];
	if (ofPhone?.asked === 1) return true;
	if (ofChat?.asked === 1 && (ofPhone === null || ofPhone.said_at <= ofChat.said_at)) return true;
	if (phone === null) return false;
	const card = await db.selectFrom('sync_client').select('id').where('tenant', '=', tenant).where('phone', '=', phone).where('deleted_at', 'is', null).where('opted_out_at', 'is not', null).limit(1).executeTakeFirst();
	return card !== undefined;
}

const ANY_SILENCED = statement<{ readonly tenant: string }, { client_key: string }>((db, { tenant }) => db.selectFrom('outreach_silence').select('client_key').where('tenant', '=', tenant).where('asked', '=', 1).limit(1));

/** Notes silence on cards that come into the copy, or get their phone, after it was asked for. `told` are clients, as they were just merged. */
export async function spareTold(trx: Kysely<Database>, vault: Vault, tenant: string, told: readonly Pick<Told, 'fields'>[]): Promise<void> {
	const phones = [...new Set(told.flatMap(({ fields: { phone } }) => (typeof phone === 'string' && phone !== '' ? [phone] : [])))];
	if (phones.length === 0 || (await ANY_SILENCED(trx, { tenant })).length === 0) return;
	const keys = new Map(phones.map((phone) => [phone, clientKeys(vault, tenant, { phone })]));
	const rows = await wordsOf(trx, tenant, [...keys.values()].flat());
	if (rows.length === 0) return;
	for (const [phone, own] of keys) {
		const word = latest(rows, own);
		if (word?.asked !== 1) continue;
		await trx.updateTable('sync_client').set({ opted_out_at: word.said_at }).where('tenant', '=', tenant).where('phone', '=', phone).where('opted_out_at', 'is', null).execute();
	}
}

async function wordsOf(db: Kysely<Database>, tenant: string, keys: readonly string[]): Promise<readonly Row[]> {
	const rows: Row[] = [];
	for (let from = 0; from < keys.length; from += MOST_KEYS) {
		rows.push(...(await db.selectFrom('outreach_silence').select(['client_key', 'asked', 'said_at']).where('tenant', '=', tenant).where('client_key', 'in', keys.slice(from, from + MOST_KEYS)).execute()));
	}
	return rows;
}

/** The latest word under any of the keys: an earlier key of the vault may have an older one. */
function latest(rows: readonly Row[], keys: readonly string[]): Row | null {
	return rows.filter((row) => keys.includes(row.client_key)).reduce<Row | null>((last, row) => (last === null || row.said_at > last.said_at ? row : last), null);
}
