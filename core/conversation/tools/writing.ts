import type { Appointment } from '../../booking';
import { cleanPersonName } from '../../language/personname';
import { boundsOf, type Catalogue } from '../catalogue';
import { say } from '../compose/utterance';
import { readOffer, type OfferPayload } from '../payload';
import { offerView, recordView } from '../policy/views';
import { ownCards, ownVisits } from '../own-visits';
import type { DeskContext } from './desk';
import type { DeskTurn } from './desk-turn';
import { crmRefused, deskRefused, deskUnavailable, type Failed, type ToolResult } from './result';
import { summaryText } from './summary';

/** A visit to be made of a slot this chat was shown. */
export interface CreateRequest {
	readonly slotId: string;
	readonly clientName?: string;
	/** Who the visit is for when it is not the client. */
	readonly guestName?: string;
}

/** An own visit and the slot it moves to. */
export interface RescheduleRequest {
	readonly appointmentId: string;
	readonly slotId: string;
}

/** An own visit to cancel. */
export interface CancelRequest {
	readonly appointmentId: string;
}

/** Freezes a new visit. The client is the phone the channel vouches for, else the phone the client typed themselves. */
export async function openCreate(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, request: CreateRequest): Promise<ToolResult> {
	const offer = await shownOffer(context, request.slotId, 'create');
	if (offer === null) return deskRefused('unknown_slot');
	const late = outOfBounds(turn, catalogue, offer);
	if (late !== null) return late;
	const phone = context.clientPhone ?? context.typedPhone ?? turn.state.typedPhone;
	if (phone === null) return deskRefused('phone_needed');
	const cards = await ownCards(context.own(turn));
	if (cards === null) return deskUnavailable();
	const card = cards.find((one) => !one.blocked) ?? null;
	if (card === null && cards.length > 0) return crmRefused('client_blocked');
	const said = request.clientName === undefined ? null : cleanPersonName(request.clientName);
	const name = said ?? turn.state.name ?? (card?.name == null ? null : cleanPersonName(card.name));
	if (name === null && card === null) return deskRefused('name_needed');
	const guestName = request.guestName === undefined ? null : cleanPersonName(request.guestName);
	turn.set({ name, ...(context.clientPhone === null ? { typedPhone: phone } : {}) });
	const client = { id: card?.id ?? null, name, phone, verified: context.clientPhone !== null };
	const payload = { kind: 'create' as const, slot: slotOf(request.slotId, offer), client, guestName };
	const view = offerView('o1', request.slotId, offer, catalogue);
	return needsConfirmation(
		turn.freeze('create', payload, context.messageId, (pendingId) =>
			summaryText(say('confirm_create', { offer: view, clientName: name, guestName, company: catalogue.company, pendingId }), context.lang, catalogue, turn.now),
		),
	);
}

/** Freezes the move of an own visit. */
export async function openReschedule(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, request: RescheduleRequest): Promise<ToolResult> {
	const visit = await ownVisit(context, turn, catalogue, request.appointmentId);
	if ('next' in visit) return visit;
	const offer = await shownOffer(context, request.slotId, 'reschedule');
	if (offer === null || !sameServices(visit, offer)) return deskRefused('unknown_slot');
	const late = outOfBounds(turn, catalogue, offer);
	if (late !== null) return late;
	const payload = {
		kind: 'reschedule' as const,
		appointmentId: visit.id,
		clientId: visit.clientId,
		version: visit.version,
		slot: slotOf(request.slotId, offer),
		previousStart: visit.start,
	};
	const record = recordView('r1', visit, catalogue);
	const view = offerView('o1', request.slotId, offer, catalogue);
	return needsConfirmation(
		turn.freeze('reschedule', payload, context.messageId, (pendingId) =>
			summaryText(say('confirm_reschedule', { record, offer: view, pendingId }), context.lang, catalogue, turn.now),
		),
	);
}

/** Freezes the cancellation of an own visit. */
export async function openCancel(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, request: CancelRequest): Promise<ToolResult> {
	const visit = await ownVisit(context, turn, catalogue, request.appointmentId);
	if ('next' in visit) return visit;
	const payload = { kind: 'cancel' as const, appointmentId: visit.id, clientId: visit.clientId, version: visit.version, start: visit.start };
	const record = recordView('r1', visit, catalogue);
	return needsConfirmation(
		turn.freeze('cancel', payload, context.messageId, (pendingId) => summaryText(say('confirm_cancel', { record, pendingId }), context.lang, catalogue, turn.now)),
	);
}

function needsConfirmation({ id, summary }: { id: string; summary: string }): ToolResult {
	return {
		status: 'needs_confirmation',
		pendingId: id,
		summary,
		next: 'Nothing is written yet. Send the summary to the client word for word and wait. Only when their next message is a plain yes, call confirm_action with this pendingId.',
	};
}

/** An offer row of this very chat, made for this purpose. */
async function shownOffer(context: DeskContext, slotId: string, purpose: OfferPayload['purpose']): Promise<OfferPayload | null> {
	const row = await context.store.offer(context.chat, slotId);
	const offer = row === null ? null : readOffer(row.payload);
	return offer?.purpose === purpose ? offer : null;
}

function slotOf(offerId: string, offer: OfferPayload): { offerId: string; start: string; staffId: string; serviceIds: string[] } {
	return { offerId, start: offer.start, staffId: offer.staffId, serviceIds: [...offer.serviceIds] };
}

function sameServices(visit: Appointment, offer: OfferPayload): boolean {
	return visit.serviceIds.length === offer.serviceIds.length && visit.serviceIds.every((id) => offer.serviceIds.includes(id));
}

function outOfBounds(turn: DeskTurn, catalogue: Catalogue, offer: OfferPayload): Failed | null {
	if (Date.parse(offer.start) <= Date.parse(turn.now)) return crmRefused('slot_in_past');
	const { notBefore, lastDay } = boundsOf(catalogue, turn.now);
	if (Date.parse(offer.start) < Date.parse(notBefore)) return crmRefused('too_soon');
	return offer.start.slice(0, 10) > lastDay ? crmRefused('too_far') : null;
}

async function ownVisit(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, id: string): Promise<Appointment | Failed> {
	const visits = await ownVisits(context.own(turn));
	if (visits === null) return deskUnavailable();
	const visit = visits.find((one) => one.id === id);
	if (visit === undefined) return deskRefused('not_this_client');
	const ahead = Date.parse(visit.start) - Date.parse(turn.now);
	return ahead < catalogue.company.changeNoticeMinutes * 60_000 ? crmRefused('too_late_to_change') : visit;
}
