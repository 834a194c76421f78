import type { Selectable, Transaction } from 'kysely';
import type { ConversationMode, Turn, TurnChanges, TurnEnd } from '../conversation-store';
import { utcInstant } from '../instant';
import { noteSilence } from '../outreach/silence';
import type { Database } from '../schema';
import type { ConversationTable } from '../schema/conversation';
import type { Store, Vault } from '../store';
import { statement, statements } from '../statement';
import { chatColumns, effectiveMode, lastSeen, lockTurn, OPEN, type ChatColumns } from './rows';

type Row = Selectable<ConversationTable>;

/** What a turn's end comes to, once the current row of the chat is known. */
interface Verdict {
	readonly muted: boolean;
	readonly mode: ConversationMode;
	readonly modeUntil: string | null;
	/** Never past what the turn has seen: a message it did not read stays waiting. */
	readonly answeredSeq: number;
	readonly outSeq: number | null;
}

function judge(row: Row, turn: Turn, changes: TurnChanges, now: string): Verdict {
	const current = effectiveMode(row, now);
	const chosen = changes.mode === turn.mode ? undefined : changes.mode;
	const mode = chosen ?? current;
	const muted = current !== 'bot' && chosen === undefined && (turn.mode === 'bot' || changes.reply !== null);
	let modeUntil = chosen === undefined ? row.mode_until : null;
	if (typeof changes.modeUntil === 'string' && !muted) modeUntil = utcInstant(changes.modeUntil);
	return {
		muted,
		mode,
		modeUntil: mode === 'bot' ? null : modeUntil,
		answeredSeq: Math.max(row.answered_seq, Math.min(changes.answeredSeq, lastSeen(turn))),
		outSeq: changes.reply === null || muted ? null : row.last_out_seq + 1,
	};
}

interface ReplyValues extends ChatColumns {
	readonly seq: number;
	readonly turn: number;
	readonly payload: string;
	readonly created_at: string;
}

const addReply = statement((db, { tenant, channel, chat_id, seq, turn, payload, created_at }: ReplyValues) =>
	db.insertInto('outbox').values({ tenant, channel, chat_id, seq, turn, payload, created_at }),
);

interface AnsweredValues extends ChatColumns {
	readonly now: string;
	readonly turn: number;
	readonly outSeq: number | null;
	readonly first: number;
	readonly last: number;
	/** None of them came before: by that the database leaves out all other months. */
	readonly since: string;
}

const markAnswered = statement((db, { tenant, channel, chat_id, now, turn, outSeq, first, last, since }: AnsweredValues) =>
	db
		.updateTable('inbox')
		.set({ answered_at: now, answered_turn: turn, out_seq: outSeq })
		.where((eb) => eb.and({ tenant, channel, chat_id }))
		.where('seq', '>=', first)
		.where('seq', '<=', last)
		.where('received_at', '>=', since)
		.where('answered_at', 'is', null),
);

async function saveReply(trx: Transaction<Database>, vault: Vault, turn: Turn, changes: TurnChanges, verdict: Verdict, now: string): Promise<void> {
	if (verdict.outSeq !== null && changes.reply !== null) {
		const { outSeq: seq } = verdict;
		await addReply(trx, { ...chatColumns(turn.chat), seq, turn: turn.number, payload: vault.seal(changes.reply), created_at: now });
	}
	await markAnswered(trx, {
		...chatColumns(turn.chat),
		now,
		turn: turn.number,
		outSeq: verdict.outSeq,
		first: turn.messages[0]?.seq ?? 0,
		last: verdict.answeredSeq,
		since: turn.messages.reduce((oldest, { receivedAt }) => (receivedAt < oldest ? receivedAt : oldest), now),
	});
}

async function savePending(trx: Transaction<Database>, vault: Vault, turn: Turn, changes: TurnChanges, muted: boolean, now: string): Promise<void> {
	const { openPending } = changes;
	const ending = openPending === undefined ? changes.closePending : 'cancelled';
	if (ending !== undefined) {
		await trx
			.updateTable('pending_action')
			.set({ status: ending, closed_at: now })
			.where((eb) => eb.and({ ...chatColumns(turn.chat), status: OPEN }))
			.execute();
	}
	// A muted turn shows nothing, and what the client was not shown must not wait for a yes.
	if (openPending === undefined || muted) return;
	await trx
		.insertInto('pending_action')
		.values({
			...chatColumns(turn.chat),
			id: openPending.id,
			kind: openPending.kind,
			status: 'open',
			payload: vault.seal(openPending.payload),
			payload_hash: openPending.payloadHash,
			summary: vault.seal(openPending.summary),
			created_at: utcInstant(openPending.createdAt),
			created_turn: turn.number,
			expires_at: utcInstant(openPending.expiresAt),
			closed_at: null,
		})
		.execute();
}

async function saveOffers(trx: Transaction<Database>, vault: Vault, turn: Turn, changes: TurnChanges): Promise<void> {
	if (changes.offers === undefined || changes.offers.length === 0) return;
	// One statement cannot touch a row twice, so of two offers with one id the later counts.
	const offers = new Map(changes.offers.map((offer) => [offer.id, offer]));
	await trx
		.insertInto('offer')
		.values(
			[...offers.values()].map((offer) => ({
				...chatColumns(turn.chat),
				id: offer.id,
				payload: vault.seal(offer.payload),
				fetched_at: utcInstant(offer.fetchedAt),
			})),
		)
		.onConflict((conflict) =>
			conflict.columns(['tenant', 'channel', 'chat_id', 'id']).doUpdateSet((eb) => ({
				payload: eb.ref('excluded.payload'),
				fetched_at: eb.ref('excluded.fetched_at'),
			})),
		)
		.execute();
}

