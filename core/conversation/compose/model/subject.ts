import type { Intent, Utterance } from '../utterance';

/** How a reply sounds: a cheerful word before bad news is as wrong as regret before good news. */
export type Mood = 'good' | 'plain' | 'bad';

/** Questions that may stand behind a first sentence of the model. */
const QUESTIONS: ReadonlySet<Intent> = new Set<Intent>([
	'ask_service', 'ask_day', 'ask_time', 'ask_am_pm', 'ask_which_week', 'ask_staff', 'ask_name', 'ask_phone', 'ask_name_phone',
	'ask_client_choice', 'ask_what_to_change',
]);

/** Replies that gain by a first sentence of the model's own. */
const GAINING: ReadonlySet<Intent> = new Set<Intent>([
	'hello', 'thanks', 'bye', 'how_are_you', 'smalltalk_other', 'not_understood', 'prices', 'durations', 'services', 'address',
	'hours', 'contacts', 'staff_list', 'faq_unknown', 'offer', 'no_offers', 'refused', 'time_past', 'too_far',
	'recurring_unsupported', 'crm_unavailable',
]);

/** Refusals that speak of who the client is, or of the salon's own trouble: said as they are. */
const BARE_REFUSALS: ReadonlySet<string> = new Set([
	'not_own', 'not_allowed', 'client_blocked', 'client_invalid', 'phone_invalid', 'name_missing', 'credential_invalid',
]);

/** Replies whose words outside handles may be said otherwise without any fact at stake. */
const REWORDABLE: ReadonlySet<Intent> = new Set<Intent>([
	...QUESTIONS, 'offer', 'prices', 'durations', 'services', 'address', 'contacts', 'staff_list', 'hello', 'thanks', 'bye',
	'how_are_you', 'smalltalk_other', 'not_understood', 'next_visit',
]);

const PURE_TALK: ReadonlySet<Intent> = new Set<Intent>(['smalltalk_other', 'how_are_you']);
const NEEDS_REGRET: ReadonlySet<Intent> = new Set<Intent>([
	'no_offers', 'refused', 'time_past', 'too_far', 'recurring_unsupported', 'crm_unavailable', 'faq_unknown', 'not_understood',
]);

/** Whether a first sentence may stand before this reply. An intent that nobody listed is left alone. */
export function mayLead(utterances: readonly Utterance[]): boolean {
	const gains = utterances.some(({ intent }) => GAINING.has(intent));
	return gains && utterances.every((one) => (GAINING.has(one.intent) || QUESTIONS.has(one.intent)) && !isBare(one));
}

/** Whether a model may say this reply in other words: only when it may all of it. */
export function mayReword(utterances: readonly Utterance[]): boolean {
	return utterances.every((one) => REWORDABLE.has(one.intent) && !statesBadNews(one));
}

/** Whether the reply is nothing but talk, so that the first sentence of the template may give way. */
export function isPureTalk(utterances: readonly Utterance[]): boolean {
	return utterances.length === 1 && utterances.every(({ intent }) => PURE_TALK.has(intent));
}

/** The mood of the whole reply: one piece of bad news decides. */
export function moodOf(utterances: readonly Utterance[]): Mood {
	if (utterances.some((one) => NEEDS_REGRET.has(one.intent) || tellsOfOtherTimes(one) || statesBadNews(one))) return 'bad';
	return utterances.some(({ intent }) => intent === 'offer') ? 'good' : 'plain';
}

/** Offers that are not what was asked for: their introduction says why and stays as it is. */
export function tellsOfOtherTimes(utterance: Utterance): boolean {
	return utterance.intent === 'offer' && !['exact', 'free_that_day', 'soonest'].includes(utterance.data.situation);
}

/** A question that begins with what does not exist or could not be read. */
function statesBadNews({ intent, data }: Utterance): boolean {
	if (intent === 'ask_service' || intent === 'ask_staff') return data.why !== 'missing' && data.why !== 'ambiguous';
	if (intent === 'ask_phone') return data.why === 'invalid';
	return intent === 'offer' && data.offers.length === 0;
}

function isBare({ intent, data }: Utterance): boolean {
	return intent === 'refused' && BARE_REFUSALS.has(data.reason);
}
