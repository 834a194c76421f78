import { sql, type Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import { collectAloneIn, collectIn } from '../../store/collect';
import { removeBlobsIn } from '../blobs';
import { holdLease, type Lease } from '../lease';
import type { Arrival } from './arrival';
import { type Addresses, channelOf, meetIn, type Person } from './identity';
import { type MessageItem, NOTHING_SAID, type Said } from './item';
import { allowFiles } from './media/allowance';
import type { MediaReference } from './media/reference';
import type { InboundSettings } from './settings';
import { filesToFetch, openMessage, storeMessage, type StoredMessage } from './stored';

type Trx = Transaction<Database>;

/** What a message says once everything that has to be looked up is known. */
export type Content =
	/** `targetId` is the message that is put right by it. */
	| { readonly kind: 'said' | 'edit'; readonly targetId: string | null; readonly said: Said; readonly files: readonly (MediaReference | null)[] }
	| { readonly kind: 'revoke'; readonly targetId: string }
	/** A person of the salon wrote on the phone. */
	| { readonly kind: 'operator' };

/** What became of a message. */
export type Taken =
	| { readonly kind: 'seen' | 'dropped' | 'kept' }
	/** It waits in a turn: `dueAt` is when that may be closed, `fetch` the files it still needs. */
	| { readonly kind: 'waits'; readonly dueAt: number; readonly chat: string; readonly message: StoredMessage; readonly fetch: readonly number[] }
	/** A turn is ready for a workflow. */
	| { readonly kind: 'turn' };

export interface Letter {
	readonly arrival: Arrival;
	readonly addresses: Addresses;
	/** Those of them that the message itself names, when it came just now. */
	readonly told: readonly (string | null)[];
	readonly content: Content;
	/** Place in the order of arrival. */
	readonly seq: number;
	readonly receivedAt: number;
	readonly raw?: unknown;
}

interface Parts {
	readonly store: Store;
	readonly lease: Lease;
	readonly settings: InboundSettings;
}

/**
 * Takes a message in: its id, its sender and its turn in one transaction, which a power cut does not undo. Whoever calls it
 * before the server hears of the message loses none; the same message a second time changes nothing.
 */
export async function takeIn(parts: Parts, letter: Letter): Promise<Taken> {
	const { store, lease, settings } = parts;
	const { arrival, content, receivedAt } = letter;
	return await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		const operator = content.kind === 'operator';
		const person = await meetIn(trx, store, lease, letter.addresses, { name: arrival.pushName, wroteAt: operator ? null : receivedAt, pausedUntil: null, told: letter.told });
		const reason = arrival.sentAt !== null && receivedAt - arrival.sentAt > settings.maxAgeMs ? 'old' : null;
		if (!(await note(trx, lease, letter, person, reason))) return { kind: 'seen' };
		if (reason !== null) return { kind: 'dropped' };
		return await apply(trx, parts, letter, person);
	});
}

async function apply(trx: Trx, parts: Parts, letter: Letter, person: Person): Promise<Taken> {
	const { content } = letter;
	if (content.kind === 'operator') return await pause(trx, parts, letter, person);
	if (content.kind === 'revoke') return await revoke(trx, parts, person, content.targetId);
	const waiting = content.targetId === null ? null : await waitingMessage(trx, parts, person, content.targetId);
	if (waiting !== null && content.kind === 'edit') return await edit(trx, parts, waiting, content, letter.receivedAt);
	return await collect(trx, parts, letter, content, person);
}

