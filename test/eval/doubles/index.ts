import type { ChatModel } from '../../../core/conversation/model/port';
import type { Rng } from '../rng';
import { claimsBooked } from './claims-booked';
import { commitsWithoutYes } from './commits-without-yes';
import { endlessReads } from './endless-reads';
import { fuzz } from './fuzz';
import { greets } from './greets';
import { inventsServices } from './invents-services';
import { inventsSlots } from './invents-slots';
import { malformed } from './malformed';
import { obeys } from './obeys';
import { otherRecord } from './other-record';
import { readPrompt, type Double, type Sane } from './prompt';
import { repeats } from './repeats';
import { silence } from './silence';
import { unknownHandles } from './unknown-handles';
import { verbose } from './verbose';
import { wrongAct } from './wrong-act';
import { wrongLanguage } from './wrong-language';

export { oracle, type Intention } from './oracle';
export { modelOf, readPrompt, type Double, type Prompt, type Sane } from './prompt';

/** Doubles 2 to 17: every one must leave the guarantees whole. The first, the oracle, is no misbehaving one. */
export const DOUBLES: readonly Double[] = [
	inventsSlots, inventsServices, greets, claimsBooked, commitsWithoutYes, malformed, wrongAct, unknownHandles, endlessReads, silence, repeats, obeys, otherRecord, wrongLanguage, verbose, fuzz,
];

/** A model that is another double at every call. `name` tells the dialogue, so that no earlier failure rests it. */
export function mixed(rng: Rng, sane: Sane, name = 'double:mixed', among: readonly Double[] = DOUBLES): ChatModel {
	let count = 0;
	return {
		name,
		complete: async (request) => {
			const answer = await rng.pick(among).answer(readPrompt(request, count++), rng, sane);
			return typeof answer === 'string' ? { kind: 'ok', text: answer, usage: null } : answer;
		},
	};
}
