import type { ChatModel, ModelAnswer, ModelRequest } from '../../../core/conversation/model/port';
import type { ModelUsageStore, Spending } from '../../../core/conversation/model/usage';

type Step = ModelAnswer | string | Error | ((request: ModelRequest) => Promise<ModelAnswer>);

/** A model that answers what it is told, step by step; the last step again and again. */
export class ScriptedModel implements ChatModel {
	readonly requests: ModelRequest[] = [];
	private readonly steps: readonly Step[];

	constructor(
		readonly name: string,
		...steps: readonly Step[]
	) {
		this.steps = steps;
	}

	complete(request: ModelRequest): Promise<ModelAnswer> {
		const step = this.steps[Math.min(this.requests.length, this.steps.length - 1)];
		this.requests.push(request);
		if (step instanceof Error) throw step;
		if (typeof step === 'function') return step(request);
		return Promise.resolve(typeof step === 'string' || step === undefined ? ok(step ?? '') : step);
	}
}

export function ok(text: string, inputTokens?: number, outputTokens = 0): ModelAnswer {
	return { kind: 'ok', text, usage: inputTokens === undefined ? null : { inputTokens, outputTokens } };
}

/** Never answers and does not listen to the signal. */
export function hang(): Promise<ModelAnswer> {
	return new Promise(() => undefined);
}

/** Usage of a process's life; the days are kept apart. */
export class UsageInMemory implements ModelUsageStore {
	readonly added: { readonly key: string; readonly spent: Spending }[] = [];
	/** What was spent before the test began. */
	before = { chatTokens: 0, tenantCostMicros: 0 };
	broken: 'today' | 'add' | null = null;

	async today(tenant: string, chatHash: string, day: string): Promise<{ chatTokens: number; tenantCostMicros: number }> {
		if (this.broken === 'today') throw new Error('the database is away');
		const of = (prefix: string): Spending[] => this.added.filter(({ key }) => key.startsWith(prefix)).map(({ spent }) => spent);
		const chatTokens = of(`${tenant}|${day}|${chatHash}`).reduce((sum, one) => sum + one.inputTokens + one.outputTokens, this.before.chatTokens);
		return { chatTokens, tenantCostMicros: of(`${tenant}|${day}|`).reduce((sum, one) => sum + one.costMicros, this.before.tenantCostMicros) };
	}

	async add(tenant: string, chatHash: string, day: string, spent: Spending): Promise<void> {
		if (this.broken === 'add') throw new Error('the database is away');
		this.added.push({ key: `${tenant}|${day}|${chatHash}`, spent });
	}
}
