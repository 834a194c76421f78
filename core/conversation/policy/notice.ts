import type { Appointment } from '../../booking';
import { speakable } from '../compose/speakable';
import { isSameMoment, type Notice, type NoticeKind } from '../notice';
import { ownVisits } from '../own-visits';
import type { Question } from '../state';
import type { TurnWork } from '../work';
import { beginManage } from './manage';
import { recordView, titlesOf } from './views';

/** What became of a notice. `later`: the chat is busy or the CRM is away; `never`: there is nothing left to say. */
export type NoticeEnd = { readonly outcome: 'said' } | { readonly outcome: 'later' | 'never'; readonly why: string };

const SAID: NoticeEnd = { outcome: 'said' };
/** Marks from here on are good ones. */
const GOOD_MARK = 4;

/** Says what the salon writes first. A talk that is under way is not broken into. */
export async function giveNotice(work: TurnWork, notice: Notice): Promise<NoticeEnd> {
	const { state } = work;
	if (await work.isSilenced()) return { outcome: 'never', why: 'opted_out' };
	if (state.visit !== null || state.manage !== null || work.pending !== null || state.phase === 'unknown') return { outcome: 'later', why: 'in_talk' };
	return await NOTICES[notice.kind](work, notice);
}

const NOTICES: Readonly<Record<NoticeKind, (work: TurnWork, notice: Notice) => Promise<NoticeEnd> | NoticeEnd>> = {
	reminder: async (work, notice) => {
		const visits = await ownVisits(work.own);
		if (visits === null) return { outcome: 'later', why: 'crm_unavailable' };
		const visit = visits.find(({ id }) => id === notice.appointmentId);
		if (visit === undefined) return { outcome: 'never', why: 'gone' };
		if (notice.start !== null && !isSameMoment(visit.start, notice.start)) return { outcome: 'never', why: 'moved' };
		work.say('reminder', { record: recordView('r1', visit, work.catalogue), company: work.catalogue.company, note: noteOf(notice) });
		work.set({ question: { kind: 'reminder', appointmentId: visit.id } });
		return SAID;
	},
	review: (work, notice) => {
		work.say('review_request', { company: work.catalogue.company, note: noteOf(notice) });
		work.set({ question: { kind: 'review', url: notice.url } });
		return SAID;
	},
	win_back: async (work, notice) => {
		const visits = await ownVisits(work.own);
		if (visits === null) return { outcome: 'later', why: 'crm_unavailable' };
		// who is booked again needs no invitation
		if (visits.length > 0) return { outcome: 'never', why: 'booked' };
		const profile = await work.profile();
		const usual = profile?.favouriteServiceIds[0];
		work.say('win_back', { serviceTitles: usual === undefined ? [] : titlesOf([usual], work.catalogue), note: noteOf(notice) });
		return SAID;
	},
	birthday: (work, notice) => {
		work.say('birthday', { company: work.catalogue.company, clientName: work.state.client.name?.value ?? null, note: noteOf(notice) });
		return SAID;
	},
};

function noteOf({ note }: Notice): string | null {
	return note !== null && speakable(note) ? note : null;
}

type Reminder = Extract<Question, { kind: 'reminder' }>;

/** The client will come: the salon hears of it, and nothing is written. */
export async function confirmVisit(work: TurnWork, { appointmentId }: Reminder): Promise<void> {
	work.progress = true;
	const visit = await remindedVisit(work, appointmentId);
	if (visit === null) return;
	work.say('see_you', { record: recordView('r1', visit, work.catalogue) });
	work.outcome.push({ type: 'visit_confirmed', at: work.now, appointment: visit });
	work.log('visit_confirmed', { appointment: visit.id });
	work.set({ question: null });
}

async function remindedVisit(work: TurnWork, appointmentId: string): Promise<Appointment | null> {
	const visits = await ownVisits(work.own);
	if (visits === null) work.say('crm_unavailable', {});
	const visit = visits?.find(({ id }) => id === appointmentId);
	if (visits !== null && visit === undefined) {
		work.say('no_records', { identity: 'verified' });
		work.set({ question: null });
	}
	return visit ?? null;
}

/** The client will not come, or wants another time: the visit that was reminded of is the one that is meant. */
export function manageReminded(work: TurnWork, { appointmentId }: Reminder, op: 'cancel' | 'move'): void {
	beginManage(work, op);
	const { manage } = work.state;
	if (manage !== null) work.set({ manage: { ...manage, record: { ref: 'r1', appointmentId, version: '' } } });
}

/** A mark from 1 to 5: a good one is thanked for and shown where to repeat it, a bad one is for a person. */
export function takeMark(work: TurnWork, { url }: Extract<Question, { kind: 'review' }>, mark: number): void {
	work.progress = true;
	work.outcome.push({ type: 'rated', at: work.now, mark });
	work.log('rated', { mark });
	work.set({ question: null });
	if (mark >= GOOD_MARK) return work.say('review_thanks', { url });
	work.say('review_sorry', {});
	work.handOver('question');
}
