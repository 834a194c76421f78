import { classifyAnswer } from '../../../language/answer';
import { stripGreeting } from '../../../language/greeting';
import { dateInZone, formatTime } from '../../../language/render';
import { hasAny, toWords } from '../../../language/words';
import type { Act, CorrectableField, VisitWords } from '../../acts';
import { serviceById, staffById } from '../../catalogue';
import type { RememberedFact } from '../../context';
import { factsOf } from '../rules-facts';
import { OWN_VISIT } from '../rules-lexicon';
import type { UnderstandInput } from '../understander';
import { whenGrounds, type WhenGrounds } from './ground-when';
import { nameGrounds, type NameGrounds } from './ground-names';
import type { Handles } from './handles';
import { type ClientWords, clientWords } from './said';
import type { ModelAct } from './schema';

type Of<T extends ModelAct['type']> = Extract<ModelAct, { type: T }>;

interface Grounds {
	readonly input: UnderstandInput;
	readonly handles: Handles;
	readonly said: ClientWords;
	readonly when: WhenGrounds;
	readonly names: NameGrounds;
	/** Whether only one act of the answer speaks of day and time. */
	readonly oneWhen: boolean;
	readonly byRules: readonly Act[];
}

/**
 * The acts that the client's own words bear out. A phrase that was not said is replaced by what the rules read there or
 * dropped, and an act with nothing left in it goes.
 */
export function grounded(input: UnderstandInput, handles: Handles, acts: readonly ModelAct[], byRules: readonly Act[]): Act[] {
	const said = clientWords(input.text);
	const whens = acts.filter((act) => ('whenText' in act && act.whenText !== undefined) || (act.type === 'correct' && act.field === 'when'));
	const grounds: Grounds = {
		input,
		handles,
		said,
		when: whenGrounds(input, said, byRules),
		names: nameGrounds(input, said, handles),
		oneWhen: whens.length <= 1,
		byRules,
	};
	const kept = acts.flatMap((act) => {
		const ground = GROUNDING[act.type] as (act: ModelAct, grounds: Grounds) => Act | null;
		return ground(act, grounds) ?? [];
	});
	// «нет, лучше завтра» changes the visit: a bare no beside it would throw the visit away.
	return kept.some(({ type }) => SUBSTANTIAL.has(type)) ? kept.filter(({ type }) => type !== 'yes' && type !== 'no') : kept;
}

const SUBSTANTIAL: ReadonlySet<Act['type']> = new Set(['book', 'fill', 'correct', 'pick', 'manage']);

/** Facts worth remembering that the client did say. */
export function saidFacts(input: UnderstandInput, facts: readonly RememberedFact[]): readonly RememberedFact[] {
	const said = clientWords(input.text);
	return facts.filter(({ value }) => said.touch(value));
}

const GROUNDING: { readonly [T in ModelAct['type']]: (act: Of<T>, grounds: Grounds) => Act | null } = {
	book: (act, grounds) => ({ type: 'book', ...wordsOf(act, grounds) }),
	fill: (act, grounds) => {
		const words = wordsOf(act, grounds);
		return Object.keys(words).length === 0 ? null : { type: 'fill', ...words };
	},
	correct: (act, grounds) => {
		const text = CORRECTIONS[act.field](act.text, grounds) ?? (grounds.said.hold(act.text) ? act.text : undefined);
		return text === undefined ? null : { type: 'correct', field: act.field, text };
	},
	pick,
	ask: (act, { input, said }) => ({ type: 'ask', topic: act.topic, text: act.text !== '' && said.place(act.text) !== null ? act.text : input.text.trim() }),
	manage,
	// A yes is an answer of the client's, word for word; a model may not give it for him.
	yes: (_act, { input }) => (classifyAnswer(stripGreeting(input.text).rest) === 'yes' ? { type: 'yes' } : null),
	no: () => ({ type: 'no' }),
	smalltalk: ({ kind }) => ({ type: 'smalltalk', kind }),
	human: () => ({ type: 'human' }),
	stop: () => ({ type: 'stop' }),
	none: () => ({ type: 'none' }),
};

