import { fold } from '../../../language/words';
import type { Composed, ComposeInput } from '../composer';
import { similarityTo, TOO_SIMILAR } from '../repetition';
import { composedOf, type TemplateDraft } from '../template-composer';
import { renderDraft } from '../render';
import { cleanText, MOST_CHARACTERS, withEmoji, withoutGreeting } from './clean';
import { rejectionOf } from './own-words';
import type { Rejection } from './rejection';
import { isPureTalk, mayLead, moodOf } from './subject';
import { voiceOf } from './voice-of';

/** Longest first sentence. */
const LONGEST = 160;
const SENTENCES = /(?<=[.!?])\s+/u;

/**
 * The reply of the templates with the model's own first sentence before it, when that is harmless and adds something.
 * Makes no call: the sentence came with the understanding of the message.
 */
export async function withLead(input: ComposeInput, draft: TemplateDraft): Promise<Composed> {
	const kept = (interventions: readonly string[]): Composed => composedOf(input, draft, draft.text, [...draft.interventions, ...interventions]);
	if (input.aids === null || input.draft === null || !mayLead(input.utterances)) return kept([]);
	const voice = await voiceOf(input.aids);
	if (voice === null) return kept([]);
	const lead = tidy(input.draft, voice.emoji);
	const rejection = rejectionOfLead(lead, input, draft);
	if (rejection !== null) return kept([`lead_rejected:${rejection}`]);
	const rendering = renderDraft(joined(lead, input, draft), draft.book.facts);
	if (!rendering.ok || isRepetition(rendering.text, draft, input)) return kept(['lead_rejected:repetition']);
	return composedOf(input, draft, rendering.text, [...draft.interventions, 'lead_used']);
}

function tidy(text: string, emoji: 'none' | 'few'): string {
	const bare = withEmoji(withoutGreeting(cleanText(text.slice(0, MOST_CHARACTERS))), emoji);
	return bare === '' || /[.!?)]$|\p{Extended_Pictographic}$/u.test(bare) ? bare : `${bare.replace(/[,:;–—-]+$/u, '')}.`;
}

function rejectionOfLead(lead: string, input: ComposeInput, draft: TemplateDraft): Rejection | null {
	if (!/\p{L}/u.test(lead)) return 'empty';
	if (lead.length > LONGEST) return 'length';
	if (lead.includes('?')) return 'question';
	if (lead.includes('\n')) return 'markup';
	const { catalogue, lang, utterances } = input;
	const rejection = rejectionOf(lead, { catalogue, lang, mood: moodOf(utterances), topics: [] });
	if (rejection !== null) return rejection;
	const said = [draft.text, ...input.lastReplies];
	if (said.some((text) => plain(text).includes(plain(lead)))) return 'repetition';
	return similarityTo(said.flatMap((text) => text.split(/(?<=[.!?])\s+|\n/u)))(lead) > TOO_SIMILAR ? 'repetition' : null;
}

/** In pure talk the sentence takes the place of the template's first one, when another one is left to follow it. */
function joined(lead: string, input: ComposeInput, draft: TemplateDraft): string {
	if (!isPureTalk(input.utterances)) return `${draft.opening}${lead}\n${draft.body}`;
	const [, ...rest] = draft.body.split(SENTENCES);
	return `${draft.opening}${lead} ${rest.length === 0 ? draft.body : rest.join(' ')}`;
}

/** A reply too like an earlier one, unless it was so already without the sentence. */
function isRepetition(text: string, draft: TemplateDraft, input: ComposeInput): boolean {
	const similarity = similarityTo(input.lastReplies);
	return similarity(text) > TOO_SIMILAR && similarity(draft.text) <= TOO_SIMILAR;
}

function plain(text: string): string {
	return fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
