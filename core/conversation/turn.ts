import { classifyAnswer } from '../language/answer';
import { nextLanguage } from '../language/language';
import { stripGreeting } from '../language/greeting';
import type { InboundMessage } from './message';
import type { KnownClient, ShownOffer } from './state';
import { EMPTY_VISIT } from './state';
import type { TurnWork } from './work';
import { confirmPending, declinePending, reconcileEarlier } from './policy/confirm';
import { passGate } from './policy/gate';
import { apply, type Seen } from './policy/handlers';
import { advanceManage } from './policy/manage';
import { propose } from './policy/remembering';
import { pickOption } from './policy/pick';
import { askUsual, takesUsual, takeUsual } from './policy/usual';
import { advanceVisit, dropVanished, pickOffer } from './policy/visit';
import { titlesOf } from './policy/views';

/** Failed understandings in a row after which a person is called. */
const PATIENCE = 2;

/** One stretch of a turn: a pressed button, or texts that belong together. */
type Stretch =
	| { readonly kind: 'button'; readonly id: string; readonly title: string; readonly at: string }
	| { readonly kind: 'text'; readonly text: string; readonly at: string }
	| { readonly kind: 'media'; readonly message: InboundMessage };

/** Lets the waiting messages change the working copy and decides what to say. Writes nothing but commits. */
export async function runTurn(work: TurnWork, messages: readonly InboundMessage[]): Promise<void> {
	const all = stretches(messages);
	const clear = await reconcileEarlier(work, all.some((stretch) => confirms(work, stretch)));
	if (clear === 'unknown') return;
	const seen: Seen = { books: 0 };
	const before = work.state.client;
	for (const stretch of all) {
		if (work.handoff !== null) break;
		await absorb(work, stretch, seen);
	}
	if (!work.settled) await advance(work, seen);
	if (messages.some(({ kind, text }) => kind === 'voice' && text !== '')) sayBackHeard(work, before);
	if (work.utterances.length === 0 && !work.settled) await unheard(work);
	if (work.progress) work.set({ misunderstood: 0 });
	// A session that lapsed in the middle of a confirmation is remembered for its first turn only.
	if (work.state.phase === 'confirming' && work.state.question?.kind !== 'confirm') work.set({ phase: 'idle' });
}

/** A name or a phone taken from a voice message is said back before anything is built on it. */
function sayBackHeard(work: TurnWork, before: KnownClient): void {
	const { name, phone } = work.state.client;
	const heard = {
		name: name !== null && name.value !== before.name?.value ? name.value : null,
		phone: phone !== before.phone ? phone : null,
	};
	if (heard.name !== null || heard.phone !== null) work.sayFirst('heard', heard);
}

function stretches(messages: readonly InboundMessage[]): readonly Stretch[] {
	const list: Stretch[] = [];
	for (const message of messages) {
		const last = list[list.length - 1];
		if (message.kind === 'button' && message.buttonId !== null) {
			list.push({ kind: 'button', id: message.buttonId, title: message.text, at: message.receivedAt });
		} else if (message.text.trim() !== '') {
			if (last?.kind === 'text') list[list.length - 1] = { ...last, text: `${last.text}\n${message.text}` };
			else list.push({ kind: 'text', text: message.text, at: message.receivedAt });
		} else if (message.contact !== null) {
			list.push({ kind: 'text', text: message.contact.phone, at: message.receivedAt });
		} else list.push({ kind: 'media', message });
	}
	return list;
}

async function absorb(work: TurnWork, stretch: Stretch, seen: Seen): Promise<void> {
	if (stretch.kind === 'button') return pressButton(work, stretch.id, stretch.title, stretch.at, seen);
	if (stretch.kind === 'media') {
		work.progress = true;
		if (stretch.message.kind === 'text' || stretch.message.kind === 'button' || stretch.message.kind === 'notice') return;
		return work.say('media_unreadable', { kind: stretch.message.kind });
	}
	work.set(nextLanguage({ lang: work.state.lang, langCandidate: work.state.langCandidate }, stretch.text));
	if (await passGate(work, stretch.text)) return;
	if (await answersConfirmation(work, stretch.text, stretch.at)) return;
	return understand(work, stretch.text, seen);
}

/** Whether a stretch is the client's yes to the open summary. */
function confirms(work: TurnWork, stretch: Stretch): boolean {
	if (stretch.kind === 'button') return stretch.id === `yes:${work.pending?.id ?? ''}` && isAfterSummary(work, stretch.at);
	return stretch.kind === 'text' && answerTo(work, stretch.text) === 'yes' && isAfterSummary(work, stretch.at);
}

/** A pure yes or no to the summary of an earlier turn; everything else is an amendment or a question. */
function answerTo(work: TurnWork, text: string): ReturnType<typeof classifyAnswer> | null {
	return work.pending === null || work.state.question?.kind !== 'confirm' ? null : classifyAnswer(stripGreeting(text).rest);
}

