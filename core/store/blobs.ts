import type { Transaction } from 'kysely';
import type { Database } from './schema';

/** Removes bytes that have arrived, all parts of each; ids that are not there are fine. Returns how many parts went. */
export async function removeBlobsIn(trx: Transaction<Database>, tenant: string, ids: readonly string[]): Promise<number> {
	let gone = 0;
	for (const id of ids) {
		const { numDeletedRows } = await trx.deleteFrom('wa_blob').where('tenant', '=', tenant).where('id', '>=', `${id}/`).where('id', '<', `${id}0`).executeTakeFirst();
		gone += Number(numDeletedRows);
	}
	return gone;
}
