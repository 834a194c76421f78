/**
 * Belongs to no tenant: a vendor counts the requests of an address, whoever's they are. Instants are milliseconds since
 * the epoch.
 */
export interface RateLimitTable {
	/** Vendor and egress address, or vendor and account where the vendor counts by account. */
	scope: string;
	/** JSON: the instants of the latest requests, of dialogues and of the other lanes. */
	grants: string;
	/** Share of the limit in use at the latest refusal. */
	permille: number;
	/** Refusals in a row. */
	refusals: number;
	refused_at: number;
	/** Nothing is sent before this instant. */
	closed_until: number;
}

export interface LimiterTables {
	rate_limit: RateLimitTable;
}
