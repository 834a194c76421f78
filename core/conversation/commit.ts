import * as v from 'valibot';
import { REFUSAL_REASONS, type Appointment, type BookingCrm, type CalendarDate, type Instant, type Outcome, type RefusalReason } from '../booking';
import type { ConversationStore, OperationRecord, PendingRecord, Turn } from '../store/conversation-store';
import { dateOf } from './local-time';
import { readOffer, readPayload, type CreatePayload, type OfferedSlot, type PendingPayload } from './payload';
import { lookUpEffect } from './reconcile';

/** What a commit needs. */
export interface CommitTools {
	readonly store: ConversationStore;
	readonly crm: BookingCrm;
	readonly clock: () => Instant;
	readonly sleep: (ms: number) => Promise<void>;
	/** Earliest start and last day that may be booked now, whatever the CRM lists as free. */
	readonly bounds: { readonly notBefore: Instant; readonly lastDay: CalendarDate };
	/** Audit line without personal data. */
	readonly log: (kind: string, data: Readonly<Record<string, unknown>>) => void;
}

/** How a confirmed pending action ended. Only `done` may be told as an effect. */
export type CommitResult =
	| { readonly kind: 'done'; readonly appointment: Appointment }
	/** `page`: where the client can do by hand what the CRM does not take from us. */
	| { readonly kind: 'refused'; readonly reason: RefusalReason; readonly page?: string }
	/** The write may have had an effect; it is never repeated before it is looked up. */
	| { readonly kind: 'unknown' }
	/** Nothing was written. */
	| { readonly kind: 'unavailable'; readonly cause: string }
	/** The client has written more since: nothing was written, the turn is to begin again with it. */
	| { readonly kind: 'newer' }
	/** Another process took the chat: say nothing. */
	| { readonly kind: 'fenced' };

/**
 * Carries out a pending action the client has confirmed: offer and slot are checked again, an operation row is written
 * under the turn's fence, the write leaves once, its effect is read back. The operation key is the pending id, so one
 * confirmation has one effect however often it is delivered or the process dies.
 */
export async function commitPending(tools: CommitTools, turn: Turn, pending: PendingRecord): Promise<CommitResult> {
	const payload = readPayload(pending.payload);
	const earlier = turn.unresolved.find((operation) => operation.key === pending.id);
	if (earlier !== undefined) return finishEarlier(tools, turn, earlier, payload);

	const guard = await guardSlot(tools, turn, payload);
	if (guard !== null) return guard;
	const claim = await tools.store.claimOperation(
		turn,
		{ key: pending.id, pendingId: pending.id, kind: pending.kind, payload: pending.payload },
		tools.clock(),
	);
	if (claim.kind === 'fenced' || claim.kind === 'newer') return { kind: claim.kind };
	if (claim.kind === 'exists') return finishEarlier(tools, turn, claim.operation, payload);
	return write(tools, turn.chat.tenant, pending.id, payload);
}

/**
 * Ends an operation that an earlier attempt left open: its effect is looked up; only where the CRM guarantees that one
 * key has one effect, and none is there, the write is sent again under the same key.
 */
export async function finishEarlier(
	tools: CommitTools,
	turn: Turn,
	operation: OperationRecord,
	payload: PendingPayload,
): Promise<CommitResult> {
	if (operation.status === 'done') {
		const effect = await lookUpEffect(tools.crm, operation.key, payload);
		return effect.kind === 'found' ? { kind: 'done', appointment: effect.appointment } : { kind: 'unknown' };
	}
	if (operation.status === 'refused') return readRefusal(operation.result);
	if (operation.status === 'failed') return { kind: 'unavailable', cause: 'an earlier attempt did not reach the CRM' };

	const effect = await lookUpEffect(tools.crm, operation.key, payload);
	tools.log('reconcile', { operation: operation.key, effect: effect.kind });
	if (effect.kind === 'found') {
		await settle(tools, turn.chat.tenant, operation.key, 'done', { id: effect.appointment.id, clientId: effect.appointment.clientId });
		return { kind: 'done', appointment: effect.appointment };
	}
	if (effect.kind === 'none' && tools.crm.capabilities.idempotentWrites) {
		return write(tools, turn.chat.tenant, operation.key, payload);
	}
	await settle(tools, turn.chat.tenant, operation.key, 'unknown', null);
	return { kind: 'unknown' };
}

