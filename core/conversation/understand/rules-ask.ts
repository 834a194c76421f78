import { hasAny } from '../../language/words';
import type { Act, AskTopic } from '../acts';
import type { Facts } from './rules-facts';
import { ASK_PHRASES, AVAILABILITY, BOOKING, FIRM_BOOKING } from './rules-lexicon';

type Ask = Extract<Act, { type: 'ask' }>;

/** Topics that a time or a day belongs to: with one, the words are no wish to come then. */
const TIMED_TOPICS: ReadonlySet<AskTopic> = new Set(['hours']);
/** Topics that a service belongs to. */
const SERVICE_TOPICS: ReadonlySet<AskTopic> = new Set(['price', 'duration', 'staff', 'services']);

/** The questions of a text, by topic. */
export function readAsks(facts: Facts): Ask[] {
	return ASK_PHRASES.filter(([, phrases]) => hasAny(facts.words, phrases)).map(([topic]) => ({ type: 'ask', topic, text: facts.text.trim() }));
}

/** Whether the text wishes to come, besides what it asks: «сколько стоит маникюр и можно на завтра?». */
export function wishesToCome(facts: Facts, asks: readonly Ask[]): boolean {
	const wish = hasAny(facts.words, BOOKING) || hasAny(facts.words, AVAILABILITY);
	if (asks.length === 0) return wish;
	if (hasAny(facts.words, FIRM_BOOKING) && (facts.service !== null || facts.when !== null || facts.staff !== null)) return true;
	const ownsTime = asks.some((ask) => TIMED_TOPICS.has(ask.topic));
	if (ownsTime) return false;
	const ownsService = asks.some((ask) => SERVICE_TOPICS.has(ask.topic));
	return facts.when !== null && (wish || !ownsService);
}
