import type { Instant, Phone } from '../booking';

/** What a client usually comes for, by the salon's copy of its CRM. Ids are the CRM's own. */
export interface UsualVisit {
	readonly serviceIds: readonly string[];
	/** Null where the client goes to different people for it. */
	readonly staffId: string | null;
}

/** Knows habits of clients whose phone the channel vouches for. */
export interface HabitSource {
	/** Null without a copy, without a habit, for a client who opted out, and where one cannot tell whose habit it is. */
	usualVisit(tenant: string, query: { readonly phone: Phone; readonly clientId: string | null; readonly now: Instant }): Promise<UsualVisit | null>;
}
