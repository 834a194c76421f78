import type { Transaction } from 'kysely';
import type { Instant, Phone } from '../../booking';
import { chatColumns, openOptional } from '../conversation/rows';
import type { ChatKey } from '../conversation-store';
import { StoreError } from '../errors';
import { laterInstant, utcInstant } from '../instant';
import type { Database } from '../schema';
import type { Store } from '../store';
import { type CopyErasure, eraseCopied } from '../sync/erased';
import { eraseKeys } from './erase-keys';
import { eraseWhatsapp, type ErasedWhatsapp, whatsappChatsOf } from './erase-whatsapp';
import { clientKeys } from './subjects';
import { addUsage } from './usage';

/** Whom to erase. A chat does not lead to a phone: give both where both are known. */
export interface ErasedClient {
	readonly phone?: Phone;
	/** Its tenant is the one given beside it. */
	readonly chat?: Pick<ChatKey, 'channel' | 'chatId'>;
}

const CHAT_TABLES = ['conversation', 'inbox', 'outbox', 'pending_action', 'offer', 'conversation_event', 'collected_turn', 'collected_message'] as const;
type ChatTable = (typeof CHAT_TABLES)[number];

/** Rows that are gone, by table. */
export interface ErasedCounts extends Readonly<Record<ChatTable | keyof ErasedWhatsapp | 'operation' | 'client_fact' | 'knowledge_question', number>>, CopyErasure {
	/** Chats that were erased. */
	readonly chats: number;
	/** Rows whose chat was taken out of them; the sums of the day stay. */
	readonly model_usage: number;
	/**
	 * Operations sent to the CRM whose end is not known. They keep their sealed payload, because only it can find the
	 * effect again; erase once more when they are settled.
	 */
	readonly unresolvedOperations: number;
}

/** Rows that retention took away, by table. */
export type PurgedCounts = Readonly<
	Record<'inbox' | 'outbox' | 'pending_action' | 'offer' | 'client_fact' | 'knowledge_question' | 'conversation', number>
>;

/** Erasure on request and by age. */
export interface ErasureStore {
	/**
	 * Removes everything kept of a client: messages, answers, state, confirmations, offers, settled operations, the audit
	 * of the chats, facts, and questions in the client's words. A turn that runs meanwhile loses its chat and says
	 * nothing. The chat begins anew with the next message, in mode `bot`. A phone stands for the chats whose address it is or
	 * whose state names it. In the copy of the CRM the cards of the phone and their visits lose what is personal, until a
	 * visit is made anew. That they asked for silence stays, as a keyed hash: else who wants to be forgotten would be written
	 * to again. The CRM's own records are not touched.
	 */
	eraseClient(tenant: string, client: ErasedClient): Promise<ErasedCounts>;
	/**
	 * Removes texts older than `days` (at least 1): answered messages, answers, closed confirmations, offers, closed
	 * questions, and facts past their own expiry. Waiting messages, open confirmations, operations and the audit stay:
	 * the guarantees stand on them. `thin` takes texts out of the state of chats that were silent all that time.
	 */
	purgeOlderThan(tenant: string, days: number, now: Instant, thin?: (state: string) => string): Promise<PurgedCounts>;
}

const DAY_MS = 86_400_000;
const UNRESOLVED = ['sending', 'unknown'] as const;
const NO_CHAT = '';

function sameNumber(chat: ChatKey, phone: Phone): boolean {
	const address = /^\+?(\d{7,15})(?::\d+)?(?:@(?:c\.us|s\.whatsapp\.net))?$/i.exec(chat.chatId);
	const speaksPhones = chat.channel.startsWith('whatsapp') || chat.chatId.includes('@');
	return speaksPhones && address !== null && `+${address[1]}` === phone;
}

/** Chats of a phone. States are read one chat at a time: all of them at once may not fit into memory. */
async function chatsOf({ db, vault }: Store, tenant: string, phone: Phone): Promise<ChatKey[]> {
	const found: ChatKey[] = [];
	const chats = await db.selectFrom('conversation').select(['channel', 'chat_id']).where('tenant', '=', tenant).execute();
	for (const row of chats) {
		const chat = { tenant, channel: row.channel, chatId: row.chat_id };
		const kept = await db.selectFrom('conversation').select('state').where((eb) => eb.and(chatColumns(chat))).executeTakeFirst();
		const state = openOptional(vault, kept?.state ?? null) ?? '';
		if (sameNumber(chat, phone) || state.includes(JSON.stringify(phone))) found.push(chat);
	}
	return found;
}

type Counts = { -readonly [K in keyof ErasedCounts]: number };

function noCounts(): Counts {
	return {
		chats: 0,
		conversation: 0,
		inbox: 0,
		outbox: 0,
		pending_action: 0,
		offer: 0,
		conversation_event: 0,
		collected_turn: 0,
		collected_message: 0,
		wa_inbox: 0,
		wa_outbox: 0,
		wa_blob: 0,
		wa_contact: 0,
		wa_key: 0,
		operation: 0,
		client_fact: 0,
		knowledge_question: 0,
		sync_client: 0,
		sync_visit: 0,
		sync_goods: 0,
		outreach: 0,
		model_usage: 0,
		unresolvedOperations: 0,
	};
}

