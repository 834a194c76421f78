import { createHash } from 'node:crypto';
import type { Instant } from '../../booking';
import { todayIn } from '../local-time';
import type { Mask } from '../privacy/mask';
import { type BudgetLimit, DEFAULT_MODEL_LIMITS, type ModelLimits, TurnBudget } from './budget';
import { callModel } from './call';
import type { ModelHealth } from './health';
import type { ChatModel, ModelAnswer, ModelFailure, ModelMessage, ModelPurpose, TokenUsage, TurnModel } from './port';
import { estimateTokens } from './tokens';
import type { ModelUsageStore } from './usage';

/** What the models of a turn are made of. */
export interface TurnModelParts {
	/** The first is asked first, the others when it fails. */
	readonly models: readonly ChatModel[];
	/** Outlives the turn. */
	readonly health: ModelHealth;
	readonly limits?: Partial<ModelLimits>;
	readonly usage: ModelUsageStore;
	/** Now, by which days begin and rests end. */
	readonly clock: () => Instant;
	/** Zone whose calendar date is the day of the daily limits: the branch's own, so that its owner can check the sums. */
	readonly zone: string;
	readonly log: (kind: string, data: Readonly<Record<string, unknown>>) => void;
	readonly tenant: string;
	/** Keyed hash of the chat. */
	readonly chatHash: string;
	readonly mask: Mask;
}

/** Less time than this is not worth a call. */
const SHORTEST_ATTEMPT_MS = 300;
/** Failures after which the provider may have worked all the same and bills what it read. */
const BILLED: ReadonlySet<ModelFailure> = new Set(['timeout', 'unreadable', 'too_long']);
const TOKENS_OF_A_MESSAGE = 4;

/**
 * The models of one turn. Personal data leaves masked and comes back restored; nothing is spent beyond the limits; a
 * provider that hangs leaves time for the next one. `ask` never rejects. The log gets counts, enums and hashes only.
 */
export function createTurnModel(parts: TurnModelParts): TurnModel {
	return new BudgetedModel(parts);
}

class BudgetedModel implements TurnModel {
	private readonly limits: ModelLimits;
	private readonly budget: TurnBudget;
	private readonly told = new Set<BudgetLimit>();
	private deadline: number | null = null;

	constructor(private readonly parts: TurnModelParts) {
		this.limits = { ...DEFAULT_MODEL_LIMITS, ...parts.limits };
		const { usage, tenant, chatHash } = parts;
		this.budget = new TurnBudget(this.limits, { usage, tenant, chatHash, day: todayIn(parts.clock(), parts.zone) });
	}

	know(names: readonly string[]): void {
		this.parts.mask.know(names);
	}

	async ask(purpose: ModelPurpose, messages: readonly ModelMessage[], maxOutputTokens: number): Promise<string | null> {
		const candidates = this.awake();
		if (candidates.length === 0) return null;
		// An earlier answer sent back for a repair has been restored, so it is masked again like the client's own words.
		const masked = messages.map((one) => (one.role === 'system' ? one : { ...one, content: this.parts.mask.hide(one.content) }));
		const inputTokens = masked.reduce((sum, one) => sum + estimateTokens(one.content) + TOKENS_OF_A_MESSAGE, 0);
		const permit = await this.budget.permit(purpose, inputTokens, maxOutputTokens);
		if ('limit' in permit) return this.refuse(permit.limit);
		this.deadline ??= performance.now() + this.limits.turnMs;
		const text = await this.askInTurn(candidates, { purpose, messages: masked, inputTokens, maxOutputTokens: permit.maxOutputTokens, promptHash: hashOf(messages) });
		return text === null ? null : this.parts.mask.reveal(text);
	}

	private awake(): readonly Candidate[] {
		const now = this.parts.clock();
		const awake = this.parts.models.map((model, index) => ({ model, index })).filter(({ model }) => !this.parts.health.isResting(model.name, now));
		if (awake.length === 0) this.parts.log('models_resting', { models: this.parts.models.length });
		return awake;
	}

	private async askInTurn(candidates: readonly Candidate[], call: Call): Promise<string | null> {
		for (const [at, candidate] of candidates.entries()) {
			const left = (this.deadline ?? 0) - performance.now();
			// Those who follow must have their share of what is left.
			const share = Math.min(this.limits.attemptMs, left / (candidates.length - at));
			if (share < SHORTEST_ATTEMPT_MS) return this.refuse('turn_time');
			const text = await this.attempt(candidate, call, share);
			if (text !== null) return text;
		}
		return null;
	}

	private async attempt({ model, index }: Candidate, call: Call, timeoutMs: number): Promise<string | null> {
		const started = performance.now();
		const answer = await callModel(model, call.messages, call.maxOutputTokens, timeoutMs);
		const ms = Math.round(performance.now() - started);
		const used = usageOf(answer, call);
		const { purpose, promptHash } = call;
		this.parts.log('model_call', { purpose, model: index, outcome: answer.kind === 'ok' ? 'ok' : answer.cause, ms, ...used, promptHash });
		if (used.inputTokens > 0 && (await this.budget.count(used))) this.parts.log('budget_warning', { limit: 'tenant_day' });
		if (answer.kind === 'ok') {
			this.parts.health.succeeded(model.name);
			return answer.text;
		}
		this.parts.health.failed(model.name, answer.cause, this.parts.clock(), answer.retryAt);
		return null;
	}

	private refuse(limit: BudgetLimit): null {
		if (!this.told.has(limit)) this.parts.log('budget_reached', { limit });
		this.told.add(limit);
		return null;
	}
}

interface Candidate {
	readonly model: ChatModel;
	readonly index: number;
}

interface Call {
	readonly purpose: ModelPurpose;
	readonly messages: readonly ModelMessage[];
	readonly inputTokens: number;
	readonly maxOutputTokens: number;
	readonly promptHash: string;
}

/** As the provider counted, else as estimated; a failure that cannot have cost anything is free. */
function usageOf(answer: ModelAnswer, call: Call): TokenUsage {
	if (answer.kind === 'ok') return answer.usage ?? { inputTokens: call.inputTokens, outputTokens: estimateTokens(answer.text) };
	return BILLED.has(answer.cause) ? { inputTokens: call.inputTokens, outputTokens: 0 } : { inputTokens: 0, outputTokens: 0 };
}

/** Tells which prompt was used without telling what it said. */
function hashOf(messages: readonly ModelMessage[]): string {
	const prefix = messages.filter(({ role }) => role === 'system').map(({ content }) => content).join('\n');
	return createHash('sha256').update(prefix).digest('hex').slice(0, 16);
}
