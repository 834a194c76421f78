import type { Appointment, RefusalReason } from '../../booking';
import type { OperationRecord, PendingRecord } from '../../store/conversation-store';
import { commitPending, finishEarlier, type CommitResult, type CommitTools } from '../commit';
import { readPayload, type PendingPayload } from '../payload';
import { EMPTY_VISIT } from '../state';
import type { TurnWork } from '../work';
import { boundsOf } from '../catalogue';
import { recordView } from './views';

/** Refusals after which another time may be offered. */
const TIME_REFUSALS: readonly RefusalReason[] = ['slot_taken', 'resource_busy', 'outside_hours', 'slot_in_past', 'too_soon', 'too_far'];
/** Refusals that the list of other times itself explains. */
const TAKEN: readonly RefusalReason[] = ['slot_taken', 'resource_busy'];
const UNKNOWN_PATIENCE_MS = 10 * 60_000;

/** A process that lost the chat must not say anything more. */
export class LostChatError extends Error {
	constructor() {
		super('Another process has taken over this conversation');
	}
}

/** The client wrote on while a yes was about to be carried out: it is read again together with the rest. */
export class NewerMessageError extends Error {
	constructor() {
		super('The client has written more');
	}
}

function commitTools(work: TurnWork): CommitTools {
	const { store, crm, clock, sleep } = work.tools;
	return { store, crm, clock, sleep, bounds: boundsOf(work.catalogue, work.now), log: (kind, data) => work.log(kind, data) };
}

/** The client said a pure yes to the summary of an earlier turn. */
export async function confirmPending(work: TurnWork, pending: PendingRecord): Promise<void> {
	work.progress = true;
	work.log('confirmed', { pending: pending.id, kind: pending.kind, shownTurn: pending.createdTurn });
	const result = await commitPending(commitTools(work), work.turn, pending);
	tell(work, readPayload(pending.payload), pending.id, result);
}

/**
 * Operations whose end the client was not told: looked up before anything else is done. A turn that died between the
 * claim and its own end is run again: when it `confirms` again, the client's yes itself finishes what it began.
 */
export async function reconcileEarlier(work: TurnWork, confirms: boolean): Promise<'clear' | 'unknown'> {
	let clear = true;
	for (const operation of work.turn.unresolved) {
		if (confirms && work.turn.pending?.id === operation.key && operation.status !== 'unknown') continue;
		clear = (await reconcileOne(work, operation)) && clear;
	}
	return clear ? 'clear' : 'unknown';
}

async function reconcileOne(work: TurnWork, operation: OperationRecord): Promise<boolean> {
	const payload = readPayload(operation.payload);
	const result = await finishEarlier(commitTools(work), work.turn, operation, payload);
	if (result.kind !== 'unknown') {
		tell(work, payload, operation.key, result);
		work.set({ unknownSince: null });
		return true;
	}
	const since = work.state.unknownSince ?? work.now;
	work.set({ unknownSince: since, phase: 'unknown' });
	if (Date.parse(work.now) - Date.parse(since) >= UNKNOWN_PATIENCE_MS) {
		work.say('handoff', { cause: 'effect_unknown' });
		work.handOver('effect_unknown');
	} else work.say('effect_still_unknown', {});
	return false;
}

/** Turns the end of a commit into words; the only place that may claim an effect. */
function tell(work: TurnWork, payload: PendingPayload, operation: string, result: CommitResult): void {
	if (result.kind === 'fenced') throw new LostChatError();
	if (result.kind === 'newer') throw new NewerMessageError();
	work.committed = true;
	if (result.kind === 'done') return tellDone(work, payload, result.appointment);
	if (result.kind === 'unknown') {
		work.endPending('confirmed');
		work.say('effect_unknown', {});
		work.set({ phase: 'unknown', unknownSince: work.now, visit: null, manage: null, offers: [], question: null });
		work.outcome.push({ type: 'effect_unknown', at: work.now, operation });
		work.settled = true;
		return;
	}
	work.endPending('refused');
	if (result.kind === 'unavailable') {
		work.say('crm_unavailable', {});
		work.set({ question: null, phase: 'collecting' });
		work.settled = true;
		return;
	}
	const { page } = result;
	if (page !== undefined && isPage(page)) return sendToPage(work, page);
	tellRefused(work, payload, result.reason);
}