type EventValues = ChatColumns & { readonly turn: number } & Record<`seq${number}`, number> & Record<`${'kind' | 'at' | 'data'}${number}`, string>;

const addEvents = statements((count) => (db, values: EventValues) => {
	const { tenant, channel, chat_id, turn } = values;
	return db.insertInto('conversation_event').values(
		Array.from({ length: count }, (_unused, index) => ({
			tenant,
			channel,
			chat_id,
			turn,
			seq: values[`seq${index}`] ?? 0,
			kind: values[`kind${index}`] ?? '',
			at: values[`at${index}`] ?? '',
			data: values[`data${index}`] ?? '',
		})),
	);
});

async function saveEvents(trx: Transaction<Database>, row: Row, turn: Turn, changes: TurnChanges): Promise<void> {
	const { events } = changes;
	if (events.length === 0) return;
	const values: EventValues = { ...chatColumns(turn.chat), turn: turn.number };
	events.forEach(({ kind, at, data }, index) => {
		values[`seq${index}`] = row.last_event_seq + 1 + index;
		values[`kind${index}`] = kind;
		values[`at${index}`] = utcInstant(at);
		values[`data${index}`] = data;
	});
	await addEvents(events.length)(trx, values);
}

type LeaveValues = ChatColumns & { readonly fence: number; readonly owner: string } & Pick<
		Row,
		| 'mode'
		| 'mode_until'
		| 'state'
		| 'turns'
		| 'answered_seq'
		| 'last_out_seq'
		| 'last_event_seq'
		| 'waiting_since'
		| 'last_reply_at'
		| 'updated_at'
	>;

/** Writes what the turn came to and lets the chat go. */
const leave = statement((db, values: LeaveValues) =>
	db
		.updateTable('conversation')
		.set({
			mode: values.mode,
			mode_until: values.mode_until,
			state: values.state,
			turns: values.turns,
			lease_owner: null,
			lease_until: null,
			answered_seq: values.answered_seq,
			last_out_seq: values.last_out_seq,
			last_event_seq: values.last_event_seq,
			waiting_since: values.waiting_since,
			last_reply_at: values.last_reply_at,
			updated_at: values.updated_at,
		})
		.where((eb) =>
			eb.and({ tenant: values.tenant, channel: values.channel, chat_id: values.chat_id, fence: values.fence, lease_owner: values.owner }),
		),
);

/** When the oldest message left unanswered came, null when none is left. */
async function waitingSince(trx: Transaction<Database>, row: Row, turn: Turn, answeredSeq: number): Promise<string | null> {
	if (answeredSeq >= row.last_in_seq) return null;
	const { oldest } = await trx
		.selectFrom('inbox')
		.select(({ fn }) => fn.min('received_at').as('oldest'))
		.where((eb) => eb.and(chatColumns(turn.chat)))
		.where('seq', '>', answeredSeq)
		.where('received_at', '>=', row.waiting_since ?? '')
		.executeTakeFirstOrThrow();
	return oldest;
}

/**
 * A power cut that undoes the end of a turn leaves its messages waiting, so the turn is run again; what it wrote to the
 * CRM has its own operation row, which survives.
 */
const REPEATABLE = { survives: 'kill' } as const;

/** See {@link ConversationStore.finishTurn}. One transaction: all of it is saved, or nothing. */
export async function finishTurn(store: Store, turn: Turn, changes: TurnChanges, options: { unlessNewer: boolean }): Promise<TurnEnd> {
	const { vault } = store;
	const now = utcInstant(changes.now);
	await store.months?.ensure('outbox', [now]);
	return store.write(async (trx): Promise<TurnEnd> => {
		const row = await lockTurn(trx, store.dialect, turn);
		if (row === undefined) return { kind: 'fenced' };
		if (options.unlessNewer && row.last_in_seq > lastSeen(turn)) return { kind: 'newer' };

		const verdict = judge(row, turn, changes, now);
		await saveReply(trx, vault, turn, changes, verdict, now);
		await savePending(trx, vault, turn, changes, verdict.muted, now);
		await saveOffers(trx, vault, turn, changes);
		await saveEvents(trx, row, turn, changes);
		if (changes.silence !== undefined) await noteSilence(trx, vault, turn.chat.tenant, { chat: turn.chat, phone: changes.silence.phone }, { asked: changes.silence.asked, at: now });
		await leave(trx, {
			...chatColumns(turn.chat),
			fence: turn.fence,
			owner: turn.owner,
			mode: verdict.mode,
			mode_until: verdict.modeUntil,
			state: vault.seal(changes.state),
			turns: turn.number,
			answered_seq: verdict.answeredSeq,
			last_out_seq: verdict.outSeq ?? row.last_out_seq,
			last_event_seq: row.last_event_seq + changes.events.length,
			waiting_since: await waitingSince(trx, row, turn, verdict.answeredSeq),
			last_reply_at: verdict.outSeq === null ? row.last_reply_at : now,
			updated_at: now,
		});
		return verdict.muted ? { kind: 'muted' } : { kind: 'saved', outSeq: verdict.outSeq };
	}, REPEATABLE);
}
