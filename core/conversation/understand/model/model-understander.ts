import type { Act, Understanding } from '../../acts';
import type { TurnAids } from '../../context';
import type { ModelMessage, ModelPurpose } from '../../model/port';
import type { UnderstandInput, Understander } from '../understander';
import { isCertain } from './certain';
import { grounded, saidFacts } from './ground';
import { handlesOf, type Handles } from './handles';
import { merged } from './merge';
import { promptOf } from './prompt';
import { readObject } from './repair';
import { checkReading, type Checked, type ModelReading } from './schema';

/** Acts, a sentence and two facts fit in; a model that goes on is cut. */
const MOST_OUTPUT_TOKENS = 300;
const MOST_REPEATED = 1500;

/** Rules read first; a text they are not certain of is read by the turn's model, within what the client's words bear out. */
export interface ModelUnderstanderParts {
	readonly rules: Understander;
}

/**
 * An understander that asks the model of the turn when the rules are not certain. Without a model, within no budget, or
 * after an answer that is of no use twice, the rules' reading stands. Never throws.
 */
export function createModelUnderstander({ rules }: ModelUnderstanderParts): Understander {
	return {
		understand: async (input) => {
			const byRules = await rules.understand(input);
			if (input.aids === null || isCertain(input, byRules)) return byRules;
			try {
				return (await byModel(input, input.aids, byRules.acts)) ?? byRules;
			} catch {
				// Whatever a context or a model throws, the client is answered.
				return byRules;
			}
		},
	};
}

async function byModel(input: UnderstandInput, aids: TurnAids, byRules: readonly Act[]): Promise<Understanding | null> {
	const handles = handlesOf(input);
	const reading = await ask(aids, promptOf(input, await aids.context(), handles), handles);
	if (reading === null) return null;
	const acts = merged(input, grounded(input, handles, reading.acts, byRules), byRules, reading.confidence);
	if (acts === null) return null;
	const remember = saidFacts(input, reading.remember);
	return {
		acts,
		source: 'model',
		confidence: reading.confidence,
		...(reading.draft === null ? {} : { draft: reading.draft }),
		...(remember.length === 0 ? {} : { remember }),
	};
}

/** One ask, and one more with what was wrong. */
async function ask(aids: TurnAids, messages: readonly ModelMessage[], handles: Handles): Promise<ModelReading | null> {
	const answer = await askOnce(aids, 'understand', messages);
	if (answer === null) return null;
	const checked = check(answer, handles);
	if (checked.kind === 'ok') return checked.reading;
	const again = await askOnce(aids, 'repair', [
		...messages,
		{ role: 'assistant', content: answer.slice(0, MOST_REPEATED) },
		{ role: 'user', content: `Not accepted: ${checked.why}. Answer again with one JSON object as described.` },
	]);
	const second = again === null ? null : check(again, handles);
	return second?.kind === 'ok' ? second.reading : null;
}

function askOnce(aids: TurnAids, purpose: ModelPurpose, messages: readonly ModelMessage[]): Promise<string | null> {
	return aids.model.ask(purpose, messages, MOST_OUTPUT_TOKENS);
}

function check(answer: string, handles: Handles): Checked {
	const object = readObject(answer);
	return object === undefined ? { kind: 'wrong', why: 'no JSON object' } : checkReading(object, handles);
}
