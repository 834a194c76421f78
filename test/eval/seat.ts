import type { ChatModel, ModelAnswer } from '../../core/conversation/model/port';

/** The place of a model in an assistant that outlives the dialogues: whoever sits in it answers. */
export class Seat implements ChatModel {
	/** Null: the seat is empty and every call fails at once. */
	sitter: ChatModel | null = null;
	/** Everything that was answered since the last look, for the record of a dialogue. */
	readonly heard: ModelAnswer[] = [];

	get name(): string {
		return this.sitter?.name ?? 'nobody';
	}

	async complete(request: Parameters<ChatModel['complete']>[0]): Promise<ModelAnswer> {
		try {
			const answer = (await this.sitter?.complete(request)) ?? { kind: 'failed', cause: 'unavailable' };
			this.heard.push(answer);
			return answer;
		} catch (error) {
			this.heard.push({ kind: 'failed', cause: 'unavailable' });
			throw error;
		}
	}
}
