import type { Appointment } from '../../booking';
import type { CancelPayload, ReschedulePayload } from '../payload';
import type { ManageDraft, ShownRecord } from '../state';
import { resolveServices, resolveStaff } from '../understand/resolve';
import { ownVisits } from '../own-visits';
import { hasDay, onWishedDay } from '../wish';
import type { TurnWork } from '../work';
import { findOffers, sayNothing, showOffers } from './offering';
import { offerView, recordView } from './views';
import { loadOffer } from './visit';
import { readWhen, slotValue } from './words';

/** Shows the client's own future visits. */
export async function listVisits(work: TurnWork): Promise<void> {
	const visits = await ownVisits(work.own);
	work.progress = true;
	if (visits === null) return work.say('crm_unavailable', {});
	if (visits.length === 0) return sayNoRecords(work);
	showRecords(work, visits);
	work.say('records', { records: visits.map((visit, index) => recordView(`r${index + 1}`, visit, work.catalogue)) });
	work.set({ phase: 'managing', question: null });
}

function sayNoRecords(work: TurnWork): void {
	work.set({ manage: null, records: [], question: null });
	if (work.state.client.phoneVerified) work.say('no_records', { identity: 'verified' });
	else work.say('identity_needed', {});
}

function showRecords(work: TurnWork, visits: readonly Appointment[]): void {
	work.set({
		records: visits.map((visit, index) => ({ ref: `r${index + 1}`, appointmentId: visit.id, version: visit.version })),
	});
}

/** Begins a move or a cancel; an unfinished new visit gives way to it. */
export function beginManage(work: TurnWork, op: ManageDraft['op']): void {
	if (work.state.manage?.op === op) return;
	work.dropPending('managing');
	work.progress = true;
	work.set({ manage: { op, record: null, when: null, staff: null, offer: null }, visit: null, offers: [], question: null });
}

/** Adds time and staff words to a move. */
export function absorbManage(work: TurnWork, words: { whenText?: string; staffText?: string }): void {
	let manage = work.state.manage;
	if (manage === null || manage.op !== 'move') return;
	if (words.whenText !== undefined) {
		const wish = readWhen(work, words.whenText, manage.when?.value ?? null);
		if (wish !== null) {
			work.progress = true;
			work.dropPending('time changed');
			manage = { ...manage, when: slotValue(work, wish, 'client'), offer: null };
		}
	}
	if (words.staffText !== undefined) {
		const resolved = resolveStaff(words.staffText, work.catalogue);
		const [only] = resolved.ids;
		if (resolved.kind === 'any' || (resolved.kind === 'one' && only !== undefined)) {
			work.progress = true;
			work.dropPending('staff changed');
			manage = { ...manage, staff: slotValue(work, resolved.kind === 'any' ? 'any' : (only ?? 'any'), 'client'), offer: null };
		}
	}
	work.set({ manage });
}

/** Narrows the choice of visit by the client's words: a service or the day it is on. */
function pickByWords(work: TurnWork, visits: readonly Appointment[], recordText: string): readonly Appointment[] {
	const services = resolveServices(recordText, work.catalogue);
	const byService = services.kind === 'none' ? visits : visits.filter((visit) => visit.serviceIds.some((id) => services.ids.includes(id)));
	const wish = readWhen(work, recordText, null);
	const byDay = wish === null || !hasDay(wish) ? byService : byService.filter((visit) => onWishedDay({ ...visit }, wish));
	return byDay.length > 0 ? byDay : byService;
}

/** Takes a move or cancel one step on. Visits are read anew every time: a shown list is never trusted for a write. */
export async function advanceManage(work: TurnWork, recordText?: string, taken?: string): Promise<void> {
	const manage = work.state.manage;
	if (manage === null || work.utterances.some((utterance) => utterance.intent.startsWith('ask_') || utterance.intent === 'time_past')) return;
	const visits = await ownVisits(work.own);
	if (visits === null) return work.say('crm_unavailable', {});
	if (visits.length === 0) return sayNoRecords(work);
	if (!isAble(work, manage.op)) return callForHelp(work);
	const visit = chosenVisit(work, manage, visits, recordText);
	if (visit === null) {
		const fitting = recordText === undefined ? visits : pickByWords(work, visits, recordText);
		showRecords(work, fitting);
		work.say('choose_record', { op: manage.op, records: fitting.map((one, index) => recordView(`r${index + 1}`, one, work.catalogue)) });
		return work.set({ phase: 'managing', question: { kind: 'record', op: manage.op } });
	}
	if (tooLate(work, visit)) return refuseLate(work, visit);
	const record: ShownRecord = { ref: 'r1', appointmentId: visit.id, version: visit.version };
	work.set({ manage: { ...manage, record }, records: [record] });
	return manage.op === 'cancel' ? confirmCancel(work, visit) : advanceMove(work, { ...manage, record }, visit, taken);
}

