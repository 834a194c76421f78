import type { Appointment, BookingCrm, Client, Instant, Phone } from '../booking';
import type { ChatKey, ConversationStore } from '../store/conversation-store';
import { readPayload } from './payload';

const MAX_VISITS = 8;
const AHEAD_DAYS = 400;

/** Whose visits may be looked up: a phone the channel vouches for, and the chat itself. */
export interface OwnLookup {
	readonly crm: BookingCrm;
	readonly store: ConversationStore;
	readonly chat: ChatKey;
	readonly now: Instant;
	/** Null where the channel vouches for nobody. */
	readonly verifiedPhone: Phone | null;
	readonly log: (kind: string, data: Readonly<Record<string, unknown>>) => void;
}

/** Cards of the phone the channel vouches for; null when the CRM could not be asked. */
export async function ownCards(own: OwnLookup): Promise<readonly Client[] | null> {
	if (own.verifiedPhone === null) return [];
	const found = await own.crm.findClient(own.verifiedPhone);
	own.log('crm_read', { read: 'client', outcome: found.kind });
	return found.kind === 'ok' ? found.value : null;
}

/**
 * The client's own future visits: of the cards of a phone the channel vouches for, and what this very chat has booked.
 * There is no other way to a visit: a number or a name in a text finds nothing. Null when the CRM could not be asked.
 */
export async function ownVisits(own: OwnLookup): Promise<readonly Appointment[] | null> {
	const cards = await ownCards(own);
	if (cards === null) return null;
	const booked = await bookedHere(own);
	const visits = new Map<string, Appointment>();
	for (const clientId of new Set([...cards.map((card) => card.id), ...booked.map((visit) => visit.clientId)])) {
		const listed = await own.crm.appointments({ clientId, from: own.now, to: ahead(own.now) });
		own.log('crm_read', { read: 'appointments', outcome: listed.kind });
		if (listed.kind !== 'ok') return null;
		const ownCard = cards.some((card) => card.id === clientId);
		for (const visit of listed.value) {
			const isOwn = ownCard || booked.some((one) => one.id === visit.id);
			if (isOwn && visit.clientId === clientId && visit.status !== 'cancelled') visits.set(visit.id, visit);
		}
	}
	return [...visits.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(0, MAX_VISITS);
}

function ahead(now: Instant): Instant {
	return new Date(Date.parse(now) + AHEAD_DAYS * 86_400_000).toISOString();
}

/** Ids of visits whose booking this chat confirmed itself. */
async function bookedHere(own: OwnLookup): Promise<readonly { id: string; clientId: string }[]> {
	const operations = await own.store.doneOperations(own.chat, 20);
	return operations.flatMap((operation) => {
		const result: unknown = operation.result === null ? null : JSON.parse(operation.result);
		if (typeof result !== 'object' || result === null || !('id' in result) || !('clientId' in result)) return [];
		if (typeof result.id !== 'string' || typeof result.clientId !== 'string') return [];
		return readPayload(operation.payload).kind === 'create' ? [{ id: result.id, clientId: result.clientId }] : [];
	});
}