/** The slot must be one this chat was offered for this very purpose, and the CRM must still say that it is free. */
async function guardSlot(tools: CommitTools, turn: Turn, payload: PendingPayload): Promise<CommitResult | null> {
	if (payload.kind === 'cancel') return null;
	const offer = await tools.store.offer(turn.chat, payload.slot.offerId);
	if (offer === null || !sameSlot(payload.slot, readOffer(offer.payload))) {
		tools.log('guard', { guard: 'G1', offer: payload.slot.offerId });
		return { kind: 'refused', reason: 'slot_taken' };
	}
	const day = dateOf(payload.slot.start);
	const untimely = outOfBounds(tools, payload.slot.start);
	if (untimely !== null) {
		tools.log('guard', { guard: 'G18', reason: untimely });
		return { kind: 'refused', reason: untimely };
	}
	const slots = await tools.crm.slots({
		serviceIds: payload.slot.serviceIds,
		staffId: payload.slot.staffId,
		from: day,
		to: day,
		...(payload.kind === 'reschedule' ? { excludeAppointmentId: payload.appointmentId } : {}),
	});
	tools.log('crm_read', { read: 'slots', for: 'commit', outcome: slots.kind });
	if (slots.kind === 'refused') return { kind: 'refused', reason: slots.reason };
	if (slots.kind !== 'ok') return { kind: 'unavailable', cause: 'free times could not be read' };
	const free = slots.value.some((slot) => sameInstant(slot.start, payload.slot.start) && slot.staffId === payload.slot.staffId);
	return free ? null : { kind: 'refused', reason: 'slot_taken' };
}

/** Time has passed since the summary: a start that was fine then may be too near now. */
function outOfBounds(tools: CommitTools, start: Instant): RefusalReason | null {
	if (Date.parse(start) <= Date.parse(tools.clock())) return 'slot_in_past';
	if (Date.parse(start) < Date.parse(tools.bounds.notBefore)) return 'too_soon';
	return dateOf(start) > tools.bounds.lastDay ? 'too_far' : null;
}

function sameSlot(slot: OfferedSlot, offer: OfferedSlot | ReturnType<typeof readOffer>): boolean {
	return (
		slot.start === offer.start &&
		slot.staffId === offer.staffId &&
		slot.serviceIds.length === offer.serviceIds.length &&
		slot.serviceIds.every((id) => offer.serviceIds.includes(id))
	);
}

function sameInstant(a: Instant, b: Instant): boolean {
	return Date.parse(a) === Date.parse(b);
}

async function write(tools: CommitTools, tenant: string, key: string, payload: PendingPayload): Promise<CommitResult> {
	const outcome = await send(tools.crm, key, payload);
	tools.log('commit', { operation: key, kind: payload.kind, outcome: outcome.kind });
	if (outcome.kind === 'refused') {
		const page: Readonly<Record<string, string>> = outcome.handoff?.kind === 'link' ? { page: outcome.handoff.url } : {};
		await settle(tools, tenant, key, 'refused', { reason: outcome.reason, ...page });
		return { kind: 'refused', reason: outcome.reason, ...page };
	}
	if (outcome.kind === 'unavailable') {
		await settle(tools, tenant, key, 'failed', null);
		return { kind: 'unavailable', cause: outcome.cause };
	}
	return prove(tools, tenant, key, payload, outcome);
}

