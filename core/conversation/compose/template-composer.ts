import { stripGreetingsFromReply } from '../../language/greeting';
import { splitMessage } from '../../language/splitter';
import type { Lang, Reply } from '../message';
import { buttonsFor } from './buttons';
import { buttonLimitsOf } from './channel';
import type { Composed, ComposeInput } from './composer';
import { FactBook, type Facts } from './facts';
import { greetingAt } from './greeting';
import { renderDraft } from './render';
import { hashOf, similarityTo, TOO_SIMILAR } from './repetition';
import { EN } from './templates/en';
import { RU } from './templates/ru';
import type { Intent, IntentData } from './utterance';
import type { WordingContext, Wordings } from './wording';

/** Length of one bubble aimed at, and how many of them. */
const BUBBLE_LENGTH = 350;
const BUBBLES = 2;
/** A paragraph shorter than this may be said twice in a row. */
const SHORT_PARAGRAPH = 25;
const MOST_WORDINGS = 3;

const WORDINGS: Record<Lang, Wordings> = { ru: RU, en: EN };

/** Intents that ask something: one question a message. */
export const ASKING: ReadonlySet<Intent> = new Set<Intent>([
	'ask_service', 'ask_usual', 'ask_day', 'ask_time', 'ask_am_pm', 'ask_which_week', 'ask_staff', 'ask_name', 'ask_phone', 'ask_name_phone',
	'ask_client_choice', 'ask_what_to_change', 'offer', 'no_offers', 'confirm_create', 'confirm_reschedule', 'confirm_cancel', 'choose_record',
]);

/** What templates say, with handles in place of facts. */
export interface TemplateDraft {
	/** The whole reply with its facts in place. */
	readonly text: string;
	/** The greeting with the space after it, or ''. */
	readonly opening: string;
	/** The reply without its greeting: paragraphs with a blank line between them. */
	readonly body: string;
	/** Facts this reply tells: fact key -> hash. */
	readonly told: Readonly<Record<string, string>>;
	readonly interventions: readonly string[];
	/** The facts behind the handles, formatted once. */
	readonly book: FactBook;
}

/** Composes every reply from templates: needs no model, makes no call, and is a pure function of its input. */
export interface TemplateComposer {
	compose(input: ComposeInput): Composed;
}

/** The composer that always works. */
export function createTemplateComposer(): TemplateComposer {
	return { compose };
}

function compose(input: ComposeInput): Composed {
	if (input.utterances.length === 0) return { reply: { text: '', parts: [], buttons: [], lang: input.lang }, told: input.told, interventions: [] };
	const draft = draftFromTemplates(input);
	return composedOf(input, draft, draft.text, draft.interventions);
}

/** The reply for the channel from a text with its facts in place. Buttons and told facts are those of the templates. */
export function composedOf(input: ComposeInput, { book, told }: TemplateDraft, text: string, interventions: readonly string[]): Composed {
	const { lang, channel } = input;
	const buttons = buttonsFor(input.utterances, channel, lang, book);
	const bodyLimit = buttons.length > 0 ? buttonLimitsOf(channel.name).bodyLimit : channel.textLimit;
	const parts = splitMessage(text, { hardLimit: Math.min(channel.textLimit, bodyLimit), targetLength: BUBBLE_LENGTH, maxParts: BUBBLES });
	const reply: Reply = { text: parts.join('\n\n'), parts, buttons, lang };
	return { reply, told: { ...input.told, ...told }, interventions };
}

/**
 * What templates would say to these utterances; `compose` shows the same. The first wording that is not a repetition of
 * a recent reply; else the short one. Only questions have short forms: offers, summaries, reports, refusals and
 * hand-offs come out whole however often they are said.
 */