/** Remembers the id under the address it came from; false when it was taken before, under whichever address of the person. */
async function note(trx: Trx, { tenant, session }: Lease, { arrival, seq, receivedAt }: Letter, { jids }: Person, reason: string | null): Promise<boolean> {
	const before = await trx
		.selectFrom('wa_inbox')
		.select(['chat', 'state'])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('chat', 'in', jids)
		.where('id', '=', arrival.id)
		.execute();
	if (before.some(({ state }) => state !== 'decrypted')) return false;
	const end = { state: reason === null ? 'turned' : 'dropped', reason, journal: null, item: null };
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('wa_inbox')
		.values({ tenant, session, chat: arrival.jid, id: arrival.id, ...end, seq, received_at: receivedAt })
		.onConflict((conflict) => conflict.columns(['tenant', 'session', 'chat', 'id']).doUpdateSet(end).where('wa_inbox.state', '=', sql.lit('decrypted')))
		.executeTakeFirst();
	return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

async function collect(trx: Trx, { store, lease, settings }: Parts, letter: Letter, content: Extract<Content, { kind: 'said' | 'edit' }>, { chat }: Person): Promise<Taken> {
	const { arrival, receivedAt } = letter;
	const key = { tenant: lease.tenant, channel: channelOf(lease.session), chatId: chat };
	const message = await allowFiles(trx, store.vault, key, { item: itemOf(letter, content.said, content.targetId), files: content.files });
	const collected = await collectIn(trx, store.vault, key, { messageId: arrival.id, payload: storeMessage(message) }, settings, receivedAt);
	if (collected.kind === 'seen') return { kind: 'seen' };
	const fetch = filesToFetch(message);
	if (fetch.length === 0 && collected.first && collected.dueAt <= receivedAt) {
		await closeIn(trx, lease, collected.turnId, receivedAt);
		return { kind: 'turn' };
	}
	return { kind: 'waits', dueAt: collected.dueAt, chat, message, fetch };
}

async function closeIn(trx: Trx, { tenant }: Lease, turnId: string, now: number): Promise<void> {
	await trx.updateTable('collected_turn').set({ is_open: 0, closed_at: now }).where('tenant', '=', tenant).where('turn_id', '=', turnId).execute();
}

interface Waiting {
	readonly turnId: string;
	readonly openedAt: number;
	readonly chat: string;
	readonly messageId: string;
	readonly message: StoredMessage;
}

/** A message of the person whose turn is still open. */
async function waitingMessage(trx: Trx, { store, lease }: Parts, { chat }: Person, messageId: string): Promise<Waiting | null> {
	const row = await trx
		.selectFrom('collected_message as message')
		.innerJoin('collected_turn as turn', (join) => join.onRef('turn.tenant', '=', 'message.tenant').onRef('turn.turn_id', '=', 'message.turn_id'))
		.select(['message.turn_id', 'message.payload', 'turn.opened_at'])
		.where('message.tenant', '=', lease.tenant)
		.where('message.channel', '=', channelOf(lease.session))
		.where('message.chat_id', '=', chat)
		.where('message.message_id', '=', messageId)
		.where('turn.is_open', '=', sql.lit(1))
		.executeTakeFirst();
	return row === undefined ? null : { turnId: row.turn_id, openedAt: Number(row.opened_at), chat, messageId, message: openMessage(store.vault.open(row.payload)) };
}

/** The words change, the files stay; the turn waits anew. */
async function edit(trx: Trx, { store, lease, settings }: Parts, { turnId, openedAt, chat, messageId, message }: Waiting, { said }: Extract<Content, { kind: 'said' | 'edit' }>, now: number): Promise<Taken> {
	const changed: StoredMessage = { ...message, item: { ...message.item, text: said.text } };
	await trx
		.updateTable('collected_message')
		.set({ payload: store.vault.seal(storeMessage(changed)) })
		.where((eb) => eb.and({ tenant: lease.tenant, channel: channelOf(lease.session), chat_id: chat, message_id: messageId }))
		.execute();
	const dueAt = Math.max(now, Math.min(openedAt + settings.mostMs, now + settings.quietMs));
	await trx.updateTable('collected_turn').set({ due_at: dueAt }).where('tenant', '=', lease.tenant).where('turn_id', '=', turnId).execute();
	return { kind: 'waits', dueAt, chat, message: changed, fetch: [] };
}

/** What was taken back before anybody read it was never written; afterwards nothing is to be done. */
async function revoke(trx: Trx, parts: Parts, person: Person, targetId: string): Promise<Taken> {
	const { lease } = parts;
	const waiting = await waitingMessage(trx, parts, person, targetId);
	if (waiting === null) return { kind: 'kept' };
	const { tenant } = lease;
	await trx.deleteFrom('collected_message').where((eb) => eb.and({ tenant, channel: channelOf(lease.session), chat_id: waiting.chat, message_id: targetId })).execute();
	await removeBlobsIn(trx, tenant, waiting.message.item.media.flatMap(({ blobId }) => blobId ?? []));
	const left = await trx.selectFrom('collected_message').select('message_id').where('tenant', '=', tenant).where('turn_id', '=', waiting.turnId).limit(1).execute();
	if (left.length === 0) await trx.deleteFrom('collected_turn').where('tenant', '=', tenant).where('turn_id', '=', waiting.turnId).execute();
	return { kind: 'kept' };
}

/** Leaves the chat to the person of the salon who writes in it. Every message is handed on, as each makes the pause longer; which one began it can be told. */
async function pause(trx: Trx, { store, lease, settings }: Parts, letter: Letter, { chat, pausedUntil }: Person): Promise<Taken> {
	const { receivedAt } = letter;
	if (settings.humanPauseMs <= 0) return { kind: 'kept' };
	const { tenant, session } = lease;
	const until = (letter.arrival.sentAt ?? receivedAt) + settings.humanPauseMs;
	if (until <= receivedAt || until <= (pausedUntil ?? 0)) return { kind: 'kept' };
	await trx.updateTable('wa_contact').set({ paused_until: until }).where('tenant', '=', tenant).where('session', '=', session).where('chat', '=', chat).execute();
	const goesOn = pausedUntil !== null && pausedUntil > receivedAt;
	// what was written to a client is not the workflow's to keep
	const item = { ...itemOf(letter, { ...NOTHING_SAID, type: 'operator' }, null), ...(goesOn ? { goesOn } : {}) };
	const payload = storeMessage({ item, files: [] });
	const first = await collectAloneIn(trx, store.vault, { tenant, channel: channelOf(session), chatId: chat }, { messageId: letter.arrival.id, payload }, receivedAt);
	return { kind: first ? 'turn' : 'kept' };
}

function itemOf({ arrival, receivedAt, raw }: Letter, said: Said, editedId: string | null): MessageItem {
	const { id, jid, pushName, sentAt, live } = arrival;
	return { ...said, id, editedId, jid, pushName, timestamp: sentAt ?? receivedAt, receivedAt, live, ...(raw === undefined ? {} : { raw }) };
}
