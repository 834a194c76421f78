import type { Appointment, BookingCrm, Client, Instant, Outcome, Phone } from '../../booking';
import type { ChatKey, ConversationStore } from '../../store/conversation-store';
import { readPayload } from '../payload';

const AHEAD_DAYS = 400;
const MAX_VISITS = 8;
const MAX_OPERATIONS = 20;

/** Whose visits are asked for. `phone` is one the channel vouches for, never one a model or a text gave. */
export interface Owner {
	readonly crm: BookingCrm;
	readonly store: ConversationStore;
	readonly chat: ChatKey;
	readonly phone: Phone | null;
	readonly now: Instant;
}

/** The cards of the phone the channel vouches for; none without one. */
export async function ownCards({ crm, phone }: Pick<Owner, 'crm' | 'phone'>): Promise<Outcome<readonly Client[]>> {
	return phone === null ? { kind: 'ok', value: [] } : crm.findClient(phone);
}

/**
 * The client's own future visits, soonest first: those of their cards, and those this very chat booked. There is no
 * other way to a visit.
 */
export async function ownVisits(owner: Owner): Promise<Outcome<readonly Appointment[]>> {
	const cards = await ownCards(owner);
	if (cards.kind !== 'ok') return cards;
	const booked = await bookedHere(owner);
	const cardIds = new Set(cards.value.map((card) => card.id));
	const bookedIds = new Set(booked.map((visit) => visit.id));
	const visits: Appointment[] = [];
	for (const clientId of new Set([...cardIds, ...booked.map((visit) => visit.clientId)])) {
		const listed = await owner.crm.appointments({ clientId, from: owner.now, to: ahead(owner.now) });
		if (listed.kind !== 'ok') return listed;
		const own = listed.value.filter((visit) => visit.clientId === clientId && (cardIds.has(clientId) || bookedIds.has(visit.id)));
		visits.push(...own.filter((visit) => visit.status !== 'cancelled'));
	}
	visits.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
	return { kind: 'ok', value: visits.slice(0, MAX_VISITS) };
}

function ahead(now: Instant): Instant {
	return new Date(Date.parse(now) + AHEAD_DAYS * 86_400_000).toISOString();
}

async function bookedHere({ store, chat }: Owner): Promise<readonly { id: string; clientId: string }[]> {
	const operations = await store.doneOperations(chat, MAX_OPERATIONS);
	return operations.flatMap((operation) => {
		if (operation.result === null || readPayload(operation.payload).kind !== 'create') return [];
		const result: unknown = JSON.parse(operation.result);
		if (typeof result !== 'object' || result === null || !('id' in result) || !('clientId' in result)) return [];
		return typeof result.id === 'string' && typeof result.clientId === 'string' ? [{ id: result.id, clientId: result.clientId }] : [];
	});
}
