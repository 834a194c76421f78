import { sql, type Transaction } from 'kysely';
import type { CalendarDate } from '../../booking';
import type { ChatKey } from '../conversation-store';
import type { Database } from '../schema';
import type { ModelUsageTable } from '../schema/assistant';
import type { Store } from '../store';
import { chatHash } from './subjects';

/** What calls of models cost. Money is in millionths of the tenant's budget currency. */
export interface ModelUsage {
	readonly calls: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly costMicros: number;
}

/** Usage of models by day and chat; days are the tenant's own calendar dates. */
export interface UsageStore {
	/** Stands for a chat below and in what is logged; an erased chat is found by it. */
	chatHash(chat: ChatKey): string;
	/** Adds to the day of a chat; concurrent additions all count. */
	add(tenant: string, chatHash: string, day: CalendarDate, usage: ModelUsage): Promise<void>;
	/** What budgets are held against: tokens in and out of the chat, cost of the whole tenant. */
	today(tenant: string, chatHash: string, day: CalendarDate): Promise<{ readonly chatTokens: number; readonly tenantCostMicros: number }>;
	/** Sums of a tenant's days, oldest first, both ends included; days without usage are left out. */
	days(tenant: string, from: CalendarDate, to: CalendarDate): Promise<readonly (ModelUsage & { readonly day: CalendarDate })[]>;
}

/** A power cut that loses the last additions loses a few calls of a day's count. */
const COUNTED = { survives: 'kill' } as const;

/** Far above any real call, far below what a sum can hold. */
const MOST_ADDED = 1_000_000_000;
const COLUMNS = ['calls', 'input_tokens', 'output_tokens', 'cost_micros'] as const;
type Sums = Record<(typeof COLUMNS)[number], number>;

function toUsage(row: Sums): ModelUsage {
	return { calls: row.calls, inputTokens: row.input_tokens, outputTokens: row.output_tokens, costMicros: row.cost_micros };
}

/** Postgres adds up integers as `numeric`, which arrives as text; a day's sum is far below what an integer holds. */
function sum(column: (typeof COLUMNS)[number]) {
	return sql<number>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`.as(column);
}

const SUMS = COLUMNS.map(sum);

/** Whole and never negative, whatever a provider reported: a count must not break the day's sum. */
function count(value: number): number {
	return Number.isFinite(value) && value > 0 ? Math.min(Math.ceil(value), MOST_ADDED) : 0;
}

/** See {@link UsageStore}. */
export function usageOf(store: Store): UsageStore {
	const { db, vault } = store;

	return {
		chatHash: (chat) => chatHash(vault, chat),

		async add(tenant, hash, day, usage) {
			const added: Sums = {
				calls: count(usage.calls),
				input_tokens: count(usage.inputTokens),
				output_tokens: count(usage.outputTokens),
				cost_micros: count(usage.costMicros),
			};
			await store.write((trx) => addUsage(trx, { tenant, day, chat_hash: hash, ...added }), COUNTED);
		},

		async today(tenant, hash, day) {
			const ofTenant = db.selectFrom('model_usage').select(SUMS).where('tenant', '=', tenant).where('day', '=', day);
			const chat = toUsage(await ofTenant.where('chat_hash', '=', hash).executeTakeFirstOrThrow());
			const { costMicros } = toUsage(await ofTenant.executeTakeFirstOrThrow());
			return { chatTokens: chat.inputTokens + chat.outputTokens, tenantCostMicros: costMicros };
		},

		async days(tenant, from, to) {
			const rows = await db
				.selectFrom('model_usage')
				.select(['day', ...SUMS])
				.where('tenant', '=', tenant)
				.where('day', '>=', from)
				.where('day', '<=', to)
				.groupBy('day')
				.orderBy('day')
				.execute();
			return rows.map((row) => ({ day: row.day, ...toUsage(row) }));
		},
	};
}

/** Adds a row to what stands under its key. */
export async function addUsage(trx: Transaction<Database>, row: ModelUsageTable): Promise<void> {
	await trx
		.insertInto('model_usage')
		.values(row)
		.onConflict((conflict) =>
			conflict.columns(['tenant', 'day', 'chat_hash']).doUpdateSet((eb) => ({
				calls: eb('model_usage.calls', '+', row.calls),
				input_tokens: eb('model_usage.input_tokens', '+', row.input_tokens),
				output_tokens: eb('model_usage.output_tokens', '+', row.output_tokens),
				cost_micros: eb('model_usage.cost_micros', '+', row.cost_micros),
			})),
		)
		.execute();
}