/** Reads the effect back, with growing pauses while the CRM does not show it yet. */
async function prove(
	tools: CommitTools,
	tenant: string,
	key: string,
	payload: PendingPayload,
	outcome: Outcome<Appointment>,
): Promise<CommitResult> {
	for (const pause of [0, 300, 1000]) {
		if (pause > 0) await tools.sleep(pause);
		const effect = await lookUpEffect(tools.crm, key, payload, outcome.kind === 'ok' ? outcome.value.id : undefined);
		if (effect.kind === 'found') {
			await settle(tools, tenant, key, 'done', { id: effect.appointment.id, clientId: effect.appointment.clientId });
			return { kind: 'done', appointment: effect.appointment };
		}
		if (effect.kind === 'several') break;
	}
	tools.log('effect_unproven', { operation: key });
	await settle(tools, tenant, key, 'unknown', null);
	return { kind: 'unknown' };
}

async function send(crm: BookingCrm, key: string, payload: PendingPayload): Promise<Outcome<Appointment>> {
	if (payload.kind === 'cancel') return crm.cancelAppointment(payload.appointmentId, key);
	if (payload.kind === 'reschedule') {
		const { start, staffId } = payload.slot;
		return crm.rescheduleAppointment(payload.appointmentId, { start, staffId, version: payload.version }, key);
	}
	const clientId = await clientFor(crm, payload);
	if (clientId.kind !== 'ok') return clientId;
	return crm.createAppointment(
		{
			clientId: clientId.value,
			serviceIds: payload.slot.serviceIds,
			staffId: payload.slot.staffId,
			start: payload.slot.start,
			...(payload.guestName === null ? {} : { guestName: payload.guestName }),
			...(payload.client.verified ? {} : { comment: 'Phone not verified: given in the chat' }),
		},
		key,
	);
}

/** The client's card: the chosen one, else the first with this phone, else a new one. No visit is written here. */
async function clientFor(crm: BookingCrm, payload: CreatePayload): Promise<Outcome<string>> {
	const { id, name, phone } = payload.client;
	if (id !== null) return { kind: 'ok', value: id };
	if (phone === null) return { kind: 'refused', reason: 'phone_invalid', message: 'A visit needs the phone of its client' };
	const found = await crm.findClient(phone);
	if (found.kind !== 'ok') return noVisitWritten(found);
	const card = found.value.find((client) => !client.blocked);
	if (card !== undefined) return { kind: 'ok', value: card.id };
	if (found.value.length > 0) return { kind: 'refused', reason: 'client_blocked', message: 'The client may not book online' };
	if (name === null) return { kind: 'refused', reason: 'name_missing', message: 'A new client needs a name' };
	const created = await crm.createClient({ name, phone });
	if (created.kind === 'ok') return { kind: 'ok', value: created.value.id };
	if (created.kind !== 'unknown') return noVisitWritten(created);
	// The card may or may not exist; a search tells, and no visit depends on the answer yet.
	const again = await crm.findClient(phone);
	const made = again.kind === 'ok' ? again.value[0] : undefined;
	return made === undefined ? { kind: 'unavailable', cause: 'the client card could not be created' } : { kind: 'ok', value: made.id };
}

/** An `unknown` of a step before the visit is written leaves the visit unwritten: it is only unavailable. */
function noVisitWritten<T>(outcome: Exclude<Outcome<T>, { kind: 'ok' }>): Outcome<string> {
	return outcome.kind === 'unknown' ? { kind: 'unavailable', cause: 'the client card could not be read' } : outcome;
}

async function settle(
	tools: CommitTools,
	tenant: string,
	key: string,
	status: OperationRecord['status'],
	result: Readonly<Record<string, string>> | null,
): Promise<void> {
	await tools.store.settleOperation(tenant, key, status, result === null ? null : JSON.stringify(result), tools.clock());
}

const SettledRefusal = v.object({ reason: v.fallback(v.picklist(REFUSAL_REASONS), 'invalid_request'), page: v.optional(v.string()) });

function readRefusal(result: string | null): CommitResult {
	const parsed = v.safeParse(SettledRefusal, result === null ? null : JSON.parse(result));
	return parsed.success ? { kind: 'refused', ...parsed.output } : { kind: 'refused', reason: 'invalid_request' };
}
