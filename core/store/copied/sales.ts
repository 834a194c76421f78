import type { Instant } from '../../booking';
import type { Store } from '../store';

/** A sale of goods; a return has a cost below zero. */
export interface CopiedSale {
	readonly soldAt: Instant;
	/** Minor units. */
	readonly cost: number;
}

/** Sales of goods of one branch in the copy. Errors of the database are StoreErrors. */
export interface CopiedSales {
	/** Sold in [from, to). */
	between(from: Instant, to: Instant): Promise<readonly CopiedSale[]>;
}

export function copiedSales({ db }: Pick<Store, 'db'>, tenant: string): CopiedSales {
	return {
		async between(from, to) {
			const rows = await db.selectFrom('sync_goods').select(['sold_at', 'cost']).where('tenant', '=', tenant).where('sold_at', '>=', from).where('sold_at', '<', to).where('deleted_at', 'is', null).execute();
			return rows.map(({ sold_at: soldAt, cost }) => ({ soldAt, cost: Number(cost) }));
		},
	};
}
