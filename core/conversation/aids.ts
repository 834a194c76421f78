import type { UsageStore } from '../store/assistant';
import type { AssistantParts } from './assistant';
import type { TurnAids, TurnContext } from './context';
import { DEFAULT_MODEL_LIMITS } from './model/budget';
import type { ModelHealth } from './model/health';
import type { ChatModel, TurnModel } from './model/port';
import { createTurnModel } from './model/turn-model';
import type { ModelUsageStore } from './model/usage';
import { createMask } from './privacy/mask';
import { loadTurnContext } from './profile';
import type { Voice } from './voice';
import type { TurnWork } from './work';

/** Where nothing counts what models cost, only the limits of a turn hold. */
const UNCOUNTED: ModelUsageStore = {
	today: async () => ({ chatTokens: 0, tenantCostMicros: 0 }),
	add: async () => undefined,
};

/** What the models of one request are made of. */
export interface AidsParts {
	readonly models: readonly ChatModel[];
	readonly health: ModelHealth;
	readonly voice: Voice;
	readonly limits: AssistantParts['limits'];
	readonly usage: UsageStore | null;
}

/**
 * Models and context for one request. A turn that starts over because the client kept writing goes on with the same
 * budget of calls, time and tokens.
 */
export class RequestAids {
	private model: TurnModel | null = null;
	private work: TurnWork | null = null;

	constructor(private readonly parts: AidsParts) {}

	/** The aids of this turn, or null when no model is connected. */
	of(work: TurnWork): TurnAids | null {
		if (this.parts.models.length === 0) return null;
		this.work = work;
		this.model ??= this.build(work);
		this.model.know(namesIn(work));
		let context: Promise<TurnContext> | null = null;
		return { model: this.model, context: () => (context ??= this.load(work)) };
	}

	private build(work: TurnWork): TurnModel {
		const { models, health, limits, usage } = this.parts;
		const { tools, turn, catalogue } = work;
		return createTurnModel({
			models,
			health,
			limits: { ...DEFAULT_MODEL_LIMITS, ...limits },
			usage: usage ?? UNCOUNTED,
			clock: tools.clock,
			zone: work.zone,
			log: (kind, data) => this.work?.log(kind, data),
			tenant: turn.chat.tenant,
			chatHash: usage?.chatHash(turn.chat) ?? '',
			mask: createMask({ country: tools.settings.phoneCountry, staff: catalogue.staff.map(({ name }) => name) }),
		});
	}

	private load(work: TurnWork): Promise<TurnContext> {
		const { tools, turn, catalogue, state } = work;
		return loadTurnContext({
			catalogue,
			voice: this.parts.voice,
			store: tools.store,
			turn,
			client: state.client,
			own: work.own,
			recall: () => tools.lore.recall(state.client, turn.chat, work.now),
		});
	}
}

/** Whose names must not leave: the client's, the sender's profile name is never sent at all, and guests'. */
function namesIn(work: TurnWork): readonly string[] {
	const { client, visit, queue } = work.state;
	return [client.name, visit?.guest ?? null, ...queue.map(({ guest }) => guest)].flatMap((value) => (value === null ? [] : [value.value]));
}
