import type { Selectable, Transaction } from 'kysely';
import type { ConversationMode, Turn, TurnChanges, TurnEnd } from '../conversation-store';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import type { ConversationTable } from '../schema/conversation';
import type { Store, Vault } from '../store';
import { chatColumns, effectiveMode, lockTurn } from './rows';

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

function lastSeen(turn: Turn): number {
	return turn.messages.reduce((last, message) => Math.max(last, message.seq), 0);
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

async function saveReply(trx: Transaction<Database>, vault: Vault, turn: Turn, changes: TurnChanges, verdict: Verdict, now: string): Promise<void> {
	if (verdict.outSeq !== null && changes.reply !== null) {
		await trx
			.insertInto('outbox')
			.values({
				...chatColumns(turn.chat),
				seq: verdict.outSeq,
				turn: turn.number,
				payload: vault.seal(changes.reply),
				created_at: now,
			})
			.execute();
	}
	await trx
		.updateTable('inbox')
		.set({ answered_at: now, answered_turn: turn.number, out_seq: verdict.outSeq })
		.where((eb) => eb.and(chatColumns(turn.chat)))
		.where('seq', '>=', turn.messages[0]?.seq ?? 0)
		.where('seq', '<=', verdict.answeredSeq)
		.where('answered_at', 'is', null)
		.execute();
}

async function savePending(trx: Transaction<Database>, vault: Vault, turn: Turn, changes: TurnChanges, muted: boolean, now: string): Promise<void> {
	const { openPending } = changes;
	const ending = openPending === undefined ? changes.closePending : 'cancelled';
	if (ending !== undefined) {
		await trx
			.updateTable('pending_action')
			.set({ status: ending, closed_at: now })
			.where((eb) => eb.and({ ...chatColumns(turn.chat), status: 'open' as const }))
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

async function saveEvents(trx: Transaction<Database>, row: Row, turn: Turn, changes: TurnChanges): Promise<void> {
	if (changes.events.length === 0) return;
	await trx
		.insertInto('conversation_event')
		.values(
			changes.events.map((event, index) => ({
				...chatColumns(turn.chat),
				seq: row.last_event_seq + 1 + index,
				turn: turn.number,
				kind: event.kind,
				at: utcInstant(event.at),
				data: event.data,
			})),
		)
		.execute();
}

/** When the first message left unanswered came, null when none is left. */
async function waitingSince(trx: Transaction<Database>, row: Row, turn: Turn, answeredSeq: number): Promise<string | null> {
	if (answeredSeq >= row.last_in_seq) return null;
	const { received_at } = await trx
		.selectFrom('inbox')
		.select('received_at')
		.where((eb) => eb.and({ ...chatColumns(turn.chat), seq: answeredSeq + 1 }))
		.executeTakeFirstOrThrow();
	return received_at;
}

/**
 * A power cut that undoes the end of a turn leaves its messages waiting, so the turn is run again; what it wrote to the
 * CRM has its own operation row, which survives.
 */
const REPEATABLE = { survives: 'kill' } as const;

/** See {@link ConversationStore.finishTurn}. One transaction: all of it is saved, or nothing. */
export function finishTurn(store: Store, turn: Turn, changes: TurnChanges, options: { unlessNewer: boolean }): Promise<TurnEnd> {
	const { vault } = store;
	const now = utcInstant(changes.now);
	return store.write(async (trx): Promise<TurnEnd> => {
		const row = await lockTurn(trx, store.dialect, turn);
		if (row === undefined) return { kind: 'fenced' };
		if (options.unlessNewer && row.last_in_seq > lastSeen(turn)) return { kind: 'newer' };

		const verdict = judge(row, turn, changes, now);
		await saveReply(trx, vault, turn, changes, verdict, now);
		await savePending(trx, vault, turn, changes, verdict.muted, now);
		await saveOffers(trx, vault, turn, changes);
		await saveEvents(trx, row, turn, changes);
		await trx
			.updateTable('conversation')
			.set({
				mode: verdict.mode,
				mode_until: verdict.modeUntil,
				state: vault.seal(changes.state),
				turns: turn.number,
				lease_owner: null,
				lease_until: null,
				answered_seq: verdict.answeredSeq,
				last_out_seq: verdict.outSeq ?? row.last_out_seq,
				last_event_seq: row.last_event_seq + changes.events.length,
				waiting_since: await waitingSince(trx, row, turn, verdict.answeredSeq),
				last_reply_at: verdict.outSeq === null ? row.last_reply_at : now,
				updated_at: now,
			})
			.where((eb) => eb.and({ ...chatColumns(turn.chat), fence: turn.fence, lease_owner: turn.owner }))
			.execute();
		return verdict.muted ? { kind: 'muted' } : { kind: 'saved', outSeq: verdict.outSeq };
	}, REPEATABLE);
}
