import type { Transaction } from 'kysely';
import type { Database, Store } from '../../../store';
import { newBlobId, putBlobIn } from '../../blobs';
import { holdLease, type Lease } from '../../lease';
import { channelOf } from '../identity';
import type { ItemMedia } from '../item';
import { openMessage, storeMessage } from '../stored';
import type { Fetched } from './fetcher';

/** Which file of which message. */
export interface FilePlace {
	readonly messageId: string;
	/** Address the message came from. */
	readonly jid: string;
	readonly place: number;
}

/** A file undone by a power cut is fetched again. */
const REPEATABLE = { survives: 'kill' } as const;

/**
 * Puts what came of a file into its message, whose turn waits anew from now; a message that was taken back meanwhile gets none.
 * `waitMs` is how much longer than usual the turn may take for it.
 */
export async function keepFile(store: Store, lease: Lease, { messageId, jid, place }: FilePlace, fetched: Fetched, times: { readonly now: number; readonly quietMs: number; readonly mostMs: number }): Promise<void> {
	const { tenant, session } = lease;
	await store.write(async (trx) => {
		await holdLease(store, trx, lease);
		const chat = await chatOf(trx, lease, jid);
		const row = await trx
			.selectFrom('collected_message')
			.select(['turn_id', 'payload'])
			.where((eb) => eb.and({ tenant, channel: channelOf(session), chat_id: chat, message_id: messageId }))
			.executeTakeFirst();
		if (row === undefined) return;
		const message = openMessage(store.vault.open(row.payload));
		const before = message.item.media[place];
		if (before === undefined || before.blobId !== null) return;
		let after: ItemMedia;
		if ('bytes' in fetched) {
			const blobId = newBlobId(store.vault, { tenant, session, chat });
			await putBlobIn(trx, store.vault, tenant, blobId, fetched.bytes, times.now);
			after = { ...before, blobId, size: fetched.bytes.length };
		} else {
			after = { ...before, missing: fetched.missing };
		}
		const changed = { item: { ...message.item, media: message.item.media.with(place, after) }, files: message.files.with(place, null) };
		await trx.updateTable('collected_message').set({ payload: store.vault.seal(storeMessage(changed)) }).where((eb) => eb.and({ tenant, channel: channelOf(session), chat_id: chat, message_id: messageId })).execute();
		await waitAnew(trx, tenant, row.turn_id, times);
	}, REPEATABLE);
}

/** The silence after a voice note or a picture begins when it can be heard or seen. */
async function waitAnew(trx: Transaction<Database>, tenant: string, turnId: string, { now, quietMs, mostMs }: { readonly now: number; readonly quietMs: number; readonly mostMs: number }): Promise<void> {
	const turn = await trx.selectFrom('collected_turn').select(['opened_at', 'due_at']).where('tenant', '=', tenant).where('turn_id', '=', turnId).where('is_open', '=', 1).executeTakeFirst();
	if (turn === undefined) return;
	const dueAt = Math.max(now, Number(turn.due_at), Math.min(now + quietMs, Number(turn.opened_at) + mostMs));
	await trx.updateTable('collected_turn').set({ due_at: dueAt }).where('tenant', '=', tenant).where('turn_id', '=', turnId).execute();
}

async function chatOf(trx: Transaction<Database>, { tenant, session }: Lease, jid: string): Promise<string> {
	const row = await trx.selectFrom('wa_contact').select('chat').where('tenant', '=', tenant).where('session', '=', session).where('jid', '=', jid).executeTakeFirst();
	return row?.chat ?? jid;
}
