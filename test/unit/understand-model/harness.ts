import { understandByRules } from '../../../core/conversation/understand/rules';
import type { Understanding } from '../../../core/conversation/acts';
import type { TurnContext } from '../../../core/conversation/context';
import type { ModelMessage, ModelPurpose, TurnModel } from '../../../core/conversation/model/port';
import { createModelUnderstander } from '../../../core/conversation/understand/model/model-understander';
import type { UnderstandInput } from '../../../core/conversation/understand/understander';
import { DEFAULT_VOICE } from '../../../core/conversation/voice';
import { CATALOGUE } from '../understand/catalogue';
import { input } from '../understand/harness';

/** A turn's model that answers what it is told, and then nothing. */
export class ScriptedTurnModel implements TurnModel {
	readonly asked: { readonly purpose: ModelPurpose; readonly messages: readonly ModelMessage[] }[] = [];
	private readonly answers: (string | null | Error)[];

	constructor(...answers: readonly (string | null | Error)[]) {
		this.answers = [...answers];
	}

	know(): void {
		return undefined;
	}

	async ask(purpose: ModelPurpose, messages: readonly ModelMessage[]): Promise<string | null> {
		this.asked.push({ purpose, messages });
		const answer = this.answers.shift() ?? null;
		if (answer instanceof Error) throw answer;
		return answer;
	}
}

export const CONTEXT: TurnContext = { catalogue: CATALOGUE, voice: DEFAULT_VOICE, history: [], profile: null, memory: [] };

export const rules = { understand: async (one: UnderstandInput) => understandByRules(one) };

/** What is understood of a text when the model answers these. */
export async function understood(
	text: string,
	place: Partial<UnderstandInput>,
	...answers: readonly (string | null | Error | object)[]
): Promise<{ result: Understanding; model: ScriptedTurnModel; byRules: Understanding }> {
	const model = new ScriptedTurnModel(...answers.map((one) => (one === null || typeof one === 'string' || one instanceof Error ? one : JSON.stringify(one))));
	const asked = input(text, { ...place, aids: { model, context: async () => CONTEXT } });
	return { result: await createModelUnderstander({ rules }).understand(asked), model, byRules: understandByRules(asked) };
}
