import type { Phone } from '../../booking';
import type { Store } from '../store';
import { inChunks } from '../sync/chunks';

/** Whose a phone is, over all its cards: who writes to a phone writes to all of them. */
export interface PhoneOwner {
	/** Cards that the CRM has not deleted. */
	readonly cardIds: readonly string[];
	/** One of them is blocked, or asked for no more messages. */
	readonly isBarred: boolean;
}

/** Owners of these phones in the copy. Errors of the database are StoreErrors. */
export async function phoneOwners({ db }: Pick<Store, 'db'>, tenant: string, phones: readonly Phone[]): Promise<ReadonlyMap<Phone, PhoneOwner>> {
	const owners = new Map<Phone, PhoneOwner>();
	await inChunks([...new Set(phones)], async (chunk) => {
		const cards = await db.selectFrom('sync_client').select(['id', 'phone', 'blocked', 'opted_out_at']).where('tenant', '=', tenant).where('phone', 'in', chunk).where('deleted_at', 'is', null).execute();
		for (const { id, phone, blocked, opted_out_at: optedOut } of cards) {
			if (phone === null) continue;
			const known = owners.get(phone);
			owners.set(phone, { cardIds: [...(known?.cardIds ?? []), id], isBarred: (known?.isBarred ?? false) || blocked === 1 || optedOut !== null });
		}
	});
	return owners;
}
