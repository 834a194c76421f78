import { parseWhen, type WhenReading } from '../../../language/when';
import type { Act } from '../../acts';
import { factsOf } from '../rules-facts';
import type { UnderstandInput } from '../understander';
import type { ClientWords } from './said';

const KEYS = ['date', 'dateTo', 'time', 'timeTo', 'part', 'open', 'soonest', 'earlier', 'later'] as const;

/** The client's words on day and time, as far as code itself can read them. A model never decides a date. */
export interface WhenGrounds {
	/** What the rules would take for the whole text; undefined when they find nothing. */
	readonly rules: string | undefined;
	/**
	 * The words to use for a phrase of the model: its own when they are the client's and say what the client's sentence
	 * says, the sentence's when that says more, else those of the rules. `alone` is false when the answer has several phrases.
	 */
	use(phrase: string, alone: boolean): string | undefined;
}

/** Reads what a text says of day and time. */
export function whenGrounds(input: UnderstandInput, said: ClientWords, byRules: readonly Act[]): WhenGrounds {
	const rules = byRules.flatMap(whensOf)[0] ?? factsOf(input, input.text).when?.text;
	const options = { now: input.now, zone: input.catalogue.company.zone, workingHours: input.catalogue.company.workingHours };
	return {
		rules,
		use: (phrase, alone) => {
			const reading = parseWhen(phrase, options);
			if (reading.none === true || !said.hold(phrase)) return rules;
			const place = said.place(phrase);
			if (!alone) return place !== null && !said.isNegated(place) ? phrase : rules;
			for (const scope of place === null ? [input.text] : [said.sentence(place), input.text]) {
				const whole = parseWhen(scope, options);
				if (!agrees(reading, whole)) continue;
				return saysMore(whole, reading) ? (factsOf(input, scope).when?.text ?? phrase) : phrase;
			}
			return rules;
		},
	};
}

/** Words on day and time in an act. */
export function whensOf(act: Act): string[] {
	if (act.type === 'correct') return act.field === 'when' ? [act.text] : [];
	return 'whenText' in act && act.whenText !== undefined ? [act.whenText] : [];
}

/** Everything the phrase says, the whole says too. */
function agrees(phrase: WhenReading, whole: WhenReading): boolean {
	if (phrase.dates !== undefined) return JSON.stringify(phrase.dates) === JSON.stringify(whole.dates);
	return KEYS.every((key) => phrase[key] === undefined || phrase[key] === null || phrase[key] === whole[key]);
}

function saysMore(whole: WhenReading, phrase: WhenReading): boolean {
	return KEYS.some((key) => whole[key] !== undefined && whole[key] !== null && (phrase[key] ?? null) === null);
}
