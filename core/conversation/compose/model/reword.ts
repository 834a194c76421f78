import type { TurnAids } from '../../context';
import type { Voice } from '../../voice';
import type { Composed, ComposeInput } from '../composer';
import { renderDraft, withoutHandles } from '../render';
import { similarityTo, TOO_SIMILAR } from '../repetition';
import { composedOf, type TemplateDraft } from '../template-composer';
import { cleanText, MOST_CHARACTERS, withEmoji, withoutGreeting } from './clean';
import { handlesIn, keptRuns, labelsOf, linesAround } from './handles';
import { FACT_MARK, rejectionOf } from './own-words';
import { rewordingPrompt } from './prompt';
import { asksTheSame, topicsOf } from './question';
import type { Rejection } from './rejection';
import { mayReword, moodOf, tellsOfOtherTimes } from './subject';
import { voiceOf } from './voice-of';

/** How much longer the model's own words may be than the template's, characters. */
const LONGER = 160;
const FEWEST_TOKENS = 120;
const CHARACTERS_A_TOKEN = 2;

type Judged = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly rejection: Rejection };

/**
 * The reply in the model's words around the same facts, or the templates' reply: when any part of it may not be
 * reworded (then nothing is asked), when no answer came, or when the answer and its one repair broke a rule.
 */
export async function reworded(input: ComposeInput, draft: TemplateDraft): Promise<Composed> {
	const finish = (text: string, interventions: readonly string[]): Composed => composedOf(input, draft, text, [...draft.interventions, ...interventions]);
	if (input.aids === null || !mayReword(input.utterances)) return finish(draft.text, []);
	const voice = await voiceOf(input.aids);
	if (voice === null) return finish(draft.text, ['template_kept']);
	const interventions: string[] = [];
	let refused: Rejection | null = null;
	for (const purpose of ['compose', 'rephrase'] as const) {
		const answer = await ask(input.aids, purpose, input, draft, voice, refused);
		if (answer === null) break;
		const judged = judge(answer, input, draft, voice);
		if (judged.ok) return finish(judged.text, [...interventions, 'model_worded']);
		refused = judged.rejection;
		interventions.push(`lint_rejected:${refused}`);
	}
	return finish(draft.text, [...interventions, 'template_kept']);
}

async function ask(
	aids: TurnAids,
	purpose: 'compose' | 'rephrase',
	input: ComposeInput,
	draft: TemplateDraft,
	voice: Voice,
	refused: Rejection | null,
): Promise<string | null> {
	const keep = keptRuns(draft, keepsIntroductions(input)).flat();
	const messages = rewordingPrompt({ draft: draft.body, handles: labelsOf(draft.body), keep, client: input.clientText, refused }, voice, input.lang);
	if (input.clientName !== null) aids.model.know([input.clientName]);
	try {
		return await aids.model.ask(purpose, messages, FEWEST_TOKENS + Math.ceil(draft.body.length / CHARACTERS_A_TOKEN));
	} catch {
		return null;
	}
}

/** Judges an answer; the text of an accepted one has its greeting and facts in place. */
function judge(answer: string, input: ComposeInput, draft: TemplateDraft, voice: Voice): Judged {
	const no = (rejection: Rejection): Judged => ({ ok: false, rejection });
	if (answer.length > MOST_CHARACTERS) return no('length');
	const said = withEmoji(withoutGreeting(cleanText(answer)), voice.emoji);
	if (!/\p{L}/u.test(said)) return no('empty');
	if (handlesIn(said).join() !== handlesIn(draft.body).join()) return no('handle');
	const runs = keptRuns(draft, keepsIntroductions(input));
	const around = linesAround(said, runs);
	if (around === null) return no('lines');
	const own = withoutHandles(around.join('\n'), FACT_MARK);
	const theirs = withoutHandles((linesAround(draft.body, runs) ?? []).join('\n'), FACT_MARK);
	if (own.length > theirs.length + LONGER) return no('length');
	const { catalogue, lang, utterances } = input;
	const rejection = rejectionOf(own, { catalogue, lang, mood: moodOf(utterances), topics: topicsOf(utterances) });
	if (rejection !== null) return no(rejection);
	if (!asksTheSame(own, theirs, utterances)) return no('question');
	const rendering = renderDraft(`${draft.opening}${said}`, draft.book.facts);
	if (!rendering.ok) return no('handle');
	const similarity = similarityTo(input.lastReplies);
	if (similarity(rendering.text) > TOO_SIMILAR && similarity(draft.text) <= TOO_SIMILAR) return no('repetition');
	return { ok: true, text: rendering.text };
}

function keepsIntroductions(input: ComposeInput): boolean {
	return input.utterances.some(tellsOfOtherTimes);
}
