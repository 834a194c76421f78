import { createHash } from 'node:crypto';
import type { Store } from '../store';

/** Whose copy a salon holds. */
export interface CopySource {
	readonly vendor: string;
	/** Hash of the vendor and its company: the same for every credential of the account. */
	readonly account: string;
}

/** An account by the vendor's name for it. Its hash, because a company id may be the address of a portal. */
export function sourceOf(vendor: string, companyId: string): CopySource {
	return { vendor, account: createHash('sha256').update(JSON.stringify([vendor, companyId])).digest('hex').slice(0, 32) };
}

/** Binds a salon to an account, once; gives back the account it is bound to. `at` is the moment, UTC. */
export async function bindSource(store: Store, tenant: string, source: CopySource, at: string): Promise<CopySource> {
	return (
		(await boundSource(store, tenant)) ??
		store.write(async (trx) => {
			await trx.insertInto('sync_source').values({ tenant, ...source, bound_at: at }).onConflict((conflict) => conflict.doNothing()).execute();
			return trx.selectFrom('sync_source').select(['vendor', 'account']).where('tenant', '=', tenant).executeTakeFirstOrThrow();
		})
	);
}

/** The account a salon is the copy of; null before the first run. */
export async function boundSource({ db }: Store, tenant: string): Promise<CopySource | null> {
	return (await db.selectFrom('sync_source').select(['vendor', 'account']).where('tenant', '=', tenant).executeTakeFirst()) ?? null;
}
