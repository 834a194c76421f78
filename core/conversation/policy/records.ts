import type { Appointment } from '../../booking';
import { readPayload } from '../payload';
import type { TurnWork } from '../work';
import { ownCards } from './client';

const MAX_RECORDS = 8;
const AHEAD_DAYS = 400;

/**
 * The client's own future visits: of the cards of a phone the channel vouches for, and what this very chat has booked.
 * There is no other way to a visit: a number or a name in a text finds nothing. Null when the CRM could not be asked.
 */
export async function ownVisits(work: TurnWork): Promise<readonly Appointment[] | null> {
	const cards = await ownCards(work);
	if (cards === null) return null;
	const booked = await bookedHere(work);
	const visits = new Map<string, Appointment>();
	for (const clientId of new Set([...cards.map((card) => card.id), ...booked.map((visit) => visit.clientId)])) {
		const listed = await work.tools.crm.appointments({ clientId, from: work.now, to: ahead(work.now) });
		work.log('crm_read', { read: 'appointments', outcome: listed.kind });
		if (listed.kind !== 'ok') return null;
		const ownCard = cards.some((card) => card.id === clientId);
		for (const visit of listed.value) {
			const own = ownCard || booked.some((one) => one.id === visit.id);
			if (own && visit.clientId === clientId && visit.status !== 'cancelled') visits.set(visit.id, visit);
		}
	}
	return [...visits.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).slice(0, MAX_RECORDS);
}

function ahead(now: string): string {
	return new Date(Date.parse(now) + AHEAD_DAYS * 86_400_000).toISOString();
}

/** Ids of visits whose booking or move this chat confirmed itself. */
async function bookedHere(work: TurnWork): Promise<readonly { id: string; clientId: string }[]> {
	const operations = await work.tools.store.doneOperations(work.turn.chat, 20);
	return operations.flatMap((operation) => {
		const result: unknown = operation.result === null ? null : JSON.parse(operation.result);
		if (typeof result !== 'object' || result === null || !('id' in result) || !('clientId' in result)) return [];
		if (typeof result.id !== 'string' || typeof result.clientId !== 'string') return [];
		return readPayload(operation.payload).kind === 'create' ? [{ id: result.id, clientId: result.clientId }] : [];
	});
}