function tellDone(work: TurnWork, payload: PendingPayload, appointment: Appointment): void {
	work.endPending('done');
	const record = recordView('r1', appointment, work.catalogue);
	work.log('effect', { kind: payload.kind, appointment: appointment.id });
	if (payload.kind === 'create') work.booked = { appointment, draft: work.state.visit };
	work.set({ phase: 'done', visit: null, manage: null, offers: [], records: [], question: null, unknownSince: null, askedAbout: [] });
	if (payload.kind === 'create') {
		work.say('booked', { record, company: work.catalogue.company, clientName: work.state.client.name?.value ?? null });
		work.outcome.push({ type: 'booked', at: work.now, appointment });
	} else if (payload.kind === 'reschedule') {
		work.say('rescheduled', { record });
		work.outcome.push({ type: 'rescheduled', at: work.now, appointment });
	} else {
		work.say('cancelled', { record });
		work.outcome.push({ type: 'cancelled', at: work.now, appointment });
	}
}

const LONGEST_URL = 500;

/** An address of the CRM is data: only a plain page of the web is handed to a client. */
function isPage(url: string): boolean {
	return url.length <= LONGEST_URL && URL.canParse(url) && new URL(url).protocol === 'https:' && !/[\s<>"'`{}|\\^[\]]/.test(url);
}

function sendToPage(work: TurnWork, url: string): void {
	work.log('sent_to_page');
	work.say('finish_on_page', { url });
	work.set({ phase: 'idle', visit: null, manage: null, offers: [], question: null });
	work.settled = true;
}

/** Tells why the CRM said no and keeps what can still be booked: the end of the turn looks for other times. */
function tellRefused(work: TurnWork, payload: PendingPayload, reason: RefusalReason): void {
	work.log('refused', { reason, kind: payload.kind });
	const draft = payload.kind === 'create' ? work.state.visit : work.state.manage;
	if (TIME_REFUSALS.includes(reason) && payload.kind !== 'cancel' && draft !== null) {
		work.taken = `${payload.slot.start}|${payload.slot.staffId}`;
		if (!TAKEN.includes(reason)) work.say('refused', { reason, phone: work.catalogue.company.phone });
		return;
	}
	work.say('refused', { reason, phone: work.catalogue.company.phone });
	const { client, visit } = work.state;
	if (reason === 'self_overlap' && visit !== null) return work.set({ visit: { ...visit, when: null, offer: null }, offers: [] });
	if (reason === 'phone_invalid') return work.set({ client: { ...client, phone: null } });
	if (reason === 'name_missing') return work.set({ client: { ...client, name: null } });
	work.set({ phase: 'idle', visit: null, manage: null, offers: [], question: null });
	work.settled = true;
}

/** The client said a pure no to the summary, or pressed «change» under it. */
export function declinePending(work: TurnWork, pending: PendingRecord, wish: 'no' | 'change' = 'no'): void {
	work.progress = true;
	work.dropPending('declined');
	if (wish === 'change' && pending.kind === 'create') work.say('ask_what_to_change', {});
	else work.say('pending_dropped', { kind: pending.kind });
	if (pending.kind === 'create') {
		const visit = work.state.visit ?? EMPTY_VISIT;
		work.set({ visit: { ...visit, offer: null }, phase: 'collecting', question: null, offers: [] });
	} else work.set({ manage: null, phase: 'idle', question: null, offers: [], records: [] });
	work.settled = true;
}
