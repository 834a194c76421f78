import { stem } from '../../language/stem';
import { toWords } from '../../language/words';
import type { ScriptStage } from '../../store/assistant';
import type { Act } from '../acts';
import type { Intent } from '../compose/utterance';
import type { Lang } from '../message';
import type { Phase } from '../state';
import { intentsOf, type SalesScript } from './script';
import type { ScriptState } from './state';

/** What is being said besides: with any of these nothing is sold. */
export const OCCASIONS = ['complaint', 'handoff', 'confirmation', 'effect', 'refusal', 'trouble'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** One turn, as far as a script must know it. */
export interface ScriptMoment {
	readonly stage: ScriptStage;
	readonly lang: Lang;
	readonly acts: readonly Act[];
	/** The client's words of this turn. */
	readonly text: string;
	readonly occasions: readonly Occasion[];
	readonly state: ScriptState;
	/** Whether this service is in the CRM's catalogue, can be booked and fits the gap around the visit in question. */
	readonly canOffer: (serviceId: string) => boolean;
	/** Title of a service as the CRM has it. */
	readonly titleOf: (serviceId: string) => string | null;
}

/** A line to add at the end of the reply, in the client's language. */
export interface ChosenScript {
	readonly id: string;
	readonly text: string;
	/** Services the line offers, all of which can be had. */
	readonly serviceIds: readonly string[];
}

const MOST_WORDS = 300;
const SHORTEST_START = 5;
const LONGEST_REST = 2;

/**
 * The one script that fits this turn, or null. A script speaks in its stage, on its trigger, at most its number of times
 * a dialogue, in a language it has words for; never after a no of this dialogue, and never beside a complaint, a
 * hand-off, a summary to confirm, an effect or trouble. An upsell speaks only when a service of its list can be had.
 * Of several an answer to an objection comes first, then the less used, then the more exact trigger, then the id.
 */
export function chooseScript(scripts: readonly SalesScript[], moment: ScriptMoment): ChosenScript | null {
	const { state, acts } = moment;
	const refuses = acts.some((act) => act.type === 'no' || act.type === 'stop' || act.type === 'human');
	if (state.refusedAt !== null || refuses || moment.occasions.length > 0) return null;
	const intents = new Set<string>(intentsOf(acts));
	const said = stems(moment.text);
	const fitting = scripts.flatMap((script) => {
		if (!script.active || script.stage !== moment.stage || (state.used[script.id] ?? 0) >= script.maxUses) return [];
		const { trigger } = script;
		if (trigger.intents.length + trigger.words.length === 0) return [];
		if (trigger.intents.length > 0 && !trigger.intents.some((intent) => intents.has(intent))) return [];
		if (trigger.words.length > 0 && !trigger.words.some((phrase) => contains(said, stems(phrase)))) return [];
		const chosen = wordsOf(script, moment);
		return chosen === null ? [] : [{ script, chosen }];
	});
	const [best] = fitting.sort((a, b) => rank(a.script, b.script, state));
	return best?.chosen ?? null;
}

function wordsOf(script: SalesScript, { lang, canOffer, titleOf }: ScriptMoment): ChosenScript | null {
	const text = script.text[lang];
	if (text === null) return null;
	const serviceIds = script.serviceIds.filter((id) => canOffer(id) && titleOf(id) !== null);
	const [first] = serviceIds;
	if (first === undefined) return script.serviceIds.length > 0 || text.includes('{service}') ? null : { id: script.id, text, serviceIds };
	return { id: script.id, text: text.replaceAll('{service}', () => titleOf(first) ?? ''), serviceIds };
}

function rank(a: SalesScript, b: SalesScript, state: ScriptState): number {
	const byKind = Number(b.kind === 'objection') - Number(a.kind === 'objection');
	const byUse = (state.used[a.id] ?? 0) - (state.used[b.id] ?? 0);
	const byTrigger = exactness(b) - exactness(a);
	return byKind || byUse || byTrigger || (a.id < b.id ? -1 : 1);
}

function exactness({ trigger }: SalesScript): number {
	return 2 * Number(trigger.words.length > 0) + Number(trigger.intents.length > 0);
}

function stems(text: string): readonly string[] {
	return toWords(text.slice(0, 4096)).list.slice(0, MOST_WORDS).map((word) => stem(word.text));
}

/** Whether the phrase stands in the text, word by word. */
function contains(text: readonly string[], phrase: readonly string[]): boolean {
	if (phrase.length === 0) return false;
	return text.some((_word, from) => phrase.every((word, index) => sameWord(text[from + index] ?? '', word)));
}

/** Equal stems, or long ones that differ by the rest of an ending («окрашивани», «окрашиван»). */
function sameWord(left: string, right: string): boolean {
	const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
	return longer === shorter || (shorter.length >= SHORTEST_START && longer.length - shorter.length <= LONGEST_REST && longer.startsWith(shorter));
}

/** The stage of a dialogue in this phase; null where nothing is sold. */
export function stageOf(phase: Phase, greeting: boolean): ScriptStage | null {
	const stages: Readonly<Record<Phase, ScriptStage | null>> = {
		idle: greeting ? 'greeting' : 'consulting',
		consulting: 'consulting',
		collecting: 'consulting',
		offering: 'offering',
		confirming: 'confirming',
		done: 'done',
		managing: null,
		unknown: null,
		handoff: null,
	};
	return stages[phase];
}

/** What a turn's utterances are occasions of. `complaint` is the caller's to add: it is in the client's words. */
export function occasionsOf(intents: readonly Intent[]): readonly Occasion[] {
	return OCCASIONS.filter((occasion) => intents.some((intent) => OCCASION_OF[intent] === occasion));
}

const OCCASION_OF: Readonly<Partial<Record<Intent, Occasion>>> = {
	confirm_create: 'confirmation',
	confirm_reschedule: 'confirmation',
	confirm_cancel: 'confirmation',
	ask_what_to_change: 'refusal',
	pending_dropped: 'refusal',
	booked: 'effect',
	rescheduled: 'effect',
	cancelled: 'effect',
	already_done: 'effect',
	effect_unknown: 'effect',
	effect_still_unknown: 'effect',
	refused: 'trouble',
	crm_unavailable: 'trouble',
	no_offers: 'trouble',
	not_understood: 'trouble',
	media_unreadable: 'trouble',
	budget_reached: 'handoff',
	handoff: 'handoff',
	handoff_alarm: 'handoff',
	stopped: 'refusal',
	abuse_warning: 'complaint',
	abuse_pause: 'complaint',
};
