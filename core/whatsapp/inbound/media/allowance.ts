import { sql, type Transaction } from 'kysely';
import type { Database, Store, Vault } from '../../../store';
import { keptBytes } from '../../blobs';
import type { Lease } from '../../lease';
import type { MediaMissing } from '../item';
import { filesToFetch, openSealed, type StoredMessage } from '../stored';

/** Files of one turn that are fetched. */
export const MOST_FILES = 30;
/** Messages of one turn that may bring files: a turn that has more is somebody who sends without end. */
const MOST_MESSAGES = 200;
/** Bytes of a person that are kept until workflows are through with them; never less than some of the largest files that the session takes. */
const MOST_BYTES = 64 * 2 ** 20;
const LARGEST_FILES = 4;

/** Files that were never fetched take nothing. */
const UNFETCHED: ReadonlySet<MediaMissing | null> = new Set<MediaMissing>(['too_many', 'too_large', 'switched_off']);

interface ChatColumns {
	readonly tenant: string;
	readonly channel: string;
	readonly chatId: string;
}

/** The message without the files that its turn, which may still wait for others, has no room for: those are marked as missing and not fetched. */
export async function allowFiles(trx: Transaction<Database>, vault: Vault, { tenant, channel, chatId }: ChatColumns, message: StoredMessage): Promise<StoredMessage> {
	const wanted = filesToFetch(message);
	if (wanted.length === 0) return message;
	const before = await trx
		.selectFrom('collected_message as message')
		.innerJoin('collected_turn as turn', (join) => join.onRef('turn.tenant', '=', 'message.tenant').onRef('turn.turn_id', '=', 'message.turn_id'))
		.select('message.payload')
		.where('turn.tenant', '=', tenant)
		.where('turn.channel', '=', channel)
		.where('turn.chat_id', '=', chatId)
		.where('turn.is_open', '=', sql.lit(1))
		.orderBy('message.position')
		.limit(MOST_MESSAGES)
		.execute();
	let room = before.length === MOST_MESSAGES ? 0 : MOST_FILES;
	for (const { payload } of before) {
		if (room <= 0) break;
		room -= openSealed(vault, payload)?.item.media.filter(({ missing }) => !UNFETCHED.has(missing)).length ?? 0;
	}
	const refused = new Set(wanted.slice(Math.max(0, room)));
	if (refused.size === 0) return message;
	const { item, files } = message;
	return {
		item: { ...item, media: item.media.map((media, place) => (refused.has(place) ? { ...media, missing: 'too_many' as const } : media)) },
		files: files.map((file, place) => (refused.has(place) ? null : file)),
	};
}

/** Bytes of the person behind an address that may still be kept; 0 or less when there is no room. `limitBytes` is the largest file. */
export async function roomFor(store: Store, { tenant, session }: Lease, jid: string, limitBytes: number): Promise<number> {
	const row = await store.db.selectFrom('wa_contact').select('chat').where('tenant', '=', tenant).where('session', '=', session).where('jid', '=', jid).executeTakeFirst();
	return Math.max(MOST_BYTES, LARGEST_FILES * limitBytes) - (await keptBytes(store, { tenant, session, chat: row?.chat ?? jid }));
}
