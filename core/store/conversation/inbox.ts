import type { Transaction } from 'kysely';
import type { Accepted, ChatKey, ConversationStore, IncomingRecord } from '../conversation-store';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import type { Store } from '../store';
import { chatColumns, newConversation, openOptional } from './rows';

/** Rolls the transaction back: a message seen before leaves no trace, not even a gap in the numbers. */
class SeenBefore extends Error {}

/** Gives the message its number; the row it touches makes concurrent messages of one chat queue. */
async function nextSeq(trx: Transaction<Database>, chat: ChatKey, receivedAt: string): Promise<number> {
	const { last_in_seq } = await trx
		.insertInto('conversation')
		.values({
			...newConversation(chat, receivedAt),
			last_in_seq: 1,
			waiting_since: receivedAt,
			last_message_at: receivedAt,
		})
		.onConflict((conflict) =>
			conflict.columns(['tenant', 'channel', 'chat_id']).doUpdateSet((eb) => ({
				last_in_seq: eb('conversation.last_in_seq', '+', 1),
				waiting_since: eb.fn.coalesce('conversation.waiting_since', 'excluded.waiting_since'),
				// A provider may deliver an older message late.
				last_message_at: eb
					.case()
					.when('conversation.last_message_at', '>', eb.ref('excluded.last_message_at'))
					.then(eb.ref('conversation.last_message_at'))
					.else(eb.ref('excluded.last_message_at'))
					.end(),
				updated_at: eb.ref('excluded.updated_at'),
			})),
		)
		.returning('last_in_seq')
		.executeTakeFirstOrThrow();
	return last_in_seq;
}

/**
 * Survives the end of the process, not a power cut: what hands messages to us (n8n's triggers, a waiting chat page) has
 * acknowledged them on the same terms, and a sender that got no answer sends again.
 */
const ACKNOWLEDGED = { survives: 'kill' } as const;

/** Messages in, once each, and the answers already written for them. */
export function inboxOf(store: Store): Pick<ConversationStore, 'accept' | 'replyTo'> {
	const { vault } = store;

	/** Messages of a chat, each with the outbox line that answers it. */
	function messagesOf(chat: ChatKey) {
		return store.db
			.selectFrom('inbox')
			.leftJoin('outbox', (join) =>
				join
					.onRef('outbox.tenant', '=', 'inbox.tenant')
					.onRef('outbox.channel', '=', 'inbox.channel')
					.onRef('outbox.chat_id', '=', 'inbox.chat_id')
					.onRef('outbox.seq', '=', 'inbox.out_seq'),
			)
			.select(['inbox.seq', 'inbox.answered_at', 'outbox.payload as reply'])
			.where('inbox.tenant', '=', chat.tenant)
			.where('inbox.channel', '=', chat.channel)
			.where('inbox.chat_id', '=', chat.chatId);
	}

	/** The earlier copy; the newest one when texts without an id repeat. */
	async function seenBefore(chat: ChatKey, message: IncomingRecord): Promise<Accepted> {
		const { messageId } = message;
		const copies =
			messageId === null
				? messagesOf(chat)
						.where('inbox.message_id', 'is', null)
						.where('inbox.payload_hash', '=', vault.hash(message.payload))
				: messagesOf(chat).where('inbox.message_id', '=', messageId);
		const copy = await copies.orderBy('inbox.seq', 'desc').limit(1).executeTakeFirstOrThrow();
		return { kind: 'duplicate', seq: copy.seq, reply: openOptional(vault, copy.reply) };
	}

	return {
		async accept(chat, message) {
			const receivedAt = utcInstant(message.receivedAt);
			const payload = vault.seal(message.payload);
			try {
				return await store.write(async (trx): Promise<Accepted> => {
					const seq = await nextSeq(trx, chat, receivedAt);
					const added = await trx
						.insertInto('inbox')
						.values({
							...chatColumns(chat),
							seq,
							message_id: message.messageId,
							payload,
							payload_hash: vault.hash(message.payload),
							received_at: receivedAt,
							answered_at: null,
							answered_turn: null,
							out_seq: null,
						})
						.onConflict((conflict) => conflict.doNothing())
						.returning('seq')
						.executeTakeFirst();
					if (added === undefined) throw new SeenBefore();
					return { kind: 'accepted', seq };
				}, ACKNOWLEDGED);
			} catch (error) {
				if (!(error instanceof SeenBefore)) throw error;
			}
			return seenBefore(chat, message);
		},

		async replyTo(chat, seq) {
			const row = await messagesOf(chat).where('inbox.seq', '=', seq).executeTakeFirst();
			return {
				answered: row !== undefined && row.answered_at !== null,
				reply: openOptional(vault, row?.reply ?? null),
			};
		},
	};
}
