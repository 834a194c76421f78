import type { Act, CorrectableField, VisitWords } from '../acts';
import { EMPTY_VISIT } from '../state';
import type { TurnWork } from '../work';
import { answer } from './answers';
import { confirmVisit, manageReminded } from './notice';
import { absorbManage, beginManage, listVisits } from './manage';
import { pickRef } from './pick';
import { parseWhen } from '../../language/when';
import { resolveServices, resolveStaff } from '../understand/resolve';
import { stop } from './silence';
import { leaveUsual, takeUsual } from './usual';
import { absorbContact, absorbVisit, takeBack } from './words';

type ActOf<T extends Act['type']> = Extract<Act, { type: T }>;
type Handlers = { readonly [T in Act['type']]: (work: TurnWork, act: ActOf<T>, seen: Seen) => Promise<void> | void };

/** What earlier acts of the same turn were. */
export interface Seen {
	books: number;
	recordText?: string;
}

/** One handler an act; an act without a handler does not compile. */
const HANDLERS: Handlers = {
	book: (work, act, seen) => {
		seen.books++;
		work.progress = true;
		if (seen.books > 1) {
			// A second visit of the same breath waits; only its own words fill it.
			work.set({ queue: [...work.state.queue, absorbVisit(work, EMPTY_VISIT, act)].slice(0, 3) });
			return;
		}
		if (work.state.manage !== null && act.serviceText === undefined && act.forOther === undefined) return absorbManage(work, act);
		work.set({ manage: null, visit: absorbVisit(work, work.state.visit, act) });
	},
	fill: (work, act) => {
		if (work.state.manage !== null) return absorbManage(work, act);
		const words = visitWords(act);
		if (work.state.visit === null && words === null) {
			absorbContact(work, act);
			if (work.utterances.length === 0) work.say('smalltalk_other', {});
			return;
		}
		work.set({ visit: absorbVisit(work, work.state.visit, act) });
	},
	correct: (work, act) => {
		const words = CORRECTIONS[act.field](act.text);
		work.log('corrected', { field: act.field });
		if (work.state.manage !== null && (act.field === 'when' || act.field === 'staff')) return absorbManage(work, words);
		const { visit } = work.state;
		if (visit !== null && namesNothing(work, act)) work.set({ visit: takeBack(work, visit, act.field) });
		else work.set({ visit: absorbVisit(work, visit, words) });
	},
	pick: (work, act) => pickRef(work, act.ref),
	ask: (work, act) => answer(work, act),
	manage: async (work, act, seen) => {
		if (act.op === 'list') return listVisits(work);
		const { question } = work.state;
		if (question?.kind === 'reminder' && act.recordText === undefined) manageReminded(work, question, act.op);
		else beginManage(work, act.op);
		if (act.recordText !== undefined) seen.recordText = act.recordText;
		absorbManage(work, act);
	},
	yes: (work) => agree(work),
	no: (work) => {
		const { question } = work.state;
		if (question?.kind === 'reminder') return manageReminded(work, question, 'cancel');
		if (work.state.question?.kind === 'usual') {
			leaveUsual(work);
			if (work.state.visit === null && work.acts.length === 1) work.say('smalltalk_other', {});
			return;
		}
		if (work.state.question === null && work.state.visit === null && work.state.manage === null) return sayThanks(work);
		work.progress = true;
		if (work.state.question?.kind === 'offer' && work.state.manage !== null) {
			work.set({ manage: { ...work.state.manage, when: null, offer: null }, offers: [] });
			return;
		}
		if (work.state.question?.kind === 'offer' && work.state.visit !== null) {
			// None of the shown times fits: another day is asked for instead of the same list.
			work.set({ visit: { ...work.state.visit, when: null, offer: null }, offers: [] });
			return;
		}
		work.set({ visit: null, manage: null, offers: [], question: null, phase: 'idle', askedAbout: [] });
		work.say('ask_what_to_change', {});
	},
	smalltalk: (work, act) => {
		work.progress = true;
		SMALLTALK[act.kind](work);
	},
	human: (work) => {
		work.say('handoff', { cause: 'asked' });
		work.handOver('asked');
	},
	stop: (work) => stop(work),
	none: () => undefined,
};

type TakenBack = ActOf<'correct'> & { readonly field: 'service' | 'when' | 'staff' };

/** «другую услугу»: a correction that names no new value. */
function namesNothing(work: TurnWork, act: ActOf<'correct'>): act is TakenBack {
	if (act.field === 'service') return resolveServices(act.text, work.catalogue).kind === 'none';
	if (act.field === 'staff') return resolveStaff(act.text, work.catalogue).kind === 'none';
	return act.field === 'when' && parseWhen(act.text, { now: work.now, zone: work.zone }).none === true;
}

function visitWords(act: VisitWords): true | null {
	const { serviceText, whenText, staffText, forOther } = act;
	return serviceText ?? whenText ?? staffText ?? forOther ? true : null;
}

const CORRECTIONS: Readonly<Record<CorrectableField, (text: string) => VisitWords>> = {
	service: (text) => ({ serviceText: text }),
	when: (text) => ({ whenText: text }),
	staff: (text) => ({ staffText: text }),
	name: (text) => ({ nameText: text }),
	phone: (text) => ({ phoneText: text }),
	guest: (text) => ({ forOther: text }),
};

const SMALLTALK: Readonly<Record<ActOf<'smalltalk'>['kind'], (work: TurnWork) => void>> = {
	hello: (work) => {
		if (work.state.question === null) work.say('hello', {});
	},
	thanks: (work) => sayThanks(work),
	bye: (work) => work.say('bye', {}),
	how_are_you: (work) => work.say('how_are_you', {}),
	who_are_you: (work) => work.say('who_are_you', { company: work.catalogue.company, name: work.tools.settings.assistantName }),
	other: (work) => work.say('smalltalk_other', {}),
};

function sayThanks(work: TurnWork): void {
	work.progress = true;
	if (work.state.question === null) work.say('thanks', {});
}

/** «да» outside a confirmation: it can mean the only offer or the only option, nothing else. */
function agree(work: TurnWork): Promise<void> | void {
	const { question, offers } = work.state;
	const [only] = offers;
	if (question?.kind === 'reminder') return confirmVisit(work, question);
	if (question?.kind === 'usual') return takeUsual(work, question);
	if (question?.kind === 'offer' && offers.length === 1 && only !== undefined) return pickRef(work, only.ref);
	if (question !== null || work.state.visit !== null || work.state.manage !== null) return;
	if (work.state.phase !== 'confirming') return sayThanks(work);
	work.progress = true;
	work.say('pending_expired', {});
	work.say('smalltalk_other', {});
}

/** Lets one act change the working copy. */
export async function apply(work: TurnWork, act: Act, seen: Seen): Promise<void> {
	const handler = HANDLERS[act.type] as (work: TurnWork, act: Act, seen: Seen) => Promise<void> | void;
	await handler(work, act, seen);
}