export function draftFromTemplates(input: ComposeInput): TemplateDraft {
	const first = attempt(input, 0, false);
	if (input.lastReplies.length === 0) return first;
	const similarity = similarityTo(input.lastReplies);
	if (similarity(first.text) <= TOO_SIMILAR) return first;
	for (let shift = 1; shift < MOST_WORDINGS; shift++) {
		const reworded = attempt(input, shift, false);
		if (similarity(reworded.text) <= TOO_SIMILAR) return noting(reworded, 'repetition_reworded');
	}
	const short = attempt(input, 1, true);
	return short.text.length < first.text.length ? noting(short, 'repetition_shortened') : noting(first, 'repetition_kept');
}

function noting(done: TemplateDraft, intervention: string): TemplateDraft {
	return { ...done, interventions: [...done.interventions, intervention] };
}

function attempt(input: ComposeInput, shift: number, short: boolean): TemplateDraft {
	const book = new FactBook(input);
	const told: Record<string, string> = {};
	const seed = hashOf(input.lastReplies.join('\n'));
	const paragraphs: string[] = [];
	input.utterances.forEach((utterance, index) => {
		const draft = fresh(input, book, (variant) => worded(WORDINGS[input.lang], utterance, book, contextOf(input, index, told, seed + shift + variant, short)));
		if (draft !== '' && !paragraphs.includes(draft)) paragraphs.push(draft);
	});
	if (paragraphs.length === 0) {
		const context = contextOf(input, 0, told, seed + shift, short);
		paragraphs.push(WORDINGS[input.lang].hello({}, book, { ...context, accompanied: false }));
	}
	const draft = paragraphs.join('\n\n');
	const bare = stripGreetingsFromReply(draft);
	const name = input.greet && input.clientName !== null ? book.name(input.clientName) : '';
	const opening = input.greet ? `${greetingAt(input.now, input.zone, input.lang)}${name === '' ? '' : `, ${name}`}! ` : '';
	const interventions = bare === draft ? [] : ['greeting_stripped'];
	return { text: rendered(`${opening}${bare}`, book.facts), opening, body: bare, told, interventions, book };
}

/** The first variant of a paragraph that no recent reply holds word for word. */
function fresh(input: ComposeInput, book: FactBook, draftOf: (variant: number) => string): string {
	const first = draftOf(0);
	let draft = first;
	for (let variant = 1; variant < MOST_WORDINGS; variant++) {
		const text = rendered(draft, book.facts);
		if (text.length < SHORT_PARAGRAPH || !input.lastReplies.some((reply) => reply.includes(text))) return draft;
		draft = draftOf(variant);
	}
	return draft;
}

function worded<K extends Intent>(
	wordings: Wordings,
	{ intent, data }: { readonly intent: K; readonly data: IntentData[K] },
	book: FactBook,
	context: WordingContext,
): string {
	return wordings[intent](data, book, context);
}

function contextOf(input: ComposeInput, index: number, told: Record<string, string>, choice: number, short: boolean): WordingContext {
	const intent = input.utterances[index]?.intent ?? 'hello';
	const others = input.utterances.filter((_, position) => position !== index);
	const askedKey = `asked:${intent}`;
	if (ASKING.has(intent)) told[askedKey] = '1';
	return {
		again: short || input.told[askedKey] !== undefined,
		greeted: input.greet,
		accompanied: others.some((other) => other.intent !== 'hello'),
		asksElsewhere: others.some((other) => ASKING.has(other.intent)),
		vary: (first, ...rest) => [first, ...rest][(choice + hashOf(intent)) % (rest.length + 1)] ?? first,
		tell: (key, value) => {
			const hash = hashOf(value).toString(36);
			told[key] = hash;
			return input.told[key] !== hash;
		},
	};
}

/** Templates hold only handles they were given, so a failure here is a fault of a template, not of data. */
function rendered(draft: string, facts: Facts): string {
	const rendering = renderDraft(draft, facts);
	if (!rendering.ok) throw new Error(`A template wrote handles it was not given: ${rendering.unknown.join(' ')}`);
	return rendering.text;
}
