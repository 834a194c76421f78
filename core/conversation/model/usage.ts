import type { CalendarDate } from '../../booking';

/** What was spent on a day. Money is in millionths of the tenant's budget currency. */
export interface SpentToday {
	/** Tokens in and out of this chat. */
	readonly chatTokens: number;
	/** Cost of all chats of the tenant. */
	readonly tenantCostMicros: number;
}

/** What one call cost; all are whole and not negative. */
export interface Spending {
	readonly calls: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly costMicros: number;
}

/**
 * Counts what models cost by tenant, chat and day. `chatHash` is a keyed hash: no chat id, no phone. Both calls may
 * reject when the database is away.
 */
export interface ModelUsageStore {
	/** Zeros for a day without calls. */
	today(tenant: string, chatHash: string, day: CalendarDate): Promise<SpentToday>;
	add(tenant: string, chatHash: string, day: CalendarDate, spent: Spending): Promise<void>;
}
