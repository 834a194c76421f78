import type { Act } from '../../../core/conversation/acts';
import type { ChatModel } from '../../../core/conversation/model/port';
import type { Lang } from '../../../core/conversation/message';
import { readPrompt, reading } from './prompt';

/** What the client means by the words it has just said. */
export interface Intention {
	readonly lang: Lang;
	readonly acts: readonly Act[];
}

/** 1: understands every message rightly, because the simulator tells it what the client meant, and rewords nothing. */
export function oracle(intention: () => Intention, name = 'double:oracle'): ChatModel {
	return {
		name,
		complete: async (request) => {
			const prompt = readPrompt(request, 0);
			const { lang, acts } = intention();
			return { kind: 'ok', text: prompt.purpose === 'compose' ? prompt.draft : reading(acts, {}, lang), usage: null };
		},
	};
}
