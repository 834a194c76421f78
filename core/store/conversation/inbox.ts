import { sql, type Transaction } from 'kysely';
import type { Accepted, ChatKey, ConversationStore, IncomingRecord, Received } from '../conversation-store';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import { statement } from '../statement';
import type { Store } from '../store';
import { chatColumns, newConversation, openOptional, type ChatColumns } from './rows';
import { startTurn } from './start';

/** Rolls the transaction back: a message seen before leaves no trace, not even a gap in the numbers. */
class SeenBefore extends Error {}

interface Arrival extends ChatColumns {
	readonly receivedAt: string;
}

/** Gives the message its number; the row it touches makes concurrent messages of one chat queue. */
const nextSeq = statement((db, { tenant, channel, chat_id, receivedAt }: Arrival) =>
	db
		.insertInto('conversation')
		.values({
			...newConversation({ tenant, channel, chatId: chat_id }, receivedAt),
			last_in_seq: 1,
			waiting_since: receivedAt,
			last_message_at: receivedAt,
		})
		.onConflict((conflict) =>
			conflict.columns(['tenant', 'channel', 'chat_id']).doUpdateSet((eb) => ({
				last_in_seq: sql<number>`conversation.last_in_seq + 1`,
				// A provider may deliver an older message late.
				waiting_since: eb
					.case()
					.when('conversation.waiting_since', '<', eb.ref('excluded.waiting_since'))
					.then(eb.ref('conversation.waiting_since'))
					.else(eb.ref('excluded.waiting_since'))
					.end(),
				last_message_at: eb
					.case()
					.when('conversation.last_message_at', '>', eb.ref('excluded.last_message_at'))
					.then(eb.ref('conversation.last_message_at'))
					.else(eb.ref('excluded.last_message_at'))
					.end(),
				updated_at: eb.ref('excluded.updated_at'),
			})),
		)
		.returning('last_in_seq'),
);

interface NewMessage extends Arrival {
	readonly seq: number;
	readonly messageId: string | null;
	readonly payload: string;
	readonly payloadHash: string;
}

/**
 * Adds a message that is not there yet: by its id, or without one by its text while that waits. Whoever adds one to the
 * chat holds the chat's row, so that none comes between the look and the insert.
 */
const adding = (hasId: boolean) =>
	statement((db, { tenant, channel, chat_id, seq, messageId, payload, payloadHash, receivedAt }: NewMessage) => {
		const same = db.selectFrom('inbox as seen').select('seen.seq').where('seen.tenant', '=', tenant).where('seen.channel', '=', channel).where('seen.chat_id', '=', chat_id);
		const copies = hasId ? same.where('seen.message_id', '=', messageId) : same.where('seen.message_id', 'is', null).where('seen.payload_hash', '=', payloadHash).where('seen.answered_at', 'is', null);
		const text = <T extends string | null>(value: T) => sql<T>`cast(${value} as text)`;
		const message = db
			.selectNoFrom([
				text(tenant).as('tenant'), text(channel).as('channel'), text(chat_id).as('chat_id'), sql<number>`cast(${seq} as bigint)`.as('seq'), text(messageId).as('message_id'),
				text(payload).as('payload'), text(payloadHash).as('payload_hash'), text(receivedAt).as('received_at'),
			])
			.where(({ not, exists }) => not(exists(copies)));
		return db.insertInto('inbox').columns(['tenant', 'channel', 'chat_id', 'seq', 'message_id', 'payload', 'payload_hash', 'received_at']).expression(message).returning('seq');
	});
const addMessage = { withId: adding(true), withoutId: adding(false) } as const;

/**
 * Survives the end of the process, not a power cut: what hands messages to us (n8n's triggers, a waiting chat page) has
 * acknowledged them on the same terms, and a sender that got no answer sends again.
 */
const ACKNOWLEDGED = { survives: 'kill' } as const;

/** Messages in, once each, and the answers already written for them. */
export function inboxOf(store: Store): Pick<ConversationStore, 'accept' | 'receive' | 'replyTo'> {
	const { vault, months } = store;

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
	async function seenBefore(chat: ChatKey, message: IncomingRecord): Promise<Accepted & { kind: 'duplicate' }> {
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

	/** Puts the message in and does what follows in the same transaction; null when the message was seen before. */
	async function put<T>(chat: ChatKey, message: IncomingRecord, then: (trx: Transaction<Database>, seq: number) => Promise<T>): Promise<T | null> {
		const receivedAt = utcInstant(message.receivedAt);
		const { messageId } = message;
		const columns = chatColumns(chat);
		const payload = vault.seal(message.payload);
		const payloadHash = vault.hash(message.payload);
		await months?.ensure('inbox', [receivedAt]);
		try {
			return await store.write(async (trx) => {
				const [numbered] = await nextSeq(trx, { ...columns, receivedAt });
				const seq = numbered?.last_in_seq ?? 0;
				const added = await addMessage[messageId === null ? 'withoutId' : 'withId'](trx, { ...columns, seq, messageId, payload, payloadHash, receivedAt });
				if (added.length === 0) throw new SeenBefore();
				return then(trx, seq);
			}, ACKNOWLEDGED);
		} catch (error) {
			if (error instanceof SeenBefore) return null;
			throw error;
		}
	}

	return {
		async accept(chat, message) {
			const seq = await put(chat, message, async (_trx, number) => number);
			return seq === null ? seenBefore(chat, message) : { kind: 'accepted', seq };
		},

		async receive(chat, message, { owner, now, leaseMs, isDead }) {
			const received = await put<Received>(chat, message, async (trx, seq) => ({
				kind: 'accepted',
				seq,
				start: await startTurn(trx, vault, { chat, owner, now, leaseMs }, isDead),
			}));
			return received ?? seenBefore(chat, message);
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
