import type { AssistantParts } from '../../core/conversation/assistant';
import type { ChatModel, ModelFailure } from '../../core/conversation/model/port';
import { oracle } from './doubles';
import { rngOf, type Rng } from './rng';
import type { Cast, View } from './scenarios/stage';

const CAUSES: readonly ModelFailure[] = ['timeout', 'throttled', 'unavailable', 'unreadable'];

/** No model at all. */
export const RULES_ONLY: Cast = {};

/** A model that understands every message rightly. */
export function oracleCast(wording: AssistantParts['wording'] = 'lead'): Cast {
	return { wording, models: (view) => [oracleOf(view)] };
}

/** The same, but half of its calls fail, in one way or another. */
export function halfFailingCast(seed: number, wording: AssistantParts['wording'] = 'lead'): Cast {
	let dialogue = 0;
	return { wording, models: (view) => [failing(oracleOf(view), rngOf(seed, dialogue++), 0.5)] };
}

function oracleOf(view: View): ChatModel {
	return oracle(() => ({ lang: view.scenario.lang, acts: view.line()?.acts ?? [{ type: 'none' }] }));
}

/** A model of which a share of the calls fails. */
export function failing(model: ChatModel, rng: Rng, share: number): ChatModel {
	return { name: model.name, complete: async (request) => (rng.chance(share) ? { kind: 'failed', cause: rng.pick(CAUSES) } : model.complete(request)) };
}