function chosenVisit(work: TurnWork, manage: ManageDraft, visits: readonly Appointment[], recordText?: string): Appointment | null {
	const [only] = visits;
	if (manage.record !== null) return visits.find((visit) => visit.id === manage.record?.appointmentId) ?? null;
	if (visits.length === 1 && only !== undefined) return only;
	if (recordText === undefined) return null;
	const fitting = pickByWords(work, visits, recordText);
	return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function isAble({ tools }: TurnWork, op: ManageDraft['op']): boolean {
	const { reschedule, cancel } = tools.crm.capabilities;
	return op === 'move' ? reschedule : cancel;
}

/** What the CRM cannot do is not offered and asked about first: a person does it. */
function callForHelp(work: TurnWork): void {
	work.set({ manage: null, question: null, phase: 'idle' });
	work.say('refused', { reason: 'unsupported', phone: work.catalogue.company.phone });
	work.handOver('question');
}

/** Said once; a client who asks again will not come whatever we answer, so the salon must hear of it. */
function refuseLate(work: TurnWork, visit: Appointment): void {
	const key = `too_late:${visit.id}`;
	work.set({ manage: null, question: null, phase: 'idle' });
	if (work.state.told[key] === undefined) {
		work.say('refused', { reason: 'too_late_to_change', phone: work.catalogue.company.phone });
		return work.set({ told: { ...work.state.told, [key]: '1' } });
	}
	work.say('handoff', { cause: 'question' });
	work.handOver('question');
}

function tooLate(work: TurnWork, visit: Appointment): boolean {
	return Date.parse(visit.start) - Date.parse(work.now) < work.catalogue.company.changeNoticeMinutes * 60_000;
}

function confirmCancel(work: TurnWork, visit: Appointment): void {
	const payload: CancelPayload = { kind: 'cancel', appointmentId: visit.id, clientId: visit.clientId, version: visit.version, start: visit.start };
	const pending = work.freeze('cancel', payload);
	work.say('confirm_cancel', { record: recordView('r1', visit, work.catalogue), pendingId: pending.id });
	work.set({ phase: 'confirming', question: { kind: 'confirm' } });
}

async function advanceMove(work: TurnWork, manage: ManageDraft, visit: Appointment, taken?: string): Promise<void> {
	const unclear = manage.when?.value.unclear;
	if (unclear?.kind === 'am_pm') {
		work.say('ask_am_pm', { times: unclear.times, date: manage.when?.value.dates?.[0] ?? null });
		return work.set({ phase: 'managing', question: { kind: 'am_pm', times: unclear.times } });
	}
	if (unclear?.kind === 'which_week') {
		work.say('ask_which_week', { dates: unclear.dates });
		return work.set({ phase: 'managing', question: { kind: 'which_week', dates: unclear.dates } });
	}
	if (manage.offer !== null && taken === undefined) return confirmMove(work, manage, visit);
	if (manage.when === null) {
		work.say('ask_day', { serviceTitles: recordView('r1', visit, work.catalogue).serviceTitles });
		return work.set({ phase: 'managing', question: { kind: 'day' } });
	}
	// «перенесите на 16:00» names no day: the visit's own day is meant.
	const wish = hasDay(manage.when.value) ? manage.when.value : { ...manage.when.value, dates: [visit.start.slice(0, 10)] };
	const found = await findOffers(work, {
		serviceIds: visit.serviceIds,
		wish,
		staff: manage.staff ?? { value: visit.staffId, source: 'crm', turn: work.turn.number },
		purpose: 'reschedule',
		excludeAppointmentId: visit.id,
		current: `${visit.start}|${visit.staffId}`,
		...(taken === undefined ? {} : { taken }),
	});
	if (found.kind === 'unavailable') return work.say('crm_unavailable', {});
	if (found.kind === 'nothing' || found.kind === 'too_far') {
		sayNothing(work, found.kind, manage.when);
		return work.set({ manage: { ...manage, when: null, offer: null } });
	}
	const slots = found.kind === 'one' ? [found.slot] : found.slots;
	const offers = showOffers(work, slots, 'reschedule');
	const [shown] = work.state.offers;
	if (found.kind === 'one' && taken === undefined && shown !== undefined) {
		const picked = { ...manage, offer: shown };
		work.set({ manage: picked });
		return confirmMove(work, picked, visit);
	}
	work.say('offer', { offers, situation: found.kind === 'one' ? 'taken' : found.situation, purpose: 'reschedule' });
	work.set({ manage: { ...manage, offer: null }, phase: 'offering', question: { kind: 'offer' } });
}

async function confirmMove(work: TurnWork, manage: ManageDraft, visit: Appointment): Promise<void> {
	const stored = manage.offer === null ? null : await loadOffer(work, manage.offer.id);
	if (manage.offer === null || stored === null) {
		work.set({ manage: { ...manage, offer: null } });
		return advanceMove(work, { ...manage, offer: null }, visit);
	}
	const payload: ReschedulePayload = {
		kind: 'reschedule',
		appointmentId: visit.id,
		clientId: visit.clientId,
		version: visit.version,
		slot: { offerId: manage.offer.id, start: stored.start, staffId: stored.staffId, serviceIds: [...stored.serviceIds] },
		previousStart: visit.start,
	};
	const pending = work.freeze('reschedule', payload);
	work.say('confirm_reschedule', {
		record: recordView('r1', visit, work.catalogue),
		offer: offerView(manage.offer.ref, manage.offer.id, stored, work.catalogue),
		pendingId: pending.id,
	});
	work.set({ phase: 'confirming', question: { kind: 'confirm' } });
}
