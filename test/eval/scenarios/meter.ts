import type { ChatModel, ModelAnswer, ModelRequest } from '../../../core/conversation/model/port';

/** One call of a model, as it was counted outside the assistant. */
export interface MeteredCall {
	readonly model: string;
	readonly ms: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly ok: boolean;
}

/** Where a provider counts no tokens: four characters of a prompt are about one. */
const CHARACTERS_A_TOKEN = 4;

/** Counts every call that leaves the assistant. */
export class Meter {
	readonly calls: MeteredCall[] = [];

	watch(model: ChatModel): ChatModel {
		return {
			name: model.name,
			complete: async (request) => {
				const started = performance.now();
				const answer = await model.complete(request);
				this.calls.push({ model: model.name, ms: performance.now() - started, ok: answer.kind === 'ok', ...tokensOf(request, answer) });
				return answer;
			},
		};
	}
}

function tokensOf(request: ModelRequest, answer: ModelAnswer): { inputTokens: number; outputTokens: number } {
	if (answer.kind === 'ok' && answer.usage !== null) return answer.usage;
	const asked = request.messages.reduce((sum, { content }) => sum + content.length, 0);
	const said = answer.kind === 'ok' ? answer.text.length : 0;
	return { inputTokens: Math.ceil(asked / CHARACTERS_A_TOKEN), outputTokens: Math.ceil(said / CHARACTERS_A_TOKEN) };
}