async function eraseChat(trx: Transaction<Database>, store: Store, chat: ChatKey): Promise<Counts> {
	const { vault } = store;
	const counts = noCounts();
	const columns = chatColumns(chat);
	const { tenant } = chat;
	// The conversation's row comes first: whoever else changes this chat holds or waits for it.
	for (const table of CHAT_TABLES) {
		const { numDeletedRows } = await trx.deleteFrom(table).where((eb) => eb.and(columns)).executeTakeFirst();
		counts[table] += Number(numDeletedRows);
	}
	const whatsapp = await eraseWhatsapp(trx, store, chat);
	for (const table of Object.keys(whatsapp) as (keyof ErasedWhatsapp)[]) counts[table] += whatsapp[table];
	const operations = await trx
		.deleteFrom('operation')
		.where((eb) => eb.and(columns))
		.where('status', 'not in', UNRESOLVED)
		.executeTakeFirst();
	counts.operation += Number(operations.numDeletedRows);
	const left = await trx.selectFrom('operation').select('key').where((eb) => eb.and(columns)).execute();
	counts.unresolvedOperations += left.length;

	const hashes = clientKeys(vault, tenant, { chat });
	const questions = await trx.deleteFrom('knowledge_question').where('tenant', '=', tenant).where('chat_hash', 'in', hashes).executeTakeFirst();
	counts.knowledge_question += Number(questions.numDeletedRows);
	const facts = await trx
		.deleteFrom('client_fact')
		.where('tenant', '=', tenant)
		.where((eb) => eb.or([eb('dialogue_hash', 'in', hashes), eb('client_key', 'in', hashes)]))
		.executeTakeFirst();
	counts.client_fact += Number(facts.numDeletedRows);
	const usage = await trx.deleteFrom('model_usage').where('tenant', '=', tenant).where('chat_hash', 'in', hashes).returningAll().execute();
	for (const row of usage) await addUsage(trx, { ...row, chat_hash: NO_CHAT });
	counts.model_usage += usage.length;
	return { ...counts, chats: 1 };
}

function total(parts: readonly Counts[]): Counts {
	const sum = noCounts();
	for (const part of parts) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += part[key];
	return sum;
}

/** See {@link ErasureStore}. */
export function erasureOf(store: Store): ErasureStore {
	const { vault } = store;

	/** Chats silent since the cutoff in which nothing waits; each is changed under its row, if it is still silent. */
	async function thinStates(tenant: string, cutoff: string, thin: (state: string) => string): Promise<number> {
		const silent = await store.db
			.selectFrom('conversation')
			.select(['channel', 'chat_id', 'state', 'updated_at'])
			.where('tenant', '=', tenant)
			.where('updated_at', '<', cutoff)
			.where('state', 'is not', null)
			.execute();
		let changed = 0;
		for (const row of silent) {
			const before = openOptional(vault, row.state) ?? '';
			const after = thin(before);
			if (after === before) continue;
			const { numUpdatedRows } = await store.write((trx) =>
				trx
					.updateTable('conversation')
					.set({ state: vault.seal(after) })
					.where((eb) => eb.and({ tenant, channel: row.channel, chat_id: row.chat_id, updated_at: row.updated_at, lease_owner: null }))
					.executeTakeFirst(),
			);
			changed += Number(numUpdatedRows);
		}
		return changed;
	}

	return {
		async eraseClient(tenant, { phone, chat }) {
			const named = chat === undefined ? [] : [{ tenant, channel: chat.channel, chatId: chat.chatId }];
			const chats = [...named, ...(phone === undefined ? [] : [...(await chatsOf(store, tenant, phone)), ...(await whatsappChatsOf(store, tenant, phone))])];
			const distinct = new Map(chats.map((one) => [JSON.stringify(one), one]));
			const erased: Counts[] = [];
			for (const one of distinct.values()) erased.push(await store.write((trx) => eraseChat(trx, store, one)));
			const counts = total(erased);
			if (phone !== undefined) {
				const keys = clientKeys(vault, tenant, { phone });
				const { numDeletedRows } = await store.write((trx) =>
					trx.deleteFrom('client_fact').where('tenant', '=', tenant).where('client_key', 'in', keys).executeTakeFirst(),
				);
				counts.client_fact += Number(numDeletedRows);
				// A session may know the devices of a number that never wrote to it.
				counts.wa_key += await store.write((trx) => eraseKeys(trx, { tenant }, [phone.slice(1)]));
				Object.assign(counts, await store.write((trx) => eraseCopied(trx, tenant, { phone }, new Date().toISOString())));
			}
			return counts;
		},

		async purgeOlderThan(tenant, days, at, thin) {
			if (!(days >= 1)) throw new StoreError('invalid_config', 'Texts are kept for at least one day.');
			const now = utcInstant(at);
			const cutoff = laterInstant(now, -days * DAY_MS);
			const thinned = thin === undefined ? 0 : await thinStates(tenant, cutoff, thin);
			return store.write(async (trx) => {
				const gone = async (query: { executeTakeFirst(): Promise<{ numDeletedRows: bigint }> }) =>
					Number((await query.executeTakeFirst()).numDeletedRows);
				return {
					inbox: await gone(trx.deleteFrom('inbox').where('tenant', '=', tenant).where('answered_at', '<', cutoff)),
					outbox: await gone(trx.deleteFrom('outbox').where('tenant', '=', tenant).where('created_at', '<', cutoff)),
					pending_action: await gone(
						trx
							.deleteFrom('pending_action')
							.where('tenant', '=', tenant)
							.where('created_at', '<', cutoff)
							.where('closed_at', '<', cutoff)
							.where('status', '!=', 'open'),
					),
					offer: await gone(trx.deleteFrom('offer').where('tenant', '=', tenant).where('fetched_at', '<', cutoff)),
					client_fact: await gone(trx.deleteFrom('client_fact').where('tenant', '=', tenant).where('expires_at', '<=', now)),
					knowledge_question: await gone(
						trx.deleteFrom('knowledge_question').where('tenant', '=', tenant).where('last_at', '<', cutoff).where('status', '!=', 'open'),
					),
					conversation: thinned,
				};
			});
		},
	};
}