/** A yes written before the summary was shown answers something else. */
function isAfterSummary({ pending }: TurnWork, receivedAt: string): boolean {
	return pending !== null && Date.parse(receivedAt) >= Date.parse(pending.createdAt);
}

async function answersConfirmation(work: TurnWork, text: string, receivedAt: string): Promise<boolean> {
	const { pending } = work;
	const said = answerTo(work, text);
	if (pending === null || said === null) return false;
	if (said === 'no') {
		declinePending(work, pending);
		return true;
	}
	if (said !== 'yes' || !isAfterSummary(work, receivedAt)) return false;
	await confirmPending(work, pending);
	return true;
}

async function pressButton(work: TurnWork, id: string, title: string, receivedAt: string, seen: Seen): Promise<void> {
	const [verb, ...rest] = id.split(':');
	const target = rest.join(':');
	const pending = work.pending;
	if (verb === 'yes' || verb === 'no') {
		if (pending === null || pending.id !== target || !isAfterSummary(work, receivedAt)) return stale(work);
		if (verb === 'yes') return confirmPending(work, pending);
		return declinePending(work, pending, 'change');
	}
	if (verb === 'pick') {
		const offer = work.state.offers.find((one: ShownOffer) => one.id === target);
		return offer === undefined ? stale(work) : pickOffer(work, offer);
	}
	if (verb === 'opt') {
		const [kind, index] = target.split(':');
		const { question } = work.state;
		if (question === null || question.kind !== kind) return stale(work);
		return await pickOption(work, question, Number(index));
	}
	// A button that is not ours carries its title as the client's words.
	if (title.trim() !== '') return (await passGate(work, title)) ? undefined : understand(work, title, seen);
	stale(work);
}

/** The button belongs to something that is over: said once, and what is open now is asked again. */
function stale(work: TurnWork): void {
	work.progress = true;
	work.log('stale_button');
	work.say('stale_button', {});
	if (work.state.visit === null && work.state.manage === null) work.say('smalltalk_other', {});
}

async function understand(work: TurnWork, text: string, seen: Seen): Promise<void> {
	const { state } = work;
	const understanding = await work.tools.understander.understand({
		text,
		lang: state.lang,
		now: work.now,
		catalogue: work.catalogue,
		phase: state.phase,
		question: state.question,
		offers: state.offers.map(({ ref, start, staffId }) => ({ ref, start, staffId })),
		records: state.records.map(({ ref }) => ({ ref })),
		bookingInProgress: state.visit !== null,
		managing: state.manage !== null,
		aids: work.aids,
	});
	work.log('understood', { acts: understanding.acts.map((act) => act.type), source: understanding.source });
	if (understanding.source === 'model') work.understanding = 'model';
	work.draft = understanding.draft ?? work.draft;
	work.acts.push(...understanding.acts);
	propose(work, understanding.remember ?? []);
	if (state.question?.kind === 'usual' && takesUsual(work, understanding.acts)) takeUsual(work, state.question);
	for (const act of understanding.acts.slice(0, 4)) {
		await apply(work, act, seen);
		if (work.settled) return;
	}
}

/** The next step of what is in hand; afterwards the next visit of the queue. */
async function advance(work: TurnWork, seen: Seen): Promise<void> {
	if (work.state.manage !== null) return advanceManage(work, seen.recordText, work.taken ?? undefined);
	if (work.state.visit === null && work.state.phase === 'done') {
		const [next, ...queue] = work.state.queue;
		if (next === undefined) return;
		work.set({ visit: next, queue });
		work.say('next_visit', { serviceTitles: titlesOf(next.services?.value ?? [], work.catalogue) });
	}
	if (work.state.visit === null) return welcome(work);
	work.set({ visit: dropVanished(work, work.state.visit) });
	await advanceVisit(work, work.taken === null ? {} : { taken: work.taken });
}

/** A client who has only greeted is asked whether to book as usual. */
async function welcome(work: TurnWork): Promise<void> {
	const [only, another] = work.utterances;
	if (only?.intent === 'hello' && another === undefined && work.state.question === null) await askUsual(work);
}

/** Nothing was understood: ask again, then rephrase, then call a person. A message that only thanks needs no answer. */
async function unheard(work: TurnWork): Promise<void> {
	if (work.progress) return;
	const failed = work.state.misunderstood + 1;
	work.set({ misunderstood: failed });
	work.log('not_understood', { attempt: failed });
	if (failed > PATIENCE) {
		work.say('handoff', { cause: 'not_understood' });
		work.handOver('not_understood');
		work.set({ misunderstood: 0 });
		return;
	}
	work.say('not_understood', { attempt: failed });
	if (work.state.visit !== null && work.state.visit !== EMPTY_VISIT) await advanceVisit(work);
}
