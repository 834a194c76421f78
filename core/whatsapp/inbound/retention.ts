import { sql } from 'kysely';
import type { Store } from '../../store';
import { PART_LENGTH } from '../blobs';
import { holdLease, type Lease } from '../lease';
import { ownBlobId, WAITING } from '../outbound/outbox';
import { channelOf } from './identity';

const DAY_MS = 86_400_000;
/** A server forgets what it could not deliver after about a month: until then a message may come again. */
const IDS_MS = 35 * DAY_MS;
/** Texts of turns that are done, and bytes of messages that wait no more to be sent. */
const TEXTS_MS = 7 * DAY_MS;
/** Turns that no workflow ever took, and what was received: the bytes of a turn go when it is done, and are not older than it. */
const UNDONE_MS = 30 * DAY_MS;
const MOST = 500;
/** Begins the ids of bytes that go with a row of the outbox, whichever. */
const OUT = ownBlobId('');

/** Removes what is past its time, some rows of each kind; how many went. `now` is milliseconds since the epoch. */
export async function removeOld(store: Store, lease: Lease, now: number): Promise<number> {
	const { tenant, session } = lease;
	const channel = channelOf(session);
	return await store.write(
		async (trx) => {
			await holdLease(store, trx, lease);
			const turns = await trx
				.selectFrom('collected_turn')
				.select('turn_id')
				.where('tenant', '=', tenant)
				.where('channel', '=', channel)
				.where('is_open', '=', 0)
				.where((eb) => eb.or([eb('done_at', '<', now - TEXTS_MS), eb('opened_at', '<', now - UNDONE_MS)]))
				.limit(MOST)
				.execute();
			const ids = turns.map(({ turn_id }) => turn_id);
			if (ids.length > 0) {
				await trx.deleteFrom('collected_message').where('tenant', '=', tenant).where('turn_id', 'in', ids).execute();
				await trx.deleteFrom('collected_turn').where('tenant', '=', tenant).where('turn_id', 'in', ids).execute();
			}
			const old = trx.selectFrom('wa_inbox').select('seq').where('tenant', '=', tenant).where('session', '=', session).where('received_at', '<', now - IDS_MS).orderBy('received_at').limit(MOST);
			const inbox = await trx.deleteFrom('wa_inbox').where('tenant', '=', tenant).where('session', '=', session).where('seq', 'in', old).executeTakeFirst();
			const spent = trx
				.selectFrom('wa_blob')
				.select('id')
				.where('tenant', '=', tenant)
				.where('created_at', '<', now - TEXTS_MS)
				.where((eb) => eb.or([eb('created_at', '<', now - UNDONE_MS), eb('id', 'like', `${OUT}%`)]))
				.where((eb) =>
					eb.not(
						eb.exists(
							eb
								.selectFrom('wa_outbox')
								.select('wa_outbox.id')
								.where('wa_outbox.tenant', '=', tenant)
								.where('wa_outbox.id', '=', sql<string>`substr(${eb.ref('wa_blob.id')}, ${sql.lit(OUT.length + 1)}, length(${eb.ref('wa_blob.id')}) - ${sql.lit(OUT.length + PART_LENGTH)})`)
								.where(WAITING),
						),
					),
				)
				.limit(MOST);
			const blobs = await trx.deleteFrom('wa_blob').where('tenant', '=', tenant).where('id', 'in', spent).executeTakeFirst();
			return ids.length + Number(inbox.numDeletedRows) + Number(blobs.numDeletedRows);
		},
		{ survives: 'kill' },
	);
}