const CORRECTIONS: Readonly<Record<CorrectableField, (text: string, grounds: Grounds) => string | undefined>> = {
	service: (text, { names, input, said }) => (said.hold(text) ? text : factsOf(input, input.text).service !== null ? names.service(text, undefined) : undefined),
	when: (text, { when, oneWhen }) => when.use(text, oneWhen),
	staff: (text, { names, said }) => (said.hold(text) ? text : names.staff(text, undefined)),
	name: (text, { names }) => names.name(text),
	phone: (text, { names }) => names.phone(text),
	guest: (text, { names }) => names.guest(text),
};

function wordsOf(act: Of<'book'> | Of<'fill'>, { names, when, oneWhen }: Grounds): VisitWords {
	return present({
		serviceText: act.serviceText === undefined && act.serviceRef === undefined ? undefined : names.service(act.serviceText, act.serviceRef),
		whenText: act.whenText === undefined ? undefined : when.use(act.whenText, oneWhen),
		staffText: act.staffText === undefined && act.staffRef === undefined ? undefined : names.staff(act.staffText, act.staffRef),
		forOther: act.forOther === undefined ? undefined : names.guest(act.forOther),
		nameText: act.nameText === undefined ? undefined : names.name(act.nameText),
		phoneText: act.phoneText === undefined ? undefined : names.phone(act.phoneText),
	});
}

/** Words about a visit that is still being put together change that visit, not one in the calendar. */
function manage(act: Of<'manage'>, { input, said, when, names, oneWhen, byRules }: Grounds): Act | null {
	const words = present({
		whenText: act.whenText === undefined || act.op !== 'move' ? undefined : when.use(act.whenText, oneWhen),
		staffText: act.staffText === undefined ? undefined : names.staff(act.staffText, undefined),
	});
	const ofDraft = input.bookingInProgress && !input.managing && !byRules.some(({ type }) => type === 'manage') && !hasAny(toWords(input.text), OWN_VISIT);
	if (ofDraft && act.op === 'cancel') return { type: 'no' };
	if (ofDraft && act.op === 'move') return Object.keys(words).length === 0 ? null : { type: 'fill', ...words };
	return { type: 'manage', op: act.op, ...words, ...present({ recordText: act.recordText !== undefined && said.hold(act.recordText) ? act.recordText : undefined }) };
}

function present<T extends object>(fields: T): Partial<T> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A shown option by its ref; one of the catalogue that was not asked about is a word for the visit. */
function pick({ ref }: Of<'pick'>, grounds: Grounds): Act | null {
	const { input, handles, when, names } = grounds;
	const shown = handles.picks.get(ref);
	if (shown === undefined) {
		const service = serviceById(input.catalogue, handles.services.get(ref) ?? '');
		const person = staffById(input.catalogue, handles.staff.get(ref) ?? '');
		const words = present({ serviceText: service && names.service(service.title, ref), staffText: person && names.staff(person.name, ref) });
		return Object.keys(words).length === 0 ? null : { type: 'fill', ...words };
	}
	if (!contradicts(input, shown)) return { type: 'pick', ref: shown };
	return when.rules === undefined ? null : { type: 'fill', whenText: when.rules };
}

/** The client named a time, a day or a person that this offer is not. */
function contradicts(input: UnderstandInput, ref: string): boolean {
	const offer = input.offers.find((one) => one.ref === ref);
	if (offer === undefined) return false;
	const { when, staff } = factsOf(input, input.text);
	const { zone } = input.catalogue.company;
	if (staff !== null && staff.ids.length > 0 && !staff.ids.includes(offer.staffId)) return true;
	if (when === null) return false;
	const { reading } = when;
	const times = [reading.time, ...reading.readings.map(({ time }) => time)].filter((time) => time !== undefined);
	const exact = reading.timeTo === undefined && reading.open === undefined;
	if (exact && times.length > 0 && !times.includes(formatTime(offer.start, zone))) return true;
	const day = dateInZone(offer.start, zone);
	return typeof reading.date === 'string' && reading.dateTo === undefined && reading.open === undefined && reading.date !== day;
}
