import type { CalendarDate } from '../../booking';
import type { ModelPurpose, TokenUsage } from './port';
import type { ModelUsageStore, SpentToday, Spending } from './usage';

/** What models may cost. A limit ends the use of models, never the dialogue: rules and templates go on. */
export interface ModelLimits {
	/** Asks of one turn; `callsWithRepair` when one of them is a repair. A try with a fallback provider is the same ask. */
	readonly calls: number;
	readonly callsWithRepair: number;
	/** From the first ask of a turn on, milliseconds. */
	readonly turnMs: number;
	/** Longest wait for one provider, milliseconds. */
	readonly attemptMs: number;
	/** Tokens of one turn, all calls together. */
	readonly inputTokens: number;
	readonly outputTokens: number;
	/** Tokens in and out of one chat in a day. */
	readonly chatTokensPerDay: number;
	readonly money: MoneyLimit;
}

/** A tenant's money. Minor units are hundredths of the budget currency. */
export interface MoneyLimit {
	/** Most a day may cost, minor units; null is no cap. */
	readonly capPerDay: number | null;
	/** Price of a million tokens, minor units. */
	readonly inputPerMillion: number;
	readonly outputPerMillion: number;
	/** Share of the cap at which a warning is logged, 0..1. */
	readonly warnAt: number;
}

export const DEFAULT_MODEL_LIMITS: ModelLimits = {
	calls: 2,
	callsWithRepair: 3,
	turnMs: 12_000,
	attemptMs: 6_000,
	inputTokens: 6_000,
	outputTokens: 400,
	chatTokensPerDay: 60_000,
	money: { capPerDay: null, inputPerMillion: 0, outputPerMillion: 0, warnAt: 0.8 },
};

/** Why no call was made. `usage_unreadable`: what was spent today is not known, so nothing more is spent. */
export type BudgetLimit = 'turn_calls' | 'turn_time' | 'turn_input' | 'turn_output' | 'chat_day' | 'tenant_day' | 'usage_unreadable';

/** Answers shorter than this are of no use. */
const FEWEST_OUTPUT_TOKENS = 40;
const MICROS_OF_MINOR = 10_000;
const MILLION = 1_000_000;

/** A call that may be made, or what stands in its way. */
export type Permit = { readonly maxOutputTokens: number } | { readonly limit: BudgetLimit };

/** Where a turn's usage is counted. */
export interface Account {
	readonly usage: ModelUsageStore;
	readonly tenant: string;
	readonly chatHash: string;
	readonly day: CalendarDate;
}

/** The budget of one turn on top of what its chat and tenant have spent today. */
export class TurnBudget {
	private asks = 0;
	private repairs = 0;
	private input = 0;
	private output = 0;
	private costMicros = 0;
	private spent: Promise<SpentToday | null> | null = null;

	constructor(
		private readonly limits: ModelLimits,
		private readonly account: Account,
	) {}

	/** Whether a call with an estimated input may be made now, and how long its answer may be. Counts the ask. */
	async permit(purpose: ModelPurpose, inputTokens: number, maxOutputTokens: number): Promise<Permit> {
		const { limits } = this;
		const repairs = this.repairs + (purpose === 'repair' ? 1 : 0);
		if (this.asks >= (repairs > 0 ? limits.callsWithRepair : limits.calls)) return { limit: 'turn_calls' };
		if (this.input + inputTokens > limits.inputTokens) return { limit: 'turn_input' };
		const allowed = Math.min(maxOutputTokens, limits.outputTokens - this.output);
		if (allowed < Math.min(FEWEST_OUTPUT_TOKENS, maxOutputTokens)) return { limit: 'turn_output' };
		const today = await (this.spent ??= this.readToday());
		if (today === null) return { limit: 'usage_unreadable' };
		if (today.chatTokens + this.input + this.output + inputTokens + allowed > limits.chatTokensPerDay) return { limit: 'chat_day' };
		const cap = this.capMicros();
		const after = today.tenantCostMicros + this.costMicros + this.costOf({ inputTokens, outputTokens: allowed });
		if (cap !== null && after > cap) return { limit: 'tenant_day' };
		this.asks++;
		this.repairs = repairs;
		return { maxOutputTokens: allowed };
	}

	/**
	 * Counts a call. True when it took the tenant over the share of the day's money at which it is warned. When the
	 * store cannot be written to, the turn makes no further call: what is not counted is not spent twice.
	 */
	async count(usage: TokenUsage): Promise<boolean> {
		const costMicros = this.costOf(usage);
		const before = ((await this.spent)?.tenantCostMicros ?? 0) + this.costMicros;
		this.input += usage.inputTokens;
		this.output += usage.outputTokens;
		this.costMicros += costMicros;
		await this.store({ calls: 1, inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, costMicros });
		const cap = this.capMicros();
		const mark = cap === null ? Infinity : cap * this.limits.money.warnAt;
		return before < mark && before + costMicros >= mark;
	}

	private async store(spending: Spending): Promise<void> {
		const { usage, tenant, chatHash, day } = this.account;
		try {
			await usage.add(tenant, chatHash, day, spending);
		} catch {
			this.spent = Promise.resolve(null);
		}
	}

	private async readToday(): Promise<SpentToday | null> {
		const { usage, tenant, chatHash, day } = this.account;
		try {
			return await usage.today(tenant, chatHash, day);
		} catch {
			return null;
		}
	}

	private capMicros(): number | null {
		const { capPerDay } = this.limits.money;
		return capPerDay === null ? null : capPerDay * MICROS_OF_MINOR;
	}

	private costOf({ inputTokens, outputTokens }: TokenUsage): number {
		const { inputPerMillion, outputPerMillion } = this.limits.money;
		return Math.ceil((inputTokens * inputPerMillion + outputTokens * outputPerMillion) * (MICROS_OF_MINOR / MILLION));
	}
}
