import type { Selectable } from 'kysely';
import type { ChatKey, ConversationStore, ConversationSummary, TranscriptLine } from '../conversation-store';
import { utcInstant } from '../instant';
import { isSilenced } from '../outreach/silence';
import type { ConversationTable } from '../schema/conversation';
import type { Store, Vault } from '../store';
import { chatColumns, newConversation, openOptional } from './rows';

type Reading = Pick<ConversationStore, 'setMode' | 'leaveToPerson' | 'get' | 'list' | 'transcript' | 'events' | 'unanswered' | 'isSilenced' | 'turnsSince'>;

function chatOf(row: { tenant: string; channel: string; chat_id: string }): ChatKey {
	return { tenant: row.tenant, channel: row.channel, chatId: row.chat_id };
}

function summary(vault: Vault, row: Selectable<ConversationTable>): ConversationSummary {
	return {
		chat: chatOf(row),
		mode: row.mode,
		modeUntil: row.mode_until,
		turns: row.turns,
		waiting: row.last_in_seq - row.answered_seq,
		lastMessageAt: row.last_message_at,
		lastReplyAt: row.last_reply_at,
		state: openOptional(vault, row.state),
	};
}

/** By time; at one instant what came in stands before what went out. */
function inReadingOrder(a: TranscriptLine, b: TranscriptLine): number {
	if (a.at !== b.at) return a.at < b.at ? -1 : 1;
	if (a.direction !== b.direction) return a.direction === 'in' ? -1 : 1;
	return a.seq - b.seq;
}

/** What an operator sees and sets. Modes are shown as stored: one whose `modeUntil` has passed counts as `bot`. */
export function readingOf(store: Store): Reading {
	const { db, vault } = store;
	return {
		async setMode(chat, mode, until, at) {
			const now = utcInstant(at);
			const modeUntil = mode === 'bot' || until === null ? null : utcInstant(until);
			await store.write((trx) =>
				trx
					.insertInto('conversation')
					.values({ ...newConversation(chat, now), mode, mode_until: modeUntil })
					.onConflict((conflict) =>
						conflict
							.columns(['tenant', 'channel', 'chat_id'])
							.doUpdateSet({ mode, mode_until: modeUntil, updated_at: now }),
					)
					.execute(),
			);
		},

		async leaveToPerson(chat, until, at) {
			const [now, modeUntil] = [utcInstant(at), utcInstant(until)];
			const silent = { mode: 'human', mode_until: modeUntil } as const;
			await store.write((trx) =>
				trx
					.insertInto('conversation')
					.values({ ...newConversation(chat, now), ...silent })
					.onConflict((conflict) =>
						conflict
							.columns(['tenant', 'channel', 'chat_id'])
							.doUpdateSet({ ...silent, updated_at: now })
							.where((eb) => eb.or([eb('conversation.mode', '=', 'bot'), eb('conversation.mode_until', '<', modeUntil)])),
					)
					.execute(),
			);
		},

		async get(chat) {
			const row = await db
				.selectFrom('conversation')
				.selectAll()
				.where((eb) => eb.and(chatColumns(chat)))
				.executeTakeFirst();
			return row === undefined ? null : summary(vault, row);
		},

		async list(filter) {
			const { mode, channel, before } = filter;
			let query = db.selectFrom('conversation').selectAll().where('tenant', '=', filter.tenant);
			if (mode !== undefined) query = query.where('mode', '=', mode);
			if (channel !== undefined) query = query.where('channel', '=', channel);
			if (before !== undefined) query = query.where('last_message_at', '<', utcInstant(before));
			const rows = await query
				.orderBy('last_message_at', (order) => order.desc().nullsLast())
				.orderBy('channel')
				.orderBy('chat_id')
				.limit(filter.limit)
				.execute();
			return rows.map((row) => summary(vault, row));
		},

		async transcript(chat, limit) {
			const incoming = await db
				.selectFrom('inbox')
				.select(['seq', 'payload', 'received_at'])
				.where((eb) => eb.and(chatColumns(chat)))
				.orderBy('seq', 'desc')
				.limit(limit)
				.execute();
			const outgoing = await db
				.selectFrom('outbox')
				.select(['seq', 'payload', 'created_at'])
				.where((eb) => eb.and(chatColumns(chat)))
				.orderBy('seq', 'desc')
				.limit(limit)
				.execute();
			return [
				...incoming.map((row) => ({ direction: 'in' as const, seq: row.seq, payload: row.payload, at: row.received_at })),
				...outgoing.map((row) => ({ direction: 'out' as const, seq: row.seq, payload: row.payload, at: row.created_at })),
			]
				.sort(inReadingOrder)
				.slice(-limit)
				.map((line) => ({ ...line, payload: vault.open(line.payload) }));
		},

		async events(chat, limit) {
			const rows = await db
				.selectFrom('conversation_event')
				.select(['seq', 'turn', 'kind', 'at', 'data'])
				.where((eb) => eb.and(chatColumns(chat)))
				.orderBy('seq', 'desc')
				.limit(limit)
				.execute();
			return rows.reverse().map(({ seq, turn, kind, at, data }) => ({ seq, turn, kind, at, data }));
		},

		async unanswered(tenant, before, at, limit) {
			const now = utcInstant(at);
			const rows = await db
				.selectFrom('conversation')
				.select(['tenant', 'channel', 'chat_id'])
				.where('tenant', '=', tenant)
				.where('waiting_since', '<', utcInstant(before))
				.where((eb) => eb.or([eb('lease_owner', 'is', null), eb('lease_until', '<=', now)]))
				.where((eb) => eb.or([eb('mode', '=', 'bot'), eb('mode_until', '<=', now)]))
				.orderBy('waiting_since')
				.limit(limit)
				.execute();
			return rows.map(chatOf);
		},

		isSilenced: (chat, phone) => isSilenced(db, vault, chat.tenant, { chat, phone }),

		async turnsSince(chat, since) {
			const { turns } = await db
				.selectFrom('inbox')
				.select((eb) => eb.fn.count<number>('answered_turn').distinct().as('turns'))
				.where((eb) => eb.and(chatColumns(chat)))
				.where('answered_at', '>=', utcInstant(since))
				.executeTakeFirstOrThrow();
			return turns;
		},
	};
}
